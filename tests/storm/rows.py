"""The storm's database: a PostgreSQL that is restarted, whose connections are cut, and whose clock is moved.

Rhythm asks the database for the time, as `clock_timestamp()`. This database answers with a function of its own of that
name, which adds a shift to the real one. So every process lives by a clock that can be moved, and none knows of it.
"""

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from bot.db import migrate
from bot.errors import MemoryAway
from tests.conftest import connected, created_database
from tests.postgres import starting_server, wait_until_ready

Found = TypeVar("Found")

_PATIENCE = 30.0
"""Seconds within which a database that was restarted answers again."""

_SETTING = (
    "CREATE TABLE storm_clock (shift interval NOT NULL)",
    "INSERT INTO storm_clock VALUES ('0')",
    """CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
       AS 'SELECT pg_catalog.clock_timestamp() + shift FROM public.storm_clock'""",
    # Ours is found before the server's own.
    "ALTER DATABASE {name} SET search_path = public, pg_catalog",
    # The tests' server forgets commits when it is killed; this one must not.
    "ALTER DATABASE {name} SET synchronous_commit = on",
)


class Rows:
    """One database of a server, migrated, with a clock that can be moved."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._name = make_url(url).database or ""
        migrate.upgrade(url)
        with connected(url) as connection:
            for statement in _SETTING:
                connection.execute(text(statement.format(name=self._name)))

    @classmethod
    @contextmanager
    def created(cls, server: str, name: str) -> Iterator[Self]:
        """A new database of this server, gone when the block ends."""
        with created_database(server, name) as url:
            yield cls(url)

    def now(self) -> datetime:
        """What time it is for every process."""
        instant: datetime = self._ask("SELECT clock_timestamp()").astimezone(UTC)
        return instant

    def move(self, by: timedelta) -> None:
        """Moves the clock, forward or back."""
        self._ask("UPDATE storm_clock SET shift = shift + :by RETURNING shift", by=by)

    def cut(self) -> int:
        """Cuts every connection; answers how many there were."""
        cut: int = self._ask(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = :name AND pid <> pg_backend_pid()",
            name=self._name,
        )
        return cut

    def _ask(self, question: str, **known: Any) -> Any:
        return patiently(lambda: self._ask_once(question, known))

    def _ask_once(self, question: str, known: dict[str, Any]) -> Any:
        with connected(self.url) as connection:
            return connection.execute(text(question), known).scalar_one()


def patiently(ask: Callable[[], Found]) -> Found:
    """Asks again while the database is away, for half a minute. What is asked must bear being asked twice."""
    give_up = time.monotonic() + _PATIENCE
    while True:
        try:
            return ask()
        except (DBAPIError, MemoryAway):
            if time.monotonic() > give_up:
                raise
            time.sleep(0.1)


class Server:
    """A PostgreSQL of the storm's own, which is stopped and started again."""

    def __init__(self, url: str) -> None:
        self.url = url
        directory = Path(url.rpartition("host=")[2])
        self._data, self._log = directory / "data", directory / "log"
        self._started: subprocess.Popen[bytes] | None = None

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Self]:
        """A server, gone when the block ends."""
        with starting_server() as url:
            wait_until_ready(url)
            server = cls(url)
            try:
                yield server
            finally:
                server._end()

    def restart(self, *, crash: bool) -> None:
        """Stops the server, in order or as if it crashed, and starts it again. Returns once it answers."""
        command = shlex.split((self._data / "postmaster.opts").read_text())
        self._stop(signal.SIGQUIT if crash else signal.SIGINT)
        owner = self._data.stat()
        user: dict[str, Any] = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
        with self._log.open("ab") as output:
            self._started = subprocess.Popen(
                command, cwd=self._data, stdout=output, stderr=output, **(user if os.geteuid() == 0 else {})
            )
        wait_until_ready(self.url)

    def _stop(self, how: signal.Signals) -> None:
        lock = self._data / "postmaster.pid"
        os.kill(int(lock.read_text().split()[0]), how)
        give_up = time.monotonic() + _PATIENCE
        while lock.exists():
            assert time.monotonic() < give_up, "PostgreSQL does not stop"
            time.sleep(0.02)
        if self._started is not None:
            self._started.wait()

    def _end(self) -> None:
        if self._started is not None and self._started.poll() is None:
            self._stop(signal.SIGQUIT)
