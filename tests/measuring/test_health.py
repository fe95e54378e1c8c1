"""How an outcome stands, and when that turns."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.measuring.health import Health, health_on, standing, turns
from bot.measuring.paths import Path
from tests.measuring.samples import day, days, path, paths, values, values_near


def health(latest: str | None, today: int, *, measured: int | None = None, on: Path | None = None) -> Health:
    """The health on that day of the hundred, with a result measured that day unless said otherwise."""
    return standing(
        on or path(),
        latest=None if latest is None else Decimal(latest),
        measured_on=None if latest is None else day(today if measured is None else measured),
        today=day(today),
    ).health


@pytest.mark.parametrize(
    ("latest", "says"),
    [
        ("40", Health.ON_TRACK),
        ("39.999999", Health.AT_RISK),
        ("25", Health.AT_RISK),
        ("24.999999", Health.OFF_TRACK),
        ("-300", Health.OFF_TRACK),
        ("99.999999", Health.ON_TRACK),
        ("100", Health.ACHIEVED),
        ("250", Health.ACHIEVED),
    ],
)
def test_health_halfway_depends_on_how_far_behind_it_is(latest: str, says: Health) -> None:
    assert health(latest, 50) == says


def test_an_outcome_without_a_result_has_no_health_yet() -> None:
    assert health(None, 50) == Health.NO_DATA


def test_two_weeks_without_a_result_is_still_fresh_and_a_day_more_is_stale() -> None:
    assert [health("50", 50, measured=50 - age) for age in (14, 15)] == [Health.ON_TRACK, Health.STALE]


def test_a_target_once_met_does_not_go_stale() -> None:
    assert health("100", 90, measured=10) == Health.ACHIEVED


def test_a_result_after_the_due_date_can_still_achieve() -> None:
    assert [health("99", 120), health("100", 120)] == [Health.ON_TRACK, Health.ACHIEVED]


def test_a_result_from_tomorrow_of_another_zone_is_of_today() -> None:
    at = standing(path(), latest=Decimal(50), measured_on=day(51), today=day(50))
    assert (at.health, at.age_days) == (Health.ON_TRACK, 0)


@given(values, values, values, days, days, days, days)
@settings(deadline=None)
def test_every_outcome_has_a_health(
    baseline: Decimal, target: Decimal, latest: Decimal, start: date, due: date, measured_on: date, today: date
) -> None:
    at = standing(Path(baseline, target, start, due), latest=latest, measured_on=measured_on, today=today)
    assert at.health in Health
    assert at.age_days is not None
    assert at.age_days >= 0


def test_health_goes_by_the_milestones_where_there_are_some() -> None:
    assert health("20", 50) == Health.OFF_TRACK
    assert health("20", 50, on=path("0", "100", (50, "20"))) == Health.ON_TRACK


def test_two_periods_may_be_longer_than_two_weeks() -> None:
    at = standing(path(), latest=Decimal(50), measured_on=day(20), today=day(50), stale_after_days=30)
    assert at.health == Health.ON_TRACK


@given(paths(), st.data(), st.integers(1, 60))
@settings(max_examples=300, deadline=None)
def test_the_stored_days_say_the_health_of_every_day(way: Path, data: st.DataObject, stale_after_days: int) -> None:
    latest = data.draw(values_near(way))
    measured_on = way.starts_on + timedelta(days=data.draw(st.integers(-10, 1600)))
    stored = turns(way, latest=latest, measured_on=measured_on, stale_after_days=stale_after_days)
    turned = {on for on in (stored.at_risk_on, stored.off_track_on, stored.stale_on) if on and on != date.min}
    for today in {data.draw(days), measured_on, way.due_on, *turned, *(on - timedelta(days=1) for on in turned)}:
        at = standing(way, latest=latest, measured_on=measured_on, today=today, stale_after_days=stale_after_days)
        assert health_on(stored, today) == at.health


def test_the_days_of_a_result_halfway() -> None:
    stored = turns(path(), latest=Decimal(50), measured_on=day(50))
    assert (stored.at_risk_on, stored.off_track_on, stored.stale_on) == (day(61), day(76), day(65))
    assert [health_on(stored, day(n)) for n in (60, 61, 64, 65, 80)] == [
        Health.ON_TRACK, Health.AT_RISK, Health.AT_RISK, Health.STALE, Health.STALE
    ]  # fmt: skip


def test_a_result_near_the_target_can_only_go_stale() -> None:
    stored = turns(path(), latest=Decimal(95), measured_on=day(50))
    assert (stored.at_risk_on, stored.off_track_on, stored.stale_on) == (None, None, day(65))


def test_what_is_achieved_turns_no_more() -> None:
    stored = turns(path("10", "4"), latest=Decimal(3), measured_on=day(50))
    assert (stored.is_achieved, stored.at_risk_on, stored.off_track_on, stored.stale_on) == (True, None, None, None)
    assert health_on(stored, date.max) == Health.ACHIEVED


def test_without_a_result_there_is_nothing_to_turn() -> None:
    assert health_on(None, day(50)) == Health.NO_DATA
