"""Owners answer, edit, answer late, and answer by other means."""

import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.checkins.actions.answering import answer, note_answer_elsewhere
from bot.checkins.jobs import answered_elsewhere_due
from bot.errors import NotFound, Refused
from bot.outbox.model import Delivery
from bot.outbox.rules import State
from bot.outcomes.model import Outcome, Result
from bot.outcomes.queries import View
from bot.results.actions import Measured
from bot.teams.actions import Membership, note_left
from tests.checkins.diary import asked, check_ins, deliveries
from tests.workspaces.firm import Firm

NEXT_MONDAY = datetime(2026, 3, 9, tzinfo=UTC)


@pytest.fixture
def outcome(firm: Firm) -> Outcome:
    """Olga's outcome, which she was asked about on Monday at nine; and another one."""
    firm.channel(members=["UOLGA"])
    team = firm.team()
    outcome = firm.outcome(team, "UOLGA").outcome
    firm.outcome(team, "UOLGA")
    firm.live(datetime(2026, 3, 2, 10, tzinfo=UTC))
    return outcome


def answered(firm: Firm, outcome: Outcome, value: int | None, note: str = "", *, by: str = "UOLGA") -> View:
    """Answers the newest check-in of Olga."""
    measured = None if value is None else Measured(Decimal(value), note)
    with firm.db.begin() as tx:
        return answer(
            tx,
            firm.viewer(by),
            checkin_id=check_ins(firm)[-1].id,
            outcome_id=outcome.id,
            measured=measured,
            now=firm.now,
        )


def sent(firm: Firm) -> None:
    """Everything owed so far has been sent."""
    with firm.db.begin() as tx:
        for delivery in tx.scalars(select(Delivery).where(Delivery.state == State.OWED)):
            delivery.state, delivery.channel, delivery.ts, delivery.sent_at = State.SENT, "D1", "1.1", firm.now


def values(firm: Firm) -> list[Decimal]:
    return [result.value for result in firm.see("UOLGA", 1).results]


def all_results(firm: Firm) -> list[tuple[Decimal, str]]:
    with firm.db.read() as tx:
        return [(result.value, result.source) for result in tx.scalars(select(Result).order_by(Result.id))]


def line(firm: Firm) -> str:
    """The newest wording of the line in the team's channel."""
    return list(deliveries(firm, "answer:").values())[-1].text


def test_an_update_is_a_result_and_a_line_in_the_channel(firm: Firm, outcome: Outcome) -> None:
    sent(firm)
    view = answered(firm, outcome, 42, "the email shipped")
    assert view.latest_value == 42
    assert all_results(firm) == [(Decimal(42), "check-in")]
    owed = list(deliveries(firm, "answer:").values())
    assert [(delivery.place, delivery.state.value) for delivery in owed] == [("C1", "owed")]
    assert all(word in owed[0].text for word in ("OUT-1", "0 → *42*", "target 100", "the email shipped", "Olga"))


def test_the_check_in_is_rewritten_in_place(firm: Firm, outcome: Outcome) -> None:
    sent(firm)
    answered(firm, outcome, 42)
    rewriting = deliveries(firm, "checkin:UOLGA:2026-W10#r")
    assert len(rewriting) == 1
    assert "You answered: *42*" in rewriting["checkin:UOLGA:2026-W10#r1"].text
    assert "1 outcome left" in rewriting["checkin:UOLGA:2026-W10#r1"].text


def test_no_change_is_an_answer_at_the_value_before(firm: Firm, outcome: Outcome) -> None:
    firm.result(outcome, "ULEAD", 7)
    answered(firm, outcome, None)
    assert all_results(firm) == [(Decimal(7), "command"), (Decimal(7), "no change")]
    assert "no change, still *7*" in line(firm)


def test_no_change_before_the_first_result_stays_at_the_baseline(firm: Firm, outcome: Outcome) -> None:
    answered(firm, outcome, None)
    assert values(firm) == [0]


def test_an_edit_replaces_the_answer_and_the_line(firm: Firm, outcome: Outcome) -> None:
    answered(firm, outcome, 42, "hasty")
    sent(firm)
    firm.clock.advance(timedelta(days=1))
    answered(firm, outcome, 40, "checked")
    assert values(firm) == [40]
    assert len(all_results(firm)) == 2
    assert ("checked" in line(firm), "hasty" in line(firm)) == (True, False)
    assert [key.partition("#")[2] for key in deliveries(firm, "answer:")] == ["", "r1"]


def test_an_edit_before_the_line_was_sent_changes_it_where_it_waits(firm: Firm, outcome: Outcome) -> None:
    answered(firm, outcome, 42)
    answered(firm, outcome, 40)
    assert len(deliveries(firm, "answer:")) == 1
    assert "*40*" in line(firm)


def test_an_edit_to_no_change_goes_back_to_the_value_before(firm: Firm, outcome: Outcome) -> None:
    firm.result(outcome, "ULEAD", 7)
    answered(firm, outcome, 42)
    firm.clock.advance(timedelta(hours=1))
    firm.result(outcome, "ULEAD", 50)
    answered(firm, outcome, None)
    assert values(firm) == [7, 7, 50]


