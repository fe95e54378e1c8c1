"""Doing something about each of many rows, so that the trouble of one does not hold up the others."""

from collections.abc import Callable, Iterable
from typing import Any

import structlog

from bot.db.database import Database

log = structlog.get_logger(__name__)


def each_on_its_own(
    db: Database,
    found: Iterable[tuple[Any, ...]],
    act: Callable[..., bool],
    put_off: Callable[..., object] | None = None,
    *,
    trouble: str,
) -> int:
    """Acts on each in a transaction of its own. Answers how many were dealt with: after a full batch there may be more.

    Args:
        found: what names each: the arguments that `act` and `put_off` get between the transaction and `now`.
        act: answers whether there was something to do after all.
        put_off: writes down when to look again at one that raised; without it, that one is found again by itself.
        trouble: what the log says of one that raised.
    """

    def dealt_with(one: tuple[Any, ...]) -> bool:
        try:
            with db.begin() as tx:
                return act(tx, *one, now=db.now(tx))
        except Exception:
            log.exception(trouble, about=one)
        if put_off is None:
            return False
        with db.begin() as tx:
            put_off(tx, *one, now=db.now(tx))
        return True

    return sum(dealt_with(one) for one in found)
