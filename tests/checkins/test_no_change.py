"""No change: free the first time, and with a word why from the second time in a row on."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.checkins.actions.answering import answer
from bot.checkins.queries import find_check_in, item_of, needs_why
from bot.errors import FormRefused
from bot.outcomes.model import Outcome
from bot.results.actions import Measured
from tests.checkins.diary import check_ins
from tests.workspaces.firm import Firm

MONDAYS = [datetime(2026, 3, day, 10, tzinfo=UTC) for day in (2, 9, 16, 23)]


@pytest.fixture
def outcome(firm: Firm) -> Outcome:
    """Olga's outcome, about which she is asked every Monday at nine."""
    firm.channel(members=["UOLGA"])
    return firm.outcome(firm.team(), "UOLGA").outcome


def answered(firm: Firm, outcome: Outcome, value: int | None = None, note: str = "") -> None:
    measured = None if value is None else Measured(Decimal(value))
    with firm.db.begin() as tx:
        ids = {"checkin_id": check_ins(firm)[-1].id, "outcome_id": outcome.id}
        answer(tx, firm.viewer("UOLGA"), **ids, measured=measured, note=note, now=firm.now)


def notes(firm: Firm) -> list[str]:
    return [result.note for result in firm.see("UOLGA", 1).results]


def test_the_second_time_in_a_row_needs_a_word_why(firm: Firm, outcome: Outcome) -> None:
    firm.live(MONDAYS[0])
    answered(firm, outcome)
    firm.live(MONDAYS[1])
    with pytest.raises(FormRefused, match="What holds it") as refused:
        answered(firm, outcome)
    assert list(refused.value.errors) == ["note"]
    answered(firm, outcome, note="the data team is away")
    assert notes(firm) == ["", "the data team is away"]


def test_so_does_the_third_time(firm: Firm, outcome: Outcome) -> None:
    for monday, note in zip(MONDAYS, ("", "the data team is away"), strict=False):
        firm.live(monday)
        answered(firm, outcome, note=note)
    firm.live(MONDAYS[2])
    with pytest.raises(FormRefused):
        answered(firm, outcome)


def test_a_value_in_between_begins_anew(firm: Firm, outcome: Outcome) -> None:
    for monday, value in zip(MONDAYS, (None, 0, None), strict=False):
        firm.live(monday)
        answered(firm, outcome, value)
    assert notes(firm) == ["", "", ""]


def test_a_result_by_command_in_between_begins_anew(firm: Firm, outcome: Outcome) -> None:
    firm.live(MONDAYS[0])
    answered(firm, outcome)
    firm.clock.move_to(datetime(2026, 3, 6, 10, tzinfo=UTC))
    firm.result(outcome, "UOLGA", 3)
    firm.live(MONDAYS[1])
    answered(firm, outcome)
    assert notes(firm) == ["", "", ""]


def test_a_week_without_an_answer_does_not_break_the_row(firm: Firm, outcome: Outcome) -> None:
    firm.live(MONDAYS[0])
    answered(firm, outcome)
    firm.live(MONDAYS[2])
    with pytest.raises(FormRefused):
        answered(firm, outcome)


def test_an_update_that_becomes_no_change_needs_it_too(firm: Firm, outcome: Outcome) -> None:
    firm.live(MONDAYS[0])
    answered(firm, outcome)
    firm.live(MONDAYS[1])
    answered(firm, outcome, 5)
    with pytest.raises(FormRefused):
        answered(firm, outcome)


def test_said_again_of_the_same_week_it_is_not_the_second_time(firm: Firm, outcome: Outcome) -> None:
    firm.live(MONDAYS[0])
    answered(firm, outcome)
    answered(firm, outcome)
    answered(firm, outcome, note="still waiting")
    assert notes(firm) == ["still waiting"]
    with firm.db.read() as tx:
        assert not needs_why(*item_of(find_check_in(tx, firm.viewer("UOLGA"), check_ins(firm)[-1].id), outcome.id))
