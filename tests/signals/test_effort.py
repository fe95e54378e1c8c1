"""What holds of effort without movement whatever happens: a steady mover is left alone, and units do not matter."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.measuring.effort import LEAST_ACTIVITY, Effort, effort, is_busy
from bot.measuring.paths import Path
from tests.measuring.samples import START, day, path

Results = list[tuple[date, Decimal]]

activity = st.lists(st.integers(0, 120).map(day), max_size=60)
results = st.lists(st.tuples(st.integers(0, 120).map(day), st.integers(-50, 150).map(Decimal)), max_size=20)
todays = st.integers(28, 120).map(day)
period = st.sampled_from([7, 14])


def seen(measured: Results, done: list[date], today: date, *, way: Path | None = None, days: int = 7) -> Effort | None:
    return effort(way or path(), measured, done, today, START, period_days=days)


@given(st.integers(4, 79), st.integers(0, 6), st.lists(st.integers(0, 600).map(day), max_size=80), st.data())
def test_a_steady_mover_is_never_found(weeks: int, weekday: int, done: list[date], data: st.DataObject) -> None:
    """A result every week, each nearer to the target by as much; up to 80 weeks, where four are a twentieth."""
    way = Path(Decimal(0), Decimal(weeks), START, START + timedelta(weeks=weeks))
    logged = [(START + timedelta(days=7 * week + weekday), Decimal(week)) for week in range(1, weeks + 1)]
    today = day(data.draw(st.integers(7 * 5 + weekday, 7 * (weeks + 1) + weekday)))
    told = effort(way, [one for one in logged if one[0] <= today], done, today, START)
    assert not is_busy(told)


@given(results, activity, todays, period, st.integers(1, 1000), st.integers(-1000, 1000), st.booleans())
def test_another_unit_zero_or_direction_of_the_measure_changes_nothing(
    measured: Results, done: list[date], today: date, days: int, factor: int, shift: int, is_turned: bool
) -> None:
    def elsewhere(value: Decimal) -> Decimal:
        return value * (-factor if is_turned else factor) + shift

    way = path()
    other = replace(way, baseline=elsewhere(way.baseline), target=elsewhere(way.target))
    one = seen(measured, done, today, days=days)
    two = seen([(on, elsewhere(value)) for on, value in measured], done, today, way=other, days=days)
    assert is_busy(one) == is_busy(two)
    if one is not None and two is not None:
        assert (one.activity, one.usual, one.moved, one.results) == (two.activity, two.usual, two.moved, two.results)


@given(results, activity, todays, st.integers(-3000, 3000))
def test_the_same_at_another_time_is_found_the_same(
    measured: Results, done: list[date], today: date, later: int
) -> None:
    by = timedelta(days=later)
    moved_on = effort(path(), [(on + by, v) for on, v in measured], [on + by for on in done], today + by, START + by)
    assert moved_on == seen(measured, done, today)


@given(results, activity, todays)
def test_with_less_than_one_thing_a_period_nothing_is_found(measured: Results, done: list[date], today: date) -> None:
    begins = today - timedelta(days=28)
    inside = [on for on in done if begins < on <= today][: LEAST_ACTIVITY - 1]
    assert not is_busy(seen(measured, [*inside, *(on for on in done if on <= begins)], today))


@given(results, activity, todays, st.integers(0, 27), st.integers(0, 120))
def test_more_done_lately_never_hides_a_finding_and_more_done_before_never_makes_one(
    measured: Results, done: list[date], today: date, days_ago: int, long_ago: int
) -> None:
    found = is_busy(seen(measured, done, today))
    assert is_busy(seen(measured, [*done, today - timedelta(days=days_ago)], today)) >= found
    before = today - timedelta(days=28 + long_ago)
    assert is_busy(seen(measured, [*done, before], today)) <= found


@given(results, activity, todays)
def test_what_happens_later_changes_nothing_today(measured: Results, done: list[date], today: date) -> None:
    until_now = seen([one for one in measured if one[0] <= today], [on for on in done if on <= today], today)
    assert seen(measured, done, today) == until_now
