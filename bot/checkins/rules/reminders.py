"""When an owner is reminded of a check-in: pure. In the working hours of a weekday, and before its period closes."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.checkins.rules import WORKDAY_ENDS, WORKDAY_STARTS
from bot.errors import NotFound
from bot.teams.rules import instant_of

_AFTERNOON = time(14)
_NOT_BEFORE = timedelta(hours=1)
"""A reminder that was asked for comes at least this much later."""


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
        at = instant_of(workdays_after(today, 1), WORKDAY_STARTS, zone)
    return at if is_working_time(at, zone) and at < closes_at else None


def is_working_time(instant: datetime, zone: ZoneInfo) -> bool:
    """Whether that is in the working hours of a weekday for somebody in `zone`."""
    local = instant.astimezone(zone)
    return local.weekday() < 5 and WORKDAY_STARTS <= local.time() < WORKDAY_ENDS


def workday_end(instant: datetime, zone: ZoneInfo) -> datetime:
    """When the working hours of that instant's day end."""
    return instant_of(instant.astimezone(zone).date(), WORKDAY_ENDS, zone)


def workdays_after(day: date, count: int) -> date:
    """The weekday that is so many weekdays after `day`."""
    for _ in range(count):
        day += timedelta(days=7 - day.weekday() if day.weekday() >= 4 else 1)
    return day
