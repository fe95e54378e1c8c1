"""Dates as people type them, and as people read them.

Without a year a date is the next such day, today included. `friday` is the first Friday after today, `this friday`
may be today, `next friday` is the one in the week after this (weeks begin on Monday). Quarters are the calendar's.
What could be two dates, or none, is refused with what to type; whoever takes a date writes it back.
"""

import re
import unicodedata
from datetime import date

from bot.language.date_shapes import READERS
from bot.language.days import MONTHS, WEEKDAYS, NotADate, within
from bot.language.foreign_dates import read_foreign
from bot.language.number_dates import order_of
from bot.language.numerals import plain
from bot.language.words import counted, one_line, shorten

__all__ = ["NotADate", "read_date", "write_age", "write_date", "write_span"]

_LIMIT = 60


def read_date(text: str, *, today: date, locale: str) -> date:
    """The one date that the whole text says to a person of that locale, on that day. Raises `NotADate`."""
    typed = one_line(unicodedata.normalize("NFC", text))
    if not typed:
        raise NotADate(f"Type a date, such as {today}, next friday or end of Q1.")
    cleaned = _cleaned(typed) if len(typed) <= _LIMIT else ""
    order = order_of(locale)
    for read in READERS:
        if (found := read(cleaned, today, order)) is not None:
            return within(found)
    if (found := read_foreign(cleaned, today, locale)) is not None:
        return within(found)
    raise NotADate(
        f"“{shorten(typed, 40)}” is not a date I can read. Type one such as {today}, next friday or end of Q1."
    )


def _cleaned(text: str) -> str:
    """Small letters and plain digits, without commas, a leading `by` or `on`, and a closing full stop after letters."""
    text = re.sub(r"\s*,\s*", " ", plain(text).lower())
    text = re.sub(r"(?<=[0-9])-(?=[^\W\d_])|(?<=[^\W\d_])-(?=[0-9])", " ", text)
    text = re.sub(r"(?<=[^\W\d_])\.$", "", text.strip())
    return re.sub(r"^(?:(?:by|on|until)\s+)?(?:the\s+(?!day after))?", "", text)


def write_date(day: date, *, today: date, locale: str) -> str:
    """`Fri 31 Mar 2027`, or `Fri, Mar 31, 2027` where the month comes first; this year is left out. In English.

    `read_date` on the same day reads it back.
    """
    weekday, month = WEEKDAYS[day.weekday()][:3], MONTHS[day.month - 1][:3]
    this_year = day.year == today.year
    if order_of(locale).month_first:
        return f"{weekday}, {month} {day.day}" + ("" if this_year else f", {day.year}")
    return f"{weekday} {day.day} {month}" + ("" if this_year else f" {day.year}")


def write_age(days: int) -> str:
    """How long ago: `today`, `yesterday`, `3 days ago`, `5 weeks ago`; below zero `tomorrow`, `in 3 days`."""
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}
    if days in near:
        return near[days]
    return f"{write_span(days)} ago" if days > 0 else f"in {write_span(-days)}"


def write_span(days: int) -> str:
    """A length of time: days below two weeks, weeks to 13, months below two years, then years; rounded down."""
    if days < 14:
        return counted(days, "day")
    if days < 92:
        return counted(days // 7, "week")
    if days < 730:
        return counted(days * 12 // 365, "month")
    return counted(days // 365, "year")
