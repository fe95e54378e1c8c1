"""When a reminder comes: in working hours, on weekdays, before the close."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.absences.rules import Days
from bot.absences.rules.hours import Hours
from bot.checkins.rules.reminders import Snooze, first_nudge_at, next_nudge_at, put_off_nudge, snoozed_until
from tests.absences.test_hours import UTC_HOURS, hours, instants, march

CLOSES = march(9)


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
    assert snoozed_until(snooze, now=now, hours=UTC_HOURS, closes_at=CLOSES) == comes_back


def test_where_the_period_is_longer_tomorrow_is_the_next_weekday() -> None:
    monday = snoozed_until(Snooze.TOMORROW, now=march(6, 9), hours=UTC_HOURS, closes_at=march(30))
    assert monday == march(9, 9)


def test_tomorrow_is_the_day_on_which_they_are_back() -> None:
    away = Hours(ZoneInfo("UTC"), away=(Days(date(2026, 3, 3), date(2026, 3, 4)),))
    assert snoozed_until(Snooze.TOMORROW, now=march(2, 9), hours=away, closes_at=CLOSES) == march(5, 9)


@given(st.sampled_from(list(Snooze)), instants, hours, st.timedeltas(timedelta(0), timedelta(days=8)))
def test_no_snooze_ends_outside_of_working_hours_or_after_the_close(
    snooze: Snooze, now: datetime, hours: Hours, left: timedelta
) -> None:
    until = snoozed_until(snooze, now=now, hours=hours, closes_at=now + left)
    if until is not None:
        assert hours.is_open(until)
        assert now < until < now + left


@given(instants, st.timedeltas(timedelta(0), timedelta(days=3)), hours)
def test_nudges_stay_in_working_hours_in_their_order_and_before_the_close(
    slot: datetime, late: timedelta, hours: Hours
) -> None:
    closes_at = slot + timedelta(days=7)
    first = first_nudge_at(slot, asked_at=slot + late, hours=hours, closes_at=closes_at)
    if first is None:
        return
    second = next_nudge_at(slot, nudged_at=first, hours=hours, closes_at=closes_at)
    times = [slot + late, first, *([second] if second else [])]
    assert times == sorted(times)
    assert len({hours.day_of(one) for one in times}) == len(times)
    for nudge in times[1:]:
        assert hours.is_open(nudge)
        assert nudge < closes_at


@given(instants, instants, hours)
def test_a_nudge_that_is_put_off_comes_in_a_later_working_hour(slot: datetime, until: datetime, hours: Hours) -> None:
    at = put_off_nudge(slot, until=until, hours=hours, closes_at=until + timedelta(days=400))
    assert at is not None
    assert hours.next_morning(until) <= at
    assert hours.day_of(at) == hours.day_of(hours.next_morning(until))
    assert hours.is_open(at)
