"""Progress, and what a path expects."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.measuring.paths import Path
from tests.measuring.samples import DUE, START, days, path, values


@given(values, values)
def test_the_baseline_is_no_progress_and_the_target_is_all_of_it(baseline: Decimal, target: Decimal) -> None:
    way = Path(baseline, target, START, DUE)
    if baseline != target:
        assert [way.progress(baseline), way.progress(target)] == [0, 1]


@given(values, values, values)
def test_a_path_down_is_the_path_up_in_a_mirror(baseline: Decimal, target: Decimal, latest: Decimal) -> None:
    up, down = Path(baseline, target, START, DUE), Path(-baseline, -target, START, DUE)
    assert up.progress(latest) == down.progress(-latest)


@given(values, values)
def test_moving_away_from_the_target_is_progress_below_zero(baseline: Decimal, target: Decimal) -> None:
    if baseline != target:
        assert Path(baseline, target, START, DUE).progress(baseline - (target - baseline)) < 0


@pytest.mark.parametrize(
    ("baseline", "target", "latest", "progress"),
    [
        ("10", "4", "7", "0.5"),
        ("-20", "0", "-5", "0.75"),
        ("0", "-8", "-2", "0.25"),
        ("5", "5", "5", "1"),
        ("5", "5", "6", "0"),
        ("0.5", "0.6", "0.55", "0.5"),
    ],
)
def test_progress_is_the_share_of_the_way(baseline: str, target: str, latest: str, progress: str) -> None:
    assert path(baseline, target).progress(Decimal(latest)) == Decimal(progress)


@given(days, days, days)
def test_expectation_stays_between_nothing_and_everything(start: date, due: date, today: date) -> None:
    assert 0 <= Path(Decimal(0), Decimal(1), start, due).expected(today) <= 1


@given(days, st.integers(0, 2000), st.integers(0, 2000))
def test_expectation_never_falls(start: date, length: int, day: int) -> None:
    way = Path(Decimal(0), Decimal(1), start, start + timedelta(days=length))
    assert way.expected(start + timedelta(days=day)) <= way.expected(start + timedelta(days=day + 1))


def test_everything_is_expected_from_the_due_date_on() -> None:
    assert [path().expected(DUE + timedelta(days=n)) for n in (-100, -50, 0, 9)] == [0, Decimal("0.5"), 1, 1]


def test_a_path_due_on_its_first_day_expects_everything_at_once() -> None:
    sudden = Path(Decimal(0), Decimal(1), DUE, DUE)
    assert [sudden.expected(DUE - timedelta(days=1)), sudden.expected(DUE)] == [0, 1]


def test_a_steady_path_shows_its_value_for_each_day() -> None:
    assert path("10", "4").expected_value(START + timedelta(days=50)) == 7
