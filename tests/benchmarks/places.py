"""Databases to measure on: a file, or a PostgreSQL server of its own that writes as durably as in production."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from sqlalchemy import make_url, text

from bot.db import migrate
from bot.db.database import Database
from tests.conftest import connected
from tests.postgres import postgres_server

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

NewDatabase = Callable[[], str]
"""The address of one more migrated database with no rows."""


@contextmanager
def place(engine: str) -> Iterator[NewDatabase]:
    """Where databases of that engine can be made; they are gone when the block ends."""
    numbers = count(1)
    if engine == "sqlite":
        with tempfile.TemporaryDirectory(prefix="rhythm-benchmark-") as folder:
            yield lambda: _migrated(f"sqlite:///{folder}/{next(numbers)}.db")
    else:
        with postgres_server(durable=True) as server:
            yield lambda: _migrated(_created(server, f"benchmark_{next(numbers)}"))


def name_and_version(database: Database) -> str:
    """What the database is, such as `SQLite 3.40.1`."""
    engine, asks = (
        ("SQLite", "SELECT sqlite_version()") if database.is_sqlite else ("PostgreSQL", "SHOW server_version")
    )
    with database.read() as tx:
        return f"{engine} {tx.scalar(text(asks))}"


def _created(server: str, name: str) -> str:
    with connected(server) as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _migrated(url: str) -> str:
    migrate.upgrade(url)
    return url
