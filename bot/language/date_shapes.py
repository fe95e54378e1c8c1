"""The shapes a date is typed in, in English. Each reader takes the cleaned text and returns a date, or None when the
text has another shape; it raises `NotADate` when the shape is right and the date is not.

Weeks begin on Monday, quarters are those of the calendar year, and a week's working end is its Friday.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.language.days import LATEST, MONTHS, WEEKDAYS, NotADate, dated, full_year, is_day, the_day, within
from bot.language.number_dates import Order, iso, numeric

_WEEKDAY_OF = {day[:3].lower(): at for at, day in enumerate(WEEKDAYS)}
_WEEKDAY_NAMES = {day.lower() for day in WEEKDAYS} | {"tues", "thur", "thurs"} | set(_WEEKDAY_OF)
_ALSO_WORDS = frozenset(["sun", "sat", "wed"])
"""Short names that are English words too: alone they are asked about, not guessed."""

_MONTH_OF = {month[:3].lower(): at for at, month in enumerate(MONTHS, start=1)}
_MONTH_NAMES = {month.lower() for month in MONTHS} | {"sept"} | set(_MONTH_OF)
_MONTH = rf"({'|'.join(sorted(_MONTH_NAMES, key=len, reverse=True))})\.?"
_YEAR = r"(?:\s+'?([0-9]{4}|[0-9]{2}))?"
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNT = rf"([0-9]{{1,4}}|an?|{'|'.join(_NUMBERS)})"
_SPAN = r"(day|week|month|quarter|year)s?"
_PART = r"(?:(end|start|beginning|middle|mid)(?:\s+of)?[\s-]+)"


def named_day(text: str, today: date, order: Order) -> date | None:
    """`March 31`, `31st of March 2027`, `Fri 31 Mar`, `Fri, Mar 31, 2027`."""
    text, weekday = _without_weekday(text)
    day_first = re.fullmatch(rf"([0-9]{{1,2}})(?:st|nd|rd|th|\.)?(?:\s+of)?\s+{_MONTH}{_YEAR}", text)
    month_first = re.fullmatch(rf"{_MONTH}\s+(?:the\s+)?([0-9]{{1,2}})(?:st|nd|rd|th)?{_YEAR}", text)
    if day_first:
        day, month, year = day_first[1], day_first[2], day_first[3]
    elif month_first:
        day, month, year = month_first[2], month_first[1], month_first[3]
    else:
        return None
    found = dated(int(day), _MONTH_OF[month[:3]], full_year(year) if year else None, today)
    return found if weekday is None else _on_weekday(found, weekday, today, given_year=bool(year))


def _without_weekday(text: str) -> tuple[str, int | None]:
    name, _, rest = text.partition(" ")
    name = name.rstrip(".")
    return (rest, _WEEKDAY_OF[name[:3]]) if name in _WEEKDAY_NAMES and rest else (text, None)


def _on_weekday(found: date, weekday: int, today: date, *, given_year: bool) -> date:
    """The date if it falls on that weekday; without a year, this year's, though past, when only that one does."""
    choices = [found]
    if not given_year and is_day(found.month, found.day, today.year):
        choices.append(date(today.year, found.month, found.day))
    for choice in choices:
        if choice.weekday() == weekday:
            return choice
    day = f"{found.day} {MONTHS[found.month - 1]} {found.year}"
    raise NotADate(f"{day} is a {WEEKDAYS[found.weekday()]}, not a {WEEKDAYS[weekday]}. Type {found} if you mean it.")


def weekday(text: str, today: date, order: Order) -> date | None:
    """`friday` is the first after today; `this friday` may be today; `next friday` is in the week after this one."""
    found = re.fullmatch(r"(?:(this|next|coming|this coming)\s+)?([a-z]+)", text)
    if not found or found[2] not in _WEEKDAY_NAMES:
        return None
    which, wanted = found[1], _WEEKDAY_OF[found[2][:3]]
    ahead = (wanted - today.weekday()) % 7
    if which is None and found[2] in _ALSO_WORDS:
        day = WEEKDAYS[wanted]
        raise NotADate(f"Did you mean {day}? Type {day.lower()}, or {today + timedelta(days=ahead or 7)}.")
    if which == "next":
        return today + timedelta(days=7 - today.weekday() + wanted)
    return today + timedelta(days=ahead if which == "this" else ahead or 7)


_NEAR = {"today": 0, "eod": 0, "end of day": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "yesterday": -1}
_NEAR |= {"day after tomorrow": 2, "the day after tomorrow": 2}


def near(text: str, today: date, order: Order) -> date | None:
    """`today`, `tomorrow`, `the day after tomorrow`."""
    return today + timedelta(days=_NEAR[text]) if text in _NEAR else None


