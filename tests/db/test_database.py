"""Transactions, the clock, and a database that goes away and comes back."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.clock import MovableClock, SystemClock
from bot.db import database as floor
from bot.db.database import Database, patiently
from bot.errors import MemoryAway
from bot.workspaces.actions import remember_workspace
from bot.workspaces.model import Workspace
from tests.conftest import connected

OTHERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def note(database: Database, name: str) -> None:
    with database.begin() as tx:
        remember_workspace(tx, workspace_id="T1", name=name, bot_user_id="UBOT", now=database.now(tx))


def noted(database: Database) -> str | None:
    with database.read() as tx:
        workspace = tx.get(Workspace, "T1")
        return workspace.name if workspace else None


def test_what_was_done_is_kept_when_the_block_ends(database: Database) -> None:
    note(database, "Acme")
    assert noted(database) == "Acme"


def test_nothing_is_kept_when_it_raises(database: Database) -> None:
    def fails() -> None:
        with database.begin() as tx:
            remember_workspace(tx, workspace_id="T1", name="Acme", bot_user_id="UBOT", now=database.now(tx))
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        fails()
    assert noted(database) is None


def test_a_reading_is_never_kept(database: Database) -> None:
    with database.read() as tx:
        remember_workspace(tx, workspace_id="T1", name="Acme", bot_user_id="UBOT", now=database.now(tx))
    assert noted(database) is None


def test_what_was_read_can_still_be_used_afterwards(database: Database) -> None:
    note(database, "Acme")
    with database.begin() as tx:
        workspace = tx.get_one(Workspace, "T1")
    assert workspace.name == "Acme"


def test_a_reader_is_not_held_up_by_a_writer(database: Database) -> None:
    note(database, "before")
    with database.begin() as tx:
        tx.get_one(Workspace, "T1").name = "after"
        tx.flush()
        assert noted(database) == "before"
    assert noted(database) == "after"


def test_the_time_is_that_of_a_clock_that_was_moved(database: Database, clock: MovableClock) -> None:
    with database.read() as tx:
        assert database.now(tx) == clock.now()


def test_with_the_machines_clock_the_time_is_aware_and_about_now(database_url: str) -> None:
    database = Database(database_url, SystemClock())
    with database.read() as tx:
        assert abs((database.now(tx) - SystemClock().now()).total_seconds()) < 5
    database.dispose()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_drops_its_connections_is_away_and_then_back(database: Database, database_url: str) -> None:
    note(database, "before")

    def interrupted() -> None:
        with database.begin() as tx:
            tx.get_one(Workspace, "T1").name = "during"
            with connected(database_url) as administrator:
                administrator.execute(OTHERS)

    with pytest.raises(MemoryAway):
        interrupted()
    assert noted(database) == "before"
    note(database, "after")
    assert noted(database) == "after"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_row_held_by_somebody_else_is_given_up_before_slack_gives_up(database: Database, database_url: str) -> None:
    note(database, "before")

    def held_up() -> None:
        with database.begin() as tx:
            tx.execute(text("SET LOCAL lock_timeout = 50"))
            tx.get_one(Workspace, "T1", with_for_update=True)

    with database.begin() as other:
        other.get_one(Workspace, "T1", with_for_update=True)
        with pytest.raises(MemoryAway):
            held_up()
    note(database, "after")


def test_no_server_at_all_is_a_sentence(clock: MovableClock) -> None:
    nowhere = Database("postgresql+psycopg://rhythm:hunter2@127.0.0.1:9/rhythm", clock)
    with pytest.raises(MemoryAway) as away:
        nowhere.ping()
    assert "Nothing was saved" in away.value.sentence
    assert "hunter2" not in away.value.sentence + away.value.cause
    nowhere.dispose()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_file_locked_by_another_writer_is_away_and_then_back(
    database_url: str, clock: MovableClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floor, "_WAIT_FOR_FILE", 0.05)
    database = Database(database_url, clock)
    database.ping()
    other = sqlite3.connect(tmp_path / "rhythm.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(MemoryAway):
        note(database, "Acme")
    assert noted(database) is None
    other.execute("ROLLBACK")
    other.close()
    note(database, "Acme")
    assert noted(database) == "Acme"
    database.dispose()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_is_in_no_hurry_waits_for_the_one_writer(
    database_url: str, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floor, "_WAIT_FOR_TURN", 0.0)
    database = Database(database_url, clock)

    def note_patiently() -> None:
        with patiently():
            note(database, "Acme")

    with ThreadPoolExecutor(1) as other:
        with database.begin() as tx:
            tx.execute(text("SELECT 1"))
            noting = other.submit(note_patiently)
            assert wait([noting], timeout=0.1).not_done
        noting.result()
    assert noted(database) == "Acme"
    database.dispose()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_one_writer_being_busy_is_away_too(
    database_url: str, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floor, "_WAIT_FOR_TURN", 0.05)
    database = Database(database_url, clock)
    with database.begin() as tx:
        tx.execute(text("SELECT 1"))
        with pytest.raises(MemoryAway):
            note(database, "Acme")
    note(database, "Acme")
    database.dispose()
