"""The days somebody is away, as they type them."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.absences.rules import LONGEST_DAYS, Days, left_before, read_days, read_until, split_delegate, trouble_with
from bot.language.dates import NotADate, write_date

MONDAY = date(2026, 3, 2)
THURSDAY = date(2026, 3, 5)

DATES = st.dates(date(2026, 3, 2), date(2028, 2, 28))


def march(day: int) -> date:
    return date(2026, 3, day)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("tomorrow friday", march(3), march(6)),
        ("2 March to 15 March", march(2), march(15)),
        ("from 2 March to 15 March", march(2), march(15)),
        ("2 March 15 March", march(2), march(15)),
        ("March 2 March 15", march(2), march(15)),
        ("2026-03-09 2026-03-13", march(9), march(13)),
        ("2026-03-09 - 2026-03-13", march(9), march(13)),
        ("9 March – 13 March", march(9), march(13)),
        ("mon 9 march fri 13 march", march(9), march(13)),
        ("today until friday", march(2), march(6)),
        ("until friday", march(2), march(6)),
        ("till 15 March", march(2), march(15)),
        ("next friday", march(13), march(13)),
        ("fri 13 march", march(13), march(13)),
        ("tomorrow", march(3), march(3)),
        ("next week", march(9), march(15)),
        ("This week", march(2), march(8)),
        ("next month", date(2026, 4, 1), date(2026, 4, 30)),
        ("this month", march(2), march(31)),
        ("for 2 weeks", march(2), march(15)),
        ("friday for a week", march(6), march(12)),
        ("tomorrow for 1 day", march(3), march(3)),
        ("20 December to 5 January", date(2026, 12, 20), date(2027, 1, 5)),
        ("  tomorrow   friday  ", march(3), march(6)),
    ],
)
def test_days_are_read_as_people_type_them(typed: str, first: date, last: date) -> None:
    assert read_days(typed, today=MONDAY, locale="en-GB") == Days(first, last)


@pytest.mark.parametrize(
    "typed", ["until 15 March", "15 March", "till  2026-03-15", "to 15 march", "until the 15th of March"]
)
def test_a_pause_is_read_with_or_without_its_until(typed: str) -> None:
    assert read_until(typed, today=MONDAY, locale="en-GB") == march(15)


def test_of_this_week_only_what_is_left_is_meant() -> None:
    assert read_days("this week", today=THURSDAY, locale="en-GB") == Days(march(5), march(8))
    assert read_days("this month", today=THURSDAY, locale="en-GB") == Days(march(5), march(31))


@pytest.mark.parametrize("typed", ["monday friday", "monday to friday", "mon fri", "monday to Friday"])
def test_a_last_day_that_is_a_weekday_comes_after_the_first(typed: str) -> None:
    assert read_days(typed, today=THURSDAY, locale="en-GB") == Days(march(9), march(13))


def test_a_last_date_before_the_first_is_left_for_the_person_to_mend() -> None:
    assert read_days("15 March to 9 March", today=THURSDAY, locale="en-GB") == Days(march(15), march(9))


@pytest.mark.parametrize(
    "typed", ["", "soon", "to", "friday maybe", "until", "for ever", "2 March to soon", "a to b to c"]
)
def test_what_says_no_days_is_refused(typed: str) -> None:
    with pytest.raises(NotADate):
        read_days(typed, today=MONDAY, locale="en-GB")


@given(first=DATES, last=DATES, between=st.sampled_from([" to ", " - ", " – ", " until ", " "]), us=st.booleans())
def test_two_dates_as_rhythm_writes_them_are_read_back(first: date, last: date, between: str, us: bool) -> None:
    locale = "en-US" if us else "en-GB"
    typed = between.join(write_date(day, today=MONDAY, locale=locale) for day in (first, last))
    assert read_days(typed, today=MONDAY, locale=locale) == Days(first, last)


@given(text=st.text(max_size=80))
def test_whatever_is_typed_gives_days_or_a_sentence(text: str) -> None:
    with suppress(NotADate):
        trouble_with(read_days(text, today=MONDAY, locale="en-US"), today=MONDAY, locale="en-US")


@pytest.mark.parametrize(
    ("typed", "days", "named"),
    [
        ("2 March 15 March delegate <@U1|max>", "2 March 15 March", "<@U1|max>"),
        ("2 March 15 March <@U1|max>", "2 March 15 March", "<@U1|max>"),
        ("next week, Delegate: <@U1>", "next week", "<@U1>"),
        ("next week delegate max", "next week", "max"),
        ("next week delegate", "next week", ""),
        ("delegate <@U1>", "", "<@U1>"),
        ("next week", "next week", None),
        ("delegated tasks", "delegated tasks", None),
    ],
)
def test_the_delegate_is_told_apart_from_the_days(typed: str, days: str, named: str | None) -> None:
    assert split_delegate(typed) == (days, named)


def test_days_are_refused_with_what_to_change() -> None:
    def trouble(first: date, last: date) -> str:
        return trouble_with(Days(first, last), today=THURSDAY, locale="en-GB")

    assert trouble(march(15), march(9)).startswith("That would end on Mon 9 Mar, before it begins on Sun 15 Mar.")
    assert trouble(march(2), march(4)).startswith("That was over on Wed 4 Mar.")
    assert trouble(march(5), march(5) + timedelta(days=LONGEST_DAYS)).startswith("That is longer than a year.")
    assert trouble(march(5), march(5) + timedelta(days=LONGEST_DAYS - 1)) == ""
    assert trouble(march(2), march(5)) == ""


@given(first=DATES, last=DATES)
def test_days_that_are_in_order_and_not_over_are_refused_only_for_their_length(first: date, last: date) -> None:
    trouble = trouble_with(Days(first, last), today=MONDAY, locale="en-GB")
    is_fine = first <= last and (last - first).days < LONGEST_DAYS
    assert (trouble == "") is is_fine


@given(first=DATES, length=st.integers(0, 60), begins=DATES)
def test_a_later_absence_leaves_of_an_earlier_one_what_comes_before_it(first: date, length: int, begins: date) -> None:
    earlier = Days(first, first + timedelta(days=length))
    left = left_before(earlier, begins)
    every = {first + timedelta(days=n) for n in range(length + 1)}
    kept = {day for day in every if left is not None and day in left}
    assert kept == {day for day in every if day < begins}


@given(first=DATES, length=st.integers(0, 60), other=DATES, other_length=st.integers(0, 60))
def test_absences_overlap_when_a_day_is_in_both(first: date, length: int, other: date, other_length: int) -> None:
    one, two = Days(first, first + timedelta(days=length)), Days(other, other + timedelta(days=other_length))
    shared = [day for n in range(length + 1) if (day := first + timedelta(days=n)) in two]
    assert one.overlap(two) is two.overlap(one) is bool(shared)
