"""The tests' own PostgreSQL: real, private, and gone when its tests are."""

import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import text

from tests.conftest import connected
from tests.house.source import ROOT
from tests.postgres import installed_binaries, postgres_server

OWNER = """
from tests.postgres import postgres_server
with postgres_server() as url:
    print(url, flush=True)
    input()
"""


def directory_of(url: str) -> Path:
    return Path(url.rpartition("host=")[2].strip())


def gone(directory: Path, *, within_seconds: float = 10) -> bool:
    deadline = time.monotonic() + within_seconds
    while directory.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    return not directory.exists()


def test_it_is_a_real_server_that_speaks_unicode_and_utc(postgres_url: str) -> None:
    with connected(postgres_url) as connection:
        row = connection.execute(text("SELECT lower('ÀÉЖ'), current_setting('timezone'), version()")).one()
    assert row[:2] == ("àéж", "UTC")
    assert row[2].startswith("PostgreSQL")


def test_it_stops_and_leaves_nothing_when_its_block_ends() -> None:
    with postgres_server() as url:
        assert directory_of(url).exists()
    assert not directory_of(url).exists()


def test_it_stops_when_its_owner_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OWNER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        directory = directory_of(owner.stdout.readline())
        assert directory.exists()
        owner.kill()
    assert gone(directory)


def test_the_binaries_come_from_the_wheel() -> None:
    assert (installed_binaries() / "initdb").exists()
    assert "site-packages" in installed_binaries().parts
