"""What a priority may be called."""

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from bot.errors import FormRefused
from bot.priorities.rules import NAME_LIMIT, PERIOD_LIMIT, read_name, read_period


@given(st.text(max_size=NAME_LIMIT + 20), st.lists(st.text(max_size=8), max_size=3))
def test_a_name_that_is_taken_fits_is_one_line_and_is_refused_a_second_time(typed: str, others: list[str]) -> None:
    try:
        name = read_name(typed, others)
    except FormRefused:
        reject()
    assert 0 < len(name) <= NAME_LIMIT
    assert len(name.splitlines()) == 1
    with pytest.raises(FormRefused, match="by that name already"):
        read_name(name.upper(), [*others, name.upper()])


@pytest.mark.parametrize("typed", ["customers stay", "  Customers\n stay ", "CUSTOMERS STÁY"])
def test_a_name_is_the_same_in_other_letters(typed: str) -> None:
    with pytest.raises(FormRefused, match="by that name already"):
        read_name(typed, ["Hire well", "Customers stay"])


@pytest.mark.parametrize("typed", ["", " \n ", "x" * (NAME_LIMIT + 1)])
def test_an_empty_or_a_long_name_is_refused(typed: str) -> None:
    with pytest.raises(FormRefused, match="needs a name"):
        read_name(typed, [])


@pytest.mark.parametrize("typed", ["", " ", "x" * (PERIOD_LIMIT + 1)])
def test_an_empty_or_a_long_period_is_refused(typed: str) -> None:
    with pytest.raises(FormRefused, match="Say for when"):
        read_period(typed)


def test_a_period_is_what_people_say() -> None:
    assert read_period(" the second\nhalf of 2027 ") == "the second half of 2027"
