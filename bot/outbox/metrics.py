"""How the outbox is doing: read from the rows whenever somebody asks; and how late this process sent what it sent."""

from collections.abc import Iterator
from datetime import timedelta

from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.db.database import Database
from bot.outbox.queries import counts
from bot.outbox.rules import Kind

_BOUNDS = (1, 2, 5, 10, 30, 60, 120, 300, 900, 3_600, 14_400, 86_400)
"""Seconds. A message that waits for its workspace's pace is some seconds late; one that waited for Slack, minutes."""


class DeliveriesCollector(Collector):
    """`rhythm_deliveries{state}` and `rhythm_oldest_owed_seconds`, over all workspaces: the same in every process."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def describe(self) -> Iterator[Metric]:
        """What `collect` will give, without asking the database."""
        return iter(self._families())

    def collect(self) -> Iterator[Metric]:
        """The figures as they stand."""
        states, oldest = self._families()
        with self._db.read() as tx:
            now = self._db.now(tx)
            found = counts(tx, now=now)
        for state, number in found.by_state.items():
            states.add_metric([state], number)
        waiting = (now - found.oldest_due_at).total_seconds() if found.oldest_due_at else 0.0
        oldest.add_metric([], max(0.0, waiting))
        return iter((states, oldest))

    @staticmethod
    def _families() -> tuple[GaugeMetricFamily, GaugeMetricFamily]:
        return (
            GaugeMetricFamily("rhythm_deliveries", "Messages by what became of them.", labels=["state"]),
            GaugeMetricFamily("rhythm_oldest_owed_seconds", "How long the oldest message that is due has waited."),
        )


class Lateness:
    """`rhythm_delivery_lateness_seconds{kind}`: of what this process sent, how long after it was due."""

    def __init__(self, registry: CollectorRegistry) -> None:
        name, says = "rhythm_delivery_lateness_seconds", "Seconds from when a message was due until it was sent."
        late = Histogram(name, says, ["kind"], buckets=_BOUNDS, registry=registry)
        self._late = {kind: late.labels(kind.value) for kind in Kind}

    def note(self, kind: Kind, late: timedelta) -> None:
        """One delivery was sent; a clock that was set back makes nothing early."""
        self._late[kind].observe(max(0.0, late.total_seconds()))
