"""Engines that lack one thing each. The simulation must find every one of them out, or it sees nothing."""

import math
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.clock import Clock
from bot.db.database import Database
from bot.outbox.claims import Held, move, owe_again
from bot.outbox.posting import Poster
from bot.outbox.rules import LOOKS_NEEDED, NO_ANSWER, Kind, Pace, State
from bot.outbox.sender import Sender
from bot.outbox.settling import Settling
from tests.simulation.replica import Engine


class _Lesser(Sender):
    """A sender that settles in a way of its own."""

    settling: type[Settling]

    def __init__(
        self,
        database: Database,
        poster: Poster,
        clock: Clock,
        pace: Pace,
        *,
        chance: Callable[[], float],
        **kwargs: Any,
    ) -> None:
        super().__init__(database, poster, clock, pace, chance=chance, **kwargs)
        self._settle = self.settling(database, chance, lambda _kind, _late: None)


class _Repeating(Settling):
    def no_answer(self, held: Held, cause: str) -> None:
        with self._database.begin() as tx:
            now = self._database.now(tx)
            owe_again(tx, held, next_try_at=now + timedelta(seconds=1), now=now)


class Naive(_Lesser):
    """Repeats whatever was not answered, as a client with retries does."""

    settling = _Repeating

    def _find_out_about(self, held: Held) -> None:
        self._settle.no_answer(held, "abandoned")


class _GivingUp(Settling):
    def no_answer(self, held: Held, cause: str) -> None:
        if held.state == State.POSTING and held.kind == Kind.POST:
            self.failed(held, NO_ANSWER)
        else:
            super().no_answer(held, cause)


class Resigned(_Lesser):
    """Never repeats what was not answered: at most once."""

    settling = _GivingUp

    def _find_out_about(self, held: Held) -> None:
        self._settle.no_answer(held, "abandoned")


class _LookingAtOnce(Settling):
    def no_answer(self, held: Held, cause: str) -> None:
        if held.state != State.POSTING or held.kind != Kind.POST:
            super().no_answer(held, cause)
            return
        with self._database.begin() as tx:
            freed = {"lease_token": None, "leased_until": None}
            move(tx, held, held.state, **freed, next_try_at=self._database.now(tx))

    def not_found(self, held: Held, looks: int) -> None:
        super().not_found(held, LOOKS_NEEDED)


class Hasty(_Lesser):
    """Looks at once, and once: a history that lags deceives it."""

    settling = _LookingAtOnce


LESSER = {
    "naive": Engine(Naive),
    "resigned": Engine(Resigned),
    "hasty": Engine(Hasty),
    "heedless of its lease": Engine(timeout=-math.inf),
    "on a clock that sleeps": Engine(clocks_stand_still=True),
    "judged by its own clock": Engine(judged_by_own_clocks=True),
}
"""By what is said of each."""
