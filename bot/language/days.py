"""Days of the calendar: their names, and whether there is such a day."""

from calendar import monthrange
from datetime import date

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

EARLIEST, LATEST = 1900, 2199
"""Years outside are slips, not plans."""


class NotADate(ValueError):
    """What was typed is not one date.

    The text is a sentence that says what to type. It may quote the person's words: escape it like any user text.
    """


def dated(day: int, month: int, year: int | None, today: date) -> date:
    """That day of the year, or without one the next such day, today included. Raises `NotADate`."""
    if year is not None:
        return the_day(year, month, day)
    for coming in range(today.year, today.year + 9):
        if is_day(month, day, coming) and date(coming, month, day) >= today:
            return within(date(coming, month, day))
    raise _no_such_day(month, day, None)


def the_day(year: int, month: int, day: int) -> date:
    """That date. Raises `NotADate` when there is none."""
    if not is_day(month, day, year):
        raise _no_such_day(month, day, year)
    return within(date(year, month, day))


def within(day: date) -> date:
    """The date, unless its year is a slip."""
    if not EARLIEST <= day.year <= LATEST:
        raise NotADate(f"The year {day.year} is out of reach. Type a year from {EARLIEST} to {LATEST}.")
    return day


def is_day(month: int, day: int, year: int | None) -> bool:
    """Whether there is such a day, in that year or in any."""
    if not 1 <= month <= 12 or (year is not None and not 1 <= year <= 9999):
        return False
    return 1 <= day <= monthrange(2024 if year is None else year, month)[1]


def _no_such_day(month: int, day: int, year: int | None) -> NotADate:
    if not 1 <= month <= 12:
        return NotADate(f"There is no month {month}. Type the date as year, month, day, such as 2027-03-31.")
    when = f"{MONTHS[month - 1]} {year}" if year else MONTHS[month - 1]
    return NotADate(f"{when} has no day {day}. Type another date.")


def full_year(typed: str) -> int:
    """A year of two digits is in this century."""
    return int(typed) + (2000 if len(typed) == 2 else 0)
