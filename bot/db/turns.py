"""Taking turns, first come first served."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class TurnNotReached(Exception):
    """The wait was longer than was allowed."""


class Turns:
    """One at a time, in the order of asking.

    A plain lock, or a pool of one connection, goes to whoever asks at the right moment: a thread that loops takes it
    again and again while others wait. Here, letting go hands over to the one that has waited longest.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._is_taken = False
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def taken(self, *, within: float) -> Iterator[None]:
        """Holds the turn for the time of a block. Raises TurnNotReached when it did not come within so many seconds."""
        self._take(within)
        try:
            yield
        finally:
            self._hand_over()

    def _take(self, within: float) -> None:
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return
            called = threading.Event()
            self._waiting.append(called)
        if called.wait(within):
            return
        with self._guard:
            if called.is_set():
                return
            self._waiting.remove(called)
        raise TurnNotReached

    def _hand_over(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False
