"""`python -m bot import results`, as people run it."""

import os
import pty
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from typer.testing import CliRunner
from typer.testing import Result as Ran

from bot.__main__ import cli
from bot.errors import CannotStart
from tests.conftest import ROOT, connected
from tests.living import until
from tests.sources.conftest import Growth

LINES = 1_500


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "results.csv"


def run(monkeypatch: pytest.MonkeyPatch, url: str, *arguments: str | Path) -> Ran:
    monkeypatch.setenv("DATABASE_URL", url)
    return CliRunner().invoke(cli, ["import", "results", *map(str, arguments)])


def test_it_says_what_became_of_the_lines(
    growth: Growth, database_url: str, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet.write_text("outcome,value,date\n1,5,2026-02-20\n1,6,2026-02-21\n")
    ran = run(monkeypatch, database_url, sheet, "--dry-run")
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert ran.stdout == ("2 lines: 2 new, 0 already there, 0 refused.\nNothing was saved: this was a dry run.\n")
    ran = run(monkeypatch, database_url, sheet)
    assert (ran.exit_code, ran.stdout) == (0, "2 lines: 2 new, 0 already there, 0 refused.\n")
    assert len(growth.results()) == 2


def test_a_refused_line_is_told_apart_and_ends_it_unless_it_may_be_skipped(
    growth: Growth, database_url: str, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet.write_text("outcome,value\n1,5\n9,5\n")
    ran = run(monkeypatch, database_url, sheet)
    assert (ran.exit_code, ran.stderr) == (1, "Line 3: There is no OUT-9.\n")
    assert "Nothing was saved: correct what was refused" in ran.stdout
    assert growth.results() == []
    ran = run(monkeypatch, database_url, sheet, "--skip-refused")
    assert (ran.exit_code, ran.stdout) == (0, "2 lines: 1 new, 0 already there, 1 refused.\n")
    assert len(growth.results()) == 1


def test_what_cannot_begin_is_one_sentence(
    blank_database_url: str, sheet: Path, monkeypatch: pytest.MonkeyPatch, growth: Growth, database_url: str
) -> None:
    missing = run(monkeypatch, database_url, sheet)
    assert isinstance(missing.exception, CannotStart)
    assert "results.csv cannot be read (No such file or directory)" in missing.exception.sentence
    sheet.write_text("outcome,value\n")
    unmade = run(monkeypatch, blank_database_url, sheet)
    assert isinstance(unmade.exception, CannotStart)
    assert "not at this version" in unmade.exception.sentence


def test_killed_in_the_middle_it_leaves_nothing_half_done(growth: Growth, database_url: str, sheet: Path) -> None:
    began = datetime(2025, 1, 1, tzinfo=UTC)
    rows = (f"1,{n},{(began + timedelta(hours=n)).isoformat()},note {n}" for n in range(LINES))
    sheet.write_text("outcome,value,date,note\n" + "\n".join(rows))
    process = start(database_url, sheet)
    until(lambda: is_writing(database_url) or process.poll() is not None, 60)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert growth.results() == []
    said, _ = start(database_url, sheet).communicate(timeout=120)
    assert said == f"{LINES:,} lines: {LINES:,} new, 0 already there, 0 refused.\n"
    said, _ = start(database_url, sheet).communicate(timeout=120)
    assert said == f"{LINES:,} lines: 0 new, {LINES:,} already there, 0 refused.\n"
    assert len(growth.results()) == LINES


def test_on_a_terminal_a_bar_shows_how_far_it_is(growth: Growth, database_url: str, sheet: Path) -> None:
    sheet.write_text("outcome,value\n1,5\n1,6\n")
    ours, terminal = pty.openpty()
    process = start(database_url, sheet, stderr=terminal)
    os.close(terminal)
    said, _ = process.communicate(timeout=60)
    bar = os.read(ours, 10_000).decode()
    os.close(ours)
    assert "Checking" in bar
    assert "100%" in bar
    assert said == "2 lines: 2 new, 0 already there, 0 refused.\n"


def start(url: str, sheet: Path, *, stderr: int = subprocess.PIPE) -> subprocess.Popen[str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATABASE_URL": url}
    command = [sys.executable, "-m", "bot", "import", "results", str(sheet)]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=stderr, text=True, cwd=sheet.parent
    )


def is_writing(url: str) -> bool:
    """Whether the import is inside of its one transaction."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        connection = sqlite3.connect(address.database or "", timeout=0, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        finally:
            connection.close()
        return False
    active = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'INSERT INTO result%'"
    )
    with connected(url) as other:
        return bool(other.execute(text(active)).scalar())
