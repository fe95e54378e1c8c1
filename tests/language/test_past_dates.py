"""Dates of what has been."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.dates import NotADate, write_date
from bot.language.past_dates import read_past_date

TODAY = date(2026, 3, 30)
"""A Monday."""


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", "2026-03-30"),
        ("yesterday", "2026-03-29"),
        ("3 March", "2026-03-03"),
        ("March 3rd", "2026-03-03"),
        ("3/2", "2026-03-02"),
        ("31 Dec", "2025-12-31"),
        ("30 March", "2026-03-30"),
        ("2025-06-01", "2025-06-01"),
        ("Mon, Mar 23", "2026-03-23"),
        ("friday", "2026-03-27"),
        ("on Friday", "2026-03-27"),
        ("monday", "2026-03-23"),
        ("last friday", "2026-03-27"),
        ("last monday", "2026-03-23"),
        ("3 days ago", "2026-03-27"),
        ("a week ago", "2026-03-23"),
        ("a month ago", "2026-02-28"),
        ("end of February", "2026-02-28"),
        ("29 February", "2028-02-29"),
    ],
)
def test_a_day_that_has_been(typed: str, day: str) -> None:
    assert read_past_date(typed, today=TODAY, locale="en-US") == date.fromisoformat(day)


@pytest.mark.parametrize("typed", ["tomorrow", "1 April", "in 3 days", "next friday", "2027-03-03", "end of month"])
def test_what_lies_ahead_is_not_moved_into_the_past(typed: str) -> None:
    assert read_past_date(typed, today=TODAY, locale="en-US") > TODAY


@pytest.mark.parametrize("typed", ["", "foo", "mobile", "200 years ago", "last", "31/3"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(NotADate):
        read_past_date(typed, today=TODAY, locale="en-US")


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 150), st.sampled_from(["en-US", "en-GB", "de-DE"]))
def test_a_day_of_the_last_months_is_read_as_it_is_written(today: date, ago: int, locale: str) -> None:
    day = today - timedelta(days=ago)
    assert read_past_date(write_date(day, today=day, locale=locale), today=today, locale=locale) == day


@given(st.text(max_size=40), st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_any_text_is_a_date_within_reach_or_refused(text: str, today: date) -> None:
    with suppress(NotADate):
        assert 1900 <= read_past_date(text, today=today, locale="en-US").year <= 2199
