"""How the outbox is doing, read from the rows whenever somebody asks."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.db.database import Database
from bot.outbox.queries import counts


class DeliveriesCollector(Collector):
    """`rhythm_deliveries{state}` and `rhythm_oldest_owed_seconds`, over all workspaces."""

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
