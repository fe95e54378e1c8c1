"""The only reading of the time. Everything else is handed a `Clock` or a `now`."""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Wall time in UTC for facts and schedules; monotonic seconds for spans that must not jump."""

    @property
    def is_machines_own(self) -> bool:
        """Whether this is real time, so that a database server may be asked for it instead."""
        ...

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go backwards; meaningful only as differences."""
        ...


class SystemClock:
    """The machine's clock."""

    is_machines_own = True

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        # Where there is a choice, the clock that goes on while the machine sleeps: leases do not sleep either.
        return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class MovableClock:
    """A clock that can be set forward, for the sandbox and for tests.

    It ticks with the machine's clock from wherever it was set, unless `frozen`, when it moves only by `move_to`.
    `monotonic` follows the moves, so that a lease ages with the time people see. Safe to share between threads.
    """

    is_machines_own = False

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        if start is not None and start.tzinfo is None:
            raise ValueError("an instant needs a zone")
        self._lock = threading.Lock()
        machines = datetime.now(UTC)
        begun = machines if start is None else start.astimezone(UTC)
        self._frozen_at = begun if frozen else None
        self._shift = begun - machines

    def now(self) -> datetime:
        with self._lock:
            return self._frozen_at if self._frozen_at is not None else datetime.now(UTC) + self._shift

    def monotonic(self) -> float:
        return self.now().timestamp()

    def move_to(self, instant: datetime) -> None:
        """Sets the clock to `instant`. Raises ValueError for a naive instant or one in the clock's past."""
        if instant.tzinfo is None:
            raise ValueError("an instant needs a zone")
        with self._lock:
            current = self._frozen_at if self._frozen_at is not None else datetime.now(UTC) + self._shift
            if instant < current:
                raise ValueError("this clock only moves forward")
            if self._frozen_at is not None:
                self._frozen_at = instant.astimezone(UTC)
            else:
                self._shift += instant - current

    def advance(self, span: timedelta) -> None:
        """Moves the clock forward by `span`."""
        self.move_to(self.now() + span)
