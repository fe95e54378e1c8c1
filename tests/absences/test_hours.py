"""When somebody may be written to."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.absences.rules import Days
from bot.absences.rules.hours import Hours, Span
from bot.teams.rules.workdays import DaysOff, Workdays

ZONES = [ZoneInfo(name) for name in ("UTC", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Europe/Lisbon")]
UTC_HOURS = Hours(ZoneInfo("UTC"))

zones = st.sampled_from(ZONES)
instants = st.integers(0, 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
spans = st.tuples(st.dates(date(2025, 12, 20), date(2027, 1, 10)), st.integers(0, 40))


def days_off(span: tuple[date, int]) -> DaysOff:
    return DaysOff(span[0], span[0] + timedelta(days=span[1]))


def absence(span: tuple[date, int]) -> Days:
    return Days(span[0], span[0] + timedelta(days=span[1]))


workdays = st.builds(
    Workdays,
    st.sampled_from([time(6), time(9), time(10, 30)]),
    st.sampled_from([time(12), time(18), time(23, 30)]),
    st.sampled_from(["", "DE"]),
    st.lists(spans.map(days_off), max_size=2).map(tuple),
)
hours = st.builds(Hours, zones, workdays, st.lists(spans.map(absence), max_size=2).map(tuple))


def march(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "is_open"),
    [
        (march(2, 8, 59), False),
        (march(2, 9), True),
        (march(2, 17, 59), True),
        (march(2, 18), False),
        (march(7, 12), False),
    ],
)
def test_working_hours_are_nine_to_six_on_weekdays(instant: datetime, is_open: bool) -> None:
    assert UTC_HOURS.is_open(instant) is is_open


def test_they_are_the_teams_own_and_not_on_its_days_off() -> None:
    team = Workdays(time(7), time(15), "", (DaysOff(date(2026, 3, 3), date(2026, 3, 3)),))
    hours = Hours(ZoneInfo("UTC"), team)
    assert [hours.is_open(march(day, 7, 30)) for day in (2, 3, 4)] == [True, False, True]


def test_nobody_is_written_to_while_away() -> None:
    hours = Hours(ZoneInfo("UTC"), away=(Days(date(2026, 3, 3), date(2026, 3, 4)),))
    assert [hours.is_open(march(day, 12)) for day in (2, 3, 4, 5)] == [True, False, False, True]
    assert hours.next_morning(march(2, 12)) == march(5, 9)
    assert hours.working_day_after(date(2026, 3, 2), 2) == date(2026, 3, 6)


def test_what_is_left_of_today_comes_before_tomorrow() -> None:
    week_ends = march(7)
    assert UTC_HOURS.from_instant(march(4, 12), before=week_ends) == Span(march(4, 12), march(4, 18))
    assert UTC_HOURS.from_instant(march(4, 18), before=week_ends) == Span(march(5, 9), march(5, 18))
    assert UTC_HOURS.from_instant(march(6, 18), before=week_ends) is None
    assert UTC_HOURS.from_instant(march(4, 12), before=march(4, 13)) == Span(march(4, 12), march(4, 13))


@given(hours, instants, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_a_span_of_hours_is_open_from_its_first_moment_to_its_last(
    hours: Hours, instant: datetime, within: timedelta
) -> None:
    before = instant + within
    if span := hours.from_instant(instant, before=before):
        assert instant <= span.opens_at < span.until <= before
        assert hours.is_open(span.opens_at)
        assert hours.is_open(span.until - timedelta(microseconds=1))


@given(hours, instants)
def test_no_open_minute_is_passed_over(hours: Hours, instant: datetime) -> None:
    before = instant + timedelta(days=3)
    minutes = (instant + timedelta(minutes=10 * n) for n in range(3 * 24 * 6))
    first = next((minute for minute in minutes if hours.is_open(minute)), None)
    span = hours.from_instant(instant, before=before)
    assert first is None or (span is not None and span.opens_at <= first)


@given(hours, st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 5))
def test_working_days_are_counted_one_by_one(hours: Hours, day: date, count: int) -> None:
    after = hours.working_day_after(day, count)
    assert after is not None
    between = [day + timedelta(days=n) for n in range(1, (after - day).days + 1)]
    assert sum(map(hours.is_working_day, between)) == count
    assert hours.is_working_day(after)


@given(hours, instants)
def test_the_next_morning_is_the_first_hour_of_work_there_is(hours: Hours, instant: datetime) -> None:
    morning = hours.next_morning(instant)
    assert morning > instant
    assert hours.is_open(morning)
    assert hours.next_morning(morning - timedelta(microseconds=1)) == morning


def test_where_nobody_ever_works_the_next_morning_is_tomorrows() -> None:
    never = Hours(ZoneInfo("UTC"), Workdays(days_off=(DaysOff(date(2020, 1, 1), date(2040, 1, 1)),)))
    assert never.next_morning(march(2, 12)) == march(3)
    assert never.working_day_after(date(2026, 3, 2), 1) is None
    assert never.from_instant(march(2), before=march(9)) is None


@given(hours, instants, st.integers(1, 14 * 24), st.none() | st.integers(-48, 20 * 24))
def test_do_not_disturb_puts_off_but_leaves_nobody_without_a_time(
    theirs: Hours, now: datetime, left: int, quiet: int | None
) -> None:
    before = now + timedelta(hours=left)
    until = None if quiet is None else now + timedelta(hours=quiet)
    open_anyhow = theirs.from_instant(now, before=before)
    span = replace(theirs, quiet_until=until).when_there(now, before=before)
    assert (span is None) == (open_anyhow is None)
    if span and open_anyhow:
        assert theirs.is_open(span.opens_at)
        assert span.opens_at >= open_anyhow.opens_at
        assert span == open_anyhow or (until is not None and span.opens_at >= until)
