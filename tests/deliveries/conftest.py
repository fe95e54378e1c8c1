"""The firm that these tests live in; and one company for the listeners, with a public and a private team."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.living import Slack, living, set_up, write_down
from tests.workspaces.firm import firm

__all__ = ["firm"]


@pytest.fixture(scope="module")
def slack(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slack]:
    """Grace leads Growth, where Lena owns an outcome; Henrik leads People, in private. It is Monday noon in New York.

    Lena's check-in was sent. So were both introductions.
    """
    path = tmp_path_factory.mktemp("company") / "rhythm.db"
    shutil.copyfile(_migrated_sqlite, path)
    with living(f"sqlite:///{path}") as slack:
        set_up(slack, "grace", "#growth", name="Growth")
        set_up(slack, "henrik", "#people-ops", name="People")
        write_down(slack, "lena", "#growth")
        slack.jump("2026-03-02T12:00:00-05:00")
        yield slack
