"""The firm that these tests live in, and a company for those that press buttons: Growth, with an outcome of Grace's."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.outcomes.queries import View
from tests.living import Slack, living, set_up, write_down
from tests.workspaces.firm import Firm, firm

__all__ = ["firm"]


@pytest.fixture
def view(firm: Firm) -> View:
    """An outcome of Olga's, in a team that Lea leads."""
    firm.channel(members=["UOLGA"])
    return firm.outcome(firm.team(), "UOLGA")


@pytest.fixture(scope="module")
def slack(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slack]:
    """One company for each module."""
    path = tmp_path_factory.mktemp("company") / "rhythm.db"
    shutil.copyfile(_migrated_sqlite, path)
    with living(f"sqlite:///{path}") as slack:
        set_up(slack, "grace", "#growth", name="Growth")
        write_down(slack, "grace", "#growth")
        yield slack
