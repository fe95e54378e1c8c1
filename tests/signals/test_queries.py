"""What has stalled, gathered from what was logged, and who sees it."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from bot.absences.actions.leaving import go_away
from bot.absences.rules import Days
from bot.handovers.actions.offering import offer_outcome
from bot.language.units import PERCENT
from bot.outcomes.actions.closing import Closing, close_outcome
from bot.outcomes.actions.history import record
from bot.outcomes.model import Dismissal, Outcome
from bot.outcomes.queries import View, find_outcome
from bot.outcomes.rules import Ending
from bot.results.actions import Measured, log_result
from bot.signals.queries import SignalPage, Signals, signals_in, signals_on
from bot.signals.rules import Cause
from bot.teams.model import Team
from bot.teams.rules.recurrence import Often, Recurrence
from bot.teams.rules.rhythm import Rhythm
from tests.workspaces.firm import Firm, draft, profile

MONTHLY = Rhythm(Recurrence(Often.FIRST_OF_MONTH, 0, date(2026, 3, 2)), time(9))
CLEAR = replace(draft("Trials that become customers rise from 0% to 100%", unit=PERCENT), measure="Conversion")


@pytest.fixture
def team(firm: Firm) -> Team:
    firm.channel(members=["UOLGA", "ULEAD"])
    return firm.team()


def stalled(firm: Firm, who: str = "ULEAD", *, focus_limit: int = 3, **scope: object) -> SignalPage:
    with firm.db.read() as tx:
        today = firm.now.date()
        return signals_in(tx, firm.viewer(who), today=today, focus_limit=focus_limit, **scope)  # type: ignore[arg-type]


def numbers(page: SignalPage) -> list[int]:
    return [found.view.outcome.number for found in page.signals]


def only(firm: Firm, **scope: object) -> Signals:
    [found] = stalled(firm, **scope).signals  # type: ignore[arg-type]
    return found


def off_track(firm: Firm, team: Team, owner: str = "UOLGA") -> View:
    """One that nothing is wrong with but that its measure is far behind: due in a week, and not begun."""
    began = firm.now.date() - timedelta(weeks=8)
    view = firm.outcome(team, owner, replace(CLEAR, starts_on=began, due_on=firm.now.date() + timedelta(weeks=1)))
    firm.result(view.outcome, owner, 1)
    return view


def noted(firm: Firm, view: View, value: int) -> None:
    """A result with a note, which is a thing done."""
    with firm.db.begin() as tx:
        seen = find_outcome(tx, firm.viewer("UOLGA"), view.outcome.number)
        log_result(tx, firm.viewer("UOLGA"), seen, Measured(Decimal(value), "Another webinar"), now=firm.now)


def commented(firm: Firm, view: View) -> None:
    with firm.db.begin() as tx:
        outcome = find_outcome(tx, firm.viewer("UMAX"), view.outcome.number).outcome
        record(tx, firm.viewer("UMAX"), outcome, "comment", after="…", now=firm.now)


def handed(firm: Firm, view: View, *to: str) -> None:
    """Taken over by each of them in turn."""
    with firm.db.begin() as tx:
        for person_id in to:
            viewer = firm.viewer(person_id)
            offer_outcome(tx, viewer, view.outcome.id, to=firm.people[person_id], note="", now=firm.now)


def away(firm: Firm, person_id: str, days: int, delegate: str | None = None) -> None:
    today = firm.now.date()
    with firm.db.begin() as tx:
        named = firm.people[delegate] if delegate else None
        span = Days(today, today + timedelta(days=days - 1))
        go_away(tx, firm.viewer(person_id), span, delegate=named, now=firm.now)


def test_what_goes_well_has_no_signal(firm: Firm, team: Team) -> None:
    view = firm.outcome(team, "UOLGA", CLEAR)
    firm.clock.advance(timedelta(weeks=1))
    firm.result(view.outcome, "UOLGA", 30)
    assert stalled(firm).total == 0


def test_what_is_off_track_is_found_with_no_cause_where_there_is_none(firm: Firm, team: Team) -> None:
    off_track(firm, team)
    found = only(firm)
    assert (found.causes, found.effort) == ((), None)


def test_effort_without_movement_is_found_with_its_numbers(firm: Firm, team: Team) -> None:
    view = firm.outcome(team, "UOLGA", replace(CLEAR, due_on=date(2026, 8, 31)))
    for week in range(1, 9):
        firm.clock.advance(timedelta(weeks=1))
        noted(firm, view, 20 if week < 5 else 21)
        if week > 5:
            commented(firm, view)
    found = only(firm)
    assert found.effort is not None
    effort = found.effort
    assert (effort.activity, effort.usual, effort.results) == (7, Decimal(4), 4)
    assert (effort.before, effort.now, effort.moved) == (Decimal(20), Decimal(21), Decimal("0.01"))


def test_findings_of_the_linter_are_a_cause_until_they_are_dismissed(firm: Firm, team: Team) -> None:
    view = off_track(firm, team)
    with firm.db.begin() as tx:
        tx.get_one(Outcome, view.outcome.id).statement = "Launch the new onboarding"
    found = only(firm)
    assert found.causes == (Cause.NO_END,)
    with firm.db.begin() as tx:
        for one in found.facts.findings:
            dismissed = {"reason": "We know", "dismissed_at": firm.now, "dismissed_by": "UOLGA"}
            tx.add(Dismissal(workspace_id="T1", outcome_id=1, finding=one.id, words=one.words, **dismissed))
    assert only(firm).causes == ()


def test_an_owner_over_the_limit_is_a_cause_for_each_that_has_stalled(firm: Firm, team: Team) -> None:
    off_track(firm, team)
    for _ in range(3):
        firm.outcome(team, "UOLGA", CLEAR)
    found = only(firm)
    assert (found.causes, found.facts.owned) == ((Cause.FRAGMENTED,), 4)
    assert only(firm, focus_limit=4).causes == ()


def test_outcomes_that_the_viewer_cannot_see_count_towards_the_limit(firm: Firm, team: Team) -> None:
    off_track(firm, team)
    firm.channel("C2", ["UOLGA", "UANN"], is_private=True)
    hidden = firm.team("C2", lead="UANN")
    for _ in range(3):
        firm.outcome(hidden, "UOLGA", CLEAR)
    assert only(firm, who="UMAX").facts.owned == 4


def test_an_owner_who_has_left_is_no_owner(firm: Firm, team: Team) -> None:
    off_track(firm, team)
    firm.meet(profile("UOLGA", name="Olga", is_active=False))
    found = only(firm)
    assert (found.causes, found.facts.owner_trouble) == ((Cause.NO_OWNER,), "is deactivated")


def test_an_owner_who_left_the_private_channel_is_no_owner(firm: Firm) -> None:
    firm.channel("C2", ["UOLGA", "ULEAD"], is_private=True)
    off_track(firm, firm.team("C2"))
    firm.channel("C2", ["ULEAD"], is_private=True)
    assert only(firm).causes == (Cause.NO_OWNER,)


@pytest.mark.parametrize(("days", "is_found"), [(7, False), (8, True)])
def test_an_owner_away_past_the_period_is_no_owner(firm: Firm, team: Team, days: int, is_found: bool) -> None:
    off_track(firm, team)
    away(firm, "UOLGA", days)
    assert (only(firm).causes == (Cause.NO_OWNER,)) is is_found


def test_while_somebody_is_asked_instead_there_is_an_owner(firm: Firm, team: Team) -> None:
    off_track(firm, team)
    away(firm, "UOLGA", 20, delegate="UMAX")
    assert only(firm).causes == ()


def test_a_delegate_who_cannot_see_the_outcome_is_nobody(firm: Firm, team: Team) -> None:
    firm.channel("C2", ["UOLGA", "ULEAD"], is_private=True)
    off_track(firm, firm.team("C2"))
    firm.outcome(team, "UOLGA", CLEAR)
    away(firm, "UOLGA", 20, delegate="UMAX")
    assert only(firm).causes == (Cause.NO_OWNER,)


def test_an_absence_by_status_without_an_end_is_counted_up_to_today(firm: Firm, team: Team) -> None:
    off_track(firm, team)
    firm.meet(profile("UOLGA", name="Olga", says_away=True))
    assert only(firm).causes == ()
    firm.clock.advance(timedelta(days=7))
    found = only(firm)
    assert (found.causes, found.facts.days_away) == ((Cause.NO_OWNER,), 8)


def test_handed_over_twice_is_no_owner(firm: Firm, team: Team) -> None:
    view = off_track(firm, team)
    handed(firm, view, "ULEAD")
    assert only(firm).causes == ()
    with firm.db.begin() as tx:
        offer_outcome(tx, firm.viewer("UANN"), view.outcome.id, to=firm.people["UANN"], note="", now=firm.now)
    assert only(firm).causes == (Cause.NO_OWNER,)


def test_without_a_result_for_two_periods_there_is_no_feedback(firm: Firm, team: Team) -> None:
    view = firm.outcome(team, "UOLGA", replace(CLEAR, due_on=date(2026, 8, 31)))
    firm.result(view.outcome, "UOLGA", 10)
    firm.clock.advance(timedelta(days=14))
    assert stalled(firm).total == 0
    firm.clock.advance(timedelta(days=1))
    found = only(firm)
    assert (found.causes, found.facts.days_without_result) == ((Cause.NO_FEEDBACK,), 15)


def test_one_that_was_never_measured_is_found_after_as_long(firm: Firm, team: Team) -> None:
    earlier = firm.now.date() - timedelta(weeks=4)
    firm.outcome(team, "UOLGA", replace(CLEAR, starts_on=earlier, due_on=date(2026, 8, 31)))
    firm.outcome(team, "UOLGA", replace(CLEAR, starts_on=date(2026, 6, 1), due_on=date(2026, 8, 31)))
    firm.clock.advance(timedelta(days=14))
    assert stalled(firm).total == 0
    firm.clock.advance(timedelta(days=1))
    found = only(firm)
    assert (found.view.outcome.number, found.causes) == (1, (Cause.NO_FEEDBACK,))


def test_periods_are_those_of_the_team(firm: Firm) -> None:
    firm.channel(members=["UOLGA"])
    monthly = firm.team(rhythm=MONTHLY)
    firm.outcome(monthly, "UOLGA", replace(CLEAR, due_on=date(2026, 8, 31)))
    away(firm, "UOLGA", 31)
    firm.clock.advance(timedelta(days=62))
    assert stalled(firm).total == 0
    firm.clock.advance(timedelta(days=1))
    assert only(firm).facts.period_days == 31


def test_each_teams_period_counts_where_there_are_several(firm: Firm, team: Team) -> None:
    firm.channel("C2", ["UMAX"])
    firm.channel("C3", ["UMAX"])
    fortnightly = Rhythm(Recurrence(Often.SECOND_WEEK, 0, firm.now.date()), time(9))
    for one in (team, firm.team("C2", rhythm=MONTHLY), firm.team("C3", rhythm=fortnightly)):
        firm.outcome(one, "UMAX", replace(CLEAR, due_on=date(2026, 12, 31)))
    seen = {}
    for day in range(70):
        seen[day] = numbers(stalled(firm))
        firm.clock.advance(timedelta(days=1))
    assert [seen[day] for day in (14, 15, 28, 29, 62, 63)] == [[], [1], [1], [1, 3], [1, 3], [1, 2, 3]]


def test_the_gravest_come_first_and_pages_follow_each_other(firm: Firm, team: Team) -> None:
    stale = firm.outcome(team, "UOLGA", replace(CLEAR, due_on=date(2026, 12, 31)))
    firm.result(stale.outcome, "UOLGA", 99)
    busy = firm.outcome(team, "UOLGA", replace(CLEAR, due_on=date(2026, 12, 30)))
    never = firm.outcome(team, "UOLGA", replace(CLEAR, due_on=date(2026, 6, 30)))
    for _ in range(8):
        firm.clock.advance(timedelta(weeks=1))
        noted(firm, busy, 20)
    late = [off_track(firm, team) for _ in range(6)]
    whole = [busy, *late, stale, never]
    pages = [stalled(firm, offset=offset) for offset in (0, 7)]
    assert [number for page in pages for number in numbers(page)] == [view.outcome.number for view in whole]
    assert {page.total for page in pages} == {9}


def test_a_list_is_of_an_owner_or_of_teams(firm: Firm, team: Team) -> None:
    firm.channel("C2", ["UMAX"])
    other = firm.team("C2")
    off_track(firm, team, "UOLGA")
    off_track(firm, other, "UMAX")
    assert numbers(stalled(firm, owner_id="UMAX")) == [2]
    assert numbers(stalled(firm, team_ids=[team.id])) == [1]
    assert numbers(stalled(firm)) == [1, 2]


def test_a_private_teams_signals_are_its_channels_alone(firm: Firm, team: Team) -> None:
    firm.channel("C2", ["UOLGA", "ULEAD"], is_private=True)
    hidden = firm.team("C2")
    off_track(firm, hidden)
    assert stalled(firm, "ULEAD", team_ids=[hidden.id]).total == 1
    for scope in ({}, {"team_ids": [hidden.id]}, {"owner_id": "UOLGA"}):
        assert stalled(firm, "UMAX", **scope).total == 0
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("ULEAD"))
    assert stalled(other, "ULEAD").total == 0


def test_what_is_closed_or_reached_has_not_stalled(firm: Firm, team: Team) -> None:
    view, reached = off_track(firm, team), off_track(firm, team)
    firm.result(reached.outcome, "UOLGA", 100)
    with firm.db.begin() as tx:
        lead = firm.viewer("ULEAD")
        close_outcome(tx, lead, find_outcome(tx, lead, view.outcome.number), Closing(Ending.MISSED), now=firm.now)
    firm.clock.advance(timedelta(weeks=8))
    assert stalled(firm).total == 0


def test_the_list_and_the_card_find_the_same(firm: Firm, team: Team) -> None:
    for weeks in range(12):
        view = firm.outcome(team, "UOLGA", replace(CLEAR, due_on=date(2026, 8, 31)))
        for _ in range(weeks % 5):
            noted(firm, view, weeks * 3)
        firm.clock.advance(timedelta(days=9))
        listed = stalled(firm)
        with firm.db.read() as tx:
            views = [find_outcome(tx, firm.viewer("ULEAD"), number) for number in range(1, weeks + 2)]
            alone = signals_on(tx, firm.viewer("ULEAD"), views, today=firm.now.date(), focus_limit=3)
        assert listed.total == len(alone)
        first = {found.view.outcome.number: (found.causes, found.effort) for found in listed.signals}
        assert first.items() <= {one.view.outcome.number: (one.causes, one.effort) for one in alone}.items()


def test_only_those_who_may_change_an_outcome_are_told_so(firm: Firm, team: Team) -> None:
    off_track(firm, team)
    assert [stalled(firm, who).signals[0].may_change for who in ("UOLGA", "ULEAD", "UANN", "UMAX")] == [
        True,
        True,
        True,
        False,
    ]
