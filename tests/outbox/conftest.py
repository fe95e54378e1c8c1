"""A workspace with an outbox, on both databases."""

from collections.abc import Callable, Iterator, MutableMapping
from datetime import timedelta
from typing import Any

import pytest
import structlog

from bot.clock import MovableClock
from bot.db.database import Database
from bot.outbox.queries import next_send_at
from bot.outbox.sender import Sender
from bot.workspaces.model import Workspace
from tests.outbox.slack import PACE, FakeSlack


@pytest.fixture
def database(database: Database, clock: MovableClock) -> Database:
    """The shared database with two workspaces in it."""
    with database.begin() as tx:
        for name in ("T1", "T2"):
            tx.add(Workspace(id=name, name=name, bot_user_id="UBOT", created_at=clock.now()))
    return database


@pytest.fixture(autouse=True)
def lines() -> Iterator[list[MutableMapping[str, Any]]]:
    """What was logged."""
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        yield lines


@pytest.fixture
def slack(clock: MovableClock) -> FakeSlack:
    return FakeSlack(clock)


@pytest.fixture
def sender(database: Database, slack: FakeSlack, clock: MovableClock) -> Sender:
    return Sender(database, slack, clock, PACE, chance=lambda: 0.5)


@pytest.fixture
def run_for(database: Database, sender: Sender, clock: MovableClock) -> Callable[[float], None]:
    """Lets the sender work for so many seconds of the clock, whenever it has something to do."""

    def run(seconds: float) -> None:
        end = clock.now() + timedelta(seconds=seconds)
        while clock.now() < end:
            while sender.send_due() + sender.reconcile_due() > 0:
                pass
            with database.begin() as tx:
                instant = next_send_at(tx, now=clock.now() + timedelta(seconds=0.1))
            clock.move_to(min(instant or end, end))

    return run
