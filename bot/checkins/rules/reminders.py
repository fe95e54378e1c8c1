"""When an owner is reminded of a check-in: pure. In the working hours of a weekday, and before its period closes."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.errors import NotFound
from bot.teams.rules import instant_of
from bot.teams.rules.workdays import ENDS, STARTS

_AFTERNOON = time(14)
_NOT_BEFORE = timedelta(hours=1)
"""A reminder that was asked for comes at least this much later."""

MOST_NUDGES = 2
_LATEST_NUDGE = time(17)


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


def snoozed_until(snooze: Snooze, *, now: datetime, zone: ZoneInfo, closes_at: datetime) -> datetime | None:
    """When a snoozed check-in comes back; None when that is outside of working hours, or its period is over by then.

    This afternoon is two o'clock, or an hour from now when that is later. Tomorrow morning is the next weekday's.
    """
    today = now.astimezone(zone).date()
    if snooze == Snooze.AFTERNOON:
        at = max(instant_of(today, _AFTERNOON, zone), now + _NOT_BEFORE)
    else:
        at = instant_of(workdays_after(today, 1), STARTS, zone)
    return at if is_working_time(at, zone) and at < closes_at else None


def first_nudge_at(slot: datetime, *, asked_at: datetime, zone: ZoneInfo, closes_at: datetime) -> datetime | None:
    """When to nudge first about a check-in of this slot: the next working day. None when its period is over by then."""
    asked_on = max(slot, asked_at).astimezone(zone).date()
    return nudge_at(slot, workdays_after(asked_on, 1), zone=zone, closes_at=closes_at)


def next_nudge_at(slot: datetime, *, nudged_at: datetime, zone: ZoneInfo, closes_at: datetime) -> datetime | None:
    """When to nudge again: two working days later. None when the period is over by then."""
    day = workdays_after(nudged_at.astimezone(zone).date(), 2)
    return nudge_at(slot, day, zone=zone, closes_at=closes_at)


def put_off_nudge(slot: datetime, *, until: datetime, zone: ZoneInfo, closes_at: datetime) -> datetime | None:
    """When to nudge somebody who is not to be nudged before `until`: on the first working day that begins after it."""
    day = next_morning(until, zone).astimezone(zone).date()
    return nudge_at(slot, day, zone=zone, closes_at=closes_at)


def nudge_at(slot: datetime, day: date, *, zone: ZoneInfo, closes_at: datetime) -> datetime | None:
    """The check-in's own local time on that day, kept within working hours; None when its period is over by then."""
    at = instant_of(day, min(max(slot.astimezone(zone).time(), STARTS), _LATEST_NUDGE), zone)
    return at if at < closes_at else None


def next_morning(instant: datetime, zone: ZoneInfo) -> datetime:
    """When working hours begin the next time, later than an instant, for somebody in `zone`."""
    local = instant.astimezone(zone)
    day_before = local.date() - timedelta(days=1) if local.time() < STARTS else local.date()
    return instant_of(workdays_after(day_before, 1), STARTS, zone)


def is_working_time(instant: datetime, zone: ZoneInfo) -> bool:
    """Whether that is in the working hours of a weekday for somebody in `zone`."""
    local = instant.astimezone(zone)
    return local.weekday() < 5 and STARTS <= local.time() < ENDS


def workday_end(instant: datetime, zone: ZoneInfo) -> datetime:
    """When the working hours of that instant's day end."""
    return instant_of(instant.astimezone(zone).date(), ENDS, zone)


def workdays_after(day: date, count: int) -> date:
    """The weekday that is so many weekdays after `day`."""
    for _ in range(count):
        day += timedelta(days=7 - day.weekday() if day.weekday() >= 4 else 1)
    return day
