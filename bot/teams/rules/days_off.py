"""Days off as people type them, one span a line. Pure."""

import re
from datetime import date, timedelta

from bot.errors import Refused
from bot.language.dates import NotADate, read_date, write_date
from bot.teams.rules.workdays import DaysOff

_MOST = 60
_LONGEST = timedelta(days=92)
_NAME_LIMIT = 60
_TO = re.compile(r"\s+(?:to|until|till|-|–|—)\s+", re.IGNORECASE)


def read_typed(text: str, *, today: date, locale: str) -> tuple[DaysOff, ...]:
    """What was typed, one span a line: `24 Dec to 1 Jan: holidays`, `2 May`. Raises Refused, naming the line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > _MOST:
        raise Refused(f"These are {len(lines)} lines; please stay within {_MOST}.")
    return tuple(sorted((_read(line, today, locale) for line in lines), key=lambda span: span.first))


def write_typed(spans: tuple[DaysOff, ...], *, today: date, locale: str) -> str:
    """What `read_typed` reads back: those that are not over."""
    return "\n".join(_written(span, today, locale) for span in spans if span.last >= today)


def _read(line: str, today: date, locale: str) -> DaysOff:
    days, _, name = line.partition(":")
    first_text, last_text = [*_TO.split(days, maxsplit=1), ""][:2]
    try:
        first = read_date(first_text, today=today, locale=locale)
        last = read_date(last_text, today=first, locale=locale) if last_text else first
    except NotADate as error:
        raise Refused(f"{line[:60]}: {error}") from None
    if last < first:
        raise Refused(f"{line[:60]}: the last day is before the first.")
    if last - first > _LONGEST:
        raise Refused(f"{line[:60]}: more than three months. Please split it.")
    return DaysOff(first, last, name.strip()[:_NAME_LIMIT])


def _written(span: DaysOff, today: date, locale: str) -> str:
    days = write_date(span.first, today=today, locale=locale)
    if span.last > span.first:
        days = f"{days} to {write_date(span.last, today=span.first, locale=locale)}"
    return f"{days}: {span.name}" if span.name else days
