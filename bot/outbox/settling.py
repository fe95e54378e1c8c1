"""What a sender writes once it knows, or cannot know, what became of a row. Private to the outbox.

Each is one short transaction, and changes nothing when the row is no longer the sender's.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import case, or_

from bot.db.database import Database
from bot.outbox.claims import Held, block_lane, move, move_all, owe_again
from bot.outbox.model import Delivery
from bot.outbox.posting import BlocksRefused, NotSent, Posted
from bot.outbox.rules import (
    LOOK_AFTER,
    LOOK_AGAIN_AFTER,
    LOOKS_NEEDED,
    NO_ANSWER,
    RATE_LIMITED,
    RETRIED,
    WAITED,
    Kind,
    State,
    backoff,
    bounded_retry_after,
    reason_for,
    reason_to_wait,
    reason_unclear,
)

_FREED: dict[str, Any] = {"lease_token": None, "leased_until": None}
_WHY_NOW = case((or_(*(Delivery.reason.startswith(one) for one in (RETRIED, WAITED))), Delivery.reason), else_=None)
"""Why a message is out is asked only where an operator had it sent, or where it had to wait."""


@dataclass(frozen=True)
class Arrival:
    """A message that Slack has.

    Attributes:
        ago: how long ago Slack said so.
        sent_at: when it was sent, where that is known from elsewhere.
    """

    held: Held
    posted: Posted
    ago: timedelta = timedelta(0)
    sent_at: datetime | None = None


OnSent = Callable[[Kind, timedelta], None]

log = structlog.get_logger(__name__)


class Settling:
    """The endings of an attempt.

    Args:
        chance: random numbers in [0, 1), for spreading retries.
        on_sent: is told the kind of each delivery that was sent, and how late that was.
    """

    def __init__(self, database: Database, chance: Callable[[], float], on_sent: OnSent) -> None:
        self._database = database
        self._chance = chance
        self._on_sent = on_sent

    def sent(self, arrived: Sequence[Arrival]) -> None:
        """Slack has these, all of one claim."""
        with self._database.begin() as tx:
            now = self._database.now(tx)
            where: dict[int, dict[str, Any]] = {
                one.held.id: {
                    "channel": one.posted.channel,
                    "ts": one.posted.ts,
                    "sent_at": one.sent_at or now - one.ago,
                }
                for one in arrived
            }
            batch = [one.held for one in arrived]
            mine = move_all(tx, batch, State.SENT, where, **_FREED, ended_at=now, reason=_WHY_NOW)
        for held in batch:
            with about(held):
                if held in mine:
                    self._on_sent(held.kind, where[held.id]["sent_at"] - held.due_at)
                _log("sent", held in mine)

    def failed(self, held: Held, reason: str) -> None:
        """It never will be sent."""
        with self._database.begin() as tx:
            ended_at = self._database.now(tx)
            mine = move(tx, held, State.FAILED, **_FREED, ended_at=ended_at, reason=reason)
        _log("failed", mine, reason=reason)

    def later(self, held: Held, lane: str, answer: NotSent) -> None:
        """Certainly not sent: again after Retry-After, kept by the whole lane, or after a growing while."""
        with self._database.begin() as tx:
            now = self._database.now(tx)
            until = now + self._wait(held, answer)
            if answer.code in RATE_LIMITED:
                block_lane(tx, held.workspace_id, lane, until, now)
            mine = owe_again(tx, held, next_try_at=until, now=now, reason=reason_to_wait(answer.code))
        _log("put off", mine, code=answer.code)

    def without_blocks(self, held: Held, answer: BlocksRefused) -> None:
        """Certainly not sent: again at once, the text alone."""
        if held.plain:
            self.failed(held, reason_for(answer.code))
        else:
            self.hand_back(held, plain=True)
            log.warning("blocks refused, sending the text alone", code=answer.code)

    def hand_back(self, held: Held, **values: Any) -> bool:
        """Nothing was tried: the row is owed as before. Answers whether it was still the sender's."""
        with self._database.begin() as tx:
            now = self._database.now(tx)
            return owe_again(tx, held, next_try_at=now, now=now, attempts=held.attempts - 1, **values)

    def no_answer(self, held: Held, cause: str) -> None:
        """Nobody knows. A post in flight stays *posting*, to be looked for; anything else may simply be repeated."""
        with self._database.begin() as tx:
            now = self._database.now(tx)
            if held.state == State.POSTING and held.kind == Kind.POST:
                mine = move(tx, held, State.POSTING, **_FREED, next_try_at=now + LOOK_AFTER, reason=NO_ANSWER)
            else:
                again = now + backoff(held.attempts, self._chance())
                mine = owe_again(tx, held, next_try_at=again, now=now, reason=NO_ANSWER)
        _log("no answer", mine, cause=cause)

    def not_found(self, held: Held, looks: int) -> None:
        """A look did not find it; `looks` of them so far. After enough of them it was never posted."""
        with self._database.begin() as tx:
            now = self._database.now(tx)
            if looks >= LOOKS_NEEDED:
                mine = owe_again(tx, held, next_try_at=now, now=now, looks=looks, last_look_at=now, look_page="")
            else:
                again = now + LOOK_AGAIN_AFTER
                mine = move(
                    tx, held, State.POSTING, **_FREED, looks=looks, last_look_at=now, look_page="", next_try_at=again
                )
        _log("not found", mine, looks=looks)

    def look_on(self, held: Held, page: str, *, give_up_at: datetime) -> None:
        """It was not among those messages, and there are more: on with the next page as soon as the pace allows."""
        with self._database.begin() as tx:
            now = self._database.now(tx)
            if now < give_up_at:
                move(tx, held, State.POSTING, **_FREED, next_try_at=now, look_page=page)
                return
        self.failed(held, reason_unclear(NO_ANSWER))

    def look_later(self, held: Held, lane: str, answer: NotSent, *, give_up_at: datetime) -> None:
        """The look itself did not work: again later, until that is pointless."""
        with self._database.begin() as tx:
            now = self._database.now(tx)
            until = now + max(self._wait(held, answer), LOOK_AGAIN_AFTER)
            if answer.code in RATE_LIMITED:
                block_lane(tx, held.workspace_id, lane, until, now)
            if now < give_up_at:
                move(tx, held, State.POSTING, **_FREED, next_try_at=until)
                return
        self.failed(held, reason_unclear(reason_to_wait(answer.code)))

    def _wait(self, held: Held, answer: NotSent) -> timedelta:
        if answer.retry_after is None:
            return backoff(held.attempts, self._chance())
        return bounded_retry_after(answer.retry_after)


def about(held: Held) -> AbstractContextManager[object]:
    """Names the delivery in every line that is logged meanwhile."""
    return structlog.contextvars.bound_contextvars(workspace=held.workspace_id, delivery=held.key)


def _log(event: str, mine: bool, **facts: Any) -> None:
    if mine:
        log.info(event, **facts)
    else:
        log.warning("lease lost, nothing written", outcome=event, **facts)
