"""What is true of teams, and of local days: pure. Naive local dates first, the zone attached last."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NAME_LIMIT = 80
"""How long a team's name may be, in characters."""


def monday_of(day: date) -> date:
    """The Monday of the ISO week of `day`."""
    return day - timedelta(days=day.weekday())


def period_of(day: date) -> str:
    """The check-in period that `day` lies in: its ISO week, `2026-W12`. A local date, never a time or a zone."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def instant_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, of a local date and time.

    A time that DST skips becomes the first instant after the gap; one that it repeats is the first of the two.
    """
    local = datetime.combine(day, at, tzinfo=zone)
    if _exists(local):
        return local.astimezone(UTC)
    return _end_of_gap(local)


def _exists(local: datetime) -> bool:
    return local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None)


def _end_of_gap(local: datetime) -> datetime:
    """The moment the clocks jump: between the two ways of reading a time that does not exist."""
    low, high = sorted((local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)))
    before = low.astimezone(local.tzinfo).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(local.tzinfo).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
