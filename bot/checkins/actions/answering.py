"""Answering a check-in: each answer is a result, the message is rewritten, and the team reads a line."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from bot.checkins.actions.rewriting import rewrite
from bot.checkins.actions.telling import say_in_channel, say_unanswered
from bot.checkins.messages.channel import answer_line
from bot.checkins.messages.forms import WHAT_HOLDS_IT
from bot.checkins.model import CheckInItem
from bot.checkins.queries import find_check_in, given_result, hold_check_in, item_of, needs_why, results_before
from bot.checkins.rules import Answer, State
from bot.db.database import Tx
from bot.errors import FormRefused, NotFound, Refused
from bot.outcomes.model import Result
from bot.outcomes.queries import View
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.results.actions import Measured, log_result


def answer(
    tx: Tx,
    owner: Viewer,
    *,
    checkin_id: int,
    outcome_id: int,
    measured: Measured | None,
    note: str = "",
    now: datetime,
) -> View:
    """The owner's answer for one outcome; None says that nothing changed, with a note maybe. Answers the outcome as
    it then stands.

    An answer given again corrects the first one while the period is open. A first answer counts however late.
    Raises NotFound for somebody else's check-in, Refused once the period has closed on an answer, FormRefused when
    nothing changed for the second time in a row and the note does not say why.
    """
    hold_check_in(tx, owner, checkin_id)
    asked = find_check_in(tx, owner, checkin_id)
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
    result = log_result(tx, owner, view, measured, now=now, replaces=earlier)
    return _settle(tx, owner, item, said, result, now=now)


def note_answer_elsewhere(tx: Tx, owner: Viewer, *, checkin_id: int, outcome_id: int, now: datetime) -> bool:
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


def _settle(tx: Tx, owner: Viewer, item: CheckInItem, said: Answer, result: Result, *, now: datetime) -> View:
    item.answer, item.result_id, item.answered_at = said, result.id, item.answered_at or now
    tx.flush()
    asked = find_check_in(tx, owner, item.checkin_id)
    _, view = item_of(asked, item.outcome_id)
    rewrite(tx, owner, asked, now=now)
    _say_answer(tx, owner, item, view, now=now)
    if asked.checkin.state == State.UNANSWERED:
        say_unanswered(tx, owner, view.team, asked.checkin, now=now)
    return view


def _say_answer(tx: Tx, owner: Viewer, item: CheckInItem, view: View, *, now: datetime) -> None:
    person = tx.get_one(Person, (owner.workspace_id, owner.person_id))
    line = answer_line(item, view, by=person.name, reader=Reader.for_channel(now, person.zone))
    say_in_channel(tx, view.team, key=item.line_key, message=line, now=now)


def _value_before(item: CheckInItem, view: View) -> Decimal:
    """Where the measure stood before this period's answer."""
    before = results_before(item, view)
    value = before[-1].value if before else view.outcome.baseline
    if value is None:
        raise Refused(f"{view.outcome.key} has no value yet that could stay the same. Choose Update to type the first.")
    return value
