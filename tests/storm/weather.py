"""Everything that fails around the replicas: Slack, the database and its connections, the clock."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx

from bot.clock import MovableClock
from tests.storm.replica import TIMEOUT
from tests.storm.rows import Rows

Json = dict[str, Any]

FORWARD, BACK = "clock set forward", "clock set back"
CUT, RESTART, CRASH = "database connections cut", "database restarted", "database crashed and started again"

_POSTING, _HISTORY = "chat.postMessage", "conversations.history"
_TOO_LONG = 3 * TIMEOUT
_FAULTS: dict[str, Json] = {
    "429 storm": {"kind": "status_429", "method": _POSTING, "seconds": 20, "times": 12},
    "429 on looking": {"kind": "status_429", "method": _HISTORY, "seconds": 20, "times": 3},
    "500": {"kind": "status_500", "method": _POSTING, "times": 4},
    "500 on everything": {"kind": "status_500", "method": "*", "times": 3},
    "internal_error": {"kind": "error", "method": _POSTING, "error": "internal_error", "times": 3},
    "connection dropped before Slack stored it": {"kind": "drop_before", "method": _POSTING, "times": 4},
    "connection dropped after Slack stored it": {"kind": "drop_after", "method": _POSTING, "times": 4},
    "timeout before Slack stored it": {"kind": "timeout_before", "method": _POSTING, "seconds": _TOO_LONG, "times": 2},
    "timeout after Slack stored it": {"kind": "timeout_after", "method": _POSTING, "seconds": _TOO_LONG, "times": 2},
    "connection dropped after an update": {"kind": "drop_after", "method": "chat.update", "times": 3},
    "connection dropped while looking": {"kind": "drop_before", "method": _HISTORY, "times": 3},
    "slow answer": {"kind": "delay", "method": "*", "seconds": 0.2, "times": 10},
}
_ALWAYS: dict[str, Json] = {
    "event delivered twice": {"kind": "duplicate_event", "method": "*", "probability": 0.5, "times": None},
}


class Time:
    """The storm's clock: the database's, by which every replica lives; and Slack's, which only goes forward."""

    def __init__(self, rows: Rows, slack: MovableClock) -> None:
        self._rows, self._slack = rows, slack

    def move(self, by: timedelta) -> None:
        """Moves the database's clock, and Slack's with it when that is behind."""
        self._rows.move(by)
        now = self._rows.now()
        if now > self._slack.now():
            self._slack.move_to(now)


class Weather:
    """Changes again and again, at random.

    Args:
        beat: seconds between two changes.
        has_faults: whether Slack and the database fail; else only the clock moves.
        restart: restarts the database, as if it crashed when asked so; None where it is not the storm's own.
    """

    def __init__(
        self,
        sandbox: str,
        rows: Rows,
        clock: Time,
        dice: random.Random,
        *,
        beat: float,
        has_faults: bool,
        restart: Callable[[bool], None] | None,
    ) -> None:
        self._http = httpx.Client(base_url=sandbox, timeout=30)
        self._rows, self._time, self._dice = rows, clock, dice
        self._beat, self._has_faults, self._restart = beat, has_faults, restart
        self._stopping = threading.Event()
        self.is_calm = False
        """Whether nothing fails for now: only the clock moves."""
        self._named: list[str] = []
        self.struck: Counter[str] = Counter()

    def rage(self) -> None:
        """One beat after the other, until told to stop; then it is calm."""
        beats = 0
        while not self._stopping.wait(self._beat if beats else 0):
            self._shake_clock()
            if self.is_calm:
                self._take_stock()
            elif self._has_faults:
                self._break_something(beats)
            beats += 1
        self._take_stock()

    def stop(self) -> None:
        """Ends the storm; `rage` returns soon."""
        self._stopping.set()

    def close(self) -> None:
        self._http.close()

    def _shake_clock(self) -> None:
        if self._dice.random() < 0.15:
            self._time.move(-timedelta(seconds=self._dice.uniform(10, 180)))
            self.struck[BACK] += 1
        else:
            self._time.move(timedelta(seconds=self._dice.uniform(10, 60)))
            self.struck[FORWARD] += 1

    def _break_something(self, beats: int) -> None:
        if beats % 3 == 0:
            self._cause()
        if beats % 10 == 9:
            self._rows.cut()
            self.struck[CUT] += 1
        if beats % 40 == 39 and self._restart is not None:
            crash = self._dice.random() < 0.5
            self._restart(crash)
            self.struck[CRASH if crash else RESTART] += 1

    def _cause(self) -> None:
        """Other faults than before."""
        self._take_stock()
        chosen = [*self._dice.sample(sorted(_FAULTS), 3), *_ALWAYS]
        faults = [{**(_FAULTS | _ALWAYS)[name], "seed": self._dice.randrange(1000)} for name in chosen]
        self._http.post("/_sandbox/faults", json={"faults": faults}).raise_for_status()
        self._named = chosen

    def _take_stock(self) -> None:
        faults = self._http.get("/_sandbox/faults").json()["faults"]
        for name, fault in zip(self._named, faults, strict=True):
            self.struck[name] += fault["struck"]
        self._http.delete("/_sandbox/faults")
        self._named = []


def pass_time(clock: Time, until: Callable[[], bool], *, patience: float) -> None:
    """Lets time pass quickly, in calm weather, until something is true. Fails after so many real seconds."""
    give_up = time.monotonic() + patience
    while not until():
        assert time.monotonic() < give_up, "the storm is over, and there is still something owed"
        clock.move(timedelta(seconds=30))
        time.sleep(0.5)
