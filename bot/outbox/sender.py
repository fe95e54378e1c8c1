"""The sender: takes what is due, posts it, and finds out what became of it when Slack did not say.

As many rows as the pace lets through at once: lease them, commit the intent to post them, post one after the other
outside any transaction, settle. A sender may vanish between any two of these steps; each row's state says what the
next one may do.
"""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select

from bot.clock import Clock
from bot.db.database import Database, insert
from bot.errors import MemoryAway
from bot.outbox import claims, upkeep
from bot.outbox.claims import Held
from bot.outbox.model import Delivery, DirectChannel
from bot.outbox.posting import HTTP_TIMEOUT, BlocksRefused, NotSent, Page, Posted, Poster, Refused, Unknown
from bot.outbox.queries import next_send_at
from bot.outbox.rules import (
    HISTORY_LANE,
    LEASE,
    LOOK_AFTER,
    LOOK_BACK,
    OPEN_LANE,
    RATE_LIMITED,
    Kind,
    Pace,
    State,
    lease_suffices,
    reason_for,
    reason_unclear,
)
from bot.outbox.settling import Arrival, OnSent, Settling, about

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
        self._in_hand: dict[str, list[Held]] = {}

    def send_due(self) -> int:
        """Sends what may be sent now, some 50 messages at most. Answers how many it took in hand."""
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
        # Copies: the thread that holds the rows goes on with its own, and then finds its lease gone.
        held = [replace(one) for batch in list(self._in_hand.values()) for one in batch]
        leased = [one for one in held if one.state == State.LEASED]
        return sum(self._settle.hand_back(one) for one in leased)

    def _each(self, claim: Callable[[], list[Held]], step: Callable[[list[Held], float], None]) -> int:
        done = 0
        while done < _BATCH:
            lease_ends = self._clock.monotonic() + LEASE.total_seconds()
            batch = [] if self._stopping.is_set() else claim()
            if not batch:
                break
            token = batch[0].token
            self._in_hand[token] = batch
            try:
                step(batch, lease_ends)
            finally:
                del self._in_hand[token]
            done += len(batch)
        return done

    def _conclude(self, held: Held, lane: str, error: Exception) -> None:
        """Writes down what it means for a row that its call ended like that.

        A row that fails in a way nobody foresaw is moved on, so that it does not starve the rest.
        """
        match error:
            case MemoryAway():
                raise error
            case NotSent():
                self._settle.later(held, lane, error)
            case BlocksRefused():
                self._settle.without_blocks(held, error)
            case Refused():
                self._settle.failed(held, reason_for(error.code))
            case Unknown():
                self._settle.no_answer(held, error.cause)
            case _:
                log.error("delivery failed unexpectedly", exc_info=error)
                self._settle.no_answer(held, "unexpected")

    def _claim_due(self) -> list[Held]:
        with self._database.begin() as tx:
            return claims.claim_due(tx, pace=self._pace, now=self._database.now(tx))

    def _claim_unknown(self) -> list[Held]:
        with self._database.begin() as tx:
            held = claims.claim_unknown(tx, now=self._database.now(tx))
            return [] if held is None else [held]

    # Sending

    def _send(self, batch: list[Held], lease_ends: float) -> None:
        arrived: list[tuple[Held, Posted, float]] = []
        is_closed = False
        for held, delivery in self._intended([held for held in batch if self._has_channel(held)]):
            with about(held):
                try:
                    if is_closed or not self._may_begin(lease_ends):
                        self._settle.hand_back(held)
                    else:
                        arrived.append((held, self._post(held, delivery), self._clock.monotonic()))
                except Exception as error:
                    self._conclude(held, held.kind, error)
                    is_closed = isinstance(error, NotSent) and error.code in RATE_LIMITED
        if arrived:
            now = self._clock.monotonic()
            self._settle.sent([Arrival(held, posted, timedelta(seconds=now - at)) for held, posted, at in arrived])

    def _may_begin(self, lease_ends: float) -> bool:
        """Whether enough of the lease is left for a call, and not everything is to stop."""
        return not self._stopping.is_set() and lease_suffices(lease_ends - self._clock.monotonic(), self._timeout)

    def _has_channel(self, held: Held) -> bool:
        """Whether it is known where to post; asks Slack for a person's direct channel."""
        with about(held):
            try:
                return held.channel is not None or self._open_dm(held)
            except Exception as error:
                self._conclude(held, OPEN_LANE, error)
                return False

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

    def _intended(self, batch: list[Held]) -> list[tuple[Held, Delivery]]:
        """Those that are about to be posted, with what they say. One that cannot be read must not stop the others."""
        try:
            return self._intend(batch)
        except Exception as error:
            if len(batch) > 1 and not isinstance(error, MemoryAway):
                return [pair for held in batch for pair in self._intended([held])]
            for held in batch:
                with about(held):
                    self._conclude(held, held.kind, error)
            return []

    def _intend(self, batch: list[Held]) -> list[tuple[Held, Delivery]]:
        """Commits that the calls are about to be made: of those that are still this sender's."""
        if not batch:
            return []
        with self._database.begin() as tx:
            now = self._database.now(tx)
            rows = tx.scalars(select(Delivery).where(Delivery.id.in_([held.id for held in batch])))
            deliveries = {delivery.id: delivery for delivery in rows}
            channels = {held.id: {"channel": held.channel} for held in batch}
            about_to = {
                "intent_at": now,
                "next_try_at": now + LOOK_AFTER,
                "looks": 0,
                "last_look_at": None,
                "look_page": "",
            }
            mine = claims.move_all(tx, batch, State.POSTING, channels, **about_to)
        if len(mine) < len(batch):
            log.warning("lease lost before posting", messages=len(batch) - len(mine))
        return [(held, deliveries[held.id]) for held in mine]

    def _post(self, held: Held, delivery: Delivery) -> Posted:
        assert held.channel is not None
        workspace, channel, message = held.workspace_id, held.channel, delivery.message
        if held.kind == Kind.POST:
            return self._poster.post(
                workspace, channel=channel, message=message, uid=held.uid, thread_ts=held.parent_ts
            )
        assert held.parent_ts is not None
        assert held.parent_uid is not None
        return self._poster.update(workspace, channel=channel, ts=held.parent_ts, message=message, uid=held.parent_uid)

    # Finding out

    def _find_out(self, batch: list[Held], _lease_ends: float) -> None:
        for held in batch:
            with about(held):
                try:
                    self._find_out_about(held)
                except Exception as error:
                    self._conclude(held, HISTORY_LANE, error)

    def _find_out_about(self, held: Held) -> None:
        if held.kind == Kind.UPDATE:
            self._settle.no_answer(held, "abandoned")
            return
        attempt = self._before_looking(held)
        if attempt is None:
            return
        try:
            seen = self._look(held, attempt)
        except NotSent as answer:
            self._settle.look_later(held, HISTORY_LANE, answer, give_up_at=attempt.give_up_at)
        except Unknown as answer:
            self._settle.look_later(held, HISTORY_LANE, NotSent(answer.cause), give_up_at=attempt.give_up_at)
        except Refused as answer:
            self._settle.failed(held, reason_unclear(reason_for(answer.code)))
        else:
            if seen.ts is not None:
                assert held.channel is not None
                self._settle.sent([Arrival(held, Posted(held.channel, seen.ts), sent_at=attempt.intent_at)])
            elif seen.following:
                self._settle.look_on(held, seen.following, give_up_at=attempt.give_up_at)
            else:
                self._settle.not_found(held, attempt.looks + 1)

    def _before_looking(self, held: Held) -> "_Attempt | None":
        """What is known of the attempt. None when the pace does not allow a look yet: the row was put off."""
        facts = select(Delivery.intent_at, Delivery.expires_at, Delivery.looks, Delivery.look_page)
        with self._database.begin() as tx:
            now = self._database.now(tx)
            opening = claims.take_slot(tx, held.workspace_id, HISTORY_LANE, self._pace.history, now)
            if opening is not None:
                claims.move(tx, held, State.POSTING, next_try_at=opening, lease_token=None, leased_until=None)
                return None
            row = tx.execute(facts.where(Delivery.id == held.id)).one()
            made_at = row.intent_at or now
            return _Attempt(
                made_at, min(made_at, now) - LOOK_BACK, row.expires_at + LOOK_BACK, row.looks, row.look_page
            )

    def _look(self, held: Held, attempt: "_Attempt") -> Page:
        assert held.channel is not None
        return self._poster.look(
            held.workspace_id,
            channel=held.channel,
            since=attempt.since,
            uid=held.uid,
            thread_ts=held.parent_ts,
            page=attempt.page,
        )


@dataclass(frozen=True)
class _Attempt:
    """An attempt of unknown outcome: when it was made, from when to look, until when that has any use, and how far a
    look has come."""

    intent_at: datetime
    since: datetime
    give_up_at: datetime
    looks: int
    page: str
