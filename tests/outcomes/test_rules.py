"""Progress, expectation, health and keys."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import FormRefused, Refused
from bot.outcomes.rules import Health, Path, read_confidence, read_key, standing

START, DUE = date(2026, 1, 1), date(2026, 4, 11)
"""A hundred days."""

values = st.decimals(-(10**12), 10**12, places=6)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def path(baseline: str = "0", target: str = "100") -> Path:
    return Path(Decimal(baseline), Decimal(target), START, DUE)


def health(latest: str | None, day: int, *, measured: int | None = None, on: Path | None = None) -> Health:
    """The health on that day of the hundred, with a result measured that day unless said otherwise."""
    today = START + timedelta(days=day)
    measured_on = START + timedelta(days=day if measured is None else measured)
    value = None if latest is None else Decimal(latest)
    return standing(
        on or path(), latest=value, measured_on=measured_on if value is not None else None, today=today
    ).health


@given(values, values)
def test_the_baseline_is_no_progress_and_the_target_is_all_of_it(baseline: Decimal, target: Decimal) -> None:
    way = Path(baseline, target, START, DUE)
    if baseline != target:
        assert [way.progress(baseline), way.progress(target)] == [0, 1]


@given(values, values, values)
def test_a_path_down_is_the_path_up_in_a_mirror(baseline: Decimal, target: Decimal, latest: Decimal) -> None:
    up, down = Path(baseline, target, START, DUE), Path(-baseline, -target, START, DUE)
    assert up.progress(latest) == down.progress(-latest)


@given(values, values)
def test_moving_away_from_the_target_is_progress_below_zero(baseline: Decimal, target: Decimal) -> None:
    if baseline != target:
        assert Path(baseline, target, START, DUE).progress(baseline - (target - baseline)) < 0


@pytest.mark.parametrize(
    ("baseline", "target", "latest", "progress"),
    [
        ("10", "4", "7", "0.5"),
        ("-20", "0", "-5", "0.75"),
        ("0", "-8", "-2", "0.25"),
        ("5", "5", "5", "1"),
        ("5", "5", "6", "0"),
        ("0.5", "0.6", "0.55", "0.5"),
    ],
)
def test_progress_is_the_share_of_the_way(baseline: str, target: str, latest: str, progress: str) -> None:
    assert path(baseline, target).progress(Decimal(latest)) == Decimal(progress)


@given(days, days, days)
def test_expectation_stays_between_nothing_and_everything(start: date, due: date, today: date) -> None:
    assert 0 <= Path(Decimal(0), Decimal(1), start, due).expected(today) <= 1


@given(days, st.integers(0, 2000), st.integers(0, 2000))
def test_expectation_never_falls(start: date, length: int, day: int) -> None:
    way = Path(Decimal(0), Decimal(1), start, start + timedelta(days=length))
    assert way.expected(start + timedelta(days=day)) <= way.expected(start + timedelta(days=day + 1))


def test_everything_is_expected_from_the_due_date_on() -> None:
    assert [path().expected(DUE + timedelta(days=n)) for n in (-100, -50, 0, 9)] == [0, Decimal("0.5"), 1, 1]


def test_a_path_due_on_its_first_day_expects_everything_at_once() -> None:
    sudden = Path(Decimal(0), Decimal(1), DUE, DUE)
    assert [sudden.expected(DUE - timedelta(days=1)), sudden.expected(DUE)] == [0, 1]


def test_a_steady_path_shows_its_value_for_each_day() -> None:
    assert path("10", "4").expected_value(START + timedelta(days=50)) == 7


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


@pytest.mark.parametrize(
    "typed", ["OUT-12", "out-12", "Out 12", "out12", "#12", "12", " 12 ", "OUT–12", "OUT—12", "１２"]
)
def test_a_key_is_read_however_it_is_written(typed: str) -> None:
    assert read_key(typed) == 12


@pytest.mark.parametrize(
    "typed", ["", "out", "OUT-", "12a", "-12", "DEC-12", "OUT-12 OUT-13", "9" * 10, "1.5", "OUT--1"]
)
def test_anything_else_is_told_how_a_key_is_written(typed: str) -> None:
    with pytest.raises(Refused, match="OUT-12"):
        read_key(typed)


@given(st.text(max_size=30))
def test_reading_a_key_answers_or_refuses(typed: str) -> None:
    with suppress(Refused):
        assert 0 <= read_key(typed) < 10**9


@pytest.mark.parametrize(("typed", "read"), [("", None), ("0", 0), ("7", 7), ("10", 10)])
def test_confidence_is_a_whole_number_to_ten_or_nothing(typed: str, read: int | None) -> None:
    assert read_confidence(typed) == read


@pytest.mark.parametrize("typed", ["11", "-1", "5.5", "high", "٣", "²", " 5"])
def test_another_confidence_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(FormRefused) as refused:
        read_confidence(typed)
    assert set(refused.value.errors) == {"confidence"}
