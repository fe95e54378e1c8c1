"""When a rhythm strikes: pure. Naive local dates first, the zone attached last."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NAME_LIMIT = 80
"""How long a team's name may be, in characters."""


@dataclass(frozen=True)
class Rhythm:
    """A team's schedule: the weekday (0 is Monday) and the local time at which owners are asked."""

    weekday: int
    at: time

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]}s at {self.at:%H:%M}"

    def in_week_of(self, day: date, zone: ZoneInfo) -> datetime:
        """The instant, in UTC, at which this rhythm strikes in the ISO week of `day`, for somebody in `zone`."""
        return instant_of(monday_of(day) + timedelta(days=self.weekday), self.at, zone)


def next_strike(rhythm: Rhythm, zone: ZoneInfo, *, after: datetime) -> datetime:
    """The first instant, in UTC, later than `after` at which the rhythm strikes for somebody in `zone`."""
    today = after.astimezone(zone).date()
    weeks = (rhythm.in_week_of(today + timedelta(weeks=n), zone) for n in range(-1, 3))
    return next(strike for strike in weeks if strike > after)


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
