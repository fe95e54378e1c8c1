"""What was expected of a decision, beside what came."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.decisions.rules.effects import Came, Effect, Prediction, effect, share_words

DECIDED = date(2026, 3, 2)


def day(number: int) -> date:
    return DECIDED + timedelta(days=number)


def after(before: int, expected: int, *results: tuple[int, int], today: int = 50) -> Effect:
    """A hundred days for the change; results as (day, value)."""
    prediction = Prediction(Decimal(before), Decimal(expected), DECIDED, day(100))
    return effect(prediction, [(day(number), Decimal(value)) for number, value in results], day(today))


values = st.integers(-1000, 1000)
found = st.lists(st.tuples(st.integers(-20, 120), values), max_size=8).map(sorted)


def test_half_of_the_change_in_half_of_the_time() -> None:
    told = after(10, 20, (20, 12), (50, 15))
    assert (told.share, told.time, told.latest_on, told.came) == (Decimal("0.5"), Decimal("0.5"), day(50), Came.PART)


def test_a_fall_that_was_expected_is_a_change_that_came() -> None:
    told = after(40, 30, (30, 29))
    assert told.came == Came.ALL
    assert told.share == Decimal("1.1")


def test_the_other_way_is_said() -> None:
    assert after(40, 30, (30, 44)).came == Came.OTHER_WAY
    assert after(10, 20, (30, 8)).came == Came.OTHER_WAY


def test_a_measure_that_stood_still() -> None:
    assert after(10, 20, (30, 10)).came == Came.NOTHING


def test_results_of_before_say_nothing_of_it() -> None:
    told = after(10, 20, (-3, 10))
    assert (told.came, told.latest, told.share) == (Came.UNKNOWN, None, None)


def test_what_was_to_stay_and_stayed_came() -> None:
    assert after(10, 10, (30, 10)).came == Came.ALL
    assert after(10, 10, (30, 11)).came == Came.OTHER_WAY


def test_what_is_expected_on_the_day_itself() -> None:
    prediction = Prediction(Decimal(1), Decimal(2), DECIDED, DECIDED)
    told = effect(prediction, [(DECIDED, Decimal(2))], DECIDED)
    assert (told.share, told.time) == (Decimal(1), Decimal(1))


@given(values, values, found, st.integers(-5, 130))
def test_up_is_told_as_down_is(before: int, expected: int, results: list[tuple[int, int]], today: int) -> None:
    up = after(before, expected, *results, today=today)
    down = after(-before, -expected, *((number, -value) for number, value in results), today=today)
    assert (up.share, up.time, up.came) == (down.share, down.time, down.came)


@given(values, values, found, st.integers(-5, 130))
def test_the_share_leads_from_the_value_before_to_the_latest(
    before: int, expected: int, results: list[tuple[int, int]], today: int
) -> None:
    assume(before != expected)
    told = after(before, expected, *results, today=today)
    known = [value for number, value in results if 0 <= number <= today]
    assert (told.latest is None) == (not known)
    if told.share is not None:
        assert told.latest == known[-1]
        assert abs(before + told.share * (expected - before) - known[-1]) < Decimal("1e-9")


@given(values, values, found, st.integers(0, 130))
def test_time_runs_from_nothing_to_all_of_it(
    before: int, expected: int, results: list[tuple[int, int]], today: int
) -> None:
    told = after(before, expected, *results, today=today)
    assert told.time == min(Decimal(today) / 100, Decimal(1))


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("0.02", "hardly any"),
        ("0.12", "about a tenth"),
        ("0.24", "about a quarter"),
        ("0.35", "about a third"),
        ("0.5", "about half"),
        ("0.68", "about two thirds"),
        ("0.77", "about three quarters"),
        ("0.9", "about nine tenths"),
        ("0.97", "nearly all"),
    ],
)
def test_a_share_in_words(share: str, words: str) -> None:
    assert share_words(Decimal(share)) == words
