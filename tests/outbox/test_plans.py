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


def test_the_next_lane_is_found_by_what_is_due_in_it(database: Database, sender: Sender) -> None:
    plan = plan_about(plans_of(database, sender.send_due), "FROM lane", "EXISTS", "LIMIT")
    assert plan.uses("ix_delivery_claim") or plan.uses("ix_delivery_state")
    assert not plan.reads_all_of("delivery")


def test_what_is_due_in_a_lane_is_found_by_its_state(database: Database, sender: Sender) -> None:
    plan = plan_about(plans_of(database, sender.send_due), "FROM delivery", "JOIN direct_channel", "LIMIT")
    assert plan.uses("ix_delivery_claim") or plan.uses("ix_delivery_state")
    assert not plan.reads_all_of("delivery")


def test_a_batch_is_written_by_its_rows_own_keys(database: Database, sender: Sender) -> None:
    written = [plan for plan in plans_of(database, sender.send_due) if plan.statement.startswith("UPDATE delivery")]
    assert len(written) == 3
    assert not any(plan.reads_all_of("delivery") for plan in written)


@pytest.mark.parametrize(
    "words",
    [
        ("leased_until", "JOIN direct_channel"),
        ("leased_until", "delivery.reason"),
        ("expires_at <=", "delivery.reason"),
        ("parent.state", "delivery.reason"),
    ],
    ids=["of unknown fate", "abandoned", "expired", "orphaned"],
)
def test_what_upkeep_looks_for_is_found_by_its_state(
    database: Database, sender: Sender, clock: MovableClock, words: tuple[str, str]
) -> None:
    clock.advance(timedelta(minutes=5))
    plan = plan_about(plans_of(database, sender.reconcile_due), *words)
    assert plan.uses("ix_delivery_state") or plan.uses("ix_delivery_expiry")


def test_the_message_that_somebody_answers_is_found_where_it_was_posted(database: Database, sender: Sender) -> None:
    def ask() -> None:
        with database.read() as tx:
            delivery_at(tx, workspace_id="T9", channel="DT9X5", ts="1.0")

    [plan] = plans_of(database, ask)
    assert plan.uses("ix_delivery_message")
