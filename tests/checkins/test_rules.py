"""When a check-in may be asked."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.absences.rules import Days
from bot.absences.rules.hours import Hours, Span
from bot.checkins.rules.slots import (
    MOST_PERIODS_LOOKED_BACK,
    Slot,
    first_week_owed,
    next_chance,
    slot_in_week,
    slots_from,
)
from bot.teams.rules import monday_of, period_of
from bot.teams.rules.recurrence import Often, Recurrence
from bot.teams.rules.rhythm import Rhythm
from bot.teams.rules.workdays import Workdays
from tests.teams.test_rules import days, rhythms, strike_of, times, zones

BERLIN = ZoneInfo("Europe/Berlin")
SLOT = datetime(2026, 3, 3, 9, tzinfo=BERLIN)
"""A Tuesday."""


def slot_of(rhythm: Rhythm, day: date, zone: ZoneInfo) -> tuple[Slot, datetime]:
    """The slot of a weekly rhythm in the week of a day, and when its period closes."""
    return next(slots_from([rhythm], monday_of(day), zone))


def chance_of(asking: tuple[Slot, datetime], now: datetime, zone: ZoneInfo, *away: Days) -> Span | None:
    slot, closes_at = asking
    hours = Hours(zone, slot.rhythm.workdays, away)
    return next_chance(slot, hours=hours, closes_at=closes_at, now=now)


def chance(*now: int, slot: datetime = SLOT, away: tuple[int, int] | None = None) -> tuple[str, str] | None:
    """When the check-in may be sent, seen at that hour and minute of a day in March, as days and times in Berlin."""
    day, hour, minute = (*now, 0)[:3]
    weekly = slot_of(Rhythm.weekly(slot.weekday(), slot.time()), slot.date(), BERLIN)
    absence = [Days(*(date(2026, 3, one) for one in away))] if away else []
    found = chance_of(weekly, datetime(2026, 3, day, hour, minute, tzinfo=BERLIN), BERLIN, *absence)
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


@pytest.mark.parametrize(
    ("away", "may"),
    [
        ((3, 3), ("Wed 09:00", "Wed 18:00")),
        ((2, 5), ("Fri 09:00", "Fri 18:00")),
        ((3, 6), None),
        ((1, 31), None),
        ((4, 6), ("Tue 10:00", "Tue 18:00")),
    ],
)
def test_whoever_is_away_on_the_day_is_asked_once_they_are_back(
    away: tuple[int, int], may: tuple[str, str] | None
) -> None:
    assert chance(3, 10, away=away) == may


@pytest.mark.parametrize("away", [(3, 3), (4, 4)])
def test_the_hours_after_midnight_are_for_who_was_there_and_is_there(away: tuple[int, int]) -> None:
    late, after_midnight = datetime(2026, 3, 3, 23, 30, tzinfo=BERLIN), (4, 0, 15)
    assert chance(*after_midnight, slot=late) == ("Wed 00:15", "Wed 01:30")
    found = chance(*after_midnight, slot=late, away=away)
    assert found is not None
    assert found[0] == ("Wed 09:00" if away == (3, 3) else "Thu 09:00")


def test_of_two_teams_that_ask_at_once_the_hours_of_the_first_count() -> None:
    one, other = (Rhythm.weekly(0, time(9)), Rhythm(Recurrence(Often.WEEKLY, 0), time(9), workdays=Workdays(time(6))))
    for both in ([one, other], [other, one]):
        slot = slot_in_week(both, date(2026, 3, 2), BERLIN)
        assert slot is not None
        assert slot.rhythm == both[0]


@given(rhythms, days, zones, st.integers(-12, 200))
@settings(deadline=None)
def test_a_chance_lies_ahead_in_its_own_week_and_never_before_its_slot(
    rhythm: Rhythm, day: date, zone: ZoneInfo, hours: int
) -> None:
    slot, closes_at = slot_of(rhythm, day, zone)
    now = slot.at + timedelta(hours=hours)
    found = chance_of((slot, closes_at), now, zone)
    if found is None:
        return
    assert max(now, slot.at) <= found.opens_at < found.until <= closes_at
    assert period_of(found.opens_at.astimezone(zone).date()) == slot.period


@given(rhythms, days, zones, st.integers(0, 200))
@settings(deadline=None)
def test_a_chance_on_another_day_is_in_working_hours(rhythm: Rhythm, day: date, zone: ZoneInfo, hours: int) -> None:
    asking = slot_of(rhythm, day, zone)
    found = chance_of(asking, asking[0].at + timedelta(hours=hours), zone)
    local = found.opens_at.astimezone(zone) if found else None
    if local is not None and local.date() != asking[0].day and hours >= 2:
        assert local.weekday() < 5
        assert time(9) <= local.time() < time(18)


@given(rhythms, days, zones)
@settings(deadline=None)
def test_at_its_slot_a_check_in_may_always_be_sent(rhythm: Rhythm, day: date, zone: ZoneInfo) -> None:
    asking = slot_of(rhythm, day, zone)
    found = chance_of(asking, asking[0].at, zone)
    assert isinstance(found, Span)
    assert found.opens_at == asking[0].at


@given(rhythms, days, zones)
@settings(deadline=None)
def test_a_period_closes_as_the_next_monday_begins(rhythm: Rhythm, day: date, zone: ZoneInfo) -> None:
    slot, closes_at = slot_of(rhythm, day, zone)
    closing = closes_at.astimezone(zone)
    assert closing.date() == monday_of(slot.day) + timedelta(weeks=1)
    assert (closes_at.astimezone(UTC) - timedelta(microseconds=1)).astimezone(zone).date() < closing.date()


@given(days, st.integers(-400, 400))
def test_the_first_week_owed_is_that_of_the_day_owed_and_at_most_eight_weeks_back(today: date, ago: int) -> None:
    first = first_week_owed(today - timedelta(days=ago), today)
    assert first <= monday_of(today)
    assert (monday_of(today) - first).days // 7 < MOST_PERIODS_LOOKED_BACK
    if 0 <= ago < 7 * (MOST_PERIODS_LOOKED_BACK - 1):
        assert first == monday_of(today - timedelta(days=ago))


@given(st.lists(rhythms, min_size=1, max_size=4), days, zones)
@settings(deadline=None)
def test_an_owner_of_several_teams_is_asked_at_the_earliest_of_their_times(
    several: list[Rhythm], day: date, zone: ZoneInfo
) -> None:
    slot = slot_in_week(several, monday_of(day), zone)
    assert slot is not None
    times_of_all = [strike_of(rhythm, day, zone) for rhythm in several]
    assert slot.at == min(times_of_all)
    assert slot.rhythm == several[times_of_all.index(slot.at)] or times_of_all.count(slot.at) > 1


@given(times)
def test_two_hours_past_the_slot_are_the_least_it_lasts(at: time) -> None:
    asking = slot_of(Rhythm.weekly(2, at), date(2026, 3, 4), BERLIN)
    found = chance_of(asking, asking[0].at, BERLIN)
    assert found is not None
    assert found.until - asking[0].at >= timedelta(hours=2)
