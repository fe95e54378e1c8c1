"""Days and times as the model reckons them: by walking calendars, with nothing of the bot's own arithmetic."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from tests.year.events import QUARTER, Schedule

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
_EVERY = {"weekly": 1, "every second week": 2, "every third week": 3, "every fourth week": 4}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_LONGEST_MOVE = 60
_LONGEST_PERIOD = 130


def quarters(begin: datetime, end: datetime) -> Iterator[datetime]:
    """Every quarter of an hour from one instant until right before another."""
    while begin < end:
        yield begin
        begin += QUARTER


def monday(day: date) -> date:
    """The first day of its week."""
    while day.weekday() != 0:
        day -= DAY
    return day


@cache
def zone_named(name: str) -> ZoneInfo:
    """The zone."""
    return ZoneInfo(name)


def local(instant: datetime, zone: str) -> datetime:
    """What a clock on the wall shows, without a zone."""
    return instant.astimezone(zone_named(zone)).replace(tzinfo=None)


@cache
def instant_of(day: date, at: time, zone: str) -> datetime:
    """The first quarter of an hour at which the clock on the wall shows that time or a later one.

    So a time that spring skips is the first moment after, and one that autumn repeats is the first of the two.
    """
    wanted = datetime.combine(day, at)
    about = wanted.replace(tzinfo=zone_named(zone)).astimezone(UTC)
    return next(
        instant for instant in quarters(about - 3 * 4 * QUARTER, about + WEEK) if local(instant, zone) >= wanted
    )


@cache
def is_off(schedule: Schedule, day: date) -> bool:
    """Whether it is a public holiday or the team's own day off."""
    own = any(first <= day <= last for first, last in schedule.days_off)
    return own or (schedule.country != "" and day in _public_holidays(schedule.country))


def works(schedule: Schedule, day: date) -> bool:
    """Whether the team works on a day."""
    return day.weekday() < 5 and not is_off(schedule, day)


@cache
def _public_holidays(country: str) -> frozenset[date]:
    code, _, part = country.partition("-")
    return frozenset(holidays.country_holidays(code, subdiv=part or None, years=range(2024, 2029)))


@cache
def comes_round(schedule: Schedule, day: date) -> bool:
    """Whether a schedule names a day, before holidays are looked at."""
    if schedule.often.startswith("last working day"):
        is_last = day.weekday() < 5 and not any(one.weekday() < 5 for one in _rest_of_month(day))
        return is_last and (schedule.often.endswith("month") or day.month in (3, 6, 9, 12))
    if day.weekday() != schedule.weekday:
        return False
    if schedule.often in _EVERY:
        weeks = (monday(day) - monday(schedule.counted_from)).days // 7
        return weeks >= 0 and weeks % _EVERY[schedule.often] == 0
    which, _, of = schedule.often.split(" ", 2)
    if which == "last":
        return not any(one.weekday() == schedule.weekday for one in _rest_of_month(day))
    is_nth = (day.day - 1) // 7 + 1 == _ORDINALS[which]
    return is_nth and (of == "the month" or day.month in (1, 4, 7, 10))


def _rest_of_month(day: date) -> Iterator[date]:
    following = day + DAY
    while following.month == day.month:
        yield following
        following += DAY


def day_kept(schedule: Schedule, nominal: date) -> date | None:
    """The day on which a check-in of that day comes, or None where it is left out."""
    if not is_off(schedule, nominal):
        return nominal
    if not schedule.moves:
        return None
    backwards = schedule.often.startswith("last working day")
    day = nominal
    for _ in range(_LONGEST_MOVE - 1):
        day += -DAY if backwards else DAY
        if not backwards and comes_round(schedule, day):
            return None
        if works(schedule, day):
            return day
    return None


def moment(schedule: Schedule, day: date, zone: str) -> datetime:
    """When a check-in of that day comes to somebody who lives in a zone."""
    if schedule.zone is None:
        return instant_of(day, schedule.at, zone)
    instant = instant_of(day, schedule.at, schedule.zone)
    here = local(instant, zone)
    if here.date() == day and schedule.starts <= here.time() < schedule.ends:
        return instant
    for later in (here.date() + n * DAY for n in range(_LONGEST_MOVE)):
        if works(schedule, later) and here < datetime.combine(later, schedule.ends):
            opening = max(here, datetime.combine(later, schedule.starts))
            return instant_of(opening.date(), opening.time(), zone)
    return instant


def came_round_before(schedule: Schedule, day: date) -> date | None:
    """The last day before this one that a schedule named."""
    earlier = (day - n * DAY for n in range(1, _LONGEST_PERIOD))
    return next((one for one in earlier if comes_round(schedule, one)), None)
