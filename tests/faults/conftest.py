"""One company for each module, with a team in #growth and one outcome of Grace's; Monday's check-in was sent."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.living import Slack, living, set_up, write_down


@pytest.fixture(scope="module")
def slack(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slack]:
    path = tmp_path_factory.mktemp("company") / "rhythm.db"
    shutil.copyfile(_migrated_sqlite, path)
    with living(f"sqlite:///{path}", mode="http") as slack:
        begin(slack)
        yield slack


@pytest.fixture
def alone(_migrated_sqlite: Path, tmp_path: Path) -> Iterator[Slack]:
    """A company of this test's own, on SQLite, over Socket Mode, with nothing in it."""
    shutil.copyfile(_migrated_sqlite, tmp_path / "alone.db")
    with living(f"sqlite:///{tmp_path / 'alone.db'}") as slack:
        yield slack


@pytest.fixture
def company(database_url: str) -> Iterator[Slack]:
    """A company of this test's own, on each database."""
    with living(database_url) as slack:
        begin(slack)
        yield slack


def begin(slack: Slack) -> None:
    """A team, an outcome, and Monday morning."""
    set_up(slack, "grace", "#growth", name="Growth")
    write_down(slack, "grace", "#growth")
    slack.jump("2026-03-02T09:00:00-05:00")
