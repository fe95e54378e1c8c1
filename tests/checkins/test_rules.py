"""When a check-in may be asked."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checkins.rules import (
    MOST_PERIODS_LOOKED_BACK,
    Chance,
    closes_at,
    next_chance,
    slot_in_week,
    weeks_to_settle,
)
from bot.teams.rules import Rhythm, monday_of, period_of
from tests.teams.test_rules import days, rhythms, times, zones

BERLIN = ZoneInfo("Europe/Berlin")
SLOT = datetime(2026, 3, 3, 9, tzinfo=BERLIN)
"""A Tuesday."""


def chance(*now: int, slot: datetime = SLOT) -> tuple[str, str] | None:
    """When the check-in may be sent, seen at that hour and minute of a day in March, as days and times in Berlin."""
    day, hour, minute = (*now, 0)[:3]
    found = next_chance(slot, now=datetime(2026, 3, day, hour, minute, tzinfo=BERLIN), zone=BERLIN)
    if found is None:
        return None
    return (f"{found.opens_at.astimezone(BERLIN):%a %H:%M}", f"{found.until.astimezone(BERLIN):%a %H:%M}")


@pytest.mark.parametrize(
    ("now", "may"),
    [
        ((3, 8), ("Tue 09:00", "Tue 18:00")),
        ((3, 9), ("Tue 09:00", "Tue 18:00")),
        ((3, 17, 59), ("Tue 17:59", "Tue 18:00")),
        ((3, 18), ("Wed 09:00", "Wed 18:00")),
        ((4, 2), ("Wed 09:00", "Wed 18:00")),
        ((5, 12), ("Thu 12:00", "Thu 18:00")),
        ((6, 17, 59), ("Fri 17:59", "Fri 18:00")),
        ((6, 18), None),
        ((8, 12), None),
        ((9, 9), None),
    ],
)
def test_a_slot_that_was_missed_waits_for_working_hours(now: tuple[int, ...], may: tuple[str, str] | None) -> None:
    assert chance(*now) == may


def test_a_slot_in_the_evening_may_be_sent_for_two_hours() -> None:
    late = datetime(2026, 3, 3, 20, tzinfo=BERLIN)
    assert chance(3, 21, slot=late) == ("Tue 21:00", "Tue 22:00")
    assert chance(3, 22, slot=late) == ("Wed 09:00", "Wed 18:00")


def test_a_slot_on_a_saturday_has_that_day_alone() -> None:
    saturday = datetime(2026, 3, 7, 10, tzinfo=BERLIN)
    assert chance(7, 15, slot=saturday) == ("Sat 15:00", "Sat 18:00")
    assert chance(7, 18, slot=saturday) is None


def test_a_slot_late_on_a_sunday_ends_with_its_period() -> None:
    assert chance(8, 23, slot=datetime(2026, 3, 8, 22, 30, tzinfo=BERLIN)) == ("Sun 23:00", "Mon 00:00")


@given(rhythms, days, zones, st.integers(-12, 200))
@settings(deadline=None)
def test_a_chance_lies_ahead_in_its_own_week_and_never_before_its_slot(
    rhythm: Rhythm, day: date, zone: ZoneInfo, hours: int
) -> None:
    slot = rhythm.in_week_of(day, zone)
    now = slot + timedelta(hours=hours)
    found = next_chance(slot, now=now, zone=zone)
    if found is None:
        return
    assert max(now, slot) <= found.opens_at < found.until
    assert period_of(found.opens_at.astimezone(zone).date()) == period_of(slot.astimezone(zone).date())
    assert found.until <= closes_at(slot.astimezone(zone).date(), zone)


@given(rhythms, days, zones, st.integers(0, 200))
@settings(deadline=None)
def test_a_chance_on_another_day_is_in_working_hours(rhythm: Rhythm, day: date, zone: ZoneInfo, hours: int) -> None:
    slot = rhythm.in_week_of(day, zone)
    found = next_chance(slot, now=slot + timedelta(hours=hours), zone=zone)
    local = found.opens_at.astimezone(zone) if found else None
    if local is not None and local.date() != slot.astimezone(zone).date() and hours >= 2:
        assert local.weekday() < 5
        assert time(9) <= local.time() < time(18)


@given(rhythms, days, zones)
@settings(deadline=None)
def test_at_its_slot_a_check_in_may_always_be_sent(rhythm: Rhythm, day: date, zone: ZoneInfo) -> None:
    slot = rhythm.in_week_of(day, zone)
    found = next_chance(slot, now=slot, zone=zone)
    assert isinstance(found, Chance)
    assert found.opens_at == slot


@given(days, zones)
def test_a_period_closes_as_the_next_monday_begins(day: date, zone: ZoneInfo) -> None:
    closing = closes_at(day, zone).astimezone(zone)
    assert closing.date() == monday_of(day) + timedelta(weeks=1)
    assert (closing - timedelta(microseconds=1)).astimezone(UTC).astimezone(zone).date() < closing.date()


@given(days, st.integers(-400, 400))
def test_the_weeks_to_settle_end_with_this_one_and_leave_none_out(today: date, ago: int) -> None:
    weeks = weeks_to_settle(today - timedelta(days=ago), today)
    assert weeks[-1] == monday_of(today)
    assert all(after - before == timedelta(weeks=1) for before, after in pairwise(weeks))
    assert len(weeks) <= MOST_PERIODS_LOOKED_BACK
    assert len(weeks) == MOST_PERIODS_LOOKED_BACK or weeks[0] == monday_of(min(today, today - timedelta(days=ago)))


@given(st.lists(rhythms, min_size=1, max_size=4), days, zones)
def test_an_owner_of_several_teams_is_asked_at_the_earliest_of_their_times(
    several: list[Rhythm], day: date, zone: ZoneInfo
) -> None:
    slot = slot_in_week(several, day, zone)
    assert slot in {rhythm.in_week_of(day, zone) for rhythm in several}
    assert all(slot <= rhythm.in_week_of(day, zone) for rhythm in several)


@given(times)
def test_two_hours_past_the_slot_are_the_least_it_lasts(at: time) -> None:
    slot = datetime.combine(date(2026, 3, 4), at, BERLIN)
    found = next_chance(slot, now=slot, zone=BERLIN)
    assert found is not None
    assert found.until - slot >= timedelta(hours=2)
