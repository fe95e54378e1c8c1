"""The days somebody is away: as they type them, and what a new absence leaves of an earlier one. Pure."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.language.dates import NotADate, read_date, write_date
from bot.language.days import WEEKDAYS
from bot.language.words import one_line

USAGE = "/rhythm away FROM TO [delegate @person], as in /rhythm away 2 March to 15 March delegate @olga"
PAUSE_USAGE = "/rhythm pause [until DATE], as in /rhythm pause until 15 March"
LONGEST_DAYS = 366

_PERIOD = re.compile(r"(this|next) (week|month)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+(?:to|until|till|through)\s+|\s+-\s+|\s*[–—]\s*", re.IGNORECASE)
_UNTIL = re.compile(r"^(?:until|till|to)\s+", re.IGNORECASE)
_FOR = re.compile(r"(?:(.+)\s+)?for\s+(.+)", re.IGNORECASE)
_FROM = re.compile(r"^from\s+", re.IGNORECASE)
_DELEGATE = re.compile(r"(?:^|[\s,]+)(?:delegate\b:?\s*(?P<named>.*)|(?P<mentioned><@[^>]*>))$", re.IGNORECASE)
_WEEKDAYS = {name for day in WEEKDAYS for name in (day.lower(), day[:3].lower())}


@dataclass(frozen=True, order=True)
class Days:
    """The days from the first to the last, both among them."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlap(self, other: "Days") -> bool:
        """Whether a day is in both."""
        return self.first <= other.last and other.first <= self.last


def split_delegate(text: str) -> tuple[str, str | None]:
    """What was typed of the days, and what was typed of the delegate: None where nobody is named."""
    typed = one_line(text)
    found = _DELEGATE.search(typed)
    if found is None:
        return typed, None
    return typed[: found.start()], found["mentioned"] or found["named"]


def read_days(text: str, *, today: date, locale: str) -> Days:
    """The days that the text says to a person of that locale, on that day.

    `tomorrow friday`, `2 March to 15 March`, `until friday`, `monday for 2 weeks`, `next week`, or one day alone. A
    last day that is only a weekday is never before the first. Raises `NotADate`.
    """
    typed = _FROM.sub("", one_line(text), count=1)
    if period := _PERIOD.fullmatch(typed):
        return _period(period[1].lower(), period[2].lower(), today)
    if until := _UNTIL.match(typed):
        return Days(today, read_date(typed[until.end() :], today=today, locale=locale))
    if lasting := _FOR.fullmatch(typed):
        first = read_date(lasting[1], today=today, locale=locale) if lasting[1] else today
        # Of two weeks that begin on a Monday, the last day is in two weeks from the Sunday before.
        return Days(first, read_date(f"in {lasting[2]}", today=first - timedelta(days=1), locale=locale))
    if len(parts := _BETWEEN.split(typed)) == 2:
        return _from_to(*parts, today=today, locale=locale)
    try:
        day = read_date(typed, today=today, locale=locale)
    except NotADate:
        return _side_by_side(typed, today=today, locale=locale)
    return Days(day, day)


def read_until(text: str, *, today: date, locale: str) -> date:
    """The last day that `until 15 March` or `15 March` says. Raises `NotADate`."""
    return read_date(_UNTIL.sub("", one_line(text), count=1), today=today, locale=locale)


def trouble_with(days: Days, *, today: date, locale: str) -> str:
    """Why nobody can be away on these days, as a sentence; empty when they can."""
    first, last = (write_date(day, today=today, locale=locale) for day in (days.first, days.last))
    if days.last < days.first:
        return f"That would end on {last}, before it begins on {first}. Give the first day, then the last."
    if days.last < today:
        return f"That was over on {last}. Give a last day that is still to come."
    if (days.last - days.first).days >= LONGEST_DAYS:
        return "That is longer than a year. /outcome handover gives your outcomes to somebody who is there."
    return ""


def left_before(earlier: Days, first: date) -> Days | None:
    """What is left of an earlier absence once another one holds from a day on; None when nothing is."""
    if earlier.first >= first:
        return None
    return Days(earlier.first, min(earlier.last, first - timedelta(days=1)))


def _from_to(first_typed: str, last_typed: str, *, today: date, locale: str) -> Days:
    first = read_date(first_typed, today=today, locale=locale)
    last = read_date(last_typed, today=today, locale=locale)
    if last < first and last_typed.strip().lower() in _WEEKDAYS:
        last = read_date(last_typed, today=first, locale=locale)
    return Days(first, last)


def _side_by_side(typed: str, *, today: date, locale: str) -> Days:
    """Two dates with nothing between them, where only one place to part them makes two."""
    words = typed.split()
    found = set()
    for at in range(1, len(words)):
        with suppress(NotADate):
            found.add(_from_to(" ".join(words[:at]), " ".join(words[at:]), today=today, locale=locale))
    if len(found) != 1:
        raise NotADate("I cannot read which days you are away.")
    return found.pop()


def _period(which: str, span: str, today: date) -> Days:
    """A week, from Monday to Sunday, or a month; of this one, what is left."""
    step = relativedelta(weeks=1) if span == "week" else relativedelta(months=1)
    begins = today - timedelta(days=today.weekday()) if span == "week" else today.replace(day=1)
    following = begins + step
    if which == "this":
        return Days(today, following - timedelta(days=1))
    return Days(following, following + step - timedelta(days=1))
