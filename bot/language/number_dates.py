"""Dates typed in numbers, in the order of the person's locale.

A day and month that only the other order allows (`31/3` in en-US) is refused with both readings; so is a date with
points (`4.5.2027`) where points are not the custom and the month comes first, since points elsewhere mean day first.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.language.days import MONTHS, NotADate, dated, full_year, is_day, the_day
from bot.language.locales import known_locale


@dataclass(frozen=True, slots=True)
class Order:
    """How a locale orders a date written in numbers; `dotted` when it parts them by points."""

    month_first: bool
    year_first: bool
    dotted: bool


@lru_cache(maxsize=128)
def order_of(locale: str) -> Order:
    """The order of CLDR's short date in that locale."""
    pattern = known_locale(locale).date_formats["short"].pattern
    return Order(pattern.find("M") < pattern.find("d"), pattern.startswith("y"), "." in pattern)


def iso(text: str, today: date, order: Order) -> date | None:
    """`2027-03-31`, `2027/3/31`, `2027年3月31日`."""
    found = re.fullmatch(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})", text)
    if found:
        return the_day(int(found[1]), int(found[3]), int(found[4]))
    found = re.fullmatch(r"(?:([0-9]{4})年)?\s?([0-9]{1,2})月\s?([0-9]{1,2})日", text)
    if not found:
        return None
    return dated(int(found[3]), int(found[2]), int(found[1]) if found[1] else None, today)


def numeric(text: str, today: date, order: Order) -> date | None:
    """`3/31`, `31/3/2027`, `31.12.26`, in the locale's order."""
    if order.year_first and (short := re.fullmatch(r"([0-9]{2})([-/.])([0-9]{1,2})\2([0-9]{1,2})", text)):
        return the_day(full_year(short[1]), int(short[3]), int(short[4]))
    found = re.fullmatch(r"([0-9]{1,2})([-/.])([0-9]{1,2})(?:\2([0-9]{4}|[0-9]{2})|(\.?))", text)
    if not found:
        return None
    first, mark, second, year, point = found[1], found[2], found[3], found[4], found[5]
    if (mark == "-" and not year) or (mark == "." and not year and not order.dotted) or (point and mark != "."):
        return None
    typed_year = full_year(year) if year else None
    month, day = (int(first), int(second)) if order.month_first else (int(second), int(first))
    swapped = is_day(day, month, typed_year)
    if not is_day(month, day, typed_year) and swapped:
        raise NotADate(_other_order(text, month, dated(month, day, typed_year, today), order))
    found_day = dated(day, month, typed_year, today)
    if mark == "." and order.month_first and not order.dotted and swapped and day != month:
        other = dated(month, day, typed_year, today)
        raise NotADate(f"“{text}” could be {_spoken(found_day)} or {_spoken(other)}. Type {found_day} or {other}.")
    return found_day


def _other_order(text: str, month: int, meant: date, order: Order) -> str:
    """The sentence for `31/3` where months come first: both readings, and how to type the possible one."""
    habit = "month first" if order.month_first else "day first"
    return (
        f"“{text}” would be month {month}, since your dates put the {habit}. "
        f"If you mean {_spoken(meant)}, type {meant.isoformat()}."
    )


def _spoken(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"
