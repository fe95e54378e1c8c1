"""The firm that these tests live in; and one company for the listeners, with a team in #growth."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.living import Slack, living, set_up
from tests.workspaces.firm import firm

__all__ = ["firm"]


@pytest.fixture(scope="module")
def slack(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slack]:
    path = tmp_path_factory.mktemp("company") / "rhythm.db"
    shutil.copyfile(_migrated_sqlite, path)
    with living(f"sqlite:///{path}") as slack:
        set_up(slack, "grace", "#growth", name="Growth")
        yield slack
