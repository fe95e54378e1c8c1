"""When somebody is reminded of a check-in: pure. In their working hours, and before its period closes."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.absences.rules.hours import Hours
from bot.errors import NotFound
from bot.teams.rules import instant_of

_AFTERNOON = time(14)
_NOT_BEFORE = timedelta(hours=1)
"""A reminder that was asked for comes at least this much later."""

MOST_NUDGES = 2
_BEFORE_THE_END = timedelta(hours=1)
"""A nudge leaves this much of the working day to answer it."""


class Snooze(StrEnum):
    """When an owner would rather be asked."""

    AFTERNOON = "afternoon"
    TOMORROW = "tomorrow"


def read_snooze(word: str) -> Snooze:
    """The choice that a menu carries. Raises NotFound for anything else."""
    try:
        return Snooze(word)
    except ValueError:
        raise NotFound("That menu is from an older message. /rhythm shows what there is now.") from None


def snoozed_until(snooze: Snooze, *, now: datetime, hours: Hours, closes_at: datetime) -> datetime | None:
    """When a snoozed check-in comes back; None when that is outside of working hours, or its period is over by then.

    This afternoon is two o'clock, or an hour from now when that is later. Tomorrow morning is that of the next working
    day.
    """
    today = hours.day_of(now)
    if snooze == Snooze.AFTERNOON:
        at = max(instant_of(today, _AFTERNOON, hours.zone), now + _NOT_BEFORE)
        return at if hours.is_open(at) and at < closes_at else None
    day = hours.working_day_after(today, 1)
    if day is None or hours.of_day(day).opens_at >= closes_at:
        return None
    return hours.of_day(day).opens_at


def first_nudge_at(slot: datetime, *, asked_at: datetime, hours: Hours, closes_at: datetime) -> datetime | None:
    """When to nudge first about a check-in of this slot: the next working day. None when its period is over by then."""
    asked_on = hours.day_of(max(slot, asked_at))
    return _nudge_at(slot, hours.working_day_after(asked_on, 1), hours=hours, closes_at=closes_at)


def next_nudge_at(slot: datetime, *, nudged_at: datetime, hours: Hours, closes_at: datetime) -> datetime | None:
    """When to nudge again: two working days later. None when the period is over by then."""
    return _nudge_at(slot, hours.working_day_after(hours.day_of(nudged_at), 2), hours=hours, closes_at=closes_at)


def put_off_nudge(slot: datetime, *, until: datetime, hours: Hours, closes_at: datetime) -> datetime | None:
    """When to nudge somebody who is not to be nudged before `until`: on the first working day that begins after it."""
    return _nudge_at(slot, hours.day_of(hours.next_morning(until)), hours=hours, closes_at=closes_at)


def _nudge_at(slot: datetime, day: date | None, *, hours: Hours, closes_at: datetime) -> datetime | None:
    """The check-in's own local time on that day, kept within working hours; None when its period is over by then."""
    if day is None:
        return None
    working, own = hours.of_day(day), instant_of(day, slot.astimezone(hours.zone).time(), hours.zone)
    at = max(min(own, working.until - _BEFORE_THE_END), working.opens_at)
    return at if at < closes_at else None
