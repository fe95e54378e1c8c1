"""Effort without movement, and the days on which it will be seen."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.measuring.effort import Effort, busy_span, effort, is_busy
from bot.measuring.paths import Path
from tests.measuring.samples import START, day, path

Results = list[tuple[date, Decimal]]

active_days = st.lists(st.integers(-10, 160).map(day), max_size=40)
measured = st.lists(st.tuples(st.integers(-10, 160).map(day), st.integers(-20, 120).map(Decimal)), max_size=12)
todays = st.integers(0, 150).map(day)
ways = st.sampled_from([path(), path("100", "-100"), path("-20", "0"), path("5", "5")])


def on(*numbers: int) -> list[date]:
    return [day(number) for number in numbers]


def at(*results: tuple[int, int]) -> Results:
    return [(day(number), Decimal(value)) for number, value in results]


def in_short(told: Effort | None) -> tuple[Decimal | int, ...] | None:
    """Activity, usual and movement."""
    return (told.activity, told.usual, told.moved) if told else None


@given(ways, measured, active_days, todays, st.integers(-40, 40).map(day), st.sampled_from([1, 7, 14]))
def test_effort_is_what_counting_day_by_day_says(
    way: Path, results: Results, activity: list[date], today: date, since: date, period_days: int
) -> None:
    begins = today - timedelta(days=4 * period_days)
    now, then = (
        way.progress(([way.baseline] + [v for d, v in sorted(dict(results).items()) if d <= until])[-1])
        for until in (today, begins)
    )
    told = effort(way, results, activity, today, since, period_days=period_days)
    if begins < since or now >= 1:
        assert told is None
        return
    usual, periods = 0, 0
    period_begins = begins - timedelta(days=period_days)
    while period_begins >= since - timedelta(days=1):
        usual += sum(period_begins < done <= period_begins + timedelta(days=period_days) for done in activity)
        periods += 1
        period_begins -= timedelta(days=period_days)
    usual = usual * 4 // periods if periods else 4
    assert in_short(told) == (sum(begins < done <= today for done in activity), usual, now - then)
    assert told is not None
    assert (way.progress(told.before), way.progress(told.now), told.periods_before) == (then, now, periods)
    assert told.results == len({day for day, _ in results if begins < day <= today})


@given(ways, measured, active_days, todays, st.integers(-40, 40).map(day), st.sampled_from([2, 7, 14]))
@settings(max_examples=200, deadline=None)
def test_the_span_is_the_first_run_of_busy_days_ahead(
    way: Path, results: Results, activity: list[date], today: date, since: date, period_days: int
) -> None:
    ahead = [today + timedelta(days=n) for n in range(60)]
    busy = [is_busy(effort(way, results, activity, day, since, period_days=period_days)) for day in ahead]
    span = busy_span(way, results, activity, today, since, period_days=period_days)
    if span is None:
        assert not any(busy)
    else:
        first, last = (ahead.index(end) for end in span)
        assert not any(busy[:first])
        assert all(busy[first : last + 1])
        assert not any(busy[last + 1 : last + 2])


def test_four_deeds_in_four_weeks_without_movement_are_effort_without_movement() -> None:
    told = effort(path(), at((10, 30), (40, 33)), on(30, 35, 40, 45), day(50), START)
    assert told is not None
    assert told == Effort(4, Decimal(0), Decimal("0.03"), 3, 1, before=Decimal(30), now=Decimal(33))
    assert is_busy(told)


def test_three_deeds_are_not_much_effort() -> None:
    assert not is_busy(effort(path(), [], on(30, 35, 40), day(50), START))


def test_less_than_its_own_usual_is_a_quiet_time() -> None:
    lively = on(*range(0, 23, 2))
    assert is_busy(effort(path(), [], lively + on(*range(23, 51, 2)), day(50), START))
    assert not is_busy(effort(path(), [], lively + on(*range(23, 47, 2)), day(50), START))


@given(st.integers(0, 6), st.integers(28, 150))
def test_a_check_in_every_week_is_its_own_usual_on_whatever_day(weekday: int, today: int) -> None:
    assert is_busy(effort(path(), [], on(*range(weekday, 151, 7)), day(today), START))


def test_a_twentieth_of_the_path_is_movement_in_either_direction() -> None:
    activity = on(30, 35, 40, 45)
    moved = {
        value: is_busy(effort(path(), at((10, 30), (40, value)), activity, day(50), START)) for value in range(24, 37)
    }
    assert [value for value, busy in moved.items() if busy] == list(range(26, 35))


def test_four_periods_have_to_pass_first() -> None:
    activity = on(1, 2, 3, 4, 20, 21, 22, 23)
    assert effort(path(), [], activity, day(27), START) is None
    assert in_short(effort(path(), [], activity, day(28), START)) == (8, 4, 0)


def test_an_outcome_without_a_period_before_the_window_has_no_usual_yet() -> None:
    first_day_busy = on(0, 0, 0, 0, 20, 21, 22, 23)
    assert in_short(effort(path(), [], first_day_busy, day(33), START)) == (4, 4, 0)
    assert in_short(effort(path(), [], first_day_busy, day(34), START)) == (4, 16, 0)
    assert in_short(effort(path(), [], first_day_busy, day(35), START)) == (4, 0, 0)


def test_what_is_achieved_needs_no_more_movement() -> None:
    activity = on(30, 35, 40, 45)
    assert effort(path(), at((10, 100)), activity, day(50), START) is None
    assert in_short(effort(path(), at((10, 100), (20, 99)), activity, day(50), START)) == (4, 0, 0)


def test_a_corrected_result_counts_as_corrected() -> None:
    activity = on(30, 35, 40, 45)
    assert is_busy(effort(path(), at((40, 60), (40, 3)), activity, day(50), START))


def test_activity_before_the_first_day_and_after_today_does_not_count() -> None:
    told = effort(path(), [], on(-5, -1, 51, 60), day(50), START)
    assert in_short(told) == (0, 0, 0)


def test_the_span_begins_when_the_window_leaves_the_movement_behind_and_ends_when_it_leaves_the_effort() -> None:
    results, activity = at((20, 30)), on(36, 38, 40, 42)
    assert busy_span(path(), results, activity, day(42), START) == (day(48), day(63))
    assert busy_span(path(), results, activity, day(50), START) == (day(50), day(63))
    assert busy_span(path(), results, activity, day(64), START) is None


def test_a_span_is_told_up_to_the_sixtieth_day() -> None:
    activity = on(*range(-10, 200))
    moving = at(*((number, number) for number in range(1, 72, 7)))
    assert busy_span(path(), [], activity, day(40), START) == (day(40), day(99))
    assert busy_span(path(), moving, activity, day(40), START) == (day(99), day(99))
    assert busy_span(path(), moving, activity, day(39), START) is None


def test_of_two_spans_the_first_is_told_and_the_second_when_asked_after_it() -> None:
    results, activity = at((20, 30), (45, 33), (50, 40)), on(46, 47, 48, 49, 52, 53, 54, 55)
    assert busy_span(path(), results, activity, day(49), START) == (day(49), day(49))
    assert busy_span(path(), results, activity, day(50), START) == (day(78), day(79))
