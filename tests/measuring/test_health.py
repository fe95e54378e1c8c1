"""How an outcome stands, and when that turns."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings

from bot.measuring.health import Health, standing
from bot.measuring.paths import Path
from tests.measuring.samples import START, days, path, values


def health(latest: str | None, day: int, *, measured: int | None = None, on: Path | None = None) -> Health:
    """The health on that day of the hundred, with a result measured that day unless said otherwise."""
    today = START + timedelta(days=day)
    measured_on = START + timedelta(days=day if measured is None else measured)
    value = None if latest is None else Decimal(latest)
    return standing(
        on or path(), latest=value, measured_on=measured_on if value is not None else None, today=today
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
    at = standing(path(), latest=Decimal(50), measured_on=START + timedelta(days=51), today=START + timedelta(days=50))
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
