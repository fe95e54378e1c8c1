"""Dates of what has been, as people type them: the other way round from dates of what is planned.

Without a year a date is the nearest such day: on 30 March, `31 Dec` is last year's and `1 April` has not come yet.
`friday` is the last one before today, `last friday` the one in the week before this (weeks begin on Monday).
"""

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.language.dates import NotADate, read_date
from bot.language.days import WEEKDAYS, within
from bot.language.words import one_line

_WEEKDAY_OF = {short: at for at, day in enumerate(WEEKDAYS) for short in (day.lower(), day[:3].lower())}
_AGO = re.compile(r"(an?|[0-9]{1,3})\s+(day|week|month|year)s?\s+ago")
_WEEKDAY = re.compile(r"(?:on\s+)?(last\s+)?([a-z]+)")
_HALF_A_YEAR = timedelta(days=183)
_LEAST_YEAR = timedelta(days=364)
"""Seen from this long before it, a day without a year is the next such day, and nothing that counts from today is."""


def read_past_date(text: str, *, today: date, locale: str) -> date:
    """The one date that the whole text says of something that has been. Raises `NotADate`.

    A day that lies ahead, such as `tomorrow` or one with its year, is answered as it is.
    """
    typed = one_line(text).lower()
    if (found := _ago(typed, today) or _weekday(typed, today)) is not None:
        return within(found)
    nearest = _of_the_calendar(text, today, locale)
    return nearest or read_date(text, today=today, locale=locale)


def _ago(typed: str, today: date) -> date | None:
    found = _AGO.fullmatch(typed)
    if not found:
        return None
    count = int(found[1]) if found[1].isdigit() else 1
    spans = {
        "day": relativedelta(days=count),
        "week": relativedelta(weeks=count),
        "month": relativedelta(months=count),
        "year": relativedelta(years=count),
    }
    return today - spans[found[2]]


def _weekday(typed: str, today: date) -> date | None:
    found = _WEEKDAY.fullmatch(typed)
    if not found or found[2] not in _WEEKDAY_OF:
        return None
    wanted = _WEEKDAY_OF[found[2]]
    if found[1]:
        return today - timedelta(days=today.weekday() + 7 - wanted)
    return today - timedelta(days=(today.weekday() - wanted) % 7 or 7)


def _of_the_calendar(text: str, today: date, locale: str) -> date | None:
    """The nearest day that has this name in the calendar, as `3 March` has; None for one that counts from today."""
    try:
        nearest = read_date(text, today=today - _HALF_A_YEAR, locale=locale)
        is_named = read_date(text, today=nearest - _LEAST_YEAR, locale=locale) == nearest
    except NotADate:
        return None
    return nearest if is_named else None
