"""The firm that these tests live in, with a team and a meeting; for the listeners, one company for each module."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.meetings.actions.scheduling import add_meeting
from bot.meetings.model import TeamMeeting
from bot.teams.model import Team
from tests.living import Slack, living, set_up
from tests.meetings.samples import SYNC
from tests.workspaces.firm import Firm, firm, profile

__all__ = ["firm"]


@pytest.fixture
def growth(firm: Firm) -> Team:
    """The team that Lea leads, with Olga and, in Berlin, Bea in its channel."""
    firm.meet(profile("UBEA", name="Bea", zone="Europe/Berlin"))
    firm.channel(members=["UOLGA", "ULEAD", "UBEA"])
    return firm.team()


@pytest.fixture
def sync(firm: Firm, growth: Team) -> TeamMeeting:
    """Its meeting: Tuesdays at 15:00 in Berlin, told of an hour before."""
    with firm.db.begin() as tx:
        return add_meeting(tx, firm.viewer("ULEAD"), growth, SYNC, by="Lea", now=firm.now).meeting


@pytest.fixture(scope="module")
def slack(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slack]:
    """A company in which Grace leads Growth."""
    path = tmp_path_factory.mktemp("company") / "rhythm.db"
    shutil.copyfile(_migrated_sqlite, path)
    with living(f"sqlite:///{path}") as slack:
        set_up(slack, "grace", "#growth", name="Growth")
        yield slack
