"""APScheduler as a metronome: a few interval jobs, each of which asks the rows what is due.

Nothing about a person or a message is ever kept in the scheduler. A restart forgets nothing, and any replica can do
the next thing, because every "when" is a column.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import Clock

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Tick:
    """One thing to do again and again.

    `run` does what is due and answers how many things it did. It is called every `every`, never twice at once, and
    again at once as long as it finds something, unless the beat is its pace: `is_paced`.
    `next_at` answers when the rows say something is due next, for whoever moves a clock; None when nothing is.
    """

    name: str
    every: timedelta
    run: Callable[[], int]
    next_at: Callable[[], datetime | None] | None = None
    is_paced: bool = False


class Ticker:
    """Runs the ticks, and knows when they last ran."""

    def __init__(self, ticks: Sequence[Tick], clock: Clock) -> None:
        self._ticks = tuple(ticks)
        self._clock = clock
        self._locks = {tick.name: threading.Lock() for tick in ticks}
        self._last_run: dict[str, float] = {}
        self._failing: set[str] = set()
        self._scheduler: BackgroundScheduler | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        """Starts ticking in the background."""
        scheduler = BackgroundScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        for tick in self._ticks:
            self._last_run[tick.name] = self._clock.monotonic()
            scheduler.add_job(self._beat, "interval", seconds=tick.every.total_seconds(), args=[tick], id=tick.name)
        scheduler.start()
        self._scheduler = scheduler

    def stop(self) -> None:
        """Lets the ticks in hand finish, and starts no more."""
        self._stopping.set()
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=True)
            self._scheduler = None

    def drain(self) -> int:
        """Runs the ticks in turn until none finds anything to do. Answers how many things were done.

        For whoever moves the clock: the sandbox and the tests.
        """
        done = idle = 0
        turns = cycle(self._ticks)
        while idle < len(self._ticks):
            did = self._run(next(turns))
            done += did
            idle = 0 if did else idle + 1
        return done

    @property
    def failing(self) -> list[str]:
        """The ticks that failed when they ran last."""
        return sorted(self._failing)

    def next_at(self) -> datetime | None:
        """The earliest instant at which a tick will find something due; None when nothing is planned."""
        instants = [tick.next_at() for tick in self._ticks if tick.next_at is not None]
        return min((instant for instant in instants if instant is not None), default=None)

    def late(self) -> list[str]:
        """The ticks that have not finished for ten of their intervals, and a minute at least: a stuck process."""
        now = self._clock.monotonic()
        return [
            tick.name
            for tick in self._ticks
            if tick.name in self._last_run
            and now - self._last_run[tick.name] > max(60.0, 10 * tick.every.total_seconds())
        ]

    def _beat(self, tick: Tick) -> None:
        """Runs a tick until it finds nothing more to do: a batch that was full is followed by the next one at once."""
        while self._run(tick) and not tick.is_paced and not self._stopping.is_set():
            pass

    def _run(self, tick: Tick) -> int:
        with self._locks[tick.name]:
            try:
                did = tick.run()
                self._failing.discard(tick.name)
                return did
            except Exception:
                # A tick that fails is tried again at its next beat; what it left undone is still due in the rows.
                log.exception("tick failed", tick=tick.name)
                self._failing.add(tick.name)
                return 0
            finally:
                self._last_run[tick.name] = self._clock.monotonic()
