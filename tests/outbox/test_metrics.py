"""What the metrics say of the outbox, on both databases."""

import re
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from sqlalchemy import update

from bot.clock import MovableClock
from bot.db.database import Database
from bot.outbox.metrics import DeliveriesCollector, Lateness
from bot.outbox.model import Delivery
from bot.outbox.rules import LEASE, STANDINGS, Kind, State
from bot.outbox.sender import Sender
from tests.conftest import ROOT
from tests.outbox.slack import PACE, FakeSlack, owe

LATE = "rhythm_delivery_lateness_seconds"


@pytest.fixture
def registry(database: Database) -> CollectorRegistry:
    """A registry with all of the outbox's metrics; `late` is of the same registry."""
    registry = CollectorRegistry()
    registry.register(DeliveriesCollector(database))
    return registry


@pytest.fixture
def late(registry: CollectorRegistry) -> Lateness:
    return Lateness(registry)


def standing(registry: CollectorRegistry) -> dict[str, float]:
    """How many deliveries stand where, without those standings that have none."""
    found = {name: registry.get_sample_value("rhythm_deliveries", {"state": name}) for name in STANDINGS}
    assert None not in found.values()
    return {name: number for name, number in found.items() if number}


def test_each_standing_is_counted_and_unknown_apart(
    database: Database, clock: MovableClock, registry: CollectorRegistry
) -> None:
    assert standing(registry) == {}
    with database.begin() as tx:
        for state in State:
            owe(tx, state, clock.now(), workspace_id="T1" if state != State.SENT else "T2")
            lease = clock.now() + LEASE
            tx.execute(update(Delivery).where(Delivery.key == state).values(state=state, leased_until=lease))
        owe(tx, "nobody waits", clock.now())
        tx.execute(update(Delivery).where(Delivery.key == "nobody waits").values(state=State.POSTING))
    assert standing(registry) == dict.fromkeys(STANDINGS, 1)
    clock.advance(LEASE)
    assert standing(registry) == {**dict.fromkeys(set(STANDINGS) - {"posting"}, 1), "unknown": 2}


def test_the_oldest_owed_is_the_one_that_has_been_due_longest(
    database: Database, clock: MovableClock, registry: CollectorRegistry
) -> None:
    def oldest() -> float | None:
        return registry.get_sample_value("rhythm_oldest_owed_seconds")

    assert oldest() == 0
    with database.begin() as tx:
        owe(tx, "coming", clock.now(), after=timedelta(hours=1))
        assert oldest() == 0
        owe(tx, "due", clock.now(), after=timedelta(seconds=-30))
        owe(tx, "older", clock.now(), after=timedelta(seconds=-90)).state = State.SENT
    assert oldest() == 30


def test_what_was_sent_is_counted_by_how_late_it_was(
    database: Database, clock: MovableClock, slack: FakeSlack, registry: CollectorRegistry, late: Lateness
) -> None:
    sender = Sender(database, slack, clock, PACE, on_sent=late.note)
    with database.begin() as tx:
        owe(tx, "late", clock.now(), after=timedelta(seconds=-45))
        owe(tx, "lost", clock.now(), place="C2")
    slack.refuses["C2"] = "is_archived"
    sender.send_due()
    assert registry.get_sample_value(f"{LATE}_count", {"kind": "post"}) == 1
    assert registry.get_sample_value(f"{LATE}_sum", {"kind": "post"}) == 45
    assert registry.get_sample_value(f"{LATE}_bucket", {"kind": "post", "le": "30.0"}) == 0
    assert registry.get_sample_value(f"{LATE}_bucket", {"kind": "post", "le": "60.0"}) == 1
    assert registry.get_sample_value(f"{LATE}_count", {"kind": "update"}) == 0


def test_a_message_found_in_slack_was_sent_when_it_was_posted(
    database: Database, clock: MovableClock, slack: FakeSlack, registry: CollectorRegistry, late: Lateness
) -> None:
    sender = Sender(database, slack, clock, PACE, on_sent=late.note)
    slack.faults.append("timeout after")
    with database.begin() as tx:
        owe(tx, "k", clock.now(), after=timedelta(seconds=-3))
    sender.send_due()
    assert registry.get_sample_value(f"{LATE}_count", {"kind": "post"}) == 0
    clock.advance(timedelta(minutes=10))
    sender.reconcile_due()
    assert registry.get_sample_value(f"{LATE}_sum", {"kind": "post"}) == 3


def test_a_clock_that_was_set_back_makes_nothing_early(registry: CollectorRegistry, late: Lateness) -> None:
    late.note(Kind.UPDATE, timedelta(seconds=-100))
    assert registry.get_sample_value(f"{LATE}_sum", {"kind": "update"}) == 0


def test_the_page_for_operators_names_every_metric_and_no_other(registry: CollectorRegistry, late: Lateness) -> None:
    late.note(Kind.POST, timedelta(0))
    families = {
        line.split()[2] for line in generate_latest(registry).decode().splitlines() if line.startswith("# TYPE")
    }
    families = {name for name in families if not name.endswith("_created")}
    page = (ROOT / "docs" / "operations.md").read_text()
    named = set(re.findall(r"\brhythm_[a-z_]+", page))
    assert {name.removesuffix("_bucket").removesuffix("_count").removesuffix("_sum") for name in named} == families
    for standing in STANDINGS:
        assert f"`{standing}`" in page