def ahead(text: str, today: date, order: Order) -> date | None:
    """`in 2 weeks`, `in a month`, `10 days from now`; months keep the day, or end with the month."""
    found = re.fullmatch(rf"in\s+{_COUNT}\s+{_SPAN}(?:'?\s+time)?|{_COUNT}\s+{_SPAN}\s+from\s+(?:now|today)", text)
    if not found:
        return None
    count, span = (found[1], found[2]) if found[1] else (found[3], found[4])
    number = int(count) if count.isdigit() else _NUMBERS.index(count) + 1 if count in _NUMBERS else 1
    steps = {
        "day": relativedelta(days=number),
        "week": relativedelta(weeks=number),
        "month": relativedelta(months=number),
        "quarter": relativedelta(months=3 * number),
        "year": relativedelta(years=number),
    }
    try:
        return within(today + steps[span])
    except (OverflowError, ValueError):
        raise NotADate(f"“{text}” is too far away. Type a date before {LATEST + 1}.") from None


_SHORTHAND = {"eow": "end of week", "eom": "end of month", "eoq": "end of quarter", "eoy": "end of year"}
_SHORTHAND |= {"month end": "end of month", "quarter end": "end of quarter", "year end": "end of year"}


def part_of_period(text: str, today: date, order: Order) -> date | None:
    """`end of month`, `end of next quarter`, `eoy`, `mid month`. Without `this` or `next`: the coming one."""
    text = _SHORTHAND.get(text.replace("-", " "), text)
    found = re.fullmatch(rf"{_PART}(?:(this|next|the)\s+)?(week|month|quarter|year)", text)
    if not found:
        return None
    part, which, span = found[1], found[2], found[3]
    for first in _beginnings(today, span):
        if which == "next" and first <= today:
            continue
        day = _place(part, span, first)
        if day >= today:
            return day
        if which == "this":
            raise NotADate(f"“{text}” was {day.day} {MONTHS[day.month - 1]}, which is past. Type a coming date.")
    return None


def part_of_month(text: str, today: date, order: Order) -> date | None:
    """`end of March`, `mid March 2027`, `start of May`."""
    found = re.fullmatch(rf"{_PART}{_MONTH}{_YEAR}", text)
    return _named_part(found[1], "month", _MONTH_OF[found[2][:3]], found[3], today) if found else None


def quarter(text: str, today: date, order: Order) -> date | None:
    """`Q3` and `end of Q3` are its last day; `mid Q3 2027` the 15th of its middle month."""
    found = re.fullmatch(rf"(?:{_PART})?q([1-4])(?:\s*[/ ]?\s*'?([0-9]{{4}}|[0-9]{{2}}))?", text)
    turned = re.fullmatch(rf"(?:{_PART})?([0-9]{{4}})[\s/-]?q([1-4])", text)
    if turned:
        return _named_part(turned[1] or "end", "quarter", int(turned[3]) * 3 - 2, turned[2], today)
    return _named_part(found[1] or "end", "quarter", int(found[2]) * 3 - 2, found[3], today) if found else None


def _named_part(part: str, span: str, month: int, year: str | None, today: date) -> date:
    """That part of the period beginning in that month, of the year given or of the coming one."""
    if year:
        return _place(part, span, the_day(full_year(year), month, 1))
    this_year = _place(part, span, date(today.year, month, 1))
    return this_year if this_year >= today else _place(part, span, within(date(today.year + 1, month, 1)))


def _beginnings(today: date, span: str) -> Iterator[date]:
    """The first days of this period and the two after it."""
    if span == "week":
        monday = today - timedelta(days=today.weekday())
        yield from (monday + timedelta(weeks=week) for week in range(3))
        return
    months = {"month": 1, "quarter": 3, "year": 12}[span]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    yield from (first + relativedelta(months=months * period) for period in range(3))


def _place(part: str, span: str, first: date) -> date:
    """The day at the start, in the middle or at the end of the period that begins on `first`."""
    if part in ("start", "beginning"):
        return first
    if span == "week":
        return first + timedelta(days=4 if part == "end" else 2)
    months = {"month": 1, "quarter": 3, "year": 12}[span]
    if part == "end":
        return first + relativedelta(months=months, days=-1)
    return first + (relativedelta(months=months // 2) + timedelta(days=14 if span != "year" else 0))


def not_one_day(text: str, today: date, order: Order) -> date | None:
    """Refuses what names a longer time than a day, or a span without a beginning."""
    which = re.fullmatch(r"(?:this|next|coming)\s+(week|month|quarter|year)", text)
    if which:
        raise NotADate(f"Which day of that {which[1]}? Type a date, or end of {text}.")
    month = re.fullmatch(rf"(?:in\s+|early\s+|late\s+)?{_MONTH}{_YEAR}", text)
    if month:
        name = MONTHS[_MONTH_OF[month[1][:3]] - 1]
        raise NotADate(f"Which day in {name}? Type a date such as {name} 15, or end of {name}.")
    span = re.fullmatch(rf"{_COUNT}\s+{_SPAN}", text)
    if span:
        raise NotADate(f"Did you mean in {text}? Type it so, or a date such as {today}.")
    return None


READERS: tuple[Callable[[str, date, Order], date | None], ...] = (
    iso,
    numeric,
    near,
    weekday,
    ahead,
    part_of_period,
    part_of_month,
    quarter,
    named_day,
    not_one_day,
)
