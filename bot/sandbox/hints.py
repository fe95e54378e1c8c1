"""Small notices that something a person can see has changed; pages refetch on them, gestures wait for them."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

Kind = Literal["message", "view", "home", "clock", "user", "canvas"]


@dataclass(frozen=True)
class Hint:
    """`user` is set when only that person sees the change; `by_bot` when the bot made it."""

    kind: Kind
    channel: str | None = None
    ts: str | None = None
    user: str | None = None
    by_bot: bool = False


Listener = Callable[[Hint], None]


class Hints:
    """Tells every listener, at once and in order. Listeners must not raise."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def tell(self, hint: Hint) -> None:
        """Passes the hint on."""
        for listener in list(self._listeners):
            listener(hint)

    @contextmanager
    def heard_by(self, listener: Listener) -> Iterator[None]:
        """Keeps `listener` told for as long as the block runs."""
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)

    @contextmanager
    def awaited(self, wanted: Callable[[Hint], bool]) -> Iterator[asyncio.Event]:
        """An event that is set by the first hint that is `wanted`."""
        seen = asyncio.Event()

        def listen(hint: Hint) -> None:
            if wanted(hint):
                seen.set()

        with self.heard_by(listen):
            yield seen
