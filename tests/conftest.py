"""What every test may ask for: a clock that stands still, and a fresh database on each engine.

A test that takes `database` or `database_url` can run on SQLite and on PostgreSQL. Those of what databases differ in
always run on both; of the others each runs on one, half of them on SQLite and half on PostgreSQL, the same each time,
so that `make test` stays short. With `--both` everything runs on both; `-k sqlite` and `-k postgresql` choose one.
"""

import gc
import os
import shutil
import sqlite3
import ssl
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import structlog
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, Pool, PoolProxiedConnection

from bot.clock import MovableClock
from bot.db import migrate
from bot.db.database import Database
from bot.settings import Settings
from tests.postgres import postgres_server, starting_server, wait_until_ready
from tests.statements import share_compiled_statements

# A busy machine is no failure: no deadlines.
hypothesis.settings.register_profile("short", deadline=None, max_examples=50)
hypothesis.settings.register_profile("long", deadline=None, max_examples=300)
hypothesis.settings.load_profile("short")

ROOT = Path(__file__).resolve().parents[1]
ENGINES = ["sqlite", "postgresql"]
LONG = [
    "tests/year/test_year.py",
    "tests/simulation/test_simulation.py",
    "tests/storm/test_storm.py",
    "tests/test_seed.py",
    "tests/faults/test_processes.py",
    "tests/checkins/test_listeners.py",
    "tests/sources/test_http.py",
    "tests/sources/test_command.py",
    "tests/checkins/test_weeks.py",
]
"""The files that take longest run first, so that no worker is left with one when the others are done."""

ALWAYS_ON_BOTH = [
    "tests/checkins/test_answering.py",
    "tests/checkins/test_asking.py",
    "tests/checkins/test_closing.py",
    "tests/checkins/test_nudging.py",
    "tests/checkins/test_plans.py",
    "tests/db",
    "tests/faults",
    "tests/house",
    "tests/journeys/test_weekly_rhythm.py",
    "tests/outbox",
    "tests/outcomes",
    "tests/search",
    "tests/teams/test_visibility.py",
]
"""Migrations, locks, plans, visibility, search, deliveries, and the heart of each: where databases differ."""

MONDAY_MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)

# Faster than a new database for each test: 5 ms against 90. Connections a test forgot are closed first; ids start at 1.
EMPTY_EVERY_TABLE = text("""
DO $$
DECLARE one record;
BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    PERFORM set_config('session_replication_role', 'replica', true);
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', one.tablename);
    END LOOP;
    FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', one.sequencename);
    END LOOP;
END $$
""")

_shared_server = ExitStack()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """With pytest-xdist, the controlling process holds one server for all workers; it starts while they collect."""
    config = node.config
    if not hasattr(config, "rhythm_postgres"):
        config.rhythm_postgres = _shared_server.enter_context(starting_server())
    node.workerinput["postgres"] = config.rhythm_postgres


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Hands the samples that a module names to the tests of `tests/slack/every_message.py`."""
    named: dict[str, tuple[str, ...]] = {
        "sample": ("MESSAGES", "FORMS"),
        "message": ("MESSAGES",),
        "extreme_message": ("EXTREMES",),
    }
    for argument, groups in named.items():
        if argument in metafunc.fixturenames:
            samples = {name: made for group in groups for name, made in getattr(metafunc.module, group).items()}
            metafunc.parametrize(argument, samples.values(), ids=samples.keys())


def pytest_configure() -> None:
    """`.env.example` is the tests' environment: what this machine has in `.env`, or exports, stays out of them."""
    for name in Settings.model_fields:
        os.environ.pop(name.upper(), None)
    Settings.model_config["env_file"] = ROOT / ".env.example"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--both", action="store_true", help="run every database test on both engines, and more examples")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("both"):
        hypothesis.settings.load_profile("long")
    elif not config.getoption("keyword"):
        left_out = [item for item in items if _is_for_the_other_engine(item)]
        items[:] = [item for item in items if item not in set(left_out)]
        config.hook.pytest_deselected(items=left_out)
    long = {ROOT / name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: long.get(item.path, len(long)))


