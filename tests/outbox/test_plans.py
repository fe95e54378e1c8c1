"""What a sender asks all the time stays cheap however many messages there have been: it is asked through indexes."""

from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.db.database import Database
from bot.outbox.queries import delivery_at
from bot.outbox.sender import Sender
from tests.benchmarks.crowd import Company, Crowd
from tests.outbox.slack import PACE, FakeSlack, owe
from tests.plans import plan_about, plans_of


@pytest.fixture
def sender(database: Database, database_url: str, clock: MovableClock, slack: FakeSlack) -> Sender:
    """A sender with a few messages due, after two thousand that were sent."""
    Crowd([Company("T9", 2_000, 1)], clock.now(), has_past=True).fill(database_url)
    with database.begin() as tx:
        for number in range(3):
            owe(tx, f"due{number}", clock.now(), place=f"C{number}", workspace_id="T9")
    return Sender(database, slack, clock, PACE)


def test_what_is_due_is_found_by_its_state_and_written_by_its_own_keys(database: Database, sender: Sender) -> None:
    plans = plans_of(database, sender.send_due)
    lane = plan_about(plans, "FROM lane", "EXISTS", "LIMIT")
    in_it = plan_about(plans, "FROM delivery", "JOIN direct_channel", "LIMIT")
    for plan in (lane, in_it):
        assert plan.uses("ix_delivery_claim") or plan.uses("ix_delivery_state")
    written = [plan for plan in plans if plan.statement.startswith("UPDATE delivery")]
    assert len(written) == 3
    assert not any(plan.reads_all_of("delivery") for plan in (lane, in_it, *written))


UPKEEP = {
    "of unknown fate": ("leased_until", "JOIN direct_channel"),
    "abandoned": ("leased_until", "delivery.reason"),
    "expired": ("expires_at <=", "delivery.reason"),
    "orphaned": ("parent.state", "delivery.reason"),
}


def test_what_upkeep_looks_for_is_found_by_its_state(database: Database, sender: Sender, clock: MovableClock) -> None:
    clock.advance(timedelta(minutes=5))
    plans = plans_of(database, sender.reconcile_due)
    found = {name: plan_about(plans, *words) for name, words in UPKEEP.items()}
    indexes = ("ix_delivery_state", "ix_delivery_expiry")
    assert [name for name, plan in found.items() if not any(map(plan.uses, indexes))] == []


def test_the_message_that_somebody_answers_is_found_where_it_was_posted(database: Database, sender: Sender) -> None:
    def ask() -> None:
        with database.read() as tx:
            delivery_at(tx, workspace_id="T9", channel="DT9X5", ts="1.0")

    [plan] = plans_of(database, ask)
    assert plan.uses("ix_delivery_message")
