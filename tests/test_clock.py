"""Clocks: real ones, and those that are moved."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.clock import MovableClock, SystemClock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_the_machines_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now().tzinfo is UTC
    assert SystemClock().is_machines_own


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="this machine has no clock that counts its sleep")
def test_spans_count_the_time_in_which_the_machine_slept() -> None:
    assert SystemClock().monotonic() == pytest.approx(time.clock_gettime(time.CLOCK_BOOTTIME), abs=1.0)


def test_a_frozen_clock_stands_still_until_it_is_moved() -> None:
    clock = MovableClock(NOON, frozen=True)
    assert clock.now() == clock.now() == NOON
    clock.advance(timedelta(days=1))
    assert clock.now() == NOON + timedelta(days=1)


def test_a_running_clock_goes_on_from_where_it_was_set() -> None:
    clock = MovableClock(NOON)
    clock.move_to(NOON + timedelta(weeks=1))
    assert timedelta(0) <= clock.now() - (NOON + timedelta(weeks=1)) < timedelta(minutes=1)


def test_spans_follow_the_moves() -> None:
    clock = MovableClock(NOON, frozen=True)
    before = clock.monotonic()
    clock.advance(timedelta(hours=2))
    assert clock.monotonic() - before == 7_200


@pytest.mark.parametrize("frozen", [True, False])
def test_a_clock_never_goes_back(frozen: bool) -> None:
    clock = MovableClock(NOON, frozen=frozen)
    with pytest.raises(ValueError, match="forward"):
        clock.move_to(NOON - timedelta(seconds=1))


@pytest.mark.parametrize("frozen", [True, False])
def test_an_instant_needs_a_zone(frozen: bool) -> None:
    with pytest.raises(ValueError, match="zone"):
        MovableClock(NOON.replace(tzinfo=None), frozen=frozen)
    with pytest.raises(ValueError, match="zone"):
        MovableClock(NOON, frozen=frozen).move_to(NOON.replace(year=2027, tzinfo=None))


@pytest.mark.parametrize("frozen", [True, False])
def test_a_clock_set_in_another_zone_tells_utc(frozen: bool) -> None:
    there = timezone(timedelta(hours=5, minutes=30))
    clock = MovableClock(NOON.astimezone(there), frozen=frozen)
    assert clock.now().utcoffset() == timedelta(0)
    clock.move_to((NOON + timedelta(days=1)).astimezone(there))
    assert clock.now().utcoffset() == timedelta(0)
