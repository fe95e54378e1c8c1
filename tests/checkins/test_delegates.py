"""Somebody who stands in for an owner answers the check-ins that are due meanwhile, of what they may see."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.absences.actions.leaving import come_back, go_away
from bot.absences.rules import Days
from bot.checkins.actions.answering import answer, note_answer_elsewhere
from bot.checkins.actions.replies import Written, answer_in_words
from bot.checkins.queries import Asked, find_check_in
from bot.errors import NotFound
from bot.outbox.model import Delivery
from bot.outbox.rules import State
from bot.outcomes.queries import View
from bot.results.actions import Measured
from tests.checkins.diary import check_ins, deliveries
from tests.workspaces.firm import Firm

MONDAY, TUESDAY, FRIDAY = (datetime(2026, 3, day, 10, tzinfo=UTC) for day in (2, 3, 6))
KEY = "checkin:UOLGA:2026-W10"


@pytest.fixture
def stood_in(firm: Firm) -> Firm:
    """Olga is away from Monday to Friday, and Max has her check-in: OUT-1 he may see, OUT-2 is private to others."""
    firm.channel("C1", ["UOLGA", "UMAX"])
    firm.channel("C2", ["UOLGA", "ULEAD"], is_private=True)
    firm.outcome(firm.team("C1"), "UOLGA")
    firm.outcome(firm.team("C2"), "UOLGA")
    with firm.db.begin() as tx:
        days = Days(MONDAY.date(), FRIDAY.date())
        go_away(tx, firm.viewer("UOLGA"), days, delegate=firm.people["UMAX"], now=firm.now)
    firm.live(MONDAY)
    return firm


def seen_by(firm: Firm, who: str) -> Asked:
    with firm.db.read() as tx:
        return find_check_in(tx, firm.viewer(who), check_ins(firm)[-1].id)


def answered(firm: Firm, number: int, value: int, *, by: str) -> View:
    outcome_id = firm.see("UOLGA", number).outcome.id
    with firm.db.begin() as tx:
        return answer(
            tx,
            firm.viewer(by),
            checkin_id=check_ins(firm)[-1].id,
            outcome_id=outcome_id,
            measured=Measured(Decimal(value)),
            now=firm.now,
        )


def back(firm: Firm) -> None:
    with firm.db.begin() as tx:
        come_back(tx, firm.viewer("UOLGA"), now=firm.now)


def test_a_delegate_sees_only_what_they_may_see_anyhow(stood_in: Firm) -> None:
    theirs, own = seen_by(stood_in, "UMAX"), seen_by(stood_in, "UOLGA")
    assert [view.outcome.key for _, view in theirs.items] == ["OUT-1"]
    assert [view.outcome.key for _, view in own.items] == ["OUT-1", "OUT-2"]
    assert (theirs.instead_of, own.instead_of) == ("Olga", "")


def test_a_delegates_answer_is_signed_by_both(stood_in: Firm) -> None:
    view = answered(stood_in, 1, 42, by="UMAX")
    assert view.latest is not None
    assert (view.latest.value, view.latest.author_id) == (Decimal(42), "UMAX")
    [line] = deliveries(stood_in, "answer:").values()
    assert "Max for Olga" in line.text


def test_an_owners_own_answer_is_signed_by_them_alone(stood_in: Firm) -> None:
    answered(stood_in, 1, 42, by="UOLGA")
    [line] = deliveries(stood_in, "answer:").values()
    assert " for Olga" not in line.text


@pytest.mark.parametrize(("by", "number"), [("UMAX", 1), ("UOLGA", 1), ("UOLGA", 2)])
def test_the_message_shows_the_delegate_nothing_more_whoever_answers(stood_in: Firm, by: str, number: int) -> None:
    with stood_in.db.begin() as tx:
        tx.scalars(select(Delivery).where(Delivery.key == KEY)).one().state = State.SENT
    answered(stood_in, number, 42, by=by)
    [rewriting] = deliveries(stood_in, f"{KEY}#").values()
    assert (rewriting.place, "OUT-1" in rewriting.text, "OUT-2" in rewriting.text) == ("UMAX", True, False)
    assert "You stand in for Olga." in rewriting.text


def test_a_result_by_other_means_rewrites_it_for_the_delegate_too(stood_in: Firm) -> None:
    hidden = stood_in.see("UOLGA", 2).outcome
    stood_in.result(hidden, "UOLGA", 7)
    with stood_in.db.begin() as tx:
        checkin_id = check_ins(stood_in)[-1].id
        noted = note_answer_elsewhere(
            tx, stood_in.viewer("UOLGA"), checkin_id=checkin_id, outcome_id=hidden.id, now=stood_in.now
        )
    assert noted
    assert "OUT-2" not in deliveries(stood_in)[KEY].text


def test_a_delegate_cannot_answer_what_they_cannot_see(stood_in: Firm) -> None:
    with pytest.raises(NotFound, match="not in this check-in"):
        answered(stood_in, 2, 42, by="UMAX")


@pytest.mark.parametrize("who", ["ULEAD", "UANN"])
def test_it_is_nobody_elses(stood_in: Firm, who: str) -> None:
    with pytest.raises(NotFound, match="not yours"):
        answered(stood_in, 1, 42, by=who)


def test_what_was_asked_before_the_owner_came_back_can_still_be_answered(stood_in: Firm) -> None:
    stood_in.clock.move_to(TUESDAY)
    back(stood_in)
    assert answered(stood_in, 1, 42, by="UMAX").latest_value == 42


def test_a_delegate_of_other_days_answers_nothing(firm: Firm) -> None:
    firm.channel("C1", ["UOLGA", "UMAX"])
    firm.outcome(firm.team("C1"), "UOLGA")
    with firm.db.begin() as tx:
        days = Days(TUESDAY.date(), FRIDAY.date())
        go_away(tx, firm.viewer("UOLGA"), days, delegate=firm.people["UMAX"], now=firm.now)
    firm.live(MONDAY)
    with pytest.raises(NotFound, match="not yours"):
        answered(firm, 1, 42, by="UMAX")


def test_a_delegate_answers_in_words_in_the_thread_too(stood_in: Firm) -> None:
    with stood_in.db.begin() as tx:
        delivery = tx.scalars(select(Delivery).where(Delivery.key == KEY)).one()
        delivery.state, delivery.channel, delivery.ts = State.SENT, "DMAX", "1.1"
    with stood_in.db.begin() as tx:
        written = Written("DMAX", "2.2", "1.1", "42 because the email shipped")
        assert answer_in_words(tx, stood_in.people["UMAX"], written, now=stood_in.now)
    assert stood_in.see("UOLGA", 1).latest_value == 42
    [said] = deliveries(stood_in, "reply:").values()
    assert (said.place, "OUT-2" in said.text) == ("UMAX", False)


def test_the_thread_of_another_message_is_no_check_in(stood_in: Firm) -> None:
    with stood_in.db.begin() as tx:
        delivery = tx.scalars(select(Delivery).where(Delivery.key == "absence:1:delegate")).one()
        delivery.state, delivery.channel, delivery.ts = State.SENT, "DMAX", "3.3"
    with stood_in.db.begin() as tx:
        assert not answer_in_words(tx, stood_in.people["UMAX"], Written("DMAX", "4.4", "3.3", "42"), now=stood_in.now)
