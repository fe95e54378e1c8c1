"""A company whose Growth team holds meetings, and whose lead Grace may have their summaries kept in a canvas."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.living import Slack, living, set_up, write_down
from tests.workspaces.firm import firm

__all__ = ["firm"]


@pytest.fixture
def slack(_migrated_sqlite: Path, tmp_path: Path) -> Iterator[Slack]:
    shutil.copyfile(_migrated_sqlite, tmp_path / "rhythm.db")
    with living(f"sqlite:///{tmp_path / 'rhythm.db'}") as slack:
        set_up(slack, "grace", "#growth", name="Growth")
        write_down(slack, "grace", "#growth")
        slack.jump("2026-03-03T15:00:00+01:00")
        yield slack
