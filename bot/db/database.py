"""The only way into the database, and the only commit.

SQLite: WAL, writers begin with BEGIN IMMEDIATE on one connection, in turn; readers on their own. PostgreSQL: one pool,
with lock and statement timeouts below Slack's three seconds, so that a listener answers even when it is stuck.
An error never carries a statement's parameters, which are people's words and would end up in the log.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Engine, create_engine, event, func, make_url, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker

from bot.clock import Clock
from bot.db.base import Base
from bot.db.secrets import Secrets
from bot.db.turns import TurnNotReached, Turns
from bot.errors import MemoryAway

Tx = Session
"""A transaction, as an action receives it: it adds and reads rows, and never commits."""

_WAIT_FOR_TURN, _WAIT_FOR_FILE = 1.2, 0.8
"""Seconds that a SQLite writer waits for others of this process, then for another process: below Slack's three."""
_PATIENCE = 20.0
"""Seconds for the first of them when Slack has its answer already, so that only the person waits."""
_in_no_hurry: ContextVar[bool] = ContextVar("in_no_hurry", default=False)
_AWAY = (OperationalError, InterfaceError, PoolTimeout)


class Database:
    """A database and its connections.

    Args:
        url: an SQLAlchemy address, `sqlite:///…` or `postgresql+psycopg://…`.
        clock: the process's clock; a real one gives way to the server's on PostgreSQL.
        connections: how many threads may hold one at the same moment.
        secrets: what encrypts the secrets that are kept in it; None to keep them as they are.
    """

    def __init__(self, url: str, clock: Clock, *, connections: int = 32, secrets: Secrets | None = None) -> None:
        address = make_url(url)
        self._clock = clock
        self.is_sqlite = address.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._writer = _sqlite(address, begin="BEGIN IMMEDIATE", size=1)
            self._reader = _sqlite(address, begin="BEGIN", size=connections)
        else:
            self._writer = self._reader = _postgresql(address, size=connections)
        carried = {"secrets": secrets or Secrets()}
        self._write = sessionmaker(self._writer, expire_on_commit=False, info=carried)
        self._read = sessionmaker(self._reader, expire_on_commit=False, info=carried)
        self._turns = Turns()

    @contextmanager
    def begin(self) -> Iterator[Tx]:
        """A transaction that commits when the block ends, and rolls back when it raises.

        Raises MemoryAway when the database cannot be reached or stays locked.
        """
        with _saying_when_away(), self._turn(), self._write() as tx, tx.begin():
            yield tx

    def _turn(self) -> AbstractContextManager[None]:
        within = _PATIENCE if _in_no_hurry.get() else _WAIT_FOR_TURN
        return self._turns.taken(within=within) if self.is_sqlite else nullcontext()

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A transaction that is never committed. Raises MemoryAway as `begin` does."""
        with _saying_when_away(), self._read() as tx:
            yield tx

    def now(self, tx: Tx) -> datetime:
        """The time in UTC by which due times and leases are judged: the server's own on PostgreSQL, so that
        replicas whose clocks differ agree."""
        if self.is_sqlite or not self._clock.is_machines_own:
            return self._clock.now()
        instant: datetime = tx.execute(select(func.clock_timestamp())).scalar_one()
        return instant

    def ping(self) -> None:
        """Raises MemoryAway unless the database answers."""
        with self.read() as tx:
            tx.execute(text("SELECT 1"))

    @property
    def engine(self) -> Engine:
        """The engine that writes, for migrations and tests."""
        return self._writer

    def dispose(self) -> None:
        """Closes every connection."""
        self._writer.dispose()
        self._reader.dispose()


@contextmanager
def patiently() -> Iterator[None]:
    """Meanwhile this thread's writers wait longer for their turn, rather than to say that nothing was saved."""
    before = _in_no_hurry.set(True)
    try:
        yield
    finally:
        _in_no_hurry.reset(before)


def insert(tx: Tx, table: type[Base]) -> sqlite.Insert:
    """An INSERT that can say ON CONFLICT, which both databases spell the same way."""
    if tx.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    return cast(sqlite.Insert, postgresql.insert(table))


@contextmanager
def _saying_when_away() -> Iterator[None]:
    try:
        yield
    except TurnNotReached:
        raise MemoryAway("other writers took too long") from None
    except _AWAY as error:
        raise MemoryAway(str(error).splitlines()[0]) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise MemoryAway(str(error).splitlines()[0]) from error
        raise


def _sqlite(address: URL, *, begin: str, size: int) -> Engine:
    engine = create_engine(
        address,
        pool_size=size,
        max_overflow=0,
        pool_timeout=_WAIT_FOR_TURN,
        connect_args={"check_same_thread": False},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def settle(connection: Any, _record: Any) -> None:
        # The driver's own BEGIN is switched off, so that ours can be IMMEDIATE.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={round(_WAIT_FOR_FILE * 1000)}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgresql(address: URL, *, size: int) -> Engine:
    settings = {
        "timezone": "UTC",
        "lock_timeout": 2_000,
        "statement_timeout": 2_500,
        "idle_in_transaction_session_timeout": 60_000,
        # A plan made without the parameters takes a frequent beginning of a word for a rare one.
        "plan_cache_mode": "force_custom_plan",
    }
    return create_engine(
        address,
        pool_size=size,
        max_overflow=4,
        pool_timeout=_WAIT_FOR_TURN,
        pool_pre_ping=True,
        connect_args={
            "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
            "connect_timeout": 2,
        },
        hide_parameters=True,
    )
