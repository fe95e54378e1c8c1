"""When a reminder comes: in working hours, on weekdays, before the close."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.rules.reminders import (
    Snooze,
    first_nudge_at,
    is_working_time,
    next_morning,
    next_nudge_at,
    put_off_nudge,
    snoozed_until,
    workday_end,
    workdays_after,
)

ZONES = [ZoneInfo(name) for name in ("UTC", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Europe/Lisbon")]
CLOSES = datetime(2026, 3, 9, tzinfo=UTC)
instants = st.integers(0, 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def march(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("snooze", "now", "comes_back"),
    [
        (Snooze.AFTERNOON, march(2, 9), march(2, 14)),
        (Snooze.AFTERNOON, march(2, 13, 30), march(2, 14, 30)),
        (Snooze.AFTERNOON, march(2, 16, 59), march(2, 17, 59)),
        (Snooze.AFTERNOON, march(2, 17), None),
        (Snooze.AFTERNOON, march(2, 23, 30), None),
        (Snooze.AFTERNOON, march(7, 9), None),
        (Snooze.TOMORROW, march(2, 9), march(3, 9)),
        (Snooze.TOMORROW, march(5, 23), march(6, 9)),
        (Snooze.TOMORROW, march(6, 9), None),
        (Snooze.TOMORROW, march(8, 9), None),
    ],
)
def test_it_comes_back_when_it_was_asked_to(snooze: Snooze, now: datetime, comes_back: datetime | None) -> None:
    assert snoozed_until(snooze, now=now, zone=ZoneInfo("UTC"), closes_at=CLOSES) == comes_back


def test_where_the_period_is_longer_tomorrow_is_the_next_weekday() -> None:
    monday = snoozed_until(Snooze.TOMORROW, now=march(6, 9), zone=ZoneInfo("UTC"), closes_at=march(30))
    assert monday == march(9, 9)


@given(st.sampled_from(list(Snooze)), instants, st.sampled_from(ZONES), st.timedeltas(timedelta(0), timedelta(days=8)))
def test_no_snooze_ends_at_night_on_a_weekend_or_after_the_close(
    snooze: Snooze, now: datetime, zone: ZoneInfo, left: timedelta
) -> None:
    until = snoozed_until(snooze, now=now, zone=zone, closes_at=now + left)
    if until is not None:
        local = until.astimezone(zone)
        assert local.weekday() < 5
        assert time(9) <= local.time() < time(18)
        assert now < until < now + left
        assert until < workday_end(until, zone)


@pytest.mark.parametrize(
    ("instant", "works"),
    [
        (march(2, 8, 59), False),
        (march(2, 9), True),
        (march(2, 17, 59), True),
        (march(2, 18), False),
        (march(7, 12), False),
    ],
)
def test_working_time_is_nine_to_six_on_weekdays(instant: datetime, works: bool) -> None:
    assert is_working_time(instant, ZoneInfo("UTC")) is works


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 12))
def test_weekdays_are_counted_one_by_one(day: date, count: int) -> None:
    after = workdays_after(day, count)
    between = [day + timedelta(days=n) for n in range(1, (after - day).days + 1)]
    assert sum(one.weekday() < 5 for one in between) == count
    assert after.weekday() < 5


@given(instants, st.timedeltas(timedelta(0), timedelta(days=3)), st.sampled_from(ZONES))
def test_nudges_stay_in_working_hours_in_their_order_and_before_the_close(
    slot: datetime, late: timedelta, zone: ZoneInfo
) -> None:
    closes_at = slot + timedelta(days=7)
    first = first_nudge_at(slot, asked_at=slot + late, zone=zone, closes_at=closes_at)
    if first is None:
        return
    second = next_nudge_at(slot, nudged_at=first, zone=zone, closes_at=closes_at)
    times = [slot + late, first, *([second] if second else [])]
    assert times == sorted(times)
    assert len({one.astimezone(zone).date() for one in times}) == len(times)
    for nudge in times[1:]:
        assert is_working_time(nudge, zone)
        assert nudge < closes_at


@given(instants, instants, st.sampled_from(ZONES))
def test_a_nudge_that_is_put_off_comes_in_a_later_working_hour(slot: datetime, until: datetime, zone: ZoneInfo) -> None:
    at = put_off_nudge(slot, until=until, zone=zone, closes_at=until + timedelta(days=30))
    assert at is not None
    assert until < at < until + timedelta(days=5)
    assert is_working_time(at, zone)


@given(instants, st.sampled_from(ZONES))
def test_the_next_morning_is_the_first_hour_of_work_there_is(instant: datetime, zone: ZoneInfo) -> None:
    morning = next_morning(instant, zone)
    assert instant < morning <= instant + timedelta(days=3, hours=1)
    assert morning.astimezone(zone).time() == time(9)
    assert is_working_time(morning, zone)
    assert next_morning(morning - timedelta(microseconds=1), zone) == morning
