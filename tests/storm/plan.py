"""How much of a storm, and what is known once it is over."""

from collections import Counter
from dataclasses import dataclass, field

from tests.storm.counting import Verdict
from tests.storm.fleet import Choice


@dataclass(frozen=True)
class Plan:
    """How much of a storm.

    Args:
        kills: after how many it is over.
        doors, tickers: forked replicas that do everything, and that only plan and send.
        started: replicas started as people start them, by `python -m bot serve`.
        kills_a_moment: after how many kills a moment's messages are let arrive before more are owed.
        notes: messages owed at each moment beside the check-ins.
        choice: how replicas are killed.
        has_faults: whether Slack and the database fail too; the clock moves in any case.
        beat: seconds after which the clock is moved again, by up to a minute.
        patience: seconds within which a moment must be settled.
    """

    kills: int
    kills_a_moment: int = 100
    seed: int = 1
    doors: int = 2
    tickers: int = 5
    started: int = 1
    owners: int = 30
    notes: int = 48
    choice: Choice = field(default_factory=Choice)
    has_faults: bool = True
    beat: float = 1.0
    patience: float = 300.0

    @property
    def answering(self) -> int:
        """How many owners answer: nobody where there is no door."""
        return self.owners if self.doors + self.started else 0


@dataclass(frozen=True)
class Report:
    """What happened, and what became of it."""

    plan: Plan
    verdict: Verdict
    kills: Counter[str]
    failed_starts: int
    struck: Counter[str]
    weeks: int
    seconds: float
    oddities: Counter[str]
    """What replicas logged that nobody foresaw."""