def test_an_edit_after_a_newer_result_speaks_of_the_answer_alone(firm: Firm, outcome: Outcome) -> None:
    answered(firm, outcome, 42, "as answered")
    firm.clock.advance(timedelta(hours=1))
    firm.result(outcome, "UOLGA", 50)
    answered(firm, outcome, 43, "as edited")
    assert values(firm) == [43, 50]
    assert ("0 → *43*" in line(firm), "as edited" in line(firm)) == (True, True)


def test_an_answer_cannot_be_edited_once_its_period_has_closed(firm: Firm, outcome: Outcome) -> None:
    answered(firm, outcome, 42)
    firm.clock.move_to(NEXT_MONDAY)
    with pytest.raises(Refused, match=r"has closed\. /outcome result OUT-1"):
        answered(firm, outcome, 43)
    assert values(firm) == [42]


def test_it_can_be_edited_until_the_last_moment(firm: Firm, outcome: Outcome) -> None:
    answered(firm, outcome, 42)
    firm.clock.move_to(NEXT_MONDAY - timedelta(seconds=1))
    answered(firm, outcome, 43)
    assert values(firm) == [43]


def test_a_late_first_answer_still_counts(firm: Firm, outcome: Outcome) -> None:
    firm.clock.move_to(NEXT_MONDAY + timedelta(days=30))
    answered(firm, outcome, 42)
    assert values(firm) == [42]
    assert "*42*" in line(firm)


@pytest.mark.parametrize("who", ["UMAX", "ULEAD", "UANN"])
def test_somebody_elses_check_in_cannot_be_answered(firm: Firm, outcome: Outcome, who: str) -> None:
    with pytest.raises(NotFound, match="not yours"):
        answered(firm, outcome, 42, by=who)


def test_an_outcome_that_was_not_asked_about_cannot_be_answered(firm: Firm, outcome: Outcome) -> None:
    later = firm.outcome(firm.see("UOLGA", 1).team, "UOLGA").outcome
    with pytest.raises(NotFound, match="not in this check-in"):
        answered(firm, later, 42)


def test_an_outcome_gone_private_cannot_be_answered_by_its_owner_outside(firm: Firm, outcome: Outcome) -> None:
    firm.channel("C1", members=None, is_private=True)
    with firm.db.begin() as tx:
        note_left(tx, Membership("T1", "C1", "UOLGA", False))
    with pytest.raises(NotFound):
        answered(firm, outcome, 42)
    assert all_results(firm) == []


def test_two_clicks_at_once_are_one_answer(firm: Firm, outcome: Outcome) -> None:
    start, failed = threading.Barrier(4), []

    def click() -> None:
        start.wait(10)
        try:
            answered(firm, outcome, None)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []
    assert all_results(firm) == [(Decimal(0), "no change")]


def test_two_updates_at_once_leave_one_that_stands(firm: Firm, outcome: Outcome) -> None:
    start = threading.Barrier(3)

    def update(value: int) -> None:
        start.wait(10)
        answered(firm, outcome, value)

    threads = [threading.Thread(target=update, args=[value]) for value in (41, 42, 43)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(values(firm)) == 1
    assert len(all_results(firm)) == 3
    assert f"*{values(firm)[0]}*" in line(firm)


def test_a_result_by_command_answers_the_check_in_too(firm: Firm, outcome: Outcome) -> None:
    sent(firm)
    firm.clock.advance(timedelta(hours=1))
    firm.result(outcome, "UOLGA", 42)
    assert [answered_elsewhere_due(firm.db), answered_elsewhere_due(firm.db)] == [1, 0]
    assert [item.outcome_id for item, _ in asked(firm).open_items] == [outcome.id + 1]
    assert "*42*" in line(firm)
    assert all_results(firm) == [(Decimal(42), "command")]


def test_an_answer_given_meanwhile_is_not_noted_again(firm: Firm, outcome: Outcome) -> None:
    answered(firm, outcome, 42)
    with firm.db.begin() as tx:
        ids = {"checkin_id": check_ins(firm)[-1].id, "outcome_id": outcome.id}
        assert not note_answer_elsewhere(tx, firm.viewer("UOLGA"), **ids, now=firm.now)
        assert not note_answer_elsewhere(tx, firm.viewer("UMAX"), **ids, now=firm.now)
    assert answered_elsewhere_due(firm.db) == 0


def test_an_ask_that_was_not_sent_yet_is_withheld_once_all_is_answered(firm: Firm, outcome: Outcome) -> None:
    for n in (0, 1):
        firm.result(firm.see("UOLGA", outcome.number + n).outcome, "UOLGA", 42)
    answered_elsewhere_due(firm.db)
    assert deliveries(firm)["checkin:UOLGA:2026-W10"].state == State.WITHHELD


def test_one_that_cannot_be_noted_does_not_hold_up_the_others(
    firm: Firm, outcome: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in (0, 1):
        firm.result(firm.see("UOLGA", outcome.number + n).outcome, "UOLGA", 42)

    def trouble_with_the_first(tx: object, owner: object, checkin_id: object, outcome_id: int, **now: object) -> bool:
        if outcome_id == outcome.id:
            raise RuntimeError("trouble")
        return note_answer_elsewhere(tx, owner, checkin_id, outcome_id, **now)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.checkins.jobs.note_answer_elsewhere", trouble_with_the_first)
    assert answered_elsewhere_due(firm.db) == 1
