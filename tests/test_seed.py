"""The demo company's past: lived once, through the bot's own actions, and whole or not at all."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.db.database import Database, Tx
from bot.db.migrate import upgrade
from bot.demo.company import COMPANY
from bot.demo.quarter import OUTCOMES
from bot.errors import CannotStart
from bot.measuring.health import Health
from bot.outbox.queries import counts
from bot.outbox.rules import State
from bot.outcomes.queries import View, outcomes_owned_by
from bot.people.rules import Viewer
from bot.rehearsal import seed
from bot.settings import Settings
from bot.signals.queries import signals_in

SUNDAY = datetime(2026, 3, 8, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Path]:
    """The demo company's past, lived until that Sunday, and its journal."""
    folder = tmp_path_factory.mktemp("past")
    settings = Settings(database_url=f"sqlite:///{folder}/rhythm.db")
    upgrade(settings.database_url)
    seed(settings, journal=folder / "sandbox.jsonl", until=SUNDAY)
    return settings, folder / "sandbox.jsonl"


def test_the_company_stands_in_every_state_of_health_and_nothing_got_lost(past: tuple[Settings, Path]) -> None:
    settings, journal = past
    db = Database(settings.database_url, MovableClock(SUNDAY, frozen=True))
    with db.read() as tx:
        views = [view for owner in {outcome.owner for outcome in OUTCOMES} for view in _owned(tx, owner)]
        states = counts(tx, now=SUNDAY).by_state
    db.dispose()
    assert {view.standing(SUNDAY.date()).health for view in views} == set(Health)
    assert len(views) == len(OUTCOMES)
    # In its first week, Growth has nothing that a digest could say.
    assert {state for state, number in states.items() if number} == {State.SENT, State.WITHHELD}
    assert states[State.WITHHELD] == 1
    assert journal.exists()


def test_one_outcome_is_busy_and_does_not_move(past: tuple[Settings, Path]) -> None:
    settings, _ = past
    db = Database(settings.database_url, MovableClock(SUNDAY, frozen=True))
    with db.read() as tx:
        page = signals_in(
            tx, Viewer(COMPANY.workspace.id, COMPANY.person("grace").id), today=SUNDAY.date(), focus_limit=3
        )
        busy = [found.view.owner.name for found in page.signals if found.effort]
    db.dispose()
    assert busy == ["Sofia Alvarez"]


def test_a_past_is_not_lived_twice(past: tuple[Settings, Path], tmp_path: Path) -> None:
    settings, _ = past
    with pytest.raises(CannotStart, match="holds the demo company already"):
        seed(settings, journal=tmp_path / "again.jsonl", until=SUNDAY)
    assert not (tmp_path / "again.jsonl").exists()


def _owned(tx: Tx, handle: str) -> list[View]:
    viewer = Viewer(COMPANY.workspace.id, COMPANY.person(handle).id)
    return outcomes_owned_by(tx, viewer)
