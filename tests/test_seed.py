"""The demo company's past: lived once, through the bot's own actions, and whole or not at all."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.db.database import Database, Tx
from bot.db.migrate import upgrade
from bot.decisions.queries import find_decision
from bot.decisions.queries.debt import debt_page
from bot.decisions.queries.recall import recall
from bot.decisions.rules import Verdict
from bot.decisions.rules.debt import Debt
from bot.demo.company import COMPANY
from bot.demo.quarter import OUTCOMES
from bot.errors import CannotStart
from bot.measuring.health import Health
from bot.meetings.queries.history import past_meetings
from bot.outbox.model import Delivery
from bot.outbox.queries import counts
from bot.outbox.rules import REPLACED, State
from bot.outcomes.queries import View, outcomes_owned_by
from bot.people.rules import Viewer
from bot.rehearsal import seed
from bot.settings import Settings
from bot.signals.queries import signals_in
from bot.teams.queries import team_in_channel

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
        stopped = set(tx.scalars(select(Delivery.reason).where(Delivery.state == State.CANCELLED)))
    db.dispose()
    assert {view.standing(SUNDAY.date()).health for view in views} == set(Health)
    assert len(views) == len(OUTCOMES)
    # In its first two weeks, Growth has nothing that a digest could say.
    assert {state for state, number in states.items() if number} == {State.SENT, State.WITHHELD, State.CANCELLED}
    assert stopped == {REPLACED}
    assert states[State.WITHHELD] == 2
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


def test_one_decision_is_overdue_one_was_objected_to_and_one_was_learnt_from(past: tuple[Settings, Path]) -> None:
    settings, _ = past
    db = Database(settings.database_url, MovableClock(SUNDAY, frozen=True))
    grace = Viewer(COMPANY.workspace.id, COMPANY.person("grace").id)
    with db.read() as tx:
        reviewed, objected, overdue = (find_decision(tx, grace, number) for number in (1, 2, 3))
        [debt] = debt_page(tx, grace, today=SUNDAY.date()).debts
        remembered = recall(tx, grace, "How many fields has the form before a trial?")
    db.dispose()
    assert [one.verdict for one in reviewed.reviews] == [Verdict.BETTER]
    assert [objected.name_of(one.person_id) for one in objected.objections] == ["Zofia Kowalska"]
    assert (debt.brief.decision.key, list(debt.kinds)) == (overdue.decision.key, [Debt.OVERDUE])
    assert debt.blocks == [one.brief.outcome.key for one in overdue.waits]
    assert overdue.obstacle is not None
    assert remembered.decisions[0].brief.decision.key == reviewed.decision.key


def test_its_meetings_changed_nothing_at_first_and_something_of_late(past: tuple[Settings, Path]) -> None:
    settings, _ = past
    db = Database(settings.database_url, MovableClock(SUNDAY, frozen=True))
    grace = Viewer(COMPANY.workspace.id, COMPANY.person("grace").id)
    with db.read() as tx:
        growth = team_in_channel(tx, grace, COMPANY.channel("growth").id)
        assert growth is not None
        newest, before, *earlier = [one.card for one in past_meetings(tx, grace, growth)]
    db.dispose()
    assert (newest.actions_agreed, before.decisions, before.obstacles_cleared, before.actions_agreed) == (1, 1, 1, 1)
    assert [card for card in earlier if not (card.decisions or card.obstacles_cleared or card.actions_agreed)]


def test_a_past_is_not_lived_twice(past: tuple[Settings, Path], tmp_path: Path) -> None:
    settings, _ = past
    with pytest.raises(CannotStart, match="holds the demo company already"):
        seed(settings, journal=tmp_path / "again.jsonl", until=SUNDAY)
    assert not (tmp_path / "again.jsonl").exists()


def _owned(tx: Tx, handle: str) -> list[View]:
    viewer = Viewer(COMPANY.workspace.id, COMPANY.person(handle).id)
    return outcomes_owned_by(tx, viewer)