def _is_for_the_other_engine(item: pytest.Item) -> bool:
    """Whether a test that runs on one engine only is drawn for the other one, by its name."""
    drawn = getattr(item, "callspec", None)
    engine = drawn.params.get("database_url") if drawn else None
    if engine not in ENGINES or any(item.path.is_relative_to(ROOT / name) for name in ALWAYS_ON_BOTH):
        return False
    name = item.nodeid.replace(str(engine), "")
    return bool(ENGINES[zlib.crc32(name.encode()) % len(ENGINES)] != engine)


def pytest_collection_finish() -> None:
    """What is imported and collected stays to the end: the garbage collector need not go through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_unconfigure() -> None:
    _shared_server.close()


@pytest.fixture(scope="session", autouse=True)
def _shared_statements() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        share_compiled_statements(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def _shared_certificates() -> Iterator[None]:
    """Clients read this machine's certificates once, not 30 ms for each client: nothing here leaves loopback."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


@pytest.fixture(scope="session", autouse=True)
def _loggers_that_listen() -> Iterator[None]:
    """A command run in here sets the log up; were loggers to remember that, no later test could capture their lines."""
    configure = structlog.configure
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(structlog, "configure", lambda **given: configure(**given | {"cache_logger_on_first_use": False}))
        yield


@pytest.fixture(scope="session", autouse=True)
def _forgetful_files() -> Iterator[None]:
    """SQLite files need not outlive a power cut here: their commits do not wait for the disk."""

    def forget(connection: Any, record: ConnectionPoolEntry, _: PoolProxiedConnection) -> None:
        if isinstance(connection, sqlite3.Connection) and not record.info.get("is_forgetful"):
            connection.execute("PRAGMA synchronous=OFF")
            record.info["is_forgetful"] = True

    event.listen(Pool, "checkout", forget)
    yield
    event.remove(Pool, "checkout", forget)


@pytest.fixture(scope="session")
def postgres_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A real PostgreSQL server's own database, from which others can be created."""
    shared: str | None = getattr(request.config, "workerinput", {}).get("postgres")
    if shared is None:
        with postgres_server() as url:
            yield url
    else:
        wait_until_ready(shared)
        yield shared


@pytest.fixture(scope="session")
def _migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def _migrated_postgres(postgres_url: str, worker_id: str) -> Iterator[str]:
    with created_database(postgres_url, f"migrated_{worker_id}") as url:
        migrate.upgrade(url)
        yield url


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a migrated database with no rows, of this test alone."""
    if request.param == "sqlite":
        path = tmp_path / "rhythm.db"
        shutil.copyfile(request.getfixturevalue("_migrated_sqlite"), path)
        return f"sqlite:///{path}"
    url: str = request.getfixturevalue("_migrated_postgres")
    with connected(url) as connection:
        connection.execute(EMPTY_EVERY_TABLE)
    return url


@pytest.fixture(params=ENGINES)
def blank_database_url(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[str]:
    """The address of a database without a single table, for the tests of the migrations themselves."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.db'}"
    else:
        server: str = request.getfixturevalue("postgres_url")
        with created_database(server, f"blank_{worker_id}") as url:
            yield url


@pytest.fixture
def clock() -> MovableClock:
    """Monday 2 March 2026, 08:00 UTC, until a test moves it."""
    return MovableClock(MONDAY_MORNING, frozen=True)


@pytest.fixture
def database(database_url: str, clock: MovableClock) -> Iterator[Database]:
    """A migrated database with no rows, told the time by `clock`."""
    database = Database(database_url, clock)
    yield database
    database.dispose()


@contextmanager
def created_database(server: str, name: str) -> Iterator[str]:
    """The address of a new PostgreSQL database, dropped when the block ends, whoever is still connected."""
    with connected(server) as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with connected(server) as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """One connection that commits each statement, and nothing left open after it."""
    with _engine(url).connect() as connection:
        yield connection


@cache
def _engine(url: str) -> Engine:
    return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
