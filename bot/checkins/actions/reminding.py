"""Reminding an owner of what is still open: when they asked for it, and when nothing came."""

from datetime import date, datetime

from bot.absences.queries import hours_of, stand_in_on
from bot.absences.rules.hours import Hours
from bot.checkins.actions.rewriting import rewrite
from bot.checkins.messages import reminders
from bot.checkins.model import CheckIn
from bot.checkins.queries import Asked, claim_check_in, find_check_in, hold_check_in, seen_by
from bot.checkins.rules.reminders import (
    MOST_NUDGES,
    Snooze,
    next_nudge_at,
    put_off_nudge,
    snoozed_until,
)
from bot.db.database import Tx
from bot.deliveries.actions import ask
from bot.deliveries.rules import MOST_A_WEEK
from bot.errors import Refused
from bot.outbox.queue import cancel, enqueue
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.teams.rules.workdays import Workdays

_NO_TIME_LEFT = {
    Snooze.AFTERNOON: "There is no working time left for that today.",
    Snooze.TOMORROW: "This check-in closes before the next working morning.",
}
_CHOSEN_ANEW = "Another time was chosen."


def snooze(tx: Tx, viewer: Viewer, *, checkin_id: int, choice: Snooze, now: datetime) -> datetime:
    """Puts what is still open off, and answers until when; chosen again, the new time takes the place of the old.

    Raises NotFound for somebody else's check-in; Refused when everything is answered, when the period has closed, and
    when it would come back outside of working hours or after the close.
    """
    checkin = hold_check_in(tx, viewer, checkin_id)
    asked = find_check_in(tx, viewer, checkin_id)
    if not asked.open_items:
        raise Refused("Everything in this check-in is answered, so there is nothing to come back to.")
    if now >= checkin.closes_at:
        raise Refused("This check-in has closed. A late answer still counts.")
    person = tx.get_one(Person, (viewer.workspace_id, viewer.person_id))
    hours = _hours(tx, asked, person, now=now)
    until = snoozed_until(choice, now=now, hours=hours, closes_at=checkin.closes_at)
    if until is None:
        raise Refused(f"{_NO_TIME_LEFT[choice]} You can answer at any time, and a late answer still counts.")
    if until == checkin.snoozed_until:
        return until
    for key in checkin.snooze_keys:
        cancel(tx, workspace_id=viewer.workspace_id, key=key, reason=_CHOSEN_ANEW, now=now)
    checkin.snoozes += 1
    checkin.snoozed_until = until
    _put_off_nudge(checkin, hours, until)
    tx.flush()
    enqueue(
        tx,
        workspace_id=viewer.workspace_id,
        key=checkin.snooze_keys[-1],
        place=viewer.person_id,
        message=reminders.snooze_over(asked, reader=Reader.of(person, until)),
        due_at=until,
        expires_at=_day_ends(hours, until, checkin),
        now=now,
    )
    rewrite(tx, checkin, now=now)
    return until


def nudge_next(tx: Tx, owner: Viewer, checkin_id: int, *, most_a_week: int = MOST_A_WEEK, now: datetime) -> bool:
    """Nudges about this owner's check-in if it is time and something is still open; writes down when to look next.

    Answers False when another replica is at it, or it is not time after all.
    """
    checkin = claim_check_in(tx, owner, checkin_id)
    if checkin is None or checkin.next_nudge_at is None or checkin.next_nudge_at > now:
        return False
    _ask_whoever_is_there(tx, checkin, now=now)
    asked = find_check_in(tx, checkin.asked, checkin_id)
    person = tx.get_one(Person, (checkin.workspace_id, checkin.asked_id))
    hours = _hours(tx, asked, person, now=now)
    is_over = now >= checkin.closes_at or checkin.nudges >= MOST_NUDGES
    if is_over or not asked.open_items or not person.is_active:
        checkin.next_nudge_at = None
    elif not hours.is_open(now) or _is_paused(asked, hours.day_of(now)):
        _put_off_nudge(checkin, hours, now)
    elif (later := hours.when_there(now, before=checkin.closes_at)) and later.opens_at > now:
        checkin.next_nudge_at = later.opens_at
    else:
        _nudge(tx, asked, person, hours, most_a_week, now=now)
    tx.flush()
    return True


def _ask_whoever_is_there(tx: Tx, checkin: CheckIn, *, now: datetime) -> None:
    """An owner who is back, or whose delegate has left, is asked themselves from now on; one who went, their delegate.

    Only a delegate who may see something in it is asked.
    """
    owner = tx.get_one(Person, (checkin.workspace_id, checkin.person_id))
    delegate = stand_in_on(tx, checkin.owner, now.astimezone(owner.zone).date())
    if delegate and seen_by(tx, Viewer(checkin.workspace_id, delegate.id), checkin).open_items:
        checkin.asked_id = delegate.id
    else:
        checkin.asked_id = owner.id
    tx.flush()


def _nudge(tx: Tx, asked: Asked, person: Person, hours: Hours, most_a_week: int, *, now: datetime) -> None:
    checkin = asked.checkin
    checkin.nudges += 1
    ask(
        tx,
        person,
        key=checkin.nudge_keys[-1],
        message=reminders.nudge(asked, checkin.nudges, reader=Reader.of(person, now)),
        due_at=now,
        expires_at=_day_ends(hours, now, checkin),
        most_a_week=most_a_week,
        now=now,
    )
    again = next_nudge_at(checkin.due_at, nudged_at=now, hours=hours, closes_at=checkin.closes_at)
    checkin.next_nudge_at = again if checkin.nudges < MOST_NUDGES else None


def _put_off_nudge(checkin: CheckIn, hours: Hours, until: datetime) -> None:
    """Nudges no earlier than the working day after `until`; never earlier than was planned, nor where none was."""
    if checkin.next_nudge_at is not None:
        later = put_off_nudge(checkin.due_at, until=until, hours=hours, closes_at=checkin.closes_at)
        checkin.next_nudge_at = later and max(later, checkin.next_nudge_at)


def _hours(tx: Tx, asked: Asked, person: Person, *, now: datetime) -> Hours:
    """When whoever is asked may be reminded: as the team of the first outcome that is open works."""
    open_items = asked.open_items
    workdays = open_items[0][1].team.rhythm.workdays if open_items else Workdays()
    return hours_of(tx, person, workdays, now=now)


def _is_paused(asked: Asked, day: date) -> bool:
    return all(view.team.is_paused_on(day) for _, view in asked.open_items)


def _day_ends(hours: Hours, instant: datetime, checkin: CheckIn) -> datetime:
    return min(hours.of_day(hours.day_of(instant)).until, checkin.closes_at)
