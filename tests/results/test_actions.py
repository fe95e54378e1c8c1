"""Results are corrected, dated in the past, and chosen from."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.errors import Refused
from bot.outcomes.model import Outcome, Result
from bot.outcomes.queries import View
from bot.outcomes.queries.history import history_of
from bot.results.actions import Measured, log_result
from bot.results.queries import MOST_OFFERED, find_result, newest_results, outcomes_to_log
from tests.workspaces.firm import Firm, draft, profile


@pytest.fixture
def outcome(firm: Firm) -> Outcome:
    """Olga's outcome of Lea's team."""
    firm.channel(members=["UOLGA", "ULEAD"])
    return firm.outcome(firm.team(), "UOLGA").outcome


def logged(firm: Firm, value: int, *, days_ago: int = 0, replaces: Result | None = None, by: str = "UOLGA") -> View:
    """Olga's outcome after a result."""
    with firm.db.begin() as tx:
        measured = Measured(Decimal(value), measured_at=firm.now - timedelta(days=days_ago) if days_ago else None)
        log_result(tx, firm.viewer(by), firm.see(by, 1), measured, now=firm.now, replaces=replaces)
    return firm.see(by, 1)


def history(firm: Firm, outcome: Outcome) -> list[tuple[str, str, str, str]]:
    """What the history says, the newest first."""
    with firm.db.read() as tx:
        lines = history_of(tx, firm.viewer("UOLGA"), outcome.id, limit=10)
    return [(change.what, change.before, change.after, person.name) for change, person in lines]


def test_a_correction_takes_the_place_of_a_result_and_both_are_kept(firm: Firm, outcome: Outcome) -> None:
    first = logged(firm, 90, days_ago=0).results[0]
    firm.clock.advance(timedelta(days=3))
    after = logged(firm, 9, replaces=first, by="ULEAD")
    assert [(result.value, result.measured_at) for result in after.results] == [(Decimal(9), first.measured_at)]
    assert history(firm, outcome)[0] == ("result corrected", "90 on 2026-03-02", "9 on 2026-03-02", "Lea")
    with firm.db.read() as tx:
        assert [result.value for result in tx.scalars(select(Result).order_by(Result.id))] == [90, 9]


def test_a_correction_of_a_correction_is_one_more(firm: Firm, outcome: Outcome) -> None:
    first = logged(firm, 90).results[0]
    second = logged(firm, 9, replaces=first).results[0]
    assert [result.value for result in logged(firm, 10, replaces=second).results] == [10]
    with pytest.raises(Refused, match="corrected in the meantime"):
        logged(firm, 11, replaces=first)


def test_a_correction_in_the_past_recomputes_how_the_outcome_stands(firm: Firm, outcome: Outcome) -> None:
    result = logged(firm, 100).results[0]
    assert firm.see("UOLGA", 1).outcome.is_achieved
    after = logged(firm, 10, replaces=result).outcome
    assert (after.is_achieved, after.latest_value) == (False, Decimal(10))


def test_a_result_of_an_earlier_day_lies_between_the_others(firm: Firm, outcome: Outcome) -> None:
    firm.clock.advance(timedelta(days=10))
    logged(firm, 40)
    after = logged(firm, 20, days_ago=5)
    assert [result.value for result in after.results] == [20, 40]
    assert after.outcome.latest_value == 40
    newest = logged(firm, 30, days_ago=0)
    assert newest.outcome.latest_value == 30


def test_correcting_the_result_that_became_the_baseline_mends_the_baseline(firm: Firm, outcome: Outcome) -> None:
    with firm.db.begin() as tx:
        tx.get_one(Outcome, outcome.id).baseline = None
    first = logged(firm, 80).results[0]
    firm.clock.advance(timedelta(hours=1))
    second = logged(firm, 8, replaces=first)
    assert second.outcome.baseline == 8
    firm.clock.advance(timedelta(hours=1))
    assert logged(firm, 7, replaces=second.results[0]).outcome.baseline == 7


def test_correcting_another_result_leaves_the_baseline(firm: Firm, outcome: Outcome) -> None:
    first = logged(firm, 0).results[0]
    assert logged(firm, 5, replaces=first).outcome.baseline == 0


def test_the_newest_twenty_can_be_corrected_each_with_its_author(firm: Firm, outcome: Outcome) -> None:
    for value in range(MOST_OFFERED + 3):
        firm.clock.advance(timedelta(hours=1))
        view = logged(firm, value, by="ULEAD" if value % 2 else "UOLGA")
    with firm.db.read() as tx:
        offered = newest_results(tx, firm.viewer("UOLGA"), view)
    assert [one.result.value for one in offered] == list(range(MOST_OFFERED + 2, 2, -1))
    assert [one.by for one in offered[:2]] == ["Olga", "Lea"]


def test_a_result_is_found_within_its_own_outcome_only(firm: Firm, outcome: Outcome) -> None:
    view = logged(firm, 5)
    other = firm.outcome(view.team, "UOLGA")
    with firm.db.read() as tx:
        assert find_result(tx, view, view.results[0].id) is not None
        assert find_result(tx, other, view.results[0].id) is None
        assert find_result(tx, view, 999) is None


def offered(firm: Firm, person_id: str, channel_id: str = "C1") -> list[str]:
    """What somebody is offered to log from a message in that channel."""
    with firm.db.read() as tx:
        return [view.outcome.key for view in outcomes_to_log(tx, firm.people[person_id], channel_id)]


def test_ones_own_outcomes_are_offered_first_then_the_teams_one_leads(firm: Firm, outcome: Outcome) -> None:
    team = firm.see("UOLGA", 1).team
    firm.channel("C2", members=["ULEAD", "UOLGA"])
    mine_elsewhere = firm.outcome(firm.team("C2", lead="UOLGA"), "ULEAD", draft()).outcome
    closed = firm.outcome(team, "UOLGA").outcome
    with firm.db.begin() as tx:
        tx.get_one(Outcome, closed.id).closed_at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert offered(firm, "ULEAD") == [mine_elsewhere.key, "OUT-1"]
    assert offered(firm, "UOLGA") == ["OUT-1"]
    assert offered(firm, "UOLGA", "C2") == ["OUT-1", mine_elsewhere.key]
    assert offered(firm, "UANN") == ["OUT-1"]
    assert offered(firm, "UMAX") == []


def test_what_one_cannot_see_is_not_offered(firm: Firm, outcome: Outcome) -> None:
    firm.channel("C1", members=["UOLGA"], is_private=True)
    assert offered(firm, "UANN") == []
    assert offered(firm, "ULEAD") == []
    firm.meet(profile("UOLGA", name="Olga", is_guest=True))
    assert offered(firm, "UOLGA") == ["OUT-1"]
