"""What an outcome's row says of its results is what its results say, on both databases and on every day."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.measuring.effort import effort, is_busy
from bot.measuring.health import Health
from bot.measuring.paths import Milestone
from bot.outcomes.actions.history import record
from bot.outcomes.actions.writing import edit_outcome
from bot.outcomes.jobs import next_outcome, outcomes_due
from bot.outcomes.model import Outcome
from bot.outcomes.queries import View, find_outcome, list_outcomes
from bot.outcomes.queries.activity import effort_of
from bot.outcomes.rules import Filter
from bot.results.actions import Measured, log_result
from bot.teams.model import Team
from bot.teams.rules.recurrence import Often, Recurrence
from bot.teams.rules.rhythm import Rhythm
from tests.workspaces.firm import Firm, draft

HEALTHS = {Filter.AT_RISK: Health.AT_RISK, Filter.OFF_TRACK: Health.OFF_TRACK, Filter.STALE: Health.STALE}


@pytest.fixture
def team(firm: Firm) -> Team:
    firm.channel(members=["UOLGA"])
    return firm.team()


def logged(firm: Firm, view: View, value: int, note: str = "") -> None:
    with firm.db.begin() as tx:
        found = find_outcome(tx, firm.viewer("UOLGA"), view.outcome.number)
        log_result(tx, firm.viewer("UOLGA"), found, Measured(Decimal(value), note), now=firm.now)


def listed(firm: Firm, narrowed: Filter, today: date) -> set[int]:
    with firm.db.read() as tx:
        page = list_outcomes(tx, firm.viewer("UMAX"), today=today, narrowed=narrowed)
        return {view.outcome.number for view in page.views}


@given(
    values=st.lists(st.lists(st.integers(-20, 120), max_size=3), min_size=1, max_size=6),
    days=st.lists(st.integers(0, 100), min_size=1, max_size=5),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_filter_lists_exactly_those_whose_health_it_names(
    firm: Firm, values: list[list[int]], days: list[int]
) -> None:
    with firm.db.begin() as tx:
        for outcome in tx.query(Outcome):
            outcome.closed_at = firm.now
    firm.channel(members=["UOLGA"])
    team = firm.team()
    views = [
        firm.outcome(team, "UOLGA", draft(starts_on=firm.now.date(), due_on=firm.now.date() + timedelta(70)))
        for _ in values
    ]
    for view, its in zip(views, values, strict=True):
        for value in its:
            logged(firm, view, value)
    seen = [firm.see("UMAX", view.outcome.number) for view in views]
    for ahead in days:
        today = firm.now.date() + timedelta(days=ahead)
        for narrowed, health in HEALTHS.items():
            assert listed(firm, narrowed, today) == {
                view.outcome.number for view in seen if view.standing(today).health == health
            }
        assert {view.health(today) == view.standing(today).health for view in seen} == {True}


def test_the_day_of_a_result_is_the_owners(firm: Firm, team: Team) -> None:
    view = firm.outcome(team, "UOLGA")
    logged(firm, view, 10)
    outcome = firm.see("UMAX", 1).outcome
    assert outcome.latest_value == 10
    assert (outcome.latest_at, outcome.latest_on) == (firm.now, firm.now.date())


def test_without_a_baseline_the_first_result_becomes_it(firm: Firm, team: Team) -> None:
    view = firm.outcome(team, "UOLGA", replace(draft(), baseline=None))
    assert (view.latest_value, view.standing(firm.now.date()).health) == (None, Health.NO_DATA)
    logged(firm, view, 40)
    after = firm.see("UOLGA", 1)
    assert [after.outcome.baseline, after.standing(firm.now.date()).progress] == [40, 0]


def test_an_edit_of_the_path_changes_how_it_stands(firm: Firm, team: Team) -> None:
    view = firm.outcome(team, "UOLGA", draft(starts_on=firm.now.date() - timedelta(30), target=100))
    logged(firm, view, 2)
    assert listed(firm, Filter.OFF_TRACK, firm.now.date()) == {1}
    milestones = (Milestone(firm.now.date() + timedelta(1), Decimal(5)),)
    new = draft(starts_on=firm.now.date() - timedelta(30), target=100)
    with firm.db.begin() as tx:
        before = find_outcome(tx, firm.viewer("UOLGA"), 1)
        edit_outcome(
            tx, firm.viewer("UOLGA"), before, draft=replace(new, milestones=milestones), team=team, now=firm.now
        )
    assert listed(firm, Filter.OFF_TRACK, firm.now.date()) == set()
    assert firm.see("UOLGA", 1).milestones == milestones


def test_effort_without_movement_is_listed_for_as_long_as_it_lasts(firm: Firm, team: Team) -> None:
    view = firm.outcome(team, "UOLGA", draft(starts_on=firm.now.date(), due_on=firm.now.date() + timedelta(200)))
    for week in range(8):
        logged(firm, view, 1, note=f"Week {week}: another webinar")
        firm.clock.advance(timedelta(weeks=1))
    seen = firm.see("UOLGA", 1)
    measured = [(result.measured_at.date(), result.value) for result in seen.results]
    activity = [day for day, _ in measured]
    start = firm.now.date() - timedelta(weeks=1)
    for ahead in range(45):
        today = start + timedelta(days=ahead)
        busy = is_busy(effort(seen.path, measured, activity, today, seen.outcome.starts_on))
        assert (listed(firm, Filter.BUSY, today) == {1}) == busy, today
    assert listed(firm, Filter.BUSY, start) == {1}


def test_the_effort_that_is_told_is_that_of_the_teams_own_periods(firm: Firm) -> None:
    firm.channel(members=["UOLGA"])
    fortnightly = firm.team(rhythm=Rhythm(Recurrence(Often.SECOND_WEEK, 0, firm.now.date()), time(9)))
    view = firm.outcome(fortnightly, "UOLGA", draft(starts_on=firm.now.date(), due_on=firm.now.date() + timedelta(200)))
    for week in range(1, 13):
        firm.clock.advance(timedelta(weeks=1))
        logged(firm, view, 1 if week > 2 else 0, note="Another webinar")
    with firm.db.read() as tx:
        told = effort_of(tx, firm.see("UOLGA", 1), firm.now.date())
    assert told is not None
    assert [told.activity, told.usual, told.results] == [8, 8, 8]


def test_a_comment_counts_as_something_done_and_a_line_about_a_field_does_not(firm: Firm, team: Team) -> None:
    view = firm.outcome(team, "UOLGA", draft(starts_on=firm.now.date(), due_on=firm.now.date() + timedelta(200)))
    firm.clock.advance(timedelta(weeks=5))

    def said(what: str) -> None:
        with firm.db.begin() as tx:
            outcome = find_outcome(tx, firm.viewer("UMAX"), view.outcome.number).outcome
            record(tx, firm.viewer("UMAX"), outcome, what, after="…", now=firm.now)

    for _ in range(4):
        said("target")
    assert listed(firm, Filter.BUSY, firm.now.date()) == set()
    for _ in range(4):
        said("comment")
    assert listed(firm, Filter.BUSY, firm.now.date()) == {1}


def test_what_time_alone_changes_is_derived_anew_when_it_is_due(firm: Firm, team: Team) -> None:
    view = firm.outcome(team, "UOLGA")
    with firm.db.begin() as tx:
        outcome = tx.get_one(Outcome, view.outcome.id)
        outcome.next_refresh_at, outcome.is_achieved = firm.now, True
    assert next_outcome(firm.db) == firm.now
    assert outcomes_due(firm.db) == 1
    assert next_outcome(firm.db) is None
    assert not firm.see("UOLGA", 1).outcome.is_achieved
