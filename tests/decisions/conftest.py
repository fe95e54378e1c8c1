"""The firm that these tests live in; and for the listeners, one company for each module."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.living import Slack, living, set_up, write_down
from tests.workspaces.firm import firm

__all__ = ["firm"]


@pytest.fixture(scope="module")
def slack(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slack]:
    """A company with the teams Growth and Platform, and OUT-1 of Grace's in Growth."""
    path = tmp_path_factory.mktemp("company") / "rhythm.db"
    shutil.copyfile(_migrated_sqlite, path)
    with living(f"sqlite:///{path}") as slack:
        set_up(slack, "grace", "#growth", name="Growth")
        set_up(slack, "lena", "#platform", name="Platform")
        write_down(slack, "grace", "#growth")
        yield slack
