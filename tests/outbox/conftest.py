"""A workspace with an outbox, on both databases."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.db.base import Base
from bot.db.database import Database
from bot.outbox.sender import Sender
from bot.workspaces.model import Workspace
from tests.outbox.slack import PACE, FakeSlack


@pytest.fixture
def database(database: Database, clock: MovableClock) -> Database:
    """The shared database with its tables and two workspaces in it."""
    Base.metadata.create_all(database.engine)
    with database.begin() as tx:
        for name in ("T1", "T2"):
            tx.add(Workspace(id=name, name=name, bot_user_id="UBOT", created_at=clock.now()))
    return database


@pytest.fixture
def slack(clock: MovableClock) -> FakeSlack:
    return FakeSlack(clock)


@pytest.fixture
def sender(database: Database, slack: FakeSlack, clock: MovableClock) -> Sender:
    return Sender(database, slack, clock, PACE, chance=lambda: 0.5)


@pytest.fixture
def run_for(sender: Sender, clock: MovableClock) -> Callable[[float], None]:
    """Lets the sender work for so many seconds of the clock."""
    def run(seconds: float) -> None:
        for _ in range(int(seconds * 2)):
            sender.send_due()
            sender.reconcile_due()
            clock.advance(timedelta(seconds=0.5))

    return run
