"""Reminding an owner of what is still open: when they asked for it, and when nothing came."""

from datetime import datetime

from bot.checkins.actions.rewriting import rewrite
from bot.checkins.messages import reminders
from bot.checkins.model import CheckIn
from bot.checkins.queries import Asked, claim_check_in, find_check_in, hold_check_in
from bot.checkins.rules.reminders import (
    MOST_NUDGES,
    Snooze,
    is_working_time,
    next_nudge_at,
    put_off_nudge,
    snoozed_until,
    workday_end,
)
from bot.db.database import Tx
from bot.errors import Refused
from bot.outbox.queue import cancel, enqueue
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer

_NO_TIME_LEFT = {
    Snooze.AFTERNOON: "There is no working time left for that today.",
    Snooze.TOMORROW: "This check-in closes before the next working morning.",
}
_CHOSEN_ANEW = "Another time was chosen."


def snooze(tx: Tx, owner: Viewer, *, checkin_id: int, choice: Snooze, now: datetime) -> datetime:
    """Puts what is still open off, and answers until when; chosen again, the new time takes the place of the old.

    Raises NotFound for somebody else's check-in; Refused when everything is answered, when the period has closed, and
    when it would come back outside of working hours or after the close.
    """
    checkin = hold_check_in(tx, owner, checkin_id)
    asked = find_check_in(tx, owner, checkin_id)
    if not asked.open_items:
        raise Refused("Everything in this check-in is answered, so there is nothing to come back to.")
    if now >= checkin.closes_at:
        raise Refused("This check-in has closed. A late answer still counts.")
    person = tx.get_one(Person, (owner.workspace_id, owner.person_id))
    until = snoozed_until(choice, now=now, zone=person.zone, closes_at=checkin.closes_at)
    if until is None:
        raise Refused(f"{_NO_TIME_LEFT[choice]} You can answer at any time, and a late answer still counts.")
    if until == checkin.snoozed_until:
        return until
    for key in checkin.snooze_keys:
        cancel(tx, workspace_id=owner.workspace_id, key=key, reason=_CHOSEN_ANEW, now=now)
    checkin.snoozes += 1
    checkin.snoozed_until = until
    _put_off_nudge(checkin, person, until)
    tx.flush()
    enqueue(
        tx,
        workspace_id=owner.workspace_id,
        key=checkin.snooze_keys[-1],
        place=owner.person_id,
        message=reminders.snooze_over(asked, reader=Reader.of(person, until)),
        due_at=until,
        expires_at=min(workday_end(until, person.zone), checkin.closes_at),
        now=now,
    )
    rewrite(tx, owner, asked, now=now)
    return until


def nudge_next(tx: Tx, owner: Viewer, *, checkin_id: int, now: datetime) -> bool:
    """Nudges this owner if it is time and something is still open, and writes down when to look next.

    Answers False when another replica is at it, or it is not time after all.
    """
    checkin = claim_check_in(tx, owner, checkin_id)
    if checkin is None or checkin.next_nudge_at is None or checkin.next_nudge_at > now:
        return False
    asked = find_check_in(tx, owner, checkin_id)
    person = tx.get_one(Person, (owner.workspace_id, owner.person_id))
    is_over = now >= checkin.closes_at or checkin.nudges >= MOST_NUDGES
    if is_over or not asked.open_items or not person.is_active:
        checkin.next_nudge_at = None
    elif not is_working_time(now, person.zone):
        _put_off_nudge(checkin, person, now)
    else:
        _nudge(tx, asked, person, now=now)
    tx.flush()
    return True


def _nudge(tx: Tx, asked: Asked, person: Person, *, now: datetime) -> None:
    checkin, zone = asked.checkin, person.zone
    checkin.nudges += 1
    enqueue(
        tx,
        workspace_id=person.workspace_id,
        key=checkin.nudge_keys[-1],
        place=person.id,
        message=reminders.nudge(asked, checkin.nudges, reader=Reader.of(person, now)),
        due_at=now,
        expires_at=min(workday_end(now, zone), checkin.closes_at),
        now=now,
    )
    again = next_nudge_at(checkin.due_at, nudged_at=now, zone=zone, closes_at=checkin.closes_at)
    checkin.next_nudge_at = again if checkin.nudges < MOST_NUDGES else None


def _put_off_nudge(checkin: CheckIn, person: Person, until: datetime) -> None:
    """Nudges no earlier than the working day after `until`; never earlier than was planned, nor where none was."""
    if checkin.next_nudge_at is not None:
        later = put_off_nudge(checkin.due_at, until=until, zone=person.zone, closes_at=checkin.closes_at)
        checkin.next_nudge_at = later and max(later, checkin.next_nudge_at)
