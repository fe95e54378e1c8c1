"""When a rhythm strikes, in every kind of zone."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.teams.rules import instant_of, monday_of, period_of
from bot.teams.rules.rhythm import Rhythm

ZONES = [
    "UTC",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/Havana",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Beirut",
    "Asia/Gaza",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Antarctica/Troll",
    "Etc/GMT+12",
]
zones = st.sampled_from(ZONES).map(ZoneInfo)
times = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))
days = st.dates(date(1995, 1, 1), date(2037, 12, 31))
instants = st.integers(946_684_800, 2_082_758_400).map(lambda at: datetime.fromtimestamp(at, UTC))
rhythms = st.builds(Rhythm.weekly, st.integers(0, 6), times)


def first_minute_at_or_past(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The slow way: minute by minute, until a clock on the wall there has reached that date and time."""
    wanted = datetime.combine(day, at)
    instant = wanted.replace(tzinfo=UTC) - timedelta(hours=15)
    while instant.astimezone(zone).replace(tzinfo=None) < wanted:
        instant += timedelta(minutes=1)
    return instant


def changes_of(zone: ZoneInfo, year: int) -> list[date]:
    """The days of that year on which the clocks are moved there."""
    noons = [datetime(year, 1, 1, 12, tzinfo=zone) + timedelta(days=n) for n in range(-1, 366)]
    pairs = pairwise(noons)
    return [after.date() for before, after in pairs if before.utcoffset() != after.utcoffset()]


@given(days, times, zones)
@settings(deadline=None, max_examples=60)
def test_an_instant_is_the_first_minute_at_which_the_wall_says_so(day: date, at: time, zone: ZoneInfo) -> None:
    assert instant_of(day, at, zone) == first_minute_at_or_past(day, at, zone)


@pytest.mark.parametrize("name", ZONES)
def test_so_it_is_on_the_days_when_clocks_are_moved(name: str) -> None:
    zone = ZoneInfo(name)
    for day in changes_of(zone, 2011) + changes_of(zone, 2026):
        for minutes in range(0, 5 * 60, 45):
            at = time(minutes // 60, minutes % 60)
            assert instant_of(day, at, zone) == first_minute_at_or_past(day, at, zone), (day, at)


def test_a_time_that_spring_skips_becomes_the_moment_after() -> None:
    assert instant_of(date(2026, 3, 29), time(2, 30), ZoneInfo("Europe/Berlin")) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_time_that_autumn_repeats_is_the_first_of_the_two() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert instant_of(date(2026, 10, 25), time(2, 30), berlin) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_half_an_hour_is_skipped_on_lord_howe() -> None:
    skipped = instant_of(date(2026, 10, 4), time(2, 15), ZoneInfo("Australia/Lord_Howe"))
    assert skipped.astimezone(ZoneInfo("Australia/Lord_Howe")).time() == time(2, 30)


def test_the_day_that_samoa_skipped_becomes_the_midnight_after_it() -> None:
    apia = ZoneInfo("Pacific/Apia")
    assert instant_of(date(2011, 12, 30), time(9), apia).astimezone(apia).replace(tzinfo=None) == datetime.combine(
        date(2011, 12, 31), time()
    )


def test_kolkata_is_five_and_a_half_hours_ahead() -> None:
    assert instant_of(date(2026, 3, 2), time(9), ZoneInfo("Asia/Kolkata")) == datetime(2026, 3, 2, 3, 30, tzinfo=UTC)


def strike_of(rhythm: Rhythm, day: date, zone: ZoneInfo) -> datetime:
    """When a weekly rhythm strikes in the week of a day."""
    found = rhythm.in_week(monday_of(day), zone)
    assert found is not None
    return found.at


@given(rhythms, zones, instants)
@settings(deadline=None)
def test_the_next_strike_is_the_first_one_later(rhythm: Rhythm, zone: ZoneInfo, after: datetime) -> None:
    day = after.astimezone(zone).date()
    strikes = sorted(strike_of(rhythm, day + timedelta(weeks=n), zone) for n in range(-3, 4))
    assert rhythm.next_three(zone, after=after)[0] == next(strike for strike in strikes if strike > after)


@given(rhythms, zones, instants)
@settings(deadline=None)
def test_strikes_are_a_week_apart_and_one_a_period(rhythm: Rhythm, zone: ZoneInfo, after: datetime) -> None:
    first, second, _ = rhythm.next_three(zone, after=after)
    assert timedelta(days=5, hours=20) <= second - first <= timedelta(days=8, hours=4)
    assert period_of(first.astimezone(zone).date()) != period_of(second.astimezone(zone).date())


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2026, 3, 16), "2026-W12"),
        (date(2026, 1, 1), "2026-W01"),
        (date(2025, 12, 29), "2026-W01"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2021, 1, 3), "2020-W53"),
    ],
)
def test_a_period_is_the_iso_week_at_year_ends_too(day: date, period: str) -> None:
    assert period_of(day) == period


@given(st.dates(date(1990, 1, 8), date(2100, 1, 1)), st.integers(-6, 6))
def test_days_share_a_period_exactly_when_they_share_a_monday(day: date, apart: int) -> None:
    other = day + timedelta(days=apart)
    assert (period_of(day) == period_of(other)) == (monday_of(day) == monday_of(other))


def test_a_rhythm_says_when_it_strikes() -> None:
    assert str(Rhythm.weekly(4, time(16, 5))) == "every Friday at 16:05"
