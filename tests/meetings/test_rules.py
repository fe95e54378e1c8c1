"""When a meeting takes place, and when its channel is told: one moment for everybody, in any zone."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meetings.rules import LEADS, ZONES, Occurrence, Plan, times_of, write_minutes
from bot.people.rules import known_zone
from bot.teams.rules import instant_of
from bot.teams.rules.recurrence import Often, Recurrence
from bot.teams.rules.rhythm import OnHoliday, Rhythm
from bot.teams.rules.workdays import DaysOff, Workdays
from tests.meetings.samples import SYNC
from tests.teams.test_recurrence import recurrences
from tests.teams.test_rhythm import days, workdays
from tests.teams.test_rules import times, zones

plans = st.builds(
    Plan,
    st.just("Sync"),
    recurrences,
    times,
    zones.map(str),
    minutes=st.just(30),
    lead_minutes=st.sampled_from(LEADS),
)
teams = st.builds(
    Rhythm,
    st.just(Recurrence(Often.WEEKLY, 0)),
    times,
    st.none() | zones.map(str),
    workdays,
    st.sampled_from(OnHoliday),
)
afters = days.map(lambda day: datetime.combine(day, time(12), UTC))


def weekly(plan: Plan = SYNC, *, count: int = 3, after: datetime, team: Rhythm) -> list[Occurrence]:
    return list(islice(times_of(plan, team).ahead(after=after), count))


@given(plan=plans, team=teams, after=afters)
def test_it_begins_at_its_time_where_it_is_held_and_the_channel_is_told_that_long_before(
    plan: Plan, team: Rhythm, after: datetime
) -> None:
    for one in weekly(plan, count=5, after=after, team=team):
        assert one.begins_at == instant_of(one.day, plan.at, ZoneInfo(plan.zone))
        assert one.begins_at > after
        assert one.begins_at - one.told_at == timedelta(minutes=plan.lead_minutes)


@given(plan=plans, team=teams, after=afters)
def test_it_takes_place_once_a_day_at_most_and_in_order(plan: Plan, team: Rhythm, after: datetime) -> None:
    found = weekly(plan, count=6, after=after, team=team)
    assert all(one.day < other.day and one.begins_at < other.begins_at for one, other in pairwise(found))


@given(plan=plans, team=teams, after=afters)
def test_it_never_takes_place_on_a_holiday_or_a_day_off(plan: Plan, team: Rhythm, after: datetime) -> None:
    assert all(team.workdays.why_off(one.day) is None for one in weekly(plan, count=6, after=after, team=team))


@given(plan=plans, after=afters, zone=st.none() | zones.map(str))
def test_what_the_check_ins_go_by_makes_no_difference(plan: Plan, after: datetime, zone: str | None) -> None:
    early, late = Workdays(time(5), time(6)), Workdays(time(20), time(22))
    other = Rhythm(Recurrence(Often.LAST_OF_MONTH, 3), time(4), zone, late)
    mine = Rhythm(Recurrence(Often.WEEKLY, 0), time(9), None, early)
    assert weekly(plan, after=after, team=other) == weekly(plan, after=after, team=mine)


def test_the_time_is_kept_when_the_clocks_change() -> None:
    found = weekly(after=datetime(2026, 3, 23, tzinfo=UTC), team=Rhythm.weekly(0, time(9)), count=2)
    assert [one.begins_at for one in found] == [
        datetime(2026, 3, 24, 14, tzinfo=UTC),
        datetime(2026, 3, 31, 13, tzinfo=UTC),
    ]


@pytest.mark.parametrize(("on_holiday", "days"), [(OnHoliday.MOVE, [25, 31]), (OnHoliday.SKIP, [31])])
def test_a_holiday_moves_it_or_leaves_it_out_as_the_team_chose(on_holiday: OnHoliday, days: list[int]) -> None:
    off = Workdays(days_off=(DaysOff(date(2026, 3, 24), date(2026, 3, 24)),))
    team = Rhythm(Recurrence(Often.WEEKLY, 0), time(9), None, off, on_holiday)
    found = weekly(after=datetime(2026, 3, 23, tzinfo=UTC), team=team, count=len(days))
    assert [one.day.day for one in found] == days


@pytest.mark.parametrize("zone", ZONES)
def test_every_zone_that_is_offered_is_one(zone: str) -> None:
    assert known_zone(zone) == zone
    assert ZONES.count(zone) == 1


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(15, "15 minutes"), (60, "1 hour"), (90, "1 hour 30 minutes"), (240, "4 hours"), (1440, "a day")],
)
def test_a_length_is_said_as_people_say_it(minutes: int, said: str) -> None:
    assert write_minutes(minutes) == said
