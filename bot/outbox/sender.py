"""The sender: takes what is due, posts it, and finds out what became of it when Slack did not say.

One row at a time: lease it, commit the intent to post, post outside any transaction, settle. A sender may vanish
between any two of these steps; the row's state says what the next one may do.
"""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from sqlalchemy import select

from bot.clock import Clock
from bot.db.database import Database, insert
from bot.errors import MemoryAway
from bot.outbox import claims, upkeep
from bot.outbox.claims import Held
from bot.outbox.model import Delivery, DirectChannel
from bot.outbox.posting import HTTP_TIMEOUT, BlocksRefused, NotSent, Posted, Poster, Refused, Unknown
from bot.outbox.queries import next_send_at
from bot.outbox.rules import (
    HISTORY_LANE,
    LEASE,
    LOOK_AFTER,
    LOOK_BACK,
    OPEN_LANE,
    Kind,
    Pace,
    State,
    lease_suffices,
    reason_for,
    reason_unclear,
)
from bot.outbox.settling import OnSent, Settling

_BATCH = 50

log = structlog.get_logger(__name__)


class Sender:
    """Sends what the rows say is due. Several may run at once, in threads and in processes.

    Args:
        poster: Slack.
        pace: how fast Slack may be called.
        timeout: seconds after which the poster gives a call up; a lease must have twice as much left.
        chance: random numbers in [0, 1), for spreading retries.
        on_sent: is told the kind of each delivery that was sent, and how late that was.
    """

    def __init__(
        self,
        database: Database,
        poster: Poster,
        clock: Clock,
        pace: Pace,
        *,
        timeout: float = HTTP_TIMEOUT,
        chance: Callable[[], float] = random.random,
        on_sent: OnSent = lambda _kind, _late: None,
    ) -> None:
        self._database = database
        self._poster = poster
        self._clock = clock
        self._pace = pace
        self._timeout = timeout
        self._settle = Settling(database, chance, on_sent)
        self._stopping = threading.Event()
        self._in_hand: dict[str, Held] = {}

    def send_due(self) -> int:
        """Sends what may be sent now, 50 messages at most. Answers how many it took in hand."""
        return self._each(self._claim_due, self._send)

    def reconcile_due(self) -> int:
        """Ends what expired, frees what was abandoned, and looks for messages of unknown fate, 50 at most.

        Answers how many rows it dealt with.
        """
        if self._stopping.is_set():
            return 0
        with self._database.begin() as tx:
            tidied = upkeep.tidy(tx, now=self._database.now(tx))
        return tidied + self._each(self._claim_unknown, self._find_out)

    def next_at(self) -> datetime | None:
        """When there is next something to send or to settle, for whoever moves a clock; None when nothing is owed."""
        with self._database.read() as tx:
            return next_send_at(tx, now=self._database.now(tx))

    def stop(self) -> None:
        """Takes nothing more in hand. What is being posted is finished first."""
        self._stopping.set()

    def release(self) -> int:
        """Stops, and hands back what is leased but not being posted yet, so that others need not wait for it.

        Answers how many rows that were.
        """
        self.stop()
        # Copies: the thread that holds the row goes on with its own, and then finds its lease gone.
        leased = [replace(held) for held in list(self._in_hand.values()) if held.state == State.LEASED]
        return sum(self._settle.hand_back(held) for held in leased)

    def _each(self, claim: Callable[[], Held | None], step: Callable[[Held, float], None]) -> int:
        for done in range(_BATCH):
            lease_ends = self._clock.monotonic() + LEASE.total_seconds()
            held = None if self._stopping.is_set() else claim()
            if held is None:
                return done
            self._in_hand[held.token] = held
            try:
                with structlog.contextvars.bound_contextvars(workspace=held.workspace_id, delivery=held.key):
                    self._guarded(step, held, lease_ends)
            finally:
                del self._in_hand[held.token]
        return _BATCH

    def _guarded(self, step: Callable[[Held, float], None], held: Held, lease_ends: float) -> None:
        """One row's step. A row that fails in a way nobody foresaw is moved on, so that it does not starve the rest."""
        try:
            step(held, lease_ends)
        except MemoryAway:
            raise
        except Exception:
            log.exception("delivery failed unexpectedly")
            self._settle.no_answer(held, "unexpected")

    def _claim_due(self) -> Held | None:
        with self._database.begin() as tx:
            return claims.claim_due(tx, pace=self._pace, now=self._database.now(tx))

    def _claim_unknown(self) -> Held | None:
        with self._database.begin() as tx:
            return claims.claim_unknown(tx, now=self._database.now(tx))

    # Sending

    def _send(self, held: Held, lease_ends: float) -> None:
        lane = OPEN_LANE if held.channel is None else held.kind.value
        try:
            if held.channel is None and not self._open_dm(held):
                return
            lane = held.kind.value
            delivery = self._intend(held)
            if delivery is None:
                log.warning("lease lost before posting")
            elif lease_suffices(lease_ends - self._clock.monotonic(), self._timeout):
                self._settle.sent(held, self._post(held, delivery))
            else:
                self._settle.hand_back(held)
        except NotSent as answer:
            self._settle.later(held, lane, answer)
        except BlocksRefused as answer:
            self._settle.without_blocks(held, answer)
        except Refused as answer:
            self._settle.failed(held, reason_for(answer.code))
        except Unknown as answer:
            self._settle.no_answer(held, answer.cause)

    def _open_dm(self, held: Held) -> bool:
        """Learns a person's direct channel. False when the pace does not allow it yet: the row was handed back."""
        with self._database.begin() as tx:
            now = self._database.now(tx)
            opening = claims.take_slot(tx, held.workspace_id, OPEN_LANE, self._pace.opens, now)
            if opening is not None:
                claims.owe_again(tx, held, next_try_at=opening, now=now, attempts=held.attempts - 1)
                return False
        held.channel = self._poster.open_dm(held.workspace_id, person_id=held.place)
        with self._database.begin() as tx:
            learnt = {"workspace_id": held.workspace_id, "person_id": held.place, "channel": held.channel}
            tx.execute(insert(tx, DirectChannel).values(learnt).on_conflict_do_nothing())
        return True

    def _intend(self, held: Held) -> Delivery | None:
        """Commits that the call is about to be made. None when the row is no longer this sender's."""
        with self._database.begin() as tx:
            now = self._database.now(tx)
            about = {"channel": held.channel, "intent_at": now, "next_try_at": now + LOOK_AFTER}
            mine = claims.move(tx, held, State.POSTING, **about, looks=0, last_look_at=None)
            return tx.get_one(Delivery, held.id) if mine else None

    def _post(self, held: Held, delivery: Delivery) -> Posted:
        assert held.channel is not None
        message = delivery.message
        if held.kind == Kind.POST:
            return self._poster.post(
                held.workspace_id, channel=held.channel, message=message, uid=held.uid, thread_ts=held.parent_ts
            )
        assert held.parent_ts is not None
        assert held.parent_uid is not None
        return self._poster.update(
            held.workspace_id, channel=held.channel, ts=held.parent_ts, message=message, uid=held.parent_uid
        )

    # Finding out

    def _find_out(self, held: Held, _lease_ends: float) -> None:
        if held.kind == Kind.UPDATE:
            self._settle.no_answer(held, "abandoned")
            return
        attempt = self._before_looking(held)
        if attempt is None:
            return
        try:
            ts = self._look(held, attempt)
        except NotSent as answer:
            self._settle.look_later(held, HISTORY_LANE, answer, give_up_at=attempt.give_up_at)
        except Unknown as answer:
            self._settle.look_later(held, HISTORY_LANE, NotSent(answer.cause), give_up_at=attempt.give_up_at)
        except Refused as answer:
            self._settle.failed(held, reason_unclear(reason_for(answer.code)))
        else:
            if ts is None:
                self._settle.not_found(held, attempt.looks + 1)
            else:
                assert held.channel is not None
                self._settle.sent(held, Posted(held.channel, ts), sent_at=attempt.intent_at)

    def _before_looking(self, held: Held) -> "_Attempt | None":
        """What is known of the attempt. None when the pace does not allow a look yet: the row was put off."""
        facts = select(Delivery.intent_at, Delivery.expires_at, Delivery.looks).where(Delivery.id == held.id)
        with self._database.begin() as tx:
            now = self._database.now(tx)
            opening = claims.take_slot(tx, held.workspace_id, HISTORY_LANE, self._pace.history, now)
            if opening is not None:
                claims.move(tx, held, State.POSTING, next_try_at=opening, lease_token=None, leased_until=None)
                return None
            intent_at, expires_at, looks = tx.execute(facts).one()
            return _Attempt(intent_at or now, min(intent_at or now, now) - LOOK_BACK, expires_at + LOOK_BACK, looks)

    def _look(self, held: Held, attempt: "_Attempt") -> str | None:
        assert held.channel is not None
        return self._poster.look(
            held.workspace_id, channel=held.channel, since=attempt.since, uid=held.uid, thread_ts=held.parent_ts
        )


@dataclass(frozen=True)
class _Attempt:
    """An attempt of unknown outcome: when it was made, from when to look, until when that has any use."""

    intent_at: datetime
    since: datetime
    give_up_at: datetime
    looks: int
