"""Slack's rate limits hold in the sandbox's own time."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import MovableClock
from bot.sandbox import Sandbox
from bot.sandbox.rates import ONE_CHANNEL, Rates, Tier
from tests.sandbox.driver import MANIFEST, MONDAY, Driver


@settings(deadline=None)
@given(st.integers(1, 200), st.integers(1, 50), st.lists(st.floats(0, 20), min_size=1, max_size=120))
def test_no_window_ever_holds_more_than_its_budget(per_minute: int, burst: int, pauses: list[float]) -> None:
    clock = MovableClock(MONDAY, frozen=True)
    rates = Rates(clock, on=True)
    granted: list[float] = []
    for pause in pauses:
        clock.advance(timedelta(seconds=pause))
        if rates.take({"lane": Tier(per_minute, burst)}) is None:
            granted.append(clock.monotonic())
    for start in granted:
        assert sum(1 for at in granted if start <= at < start + 60) <= per_minute + burst


@settings(deadline=None)
@given(st.integers(1, 60))
def test_waiting_as_long_as_told_is_enough(burst: int) -> None:
    clock = MovableClock(MONDAY, frozen=True)
    rates = Rates(clock, on=True)
    tier = Tier(60, burst)
    while (wait := rates.take({"lane": tier})) is None:
        pass
    clock.advance(timedelta(seconds=wait))
    assert rates.take({"lane": tier}) is None


def test_a_busy_channel_is_told_to_wait_and_the_others_are_not() -> None:
    clock = MovableClock(MONDAY, frozen=True)
    with Sandbox(clock=clock, manifest=MANIFEST) as sandbox:
        driver = Driver(sandbox)
        post = {"channel": "C05GR0WTH3", "text": "x"}
        answers = [driver.api("chat.postMessage", **post)["ok"] for _ in range(ONE_CHANNEL.burst)]
        assert all(answers)
        headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
        limited = driver.raw("POST", "/api/chat.postMessage", json=post, headers=headers)
        assert (limited.status_code, limited.json()) == (429, {"ok": False, "error": "ratelimited"})
        assert limited.headers["retry-after"] == "1"
        assert driver.api("chat.postMessage", channel="C06PLATF0M", text="x")["ok"]
        driver.post("clock", advance="PT1S")
        assert driver.api("chat.postMessage", **post)["ok"]
        driver.post("faults", rates="off")
        assert driver.api("chat.postMessage", **post)["ok"]
        driver.close()
