"""When a rhythm strikes: off holidays, in a zone, for somebody who is somewhere else."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.teams.rules import instant_of, monday_of
from bot.teams.rules.recurrence import Often, Recurrence
from bot.teams.rules.rhythm import OnHoliday, Rhythm
from bot.teams.rules.workdays import DaysOff, Workdays, read_days_off, write_days_off
from tests.teams.test_recurrence import recurrences
from tests.teams.test_rules import times, zones

BERLIN, UTC_ZONE = ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")
days = st.dates(date(2025, 1, 6), date(2028, 12, 31))
spans = st.builds(lambda first, length: DaysOff(first, first + timedelta(days=length)), days, st.integers(0, 20))
workdays = st.builds(
    Workdays,
    country=st.sampled_from(["", "DE", "DE-BY", "US", "IN", "BR"]),
    days_off=st.lists(spans, max_size=4).map(tuple),
)
rhythms = st.builds(
    Rhythm,
    recurrences,
    times,
    st.none() | zones.map(str),
    workdays,
    st.sampled_from(OnHoliday),
)


def days_of(rhythm: Rhythm, *mondays: date) -> list[str]:
    """On which days it strikes in these weeks, for somebody in UTC."""
    found = [rhythm.in_week(monday, UTC_ZONE) for monday in mondays]
    return [f"{strike.day:%a %-d %b}" for strike in found if strike]


def fridays(**more: object) -> Rhythm:
    return Rhythm(Recurrence(Often.WEEKLY, 4), time(9), **more)  # type: ignore[arg-type]


GOOD_FRIDAY_WEEK = date(2026, 3, 30)


def test_a_check_in_on_a_holiday_moves_to_the_next_working_day() -> None:
    german = fridays(workdays=Workdays(country="DE"))
    assert days_of(german, date(2026, 3, 23), GOOD_FRIDAY_WEEK) == ["Fri 27 Mar", "Tue 7 Apr"]


def test_or_it_is_left_out_where_the_team_chose_so() -> None:
    german = fridays(workdays=Workdays(country="DE"), on_holiday=OnHoliday.SKIP)
    assert days_of(german, date(2026, 3, 23), GOOD_FRIDAY_WEEK) == ["Fri 27 Mar"]


def test_it_never_moves_past_the_next_one() -> None:
    away = Workdays(days_off=(DaysOff(date(2026, 12, 21), date(2027, 1, 4)),))
    weeks = [date(2026, 12, 14), date(2026, 12, 21), date(2026, 12, 28), date(2027, 1, 4)]
    assert days_of(fridays(workdays=away), *weeks) == ["Fri 18 Dec", "Tue 5 Jan", "Fri 8 Jan"]


def test_a_last_working_day_that_is_a_holiday_is_the_one_before() -> None:
    ends = Rhythm(Recurrence(Often.MONTH_ENDS, 4), time(9), workdays=Workdays(country="DE-NI"))
    assert days_of(ends, date(2025, 10, 27)) == ["Thu 30 Oct"]


def test_a_teams_own_zone_is_one_moment_for_everybody() -> None:
    rhythm = fridays(zone="Europe/Berlin")
    strike = rhythm.in_week(date(2026, 3, 2), ZoneInfo("Africa/Nairobi"))
    assert strike is not None
    assert strike.at == datetime(2026, 3, 6, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "local"),
    [
        ("America/New_York", "Fri 6 Mar 09:00"),
        ("Asia/Tokyo", "Fri 6 Mar 17:00"),
        ("Pacific/Auckland", "Mon 9 Mar 09:00"),
    ],
)
def test_those_for_whom_it_is_night_are_asked_when_their_next_working_day_begins(zone: str, local: str) -> None:
    strike = fridays(zone="Europe/Berlin").in_week(date(2026, 3, 2), ZoneInfo(zone))
    assert strike is not None
    assert f"{strike.at.astimezone(ZoneInfo(zone)):%a %-d %b %H:%M}" == local


def test_results_count_from_the_week_after_the_stroke_before() -> None:
    second = Rhythm(Recurrence(Often.SECOND_WEEK, 0, date(2026, 3, 2)), time(9))
    strike = second.in_week(date(2026, 3, 16), UTC_ZONE)
    assert strike is not None
    assert strike.since == date(2026, 3, 9)
    assert second.in_week(date(2026, 3, 9), UTC_ZONE) is None


def test_the_next_three_are_the_next_three() -> None:
    monthly = Rhythm(Recurrence(Often.FIRST_OF_MONTH, 0), time(9))
    ahead = monthly.next_three(BERLIN, after=datetime(2026, 3, 2, 8, tzinfo=UTC))
    assert [f"{at.astimezone(BERLIN):%-d %b %H:%M}" for at in ahead] == ["6 Apr 09:00", "4 May 09:00", "1 Jun 09:00"]


@given(rhythms, zones, days)
@settings(deadline=None)
def test_a_stroke_is_on_no_day_off_and_in_order_with_the_next(rhythm: Rhythm, zone: ZoneInfo, day: date) -> None:
    monday = monday_of(day)
    found = [rhythm.in_week(monday + timedelta(weeks=n), zone) for n in range(16)]
    strikes = [strike for strike in found if strike]
    for strike in strikes:
        nominal = rhythm.recurrence.in_week(strike.monday)
        assert nominal is not None
        if rhythm.zone is None:
            assert rhythm.workdays.why_off(strike.day) is None or strike.at != instant_of(strike.day, rhythm.at, zone)
        assert strike.since <= strike.monday
    assert all(one.at <= other.at for one, other in pairwise(strikes))


@given(rhythms, zones, days)
@settings(deadline=None)
def test_in_a_teams_zone_nobody_is_asked_at_night(rhythm: Rhythm, zone: ZoneInfo, day: date) -> None:
    strike = rhythm.in_week(monday_of(day), zone)
    if strike is not None and rhythm.zone is not None:
        assert time(9) <= strike.at.astimezone(zone).time() < time(18)


@given(st.lists(spans, max_size=5))
def test_days_off_are_kept_and_read_back(some: list[DaysOff]) -> None:
    assert list(read_days_off(write_days_off(some))) == some
