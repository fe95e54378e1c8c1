"""Where results lead: the line, the day it reaches the target, and how sure that is."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from random import Random
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.measuring.forecast import Forecast, Sureness, forecast
from bot.measuring.paths import Path
from tests.measuring.samples import DUE, START, day, path, paths, small_values

Results = list[tuple[date, Decimal]]

numbers = st.integers(-200, 400)
several_days = st.lists(numbers, min_size=3, max_size=12, unique=True)
results = several_days.flatmap(lambda at: st.tuples(*(st.tuples(st.just(day(n)), small_values) for n in at))).map(list)
NEARLY = Decimal("1e-15")


def foretold(way: Path, given: Sequence[tuple[date, Decimal]]) -> Forecast:
    """The forecast that there has to be."""
    told = forecast(way, given)
    assert told is not None
    return told


def on_a_line(at: Sequence[int], start: str, slope: str) -> Results:
    """Results of those days on the line from `start` on day 0, `slope` a day."""
    return [(day(n), Decimal(start) + Decimal(slope) * n) for n in at]


def exact_line(given: Results) -> tuple[Fraction, Fraction]:
    """Theil–Sen in fractions: the intercept on day 0 and the slope."""
    points = [((on - START).days, Fraction(value)) for on, value in given]
    slope = median((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2))
    return median(y - slope * x for x, y in points), slope


@pytest.mark.parametrize("at", [[], [3], [3, 9], [3, 3, 9]])
def test_two_days_with_results_are_no_forecast(at: list[int]) -> None:
    assert forecast(path(), on_a_line(at, "0", "1")) is None


@given(paths(), results)
def test_the_forecast_is_the_line_of_the_median_slope(way: Path, given: Results) -> None:
    intercept, slope = exact_line(given)
    value = intercept + slope * (way.due_on - START).days
    assert abs(Fraction(foretold(way, given).at_due) - value) < Fraction(NEARLY)


@given(paths(), several_days, small_values, small_values)
def test_results_on_a_line_are_followed_to_the_digit(way: Path, at: list[int], start: Decimal, slope: Decimal) -> None:
    told = foretold(way, on_a_line(at, str(start), str(slope)))
    value = start + slope * (way.due_on - START).days
    assert (told.low, told.at_due, told.high) == (value, value, value)


@given(st.lists(numbers, min_size=5, max_size=12, unique=True), small_values, small_values, st.data())
def test_one_result_off_the_line_turns_nothing(
    at: list[int], start: Decimal, slope: Decimal, data: st.DataObject
) -> None:
    given = on_a_line(at, str(start), str(slope))
    odd = data.draw(st.integers(0, len(given) - 1))
    given[odd] = (given[odd][0], given[odd][1] + data.draw(small_values) * 1000)
    assert foretold(path(), given).at_due == start + slope * 100


@given(paths(), results, st.randoms(use_true_random=False))
def test_the_order_of_the_days_does_not_matter(way: Path, given: Results, random: Random) -> None:
    shuffled = list(given)
    random.shuffle(shuffled)
    assert forecast(way, shuffled) == forecast(way, given)


@given(results, small_values, st.integers(-1000, 1000))
def test_moving_everything_by_as_much_moves_the_forecast_by_as_much(given: Results, by: Decimal, later: int) -> None:
    told = foretold(path(), given)
    days = timedelta(days=later)
    moved_path = Path(by, 100 + by, START + days, DUE + days)
    moved = foretold(moved_path, [(on + days, value + by) for on, value in given])
    for before, after in ((told.at_due, moved.at_due), (told.low, moved.low), (told.high, moved.high)):
        assert abs(before + by - after) < NEARLY
    assert moved.sureness == told.sureness
    assert moved.reaches_on == (told.reaches_on + days if told.reaches_on else None)


@given(results, st.sampled_from(["-1", "10", "-0.001", "1000000"]))
def test_another_scale_or_direction_is_the_same_forecast(given: Results, factor: str) -> None:
    scale = Decimal(factor)
    told = foretold(path(), given)
    scaled = foretold(Path(Decimal(0), 100 * scale, START, DUE), [(on, value * scale) for on, value in given])
    low, high = sorted((told.low * scale, told.high * scale))
    for before, after in ((told.at_due * scale, scaled.at_due), (low, scaled.low), (high, scaled.high)):
        assert abs(before - after) < NEARLY * max(Decimal(1), abs(scale))
    assert (scaled.reaches_on, scaled.sureness) == (told.reaches_on, told.sureness)


@given(paths(), results)
def test_the_forecast_lies_between_its_least_and_its_most(way: Path, given: Results) -> None:
    told = foretold(way, given)
    assert told.low <= told.at_due <= told.high


@given(results)
def test_the_day_it_reaches_the_target_is_the_first_to_come_on_which_the_line_is_there(given: Results) -> None:
    way = path("0", "60")
    reaches_on = foretold(way, given).reaches_on
    intercept, slope = exact_line(given)
    latest_on, latest = max(given)
    if latest >= 60:
        assert reaches_on == min(on for on, value in given if value >= 60)
    elif reaches_on is None:
        assert slope <= 0 or intercept + slope * ((latest_on - START).days + 3653) < 60
    else:
        ahead = (reaches_on - START).days
        assert slope > 0
        assert intercept + slope * ahead >= 60
        assert reaches_on == latest_on + timedelta(days=1) or intercept + slope * (ahead - 1) < 60


@pytest.mark.parametrize(
    ("way", "start", "slope", "reaches"),
    [
        (path("0", "100"), "0", "0.5", 200),
        (path("0", "100"), "0", "0.3", 334),
        (path("10", "4"), "10", "-0.1", 60),
        (path("-20", "0"), "-20", "0.25", 80),
        (path("0", "-8"), "0", "-0.04", 200),
        (path("0", "100"), "0", "-0.5", None),
        (path("0", "100"), "7", "0", None),
        (path("10", "4"), "10", "0.1", None),
        (path("0", "100"), "0", "0.0272", 3677),
        (path("0", "100"), "0", "0.0271", None),
        (path("5", "5"), "9", "-0.1", None),
    ],
)
def test_the_target_is_met_where_the_line_leads_to_it_in_ten_years(
    way: Path, start: str, slope: str, reaches: int | None
) -> None:
    told = foretold(way, on_a_line([0, 10, 20, 30], start, slope))
    assert told.reaches_on == (None if reaches is None else day(reaches))


def test_a_slope_without_an_end_still_meets_the_target_on_its_day() -> None:
    thirds = [(day(n), Decimal(n) / 3) for n in (0, 2, 4, 6)]
    assert foretold(path("0", "3"), thirds).reaches_on == day(9)


def test_a_target_already_met_was_met_on_the_day_of_its_first_result() -> None:
    given = [(day(n), Decimal(value)) for n, value in [(0, 0), (10, 60), (20, 100), (30, 90), (40, 110)]]
    assert foretold(path(), given).reaches_on == day(20)


def test_a_target_met_and_lost_is_still_to_be_met() -> None:
    given = [(day(n), Decimal(value)) for n, value in [(0, 0), (10, 60), (20, 100), (30, 90)]]
    assert foretold(path(), given).reaches_on == day(31)


def test_the_last_result_of_a_day_counts() -> None:
    given = on_a_line([0, 10, 20], "0", "1")
    assert forecast(path(), [(day(10), Decimal(900)), *given]) == forecast(path(), given)


def test_results_after_the_due_date_count_too() -> None:
    told = foretold(path(), on_a_line([80, 110, 140], "0", "0.5"))
    assert (told.at_due, told.reaches_on) == (Decimal(50), day(200))


def test_the_least_and_the_most_are_the_slopes_ranked_by_the_spread_of_pairs() -> None:
    # Thirty days make 435 slopes; 1.2816 × √3141.7 = 71.8 of them lie between the 181st from below and from above.
    given = [(day(n), Decimal(n * n)) for n in range(30)]
    slopes = sorted(x1 + x2 for x1, x2 in combinations(range(30), 2))
    told = foretold(path(), given)
    ends = [median(Decimal(n * n + slope * (100 - n)) for n in range(30)) for slope in (slopes[180], slopes[-181])]
    assert [told.low, told.high] == ends


@pytest.mark.parametrize(
    ("at", "sureness"),
    [
        ([0, 10, 20, 30], Sureness.TOO_EARLY),
        ([0, 6, 12, 18, 24], Sureness.TOO_EARLY),
        ([0, 6, 12, 18, 25], Sureness.FAIRLY_SURE),
    ],
)
def test_it_is_too_early_with_four_days_or_before_a_quarter_of_the_time(at: list[int], sureness: Sureness) -> None:
    assert foretold(path(), on_a_line(at, "0", "1")).sureness == sureness


def test_results_that_scatter_over_more_than_a_fifth_of_the_path_are_not_sure() -> None:
    given = [(day(n), Decimal(value)) for n, value in [(0, 10), (10, 60), (20, 5), (30, 80), (40, 20), (50, 70)]]
    told = foretold(path(), given)
    fivefold = (told.high - told.low) * 5
    assert told.sureness == Sureness.NOT_SURE
    assert foretold(path("0", str(fivefold)), given).sureness == Sureness.FAIRLY_SURE
    assert foretold(path("0", str(fivefold - 1)), given).sureness == Sureness.NOT_SURE


def test_a_thousand_results_are_thinned_evenly_and_keep_the_line() -> None:
    given = on_a_line(range(1000), "3", "0.07")
    odd = [(on, value + 500) if number % 10 == 4 else (on, value) for number, (on, value) in enumerate(given)]
    told = foretold(Path(Decimal(0), Decimal(100), START, day(1200)), odd)
    assert told.at_due == 3 + Decimal("0.07") * 1200
    assert told.reaches_on == START + timedelta(days=1386)
    assert told.sureness == Sureness.FAIRLY_SURE


def test_of_a_thousand_results_two_hundred_are_used_from_the_first_to_the_last() -> None:
    given = [(day(n), Decimal(n * n * 7919 % 1000)) for n in range(1000)]
    used = [given[n * 999 // 199] for n in range(200)]
    assert used[-1] == given[-1]
    far = path("0", "5000")
    assert forecast(far, given) == forecast(far, used) != forecast(far, given[:900])
