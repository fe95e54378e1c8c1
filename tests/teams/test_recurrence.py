"""On which days something comes round, against a calendar that is walked day by day."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.teams.rules import monday_of
from bot.teams.rules.recurrence import WEEKDAYS, Often, Recurrence, read_recurrence

days = st.dates(date(2024, 2, 1), date(2037, 12, 31))
recurrences = st.builds(Recurrence, st.sampled_from(Often), st.integers(0, 6), days)


def ordinal_in_month(day: date) -> int:
    """Which Tuesday of its month a Tuesday is, from 1."""
    return (day.day - 1) // 7 + 1


def is_last_in_month(day: date) -> bool:
    return (day + timedelta(weeks=1)).month != day.month


def is_last_working_day(day: date) -> bool:
    ahead = (day + timedelta(days=n) for n in range(1, 7))
    return day.weekday() < 5 and not any(one.month == day.month and one.weekday() < 5 for one in ahead)


def weeks_apart(day: date, recurrence: Recurrence) -> int:
    return (monday_of(day) - monday_of(recurrence.counted_from)).days // 7


def begins_a_quarter(day: date) -> bool:
    return day.month in (1, 4, 7, 10)


def ends_a_quarter(day: date) -> bool:
    return day.month in (3, 6, 9, 12)


COMES: dict[Often, Callable[[date, Recurrence], bool]] = {
    Often.WEEKLY: lambda day, by: True,
    Often.SECOND_WEEK: lambda day, by: weeks_apart(day, by) >= 0 and weeks_apart(day, by) % 2 == 0,
    Often.THIRD_WEEK: lambda day, by: weeks_apart(day, by) >= 0 and weeks_apart(day, by) % 3 == 0,
    Often.FOURTH_WEEK: lambda day, by: weeks_apart(day, by) >= 0 and weeks_apart(day, by) % 4 == 0,
    Often.FIRST_OF_MONTH: lambda day, by: ordinal_in_month(day) == 1,
    Often.SECOND_OF_MONTH: lambda day, by: ordinal_in_month(day) == 2,
    Often.THIRD_OF_MONTH: lambda day, by: ordinal_in_month(day) == 3,
    Often.FOURTH_OF_MONTH: lambda day, by: ordinal_in_month(day) == 4,
    Often.LAST_OF_MONTH: lambda day, by: is_last_in_month(day),
    Often.MONTH_ENDS: lambda day, by: is_last_working_day(day),
    Often.FIRST_OF_QUARTER: lambda day, by: begins_a_quarter(day) and ordinal_in_month(day) == 1,
    Often.QUARTER_ENDS: lambda day, by: ends_a_quarter(day) and is_last_working_day(day),
}


def comes(day: date, by: Recurrence) -> bool:
    """Whether it comes round on a day, as somebody with a calendar on the wall would say."""
    return (by.often.is_end or day.weekday() == by.weekday) and COMES[by.often](day, by)


@given(recurrences, days)
@settings(deadline=None)
def test_it_comes_round_on_the_days_that_the_calendar_says(recurrence: Recurrence, day: date) -> None:
    ahead = [day + timedelta(days=n) for n in range(1, 130)]
    expected = next((one for one in ahead if comes(one, recurrence)), None)
    found = recurrence.after(day, until=ahead[-1])
    assert found == expected


@given(recurrences, days)
@settings(deadline=None)
def test_in_a_week_it_comes_round_once_at_most_and_before_it_is_the_one_before(
    recurrence: Recurrence, day: date
) -> None:
    monday = monday_of(day)
    in_week = [one for n in range(7) if comes(one := monday + timedelta(days=n), recurrence)]
    assert len(in_week) <= 1
    assert recurrence.in_week(monday) == (in_week[0] if in_week else None)
    before = recurrence.before(monday)
    if before is not None:
        assert before < monday
        assert comes(before, recurrence)
        assert recurrence.after(before, until=monday - timedelta(days=1)) is None


@given(recurrences)
def test_a_rule_is_read_back(recurrence: Recurrence) -> None:
    read = read_recurrence(recurrence.rule, recurrence.counted_from)
    assert str(read) == str(recurrence)
    assert read.rule == recurrence.rule


def test_a_rule_that_no_rhythm_has_is_an_error() -> None:
    with pytest.raises(ValueError, match="FREQ=DAILY"):
        read_recurrence("FREQ=DAILY", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("often", "said"),
    [
        (Often.WEEKLY, "every Tuesday"),
        (Often.SECOND_WEEK, "every second Tuesday"),
        (Often.LAST_OF_MONTH, "on the last Tuesday of the month"),
        (Often.MONTH_ENDS, "on the last working day of the month"),
        (Often.FIRST_OF_QUARTER, "on the first Tuesday of the quarter"),
    ],
)
def test_it_is_said_as_people_say_it(often: Often, said: str) -> None:
    assert str(Recurrence(often, WEEKDAYS.index("Tuesday"))) == said
