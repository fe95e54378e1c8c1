"""A company whose Growth team holds meetings, and whose lead Grace may have their summaries kept in a canvas."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.living import Beginning, Slack, set_up, write_down
from tests.workspaces.firm import firm

__all__ = ["firm"]


@pytest.fixture(scope="module")
def beginning(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Beginning:
    def live(slack: Slack) -> None:
        set_up(slack, "grace", "#growth", name="Growth")
        write_down(slack, "grace", "#growth")
        slack.jump("2026-03-03T15:00:00+01:00")

    return Beginning.lived(_migrated_sqlite, tmp_path_factory.mktemp("beginning"), live)


@pytest.fixture
def slack(beginning: Beginning, tmp_path: Path) -> Iterator[Slack]:
    with beginning.gone_on_with(tmp_path) as slack:
        yield slack
