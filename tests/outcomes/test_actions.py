"""Outcomes and results are written down."""

import re
import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.errors import FormRefused, NotAllowed, Refused
from bot.outcomes.model import Outcome, Result
from bot.outcomes.queries import PAGE_SIZE, View, list_outcomes
from bot.outcomes.rules import NOTE_LIMIT
from bot.results.actions import Measured, log_result
from bot.teams.model import Team
from tests.workspaces.firm import Firm, draft, profile


@pytest.fixture
def team(firm: Firm) -> Team:
    firm.channel(members=["UOLGA"])
    return firm.team()


@pytest.fixture
def outcome(firm: Firm, team: Team) -> Outcome:
    return firm.outcome(team, "UOLGA").outcome


def standing_values(view: View) -> list[Decimal]:
    return [result.value for result in view.results]


def test_an_outcome_is_kept_as_it_was_drafted(firm: Firm, team: Team) -> None:
    firm.outcome(team, "UOLGA", draft("<!channel> 😀 שלום", baseline=Decimal("-0.5"), target=3), by="UMAX")
    kept = firm.see("UMAX", 1).outcome
    assert (kept.key, kept.statement, kept.owner_id, kept.created_by) == (
        "OUT-1",
        "<!channel> 😀 שלום",
        "UOLGA",
        "UMAX",
    )
    assert (kept.baseline, kept.target, kept.starts_on) == (Decimal("-0.5"), Decimal(3), firm.now.date())


def test_the_owner_is_to_be_asked_from_now_on(firm: Firm, outcome: Outcome) -> None:
    assert firm.see("UOLGA", 1).owner.next_checkin_at == firm.now


def test_numbers_count_for_each_workspace(firm: Firm, team: Team) -> None:
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("ULEAD"))
    other.channel()
    theirs = other.team()
    numbers = [firm.outcome(team, "UOLGA"), firm.outcome(team, "UOLGA"), other.outcome(theirs, "ULEAD")]
    assert [view.outcome.key for view in numbers] == ["OUT-1", "OUT-2", "OUT-1"]


def test_many_at_once_get_keys_without_gap_or_repetition(firm: Firm, team: Team) -> None:
    start, keys = threading.Barrier(8), []

    def write() -> None:
        start.wait(10)
        keys.append(firm.outcome(team, "UOLGA").outcome.number)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(keys) == list(range(1, 9))


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (profile("UMAX", name="Max", is_bot=True), "Max is a bot"),
        (profile("UMAX", name="Max", is_active=False), "Max is deactivated"),
        (profile("UMAX", name="Max", is_guest=True), "Max is not in the channel"),
    ],
)
def test_somebody_who_cannot_answer_for_it_cannot_own_it(firm: Firm, team: Team, told: object, why: str) -> None:
    firm.meet(told)  # type: ignore[arg-type]
    with pytest.raises(FormRefused, match=why) as refused:
        firm.outcome(team, "UMAX", by="UOLGA")
    assert set(refused.value.errors) == {"owner"}
    assert firm.outcome(team, "UOLGA").outcome.number == 1


def test_somebody_outside_a_private_team_cannot_own_its_outcome(firm: Firm) -> None:
    firm.channel("C2", ["ULEAD", "UOLGA"], is_private=True)
    team = firm.team("C2")
    with pytest.raises(FormRefused, match="could not see this"):
        firm.outcome(team, "UMAX", by="UOLGA")
    assert firm.outcome(team, "UOLGA").owner.id == "UOLGA"


def test_somebody_outside_a_public_teams_channel_can(firm: Firm, team: Team) -> None:
    assert firm.outcome(team, "UMAX").owner.id == "UMAX"


@pytest.mark.parametrize("who", ["UOLGA", "ULEAD", "UANN"])
def test_the_owner_the_lead_and_admins_log_results(firm: Firm, outcome: Outcome, who: str) -> None:
    firm.result(outcome, who, 40)
    view = firm.see("UMAX", 1)
    assert (view.latest_value, view.results[0].author_id) == (Decimal(40), who)


def test_nobody_else_logs_one_and_they_are_told_who_may(firm: Firm, outcome: Outcome) -> None:
    with pytest.raises(NotAllowed, match=re.escape("OUT-1 is Olga's. They, the lead of Team C1 or an admin")):
        firm.result(outcome, "UMAX", 40)
    assert firm.see("UMAX", 1).latest is None


def test_before_the_first_result_it_stands_at_its_baseline(firm: Firm, team: Team) -> None:
    firm.outcome(team, "UOLGA", draft(baseline=7))
    assert firm.see("UOLGA", 1).latest_value == 7


