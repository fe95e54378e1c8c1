"""The database of the simulated world: the real one, on SQLite in memory, with a point around each commit.

All processes share its one connection, and transactions come one after the other, as BEGIN IMMEDIATE has it. A process
may stand still inside a transaction; others then wait in virtual time, and give up as they would.
"""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, select, text

from bot.clock import MovableClock
from bot.db.base import Base
from bot.db.database import Database, Tx
from bot.errors import MemoryAway
from bot.outbox.model import Delivery, DirectChannel, Lane
from bot.outbox.rules import LEASE, LONGEST_WAIT, State
from bot.workspaces.model import Workspace
from tests.simulation.points import AFTER, BEFORE, INSIDE
from tests.simulation.world import START, World

WORKSPACES = ("T1", "T2")
_SERVER_ENDS_IDLE_TRANSACTIONS_AFTER = 60.0

_MOVES = """
CREATE TABLE move (delivery_id INTEGER, before TEXT, after TEXT);
CREATE TRIGGER moves AFTER UPDATE ON delivery
WHEN OLD.state != NEW.state OR OLD.state IN ('sent', 'failed', 'expired', 'withheld', 'cancelled')
BEGIN INSERT INTO move VALUES (OLD.id, OLD.state, NEW.state); END;
"""
"""The database itself notes each change of state, and each write to a row that had ended, whoever does it."""

_PENDING = """
SELECT d.state, d.next_try_at, d.leased_until, d.expires_at, d.attempts,
       d.follows_id IS NULL OR p.state = 'sent',
       p.state IN ('failed', 'expired', 'withheld', 'cancelled') OR d.kind = 'update' AND EXISTS (
           SELECT 1 FROM delivery s WHERE s.kind = 'update' AND s.follows_id = d.follows_id AND s.id > d.id)
FROM delivery d LEFT JOIN delivery p ON p.id = d.follows_id
WHERE d.state IN ('owed', 'leased', 'posting')
"""


class Pending(NamedTuple):
    """What the observer knows of a row that has not ended."""

    state: str
    next_try_at: datetime
    leased_until: datetime | None
    expires_at: datetime
    attempts: int
    may_go: bool
    """Whether what it follows is out."""
    is_pointless: bool


@dataclass(frozen=True)
class Move:
    """A change of state, or a write to a row that had ended."""

    delivery_id: int
    before: str
    after: str


class SimulatedDatabase(Database):
    """A database that belongs to one world at a time. `reset` hands it to the next."""

    world: World

    def __init__(self) -> None:
        super().__init__("sqlite:///file:/simulation?vfs=memdb&uri=true", MovableClock(START, frozen=True))
        self.judged_by_own_clocks = False
        self._pending: list[Pending] = []
        self._has_changed = True
        Base.metadata.create_all(self.engine)
        with self.engine.connect() as connection:
            connection.connection.driver_connection.executescript(_MOVES)  # type: ignore[union-attr]

    def reset(self, world: World, *, judged_by_own_clocks: bool = False) -> None:
        """Empties every table for another life."""
        self.world = world
        self.judged_by_own_clocks = judged_by_own_clocks
        with self.unseen() as tx:
            for table in (Delivery, DirectChannel, Lane, Workspace):
                tx.execute(delete(table))
            tx.execute(text("DELETE FROM move"))
            for name in WORKSPACES:
                tx.add(Workspace(id=name, name=name, bot_user_id="UBOT", created_at=START))
        self._has_changed = True

    def begin(self) -> AbstractContextManager[Tx]:  # type: ignore[override]
        """A transaction that is named after the function it is begun in."""
        return self._with_points(sys._getframe(1).f_code.co_name)

    @contextmanager
    def unseen(self) -> Iterator[Tx]:
        """A transaction of the observer's: no point, no time passes."""
        with super().begin() as tx:
            yield tx

    def now(self, tx: Tx) -> datetime:
        """As the server, or the one machine, has it."""
        world = self.world
        return world.instant() + world.process.skew if self.judged_by_own_clocks else world.judged()

    @contextmanager
    def _with_points(self, name: str) -> Iterator[Tx]:
        self.world.point(f"{name}:{BEFORE}")
        with self.world.turn():
            with self.unseen() as tx:
                yield tx
                frozen = self.world.point(f"{name}:{INSIDE}", longest=200.0)
                if self.world.weather.has_server and frozen > _SERVER_ENDS_IDLE_TRANSACTIONS_AFTER:
                    self.world.note("transaction ended by the server")
                    raise MemoryAway("the server ended an idle transaction")
            self._has_changed = True
        longest = self.world.weather.bounds.before_posting if name == "_intend" else 4000.0
        self.world.point(f"{name}:{AFTER}", longest=longest)

    # What the world asks: of what was committed, also while a transaction stands still

    def is_settled(self) -> bool:
        """Whether nothing is owed."""
        return not self._rows()

    def until_due(self, *, sending: bool) -> float:
        """Seconds until there may be something to send, or to settle; an hour when nothing is owed."""
        now = self.world.judged()
        step = _next_attempt if sending else _next_settling
        spans = [(step(row, now) - now).total_seconds() for row in self._rows()]
        return min(spans, default=3600.0)

    def moves(self) -> list[Move]:
        """Every change of state, in order."""
        with self.unseen() as tx:
            return [Move(*row) for row in tx.execute(text("SELECT * FROM move ORDER BY rowid"))]

    def deliveries(self) -> list[Delivery]:
        """Every row."""
        with self.unseen() as tx:
            return list(tx.execute(select(Delivery).order_by(Delivery.id)).scalars())

    def _rows(self) -> list[Pending]:
        if self._has_changed and not self.world.turn_is_taken:
            with self.engine.connect() as connection:
                self._pending = [_pending(row) for row in connection.exec_driver_sql(_PENDING)]
            self._has_changed = False
        return self._pending


def _pending(row: Any) -> Pending:
    state, next_try_at, leased_until, expires_at, *rest = row
    return Pending(state, _instant(next_try_at), leased_until and _instant(leased_until), _instant(expires_at), *rest)


def _instant(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def _next_attempt(row: Pending, now: datetime) -> datetime:
    """When a sender could take the row, as far as the row itself is concerned."""
    return row.next_try_at if row.state == State.OWED and row.may_go else now + timedelta(hours=1)


def _next_settling(row: Pending, now: datetime) -> datetime:
    """When there could be something to tidy or to find out; at once where only a wrong clock can have set a time."""
    held_until = row.leased_until or now
    if held_until > now + 2 * LEASE:
        held_until = now
    next_try_at = row.next_try_at
    if next_try_at > now + LONGEST_WAIT and (row.attempts or row.state == State.POSTING):
        next_try_at = now
    if row.state == State.OWED:
        is_stuck = next_try_at < row.next_try_at
        return next_try_at if is_stuck or row.is_pointless else row.expires_at
    return max(held_until, next_try_at) if row.state == State.POSTING else held_until
