"""Answering a check-in: each answer is a result, the message is rewritten, and the team reads a line."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from bot.checkins import messages
from bot.checkins.model import CheckIn, CheckInItem
from bot.checkins.queries import check_in_seen_by, find_check_in, given_result, item_of
from bot.checkins.rules import Answer
from bot.db.database import Tx
from bot.errors import NotFound, Refused
from bot.outbox.queries import delivery_with_key
from bot.outbox.queue import enqueue, revise, withhold
from bot.outcomes.model import Result
from bot.outcomes.queries import View
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.results.actions import Measured, add_result

UPDATED_ALREADY = "Everything due was already updated in this period."
_LINE_LASTS = timedelta(days=2)


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
    """An answer for one outcome, of its owner or of their delegate; None says that nothing changed, with a note maybe.
    Answers the outcome as it then stands.

    An answer given again corrects the first one while the period is open. A first answer counts however late.
    Raises NotFound for somebody else's check-in, Refused once the period has closed on an answer.
    """
    _hold(tx, viewer, checkin_id)
    asked = find_check_in(tx, viewer, checkin_id)
    item, view = item_of(asked, outcome_id)
    earlier = given_result(item, view)
    if item.answered_at is not None and now >= asked.checkin.closes_at:
        raise Refused(f"This check-in has closed. /outcome result {view.outcome.key} logs a new result.")
    if measured is None and item.answer == Answer.NO_CHANGE and not note:
        return view
    if measured is None:
        said, measured = Answer.NO_CHANGE, Measured(_value_before(view, earlier), note, source="no change")
    else:
        said, measured = Answer.UPDATED, replace(measured, source="check-in")
    # Whose check-in it is, the owner's or their delegate's, may log the results of what it asks about.
    result = add_result(tx, viewer, view, measured, now=now, replaces=earlier)
    return _settle(tx, viewer, item, said, result, now=now)


def note_answer_elsewhere(tx: Tx, owner: Viewer, *, checkin_id: int, outcome_id: int, now: datetime) -> bool:
    """A result logged by command or form while the check-in was open answers it too."""
    _hold(tx, owner, checkin_id)
    try:
        item, view = item_of(find_check_in(tx, owner, checkin_id), outcome_id)
    except NotFound:
        return False
    if item.answered_at is not None or view.latest is None:
        return False
    _settle(tx, owner, item, Answer.UPDATED, view.latest, now=now)
    return True


def _hold(tx: Tx, owner: Viewer, checkin_id: int) -> None:
    """Lets one answer at a time through: a second click waits, and then sees what the first one said."""
    held = select(CheckIn.id).where(CheckIn.workspace_id == owner.workspace_id, CheckIn.id == checkin_id)
    tx.execute(held.with_for_update())


def _settle(tx: Tx, viewer: Viewer, item: CheckInItem, said: Answer, result: Result, *, now: datetime) -> View:
    item.answer, item.result_id, item.answered_at = said, result.id, item.answered_at or now
    tx.flush()
    asked = find_check_in(tx, viewer, item.checkin_id)
    _, view = item_of(asked, item.outcome_id)
    _rewrite_check_in(tx, asked.checkin, now=now)
    _owe_line(tx, viewer, item, view, now=now)
    return view


def _rewrite_check_in(tx: Tx, checkin: CheckIn, *, now: datetime) -> None:
    """Rewrites the message for whoever has it, the owner or their delegate, whoever answered."""
    has_it = _has_message(tx, checkin)
    asked, person = check_in_seen_by(tx, has_it, checkin), _person(tx, has_it)
    if not asked.open_items and withhold(
        tx, workspace_id=checkin.workspace_id, key=checkin.key, reason=UPDATED_ALREADY, now=now
    ):
        return
    revise(
        tx,
        workspace_id=checkin.workspace_id,
        key=checkin.key,
        message=messages.check_in(asked, reader=Reader.of(person, now)),
        now=now,
        expires_at=now + _LINE_LASTS,
    )


def _has_message(tx: Tx, checkin: CheckIn) -> Viewer:
    """To whom a check-in was sent: what its message shows is what that person may see."""
    delivery = delivery_with_key(tx, workspace_id=checkin.workspace_id, key=checkin.key)
    return Viewer(checkin.workspace_id, delivery.place if delivery else checkin.person_id)


def _owe_line(tx: Tx, viewer: Viewer, item: CheckInItem, view: View, *, now: datetime) -> None:
    person = _person(tx, viewer)
    by = person.name if person.id == view.owner.id else f"{person.name} for {view.owner.name}"
    line = messages.answer_line(item, view, by=by, reader=Reader.for_channel(now, person.zone))
    revised = revise(
        tx,
        workspace_id=viewer.workspace_id,
        key=item.line_key,
        message=line,
        now=now,
        expires_at=now + _LINE_LASTS,
    )
    if revised is None:
        enqueue(
            tx,
            workspace_id=viewer.workspace_id,
            key=item.line_key,
            place=view.team.channel_id,
            message=line,
            due_at=now,
            expires_at=now + _LINE_LASTS,
            now=now,
        )


def _value_before(view: View, earlier: Result | None) -> Decimal:
    """Where the measure stood before this period's answer."""
    before = view.results if earlier is None else view.results[: view.results.index(earlier)]
    value = before[-1].value if before else view.outcome.baseline
    if value is None:
        raise Refused(f"{view.outcome.key} has no value yet that could stay the same. Choose Update to type the first.")
    return value


def _person(tx: Tx, viewer: Viewer) -> Person:
    return tx.get_one(Person, (viewer.workspace_id, viewer.person_id))