def test_a_correction_replaces_at_the_same_time_and_both_are_kept(firm: Firm, outcome: Outcome) -> None:
    first = firm.result(outcome, "UOLGA", 40)
    firm.clock.advance(timedelta(days=1))
    firm.result(outcome, "UOLGA", 50)
    firm.clock.advance(timedelta(days=1))
    firm.result(outcome, "UOLGA", 45, replaces=first)
    assert standing_values(firm.see("UOLGA", 1)) == [45, 50]
    with firm.db.read() as tx:
        kept = tx.scalars(select(Result).order_by(Result.id)).all()
    assert [result.value for result in kept] == [40, 50, 45]
    assert kept[2].measured_at == kept[0].measured_at
    assert kept[2].recorded_at == firm.now


def test_a_correction_may_be_corrected_again(firm: Firm, outcome: Outcome) -> None:
    first = firm.result(outcome, "UOLGA", 40)
    second = firm.result(outcome, "UOLGA", 45, replaces=first)
    firm.result(outcome, "UOLGA", 46, replaces=second)
    assert standing_values(firm.see("UOLGA", 1)) == [46]


def test_what_was_corrected_already_is_not_corrected_twice(firm: Firm, outcome: Outcome) -> None:
    first = firm.result(outcome, "UOLGA", 40)
    firm.result(outcome, "UOLGA", 45, replaces=first)
    with pytest.raises(Refused, match="corrected in the meantime"):
        firm.result(outcome, "UOLGA", 46, replaces=first)
    assert standing_values(firm.see("UOLGA", 1)) == [45]


def test_a_result_of_another_outcome_cannot_be_replaced(firm: Firm, team: Team, outcome: Outcome) -> None:
    other = firm.result(firm.outcome(team, "UOLGA").outcome, "UOLGA", 1)
    with pytest.raises(Refused):
        firm.result(outcome, "UOLGA", 2, replaces=other)


def test_a_note_is_taken_up_to_its_limit(firm: Firm, outcome: Outcome) -> None:
    view, owner = firm.see("UOLGA", 1), firm.viewer("UOLGA")
    with firm.db.begin() as tx:
        log_result(tx, owner, view, Measured(Decimal(1), "é" * NOTE_LIMIT, 10), now=firm.now)
    with pytest.raises(Refused, match="1,001 characters"), firm.db.begin() as tx:
        log_result(tx, owner, view, Measured(Decimal(1), "é" * (NOTE_LIMIT + 1)), now=firm.now)
    latest = firm.see("UOLGA", 1).latest
    assert latest is not None
    assert (latest.note, latest.confidence) == ("é" * NOTE_LIMIT, 10)


def test_results_of_the_same_moment_stand_in_the_order_they_were_logged(firm: Firm, outcome: Outcome) -> None:
    for value in (3, 1, 2):
        firm.result(outcome, "UOLGA", value)
    assert standing_values(firm.see("UOLGA", 1)) == [3, 1, 2]


def test_a_list_shows_the_soonest_due_first_and_counts_the_rest(firm: Firm, team: Team) -> None:
    due = firm.now.date() + timedelta(days=100)
    for n in range(PAGE_SIZE + 2):
        firm.outcome(team, "UOLGA", draft(due_on=due - timedelta(days=n)))
    with firm.db.read() as tx:
        page = list_outcomes(tx, firm.viewer("UMAX"), today=firm.now.date())
    assert (len(page.views), page.total) == (PAGE_SIZE, PAGE_SIZE + 2)
    assert [view.outcome.due_on for view in page.views] == sorted(
        due - timedelta(days=n) for n in range(2, PAGE_SIZE + 2)
    )


def test_a_list_is_narrowed_to_an_owner_or_to_teams(firm: Firm, team: Team) -> None:
    firm.channel("C2")
    other = firm.team("C2")
    firm.outcome(team, "UOLGA")
    firm.outcome(other, "UMAX")
    with firm.db.read() as tx:
        viewer = firm.viewer("UANN")
        of_max = list_outcomes(tx, viewer, today=firm.now.date(), owner_id="UMAX")
        assert [view.outcome.number for view in of_max.views] == [2]
        assert [
            view.outcome.number for view in list_outcomes(tx, viewer, today=firm.now.date(), team_ids=[team.id]).views
        ] == [1]
        assert list_outcomes(tx, viewer, today=firm.now.date(), owner_id="UMAX", team_ids=[team.id]).total == 0
        assert list_outcomes(tx, viewer, today=firm.now.date(), team_ids=[]).total == 0
