"""Companies for journeys: one of a test's own, on either database and over either way in, or one a module shares."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.living import Slack, living


@pytest.fixture
def company(database_url: str) -> Iterator[Slack]:
    """A company of this test's own: on SQLite over Socket Mode, on PostgreSQL by signed HTTP."""
    with living(database_url, mode="socket" if database_url.startswith("sqlite") else "http") as slack:
        yield slack


@pytest.fixture(scope="module")
def slack(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slack]:
    """The company that the tests of a module share: on SQLite, over Socket Mode."""
    path = tmp_path_factory.mktemp("company") / "rhythm.db"
    shutil.copyfile(_migrated_sqlite, path)
    with living(f"sqlite:///{path}") as slack:
        yield slack


@pytest.fixture
def alone(_migrated_sqlite: Path, tmp_path: Path) -> Iterator[Slack]:
    """A company of this test's own, on SQLite, over Socket Mode."""
    shutil.copyfile(_migrated_sqlite, tmp_path / "rhythm.db")
    with living(f"sqlite:///{tmp_path / 'rhythm.db'}") as slack:
        yield slack
