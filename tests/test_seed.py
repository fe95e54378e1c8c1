"""The demo company's past: lived once, through the bot's own actions, and whole or not at all."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.db.database import Database, Tx
from bot.db.migrate import upgrade
from bot.demo import seed as demo
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

SUNDAY = datetime(2026, 3, 8, 12, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/rhythm.db")
    upgrade(settings.database_url)
    return settings


def test_the_company_stands_in_every_state_of_health_and_nothing_got_lost(settings: Settings, tmp_path: Path) -> None:
    journal = tmp_path / "sandbox.jsonl"
    seed(settings, journal=journal, until=SUNDAY)
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


def test_a_past_is_not_lived_twice(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "WEEKS", 1)
    seed(settings, journal=tmp_path / "sandbox.jsonl", until=SUNDAY)
    with pytest.raises(CannotStart, match="holds the demo company already"):
        seed(settings, journal=tmp_path / "again.jsonl", until=SUNDAY)
    assert not (tmp_path / "again.jsonl").exists()


def _owned(tx: Tx, handle: str) -> list[View]:
    viewer = Viewer(COMPANY.workspace.id, COMPANY.person(handle).id)
    return outcomes_owned_by(tx, viewer)
