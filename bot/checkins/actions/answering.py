"""Answering a check-in: each answer is a result, the message is rewritten, and the team reads a line."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from bot.checkins.actions.rewriting import rewrite
from bot.checkins.actions.telling import say_answer
from bot.checkins.messages.forms import WHAT_HOLDS_IT
from bot.checkins.model import CheckInItem
from bot.checkins.queries import find_check_in, given_result, hold_check_in, item_of, needs_why, results_before
from bot.checkins.rules import Answer
from bot.db.database import Tx
from bot.errors import FormRefused, NotFound, Refused
from bot.outcomes.model import Outcome, Result
from bot.outcomes.queries import View
from bot.people.rules import Viewer
from bot.results.actions import Measured, add_result


def answer(
    tx: Tx,
    viewer: Viewer,
    *,
    checkin_id: int,
    outcome_id: int,
    measured: Measured | None,
    note: str = "",
    now: datetime,
) -> View:
    """An answer for one outcome, of its owner or of who is asked in their place; None says that nothing changed, with
    a note maybe. Answers the outcome as it then stands.

    An answer given again corrects the first one while the period is open. A first answer counts however late.
    Raises NotFound for somebody else's check-in, Refused once the period has closed on an answer, FormRefused when
    nothing changed for the second time in a row and the note does not say why.
    """
    hold_check_in(tx, viewer, checkin_id)
    asked = find_check_in(tx, viewer, checkin_id)
    item, view = item_of(asked, outcome_id)
    earlier = given_result(item, view)
    if item.answered_at is not None and now >= asked.checkin.closes_at:
        raise Refused(f"This check-in has closed. /outcome result {view.outcome.key} logs a new result.")
    if measured is None and item.answer == Answer.NO_CHANGE and not note:
        return view
    if measured is None:
        if not note and needs_why(item, view):
            raise FormRefused({"note": WHAT_HOLDS_IT})
        said, measured = Answer.NO_CHANGE, Measured(_value_before(item, view), note, source=Answer.NO_CHANGE)
    else:
        said, measured = Answer.UPDATED, replace(measured, source="check-in")
    # Whose check-in it is, the owner's or their delegate's, may log what it asks for.
    result = add_result(tx, viewer, view, measured, now=now, replaces=earlier)
    return _settle(tx, viewer, item, said, result, now=now)


def note_answer_elsewhere(tx: Tx, owner: Viewer, checkin_id: int, outcome_id: int, *, now: datetime) -> bool:
    """A result logged by command or form while the check-in was open answers it too."""
    try:
        hold_check_in(tx, owner, checkin_id)
        item, view = item_of(find_check_in(tx, owner, checkin_id), outcome_id)
    except NotFound:
        return False
    if item.answered_at is not None or view.latest is None:
        return False
    _settle(tx, owner, item, Answer.UPDATED, view.latest, now=now)
    return True


def note_gone_or_back(tx: Tx, owner: Viewer, checkin_id: int, outcome_id: int, *, now: datetime) -> bool:
    """Brings the messages of a check-in up to date when one of its outcomes was closed, handed over, or came back."""
    try:
        checkin = hold_check_in(tx, owner, checkin_id)
    except NotFound:
        return False
    item = tx.get_one(CheckInItem, (owner.workspace_id, checkin_id, outcome_id), populate_existing=True)
    outcome = tx.get_one(Outcome, outcome_id, populate_existing=True)
    item.is_gone = outcome.closed_at is not None or outcome.owner_id != owner.person_id
    tx.flush()
    rewrite(tx, checkin, now=now)
    return True


def _settle(tx: Tx, viewer: Viewer, item: CheckInItem, said: Answer, result: Result, *, now: datetime) -> View:
    item.answer, item.result_id, item.answered_at = said, result.id, item.answered_at or now
    tx.flush()
    asked = find_check_in(tx, viewer, item.checkin_id)
    _, view = item_of(asked, item.outcome_id)
    rewrite(tx, asked.checkin, now=now)
    say_answer(tx, viewer, asked.checkin, item, view, now=now)
    return view


def _value_before(item: CheckInItem, view: View) -> Decimal:
    """Where the measure stood before this period's answer."""
    before = results_before(item, view)
    value = before[-1].value if before else view.outcome.baseline
    if value is None:
        raise Refused(f"{view.outcome.key} has no value yet that could stay the same. Choose Update to type the first.")
    return value
