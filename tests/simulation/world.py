"""Virtual time, and who goes next.

Processes are greenlets. Each of their calls through a port passes a point: the process stands still there for a moment,
others go first, and by the seed it may be frozen for long, die, or lose touch with the database. Nothing here reads a
clock or draws a number but the seed's.
"""

import heapq
import itertools
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from greenlet import getcurrent, greenlet

from bot.errors import MemoryAway
from tests.simulation.weather import STORM, Fate, Weather, possible_at

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
_LONGEST_WAIT_FOR_TURN = 2.0


class Killed(BaseException):
    """The process ends here, as by kill -9: nothing else of it runs."""


class Mistake(Exception):
    """A fault in the code, which nobody foresaw. The only one there should be."""


@dataclass
class Process:
    """A process and its threads, here called lines. It dies as a whole."""

    name: str
    skew: timedelta = timedelta(0)
    """How far its own wall clock is off."""
    when_dead: Callable[[], None] = lambda: None
    frozen_for: float = 0.0
    """How many seconds it has stood still so far."""
    is_alive: bool = True
    is_stopping: bool = False
    lines: list[greenlet] = field(default_factory=list)


class World:
    """One life's time. Seconds are true ones since `START`, which no clock's jump changes.

    Args:
        chance: the seed's random numbers.
    """

    def __init__(self, weather: Weather, chance: random.Random) -> None:
        self.weather = weather
        self.chance = chance
        self.seconds = 0.0
        self.judge_is_off = timedelta(0)
        self._nobody = self.process = Process("")
        self.trace: list[str] = []
        self.seen: Counter[str] = Counter()
        self.surprises: list[str] = []
        """Errors that were caught and logged, and are no simulated mistake."""
        self._hub = getcurrent()
        self._events: list[tuple[float, int, Callable[[], object]]] = []
        self._order = itertools.count()
        self._lines: list[greenlet] = []
        self.turn_is_taken = False
        self._aims = 2

    @property
    def is_stormy(self) -> bool:
        """Whether anything may still go wrong."""
        return self.seconds < STORM

    def instant(self) -> datetime:
        """The true time."""
        return START + timedelta(seconds=self.seconds)

    def judged(self) -> datetime:
        """The time by which due times and leases are judged: the database server's, or the one machine's."""
        return self.instant() + self.judge_is_off

    # Who goes next

    def later(self, seconds: float, event: Callable[[], object]) -> None:
        """Lets something happen after so many seconds."""
        heapq.heappush(self._events, (self.seconds + seconds, next(self._order), event))

    def start(self, process: Process, body: Callable[[], None]) -> None:
        """Starts a line of a process."""
        line = greenlet(partial(self._live, process, body), parent=self._hub)
        process.lines.append(line)
        self._lines.append(line)
        self.later(0.0, partial(self._resume, process, line))

    def sleep(self, seconds: float) -> None:
        """Lets the line that calls stand still."""
        self.later(seconds, partial(self._resume, self.process, getcurrent()))
        self._hub.switch()

    def run(self, until: Callable[[], bool], *, deadline: float) -> None:
        """Lets time pass until that is so, or until the deadline, in seconds."""
        while self._events and self.seconds < deadline and not until():
            self.seconds, _, event = heapq.heappop(self._events)
            self.process = self._nobody
            event()

    def close(self) -> None:
        """Ends every line that is left."""
        for line in self._lines:
            if line:
                line.throw(Killed)

    def kill(self, process: Process) -> None:
        """Ends a process, from outside, wherever its lines are."""
        if process.is_alive:
            process.is_alive = False
            self.later(0.0, partial(self._bury, process))

    def _live(self, process: Process, body: Callable[[], None]) -> None:
        try:
            body()
        except Killed:
            self.kill(process)

    def _bury(self, process: Process) -> None:
        for line in process.lines:
            if line:
                line.throw(Killed)
        process.when_dead()

    def _resume(self, process: Process, line: greenlet) -> None:
        if process.is_alive and not line.dead:
            self.process = process
            line.switch()

    # What happens there

    def point(self, name: str, *, longest: float = math.inf) -> float:
        """A call through a port. Answers for how many seconds the process stood still there, `longest` at most.

        Raises Killed, and MemoryAway where the database is lost.
        """
        fate = self._fate(name) if self.is_stormy else None
        if fate is None:
            self.sleep(self.chance.uniform(0.001, 0.05))
            return 0.0
        span = min(longest, self._freeze()) if fate == Fate.FROZEN else 0.0
        self.note(f"{fate} {name}", f"for {span:.1f} s" if span else "")
        if fate == Fate.KILLED:
            raise Killed
        if fate != Fate.FROZEN:
            raise MemoryAway(fate)
        self.process.frozen_for += span
        self.sleep(span)
        return span

    def note(self, what: str, more: str = "") -> None:
        """Counts what happened, and writes it into the trace."""
        self.seen[what] += 1
        self.say(f"{what} {more}".rstrip())

    def say(self, what: str) -> None:
        """Writes a line into the trace."""
        self.trace.append(f"{self.seconds:10.3f}  {self.process.name:9}  {what}")

    def hear(self, _logger: Any, _level: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """A processor for structlog: what the code logs belongs into the trace."""
        error = sys.exc_info()[1]
        if event.get("exc_info") and not isinstance(error, Mistake):
            self.surprises.append(repr(error))
        facts = {key: value for key, value in event.items() if key not in {"event", "exc_info"}}
        self.say(f"  “{event['event']}” " + " ".join(f"{key}={value}" for key, value in sorted(facts.items())))
        return event

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The one turn for writing, which transactions take one after the other. Raises MemoryAway after 2 s."""
        asked_at = self.seconds
        while self.turn_is_taken:
            if self.seconds - asked_at > _LONGEST_WAIT_FOR_TURN:
                self.note("waited in vain for a turn")
                raise MemoryAway("other writers took too long")
            self.sleep(self.chance.uniform(0.5, 1.0))
        self.turn_is_taken = True
        try:
            yield
        finally:
            self.turn_is_taken = False

    def _fate(self, name: str) -> Fate | None:
        aim = self.weather.aim
        if aim.point == name and self._aims and self.chance.random() < 0.8:
            self._aims -= 1
            return aim.fate
        roll = self.chance.random()
        for fate in possible_at(name):
            roll -= self.weather.odds[fate]
            if roll < 0:
                return fate
        return None

    def _freeze(self) -> float:
        """A moment, longer than a lease, or long enough for everything to be over."""
        low, high = self.chance.choice([(0.5, 20.0), (21.0, 59.0), (61.0, 200.0), (61.0, 200.0), (1000.0, 4000.0)])
        return self.chance.uniform(low, high)
