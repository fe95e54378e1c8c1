"""The clock moves forward only, and whoever runs the bot is asked first."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import MovableClock
from bot.sandbox import Sandbox
from bot.sandbox.durations import parse_duration
from tests.sandbox.driver import MANIFEST, MONDAY, Driver


@pytest.fixture
def frozen() -> Sandbox:
    return Sandbox(clock=MovableClock(MONDAY, frozen=True), manifest=MANIFEST)


def test_it_advances_by_a_span_or_to_an_instant(frozen: Sandbox) -> None:
    with frozen:
        driver = Driver(frozen)
        assert driver.post("clock", advance="P3D")["now"] == "2026-03-05T09:00:00+00:00"
        assert driver.post("clock", to="2026-03-30T09:00:00+02:00")["now"] == "2026-03-30T07:00:00+00:00"
        assert frozen.clock.now() == datetime(2026, 3, 30, 7, tzinfo=UTC)
        driver.close()


@pytest.mark.parametrize(
    "asked",
    [
        {"to": "2026-01-01T00:00:00Z"},
        {"to": "2026-03-30T09:00:00"},
        {"to": "tomorrow"},
        {"advance": "3 days"},
        {"advance": "P"},
        {"advance": "P1DT"},
        {"advance": "-P1D"},
        {"advance": "P99999Y"},
        {"advance": 3},
        {},
        {"advance": "P1D", "to": "2026-03-30T09:00:00Z"},
    ],
)
def test_backwards_and_nonsense_are_refused(driver: Driver, asked: dict[str, object]) -> None:
    assert driver.try_post("clock", **asked)[0] == 400


def test_whoever_runs_the_bot_moves_the_clock_and_may_call_the_sandbox_meanwhile(frozen: Sandbox) -> None:
    with frozen:
        driver, said = Driver(frozen), []

        def live_until(target: datetime) -> None:
            frozen.clock.move_to(target - timedelta(days=1))
            said.append(driver.api("chat.postMessage", channel="U05GR4CE22", text="due")["ts"])
            frozen.clock.move_to(target)

        frozen.on_clock = live_until
        asking = Driver(frozen)
        asking.post("clock", advance="P1W")
        assert said == [f"{int((MONDAY + timedelta(days=6)).timestamp())}.000000"]
        asking.close()
        driver.close()


@settings(deadline=None)
@given(st.integers(0, 50), st.integers(0, 400), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_a_duration_is_the_sum_of_its_parts(weeks: int, days: int, hours: int, minutes: int, seconds: int) -> None:
    text = f"P{weeks}W{days}DT{hours}H{minutes}M{seconds}S"
    span = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    assert parse_duration(text, MONDAY) == MONDAY + span
