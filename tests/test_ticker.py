"""The metronome."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import structlog

from bot.clock import MovableClock, SystemClock
from bot.ticker import Tick, Ticker

SECOND = timedelta(seconds=1)


def counting_down(name: str, left: list[int], order: list[str]) -> Tick:
    """A tick that finds that many things to do, one a beat."""

    def run() -> int:
        order.append(name)
        left[0] -= 1
        return left[0] >= 0

    return Tick(name, SECOND, run)


def failing() -> int:
    raise RuntimeError("broken")


def planned(instant: datetime | None) -> Callable[[], datetime | None]:
    return lambda: instant


def test_draining_goes_round_until_nobody_finds_anything(clock: MovableClock) -> None:
    order: list[str] = []
    ticker = Ticker([counting_down("a", [2], order), counting_down("b", [3], order)], clock)
    assert ticker.drain() == 5
    assert order == ["a", "b"] * 4
    assert ticker.drain() == 0


def test_one_thing_may_lead_to_another(clock: MovableClock) -> None:
    owed: list[str] = []
    asked = [1]

    def ask() -> int:
        if not asked[0]:
            return 0
        asked[0] = 0
        owed.append("message")
        return 1

    def send() -> int:
        sent = len(owed)
        owed.clear()
        return sent

    assert Ticker([Tick("send", SECOND, send), Tick("ask", SECOND, ask)], clock).drain() == 2


def test_a_tick_that_fails_does_not_stop_the_others(clock: MovableClock) -> None:
    order: list[str] = []
    ticker = Ticker([Tick("broken", SECOND, failing), counting_down("b", [2], order)], clock)
    with structlog.testing.capture_logs() as lines:
        assert ticker.drain() == 2
    assert {line["tick"] for line in lines} == {"broken"}


def test_the_next_instant_is_the_earliest_that_is_planned(clock: MovableClock) -> None:
    early, late = (datetime(2026, 3, day, tzinfo=UTC) for day in (3, 4))
    ticks = [Tick(str(at), SECOND, lambda: 0, planned(at)) for at in (late, None, early)]
    assert Ticker([*ticks, Tick("plain", SECOND, lambda: 0)], clock).next_at() == early
    assert Ticker([Tick("plain", SECOND, lambda: 0)], clock).next_at() is None


def test_a_tick_is_late_after_ten_of_its_intervals_and_a_minute_at_least(clock: MovableClock) -> None:
    ticker = Ticker([Tick("quick", SECOND, lambda: 0), Tick("slow", timedelta(hours=1), lambda: 0)], clock)
    assert ticker.late() == []
    ticker.drain()
    clock.advance(timedelta(seconds=60))
    assert ticker.late() == []
    clock.advance(SECOND)
    assert ticker.late() == ["quick"]
    clock.advance(timedelta(hours=10))
    assert ticker.late() == ["quick", "slow"]
    ticker.drain()
    assert ticker.late() == []


def test_a_tick_is_never_run_twice_at_once(clock: MovableClock) -> None:
    inside, most = [0], [0]
    entered, leave = threading.Event(), threading.Event()

    def run() -> int:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        entered.set()
        leave.wait(5)
        inside[0] -= 1
        return 0

    ticker = Ticker([Tick("one", SECOND, run)], clock)
    threads = [threading.Thread(target=ticker.drain) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert entered.wait(5)
    leave.set()
    for thread in threads:
        thread.join(5)
    assert most == [1]


def test_it_ticks_by_itself_and_lets_the_beat_in_hand_finish() -> None:
    begun, finished = threading.Event(), threading.Event()
    go_on = threading.Event()

    def run() -> int:
        begun.set()
        go_on.wait(5)
        finished.set()
        return 0

    ticker = Ticker(
        [Tick("one", timedelta(milliseconds=10), run), Tick("bad", timedelta(milliseconds=10), failing)], SystemClock()
    )
    with structlog.testing.capture_logs():
        ticker.start()
        assert begun.wait(5)
        threading.Timer(0.05, go_on.set).start()
        ticker.stop()
    assert finished.is_set()
    assert ticker.late() == []


def test_a_tick_that_finds_something_is_run_again_without_waiting_for_the_next_beat() -> None:
    left, done = [20], threading.Event()

    def run() -> int:
        left[0] -= 1
        if left[0] == 0:
            done.set()
        return left[0] > 0

    ticker = Ticker([Tick("one", timedelta(seconds=1), run)], SystemClock())
    ticker.start()
    assert done.wait(15)
    ticker.stop()


def test_a_tick_whose_beat_is_its_pace_is_not_run_again_before_the_next() -> None:
    beats, waited = [0], threading.Event()

    def paced() -> int:
        beats[0] += 1
        return 1

    def other() -> int:
        if beats[0] and not waited.wait(0.05):
            waited.set()
        return 0

    slow = Tick("slow", timedelta(seconds=1), paced, is_paced=True)
    ticker = Ticker([slow, Tick("often", timedelta(milliseconds=5), other)], SystemClock())
    ticker.start()
    assert waited.wait(15)
    ticker.stop()
    assert beats[0] < 5


def test_stopping_does_not_wait_until_everything_is_done() -> None:
    begun = threading.Event()

    def run() -> int:
        begun.set()
        return 1

    ticker = Ticker([Tick("endless", timedelta(milliseconds=5), run)], SystemClock())
    ticker.start()
    assert begun.wait(5)
    ticker.stop()


def test_stopping_what_never_started_is_no_trouble(clock: MovableClock) -> None:
    ticker = Ticker([], clock)
    ticker.stop()
    assert (ticker.drain(), ticker.next_at(), ticker.late()) == (0, None, [])


@pytest.mark.parametrize("every", [timedelta(milliseconds=5)])
def test_a_failing_tick_is_tried_again_at_its_next_beat(every: timedelta) -> None:
    beats, thrice = [0], threading.Event()

    def run() -> int:
        beats[0] += 1
        if beats[0] == 3:
            thrice.set()
        raise RuntimeError("broken")

    ticker = Ticker([Tick("broken", every, run)], SystemClock())
    with structlog.testing.capture_logs():
        ticker.start()
        assert thrice.wait(5)
        ticker.stop()


def test_a_tick_fails_until_it_has_run_again(clock: MovableClock) -> None:
    broken = [True]
    ticker = Ticker([Tick("ask", SECOND, lambda: failing() if broken[0] else 0)], clock)
    ticker.drain()
    assert ticker.failing == ["ask"]
    broken[0] = False
    ticker.drain()
    assert ticker.failing == []
