"""Things go wrong when asked to, and only then."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.sandbox.driver import Driver

GROWTH, PLATFORM = "C05GR0WTH3", "C06PLATF0M"


@pytest.fixture(autouse=True)
def mended(driver: Driver) -> Iterator[None]:
    yield
    driver.raw("DELETE", "/_sandbox/faults")


def _break(driver: Driver, kind: str, **more: Any) -> None:
    driver.post("faults", faults=[{"kind": kind, "method": "chat.postMessage", **more}])


def _call(driver: Driver, text: str, channel: str = GROWTH, timeout: float = 5) -> httpx.Response:
    """One post by the bot."""
    headers = {"Authorization": f"Bearer {driver.sandbox.bot_token}"}
    body = {"channel": channel, "text": text}
    return driver.raw("POST", "/api/chat.postMessage", json=body, headers=headers, timeout=timeout)


def _stored(driver: Driver, text: str) -> int:
    return sum(1 for message in driver.messages("@grace", "#growth") if message["text"] == text)


@pytest.mark.parametrize(("kind", "stored"), [("drop_before", 0), ("drop_after", 1)])
def test_a_dropped_connection_leaves_the_outcome_to_be_found_out(driver: Driver, kind: str, stored: int) -> None:
    _break(driver, kind)
    with pytest.raises(httpx.TransportError):
        _call(driver, kind)
    assert _stored(driver, kind) == stored
    assert _call(driver, "afterwards").json()["ok"]


@pytest.mark.parametrize(("kind", "stored"), [("timeout_before", 0), ("timeout_after", 1)])
def test_a_timeout_is_silence_until_the_caller_gives_up(driver: Driver, kind: str, stored: int) -> None:
    _break(driver, kind, seconds=30)
    with pytest.raises(httpx.ReadTimeout):
        _call(driver, kind, timeout=0.2)
    assert _stored(driver, kind) == stored


def test_a_caller_who_gave_up_first_does_no_harm(driver: Driver, caplog: pytest.LogCaptureFixture) -> None:
    _break(driver, "timeout_before", seconds=0.3)
    with pytest.raises(httpx.ReadTimeout):
        _call(driver, "gave up", timeout=0.1)
    _break(driver, "timeout_before", seconds=0.5)
    with pytest.raises(httpx.TransportError):
        _call(driver, "waited")
    assert "Exception in ASGI application" not in caplog.text


def test_refusals_store_nothing(driver: Driver) -> None:
    _break(driver, "status_429", seconds=7)
    limited = _call(driver, "limited")
    assert (limited.status_code, limited.headers["retry-after"]) == (429, "7")
    _break(driver, "status_500")
    assert _call(driver, "broken").status_code == 500
    _break(driver, "error", error="fatal_error")
    assert _call(driver, "fatal").json() == {"ok": False, "error": "fatal_error"}
    assert _stored(driver, "limited") + _stored(driver, "broken") + _stored(driver, "fatal") == 0


def test_a_delay_only_takes_longer(driver: Driver) -> None:
    _break(driver, "delay", seconds=0.05)
    assert _call(driver, "late").json()["ok"]


def test_faults_can_wait_be_counted_and_be_confined_to_a_channel(driver: Driver) -> None:
    _break(driver, "error", after=1, times=2, channel=PLATFORM)
    platform = [_call(driver, "x", PLATFORM).json()["ok"] for _ in range(5)]
    assert platform == [True, False, False, True, True]
    [fault] = driver.get("faults")["faults"]
    assert (fault["matched"], fault["struck"]) == (3, 2)
    _break(driver, "error", channel=PLATFORM)
    assert _call(driver, "x", GROWTH).json()["ok"]


def test_chance_is_drawn_from_the_faults_own_dice(driver: Driver) -> None:
    def drawn() -> list[bool]:
        driver.raw("DELETE", "/_sandbox/faults")
        _break(driver, "error", times=None, probability=0.5, seed=7)
        return [bool(_call(driver, "x").json()["ok"]) for _ in range(12)]

    first = drawn()
    assert len(set(first)) == 2
    assert drawn() == first


def test_history_can_trail_behind(driver: Driver) -> None:
    driver.api("chat.postMessage", channel=GROWTH, text="fresh")
    driver.post("faults", faults=[{"kind": "history_lag", "seconds": 60}])

    def newest() -> str:
        return str(driver.api("conversations.history", channel=GROWTH, limit=1)["messages"][0]["text"])

    assert newest() != "fresh"
    assert newest() == "fresh"


@pytest.mark.parametrize(
    "fault", [{}, {"kind": "earthquake"}, {"kind": "delay", "seconds": -1}, {"kind": "delay", "colour": "red"}, "delay"]
)
def test_a_fault_that_is_not_understood_is_refused(driver: Driver, fault: object) -> None:
    assert driver.try_post("faults", faults=[fault])[0] == 400
    assert driver.get("faults")["faults"] == []
