"""What may go wrong in one life, drawn from its seed, and how much of it the outbox promises to bear.

Each life draws which dangers it has at all, and how often they strike: many dangers at once hide each other.
"""

import random
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

from bot.outbox.posting import HTTP_TIMEOUT
from bot.outbox.rules import LEASE, LOOK_AFTER, LOOK_AGAIN_AFTER, LOOKS_NEEDED
from tests.simulation.points import AFTER, BEFORE, points

STORM = 300.0
"""Seconds after which the weather clears. What is frozen then still wakes up later."""


class Fate(StrEnum):
    """What may befall a process at a point."""

    KILLED = "killed"
    FROZEN = "frozen"
    AWAY = "away"
    """The database does not answer: nothing was done."""
    UNANSWERED = "unanswered"
    """The transaction was committed, but the process cannot know."""


@dataclass(frozen=True)
class Bounds:
    """How bad it gets, in seconds. Nobody can guard against more: see `longest_until_visible`."""

    before_posting: float
    """How long a process is frozen between its intent and its last look at its lease."""
    going: float
    """How long a process is frozen between that look and the moment its call reaches Slack."""
    late: float
    """How long after the caller gave up Slack may still carry out a post."""
    lag: float
    """How long the history takes to show a message."""
    guard: float
    """How long after an intent others may, at the earliest, take it for not carried out."""

    @property
    def longest_until_visible(self) -> float:
        """From an intent until its post is in the history, at the worst. Below `guard`, or the promise cannot hold."""
        lease_margin = LEASE.total_seconds() - 2 * HTTP_TIMEOUT
        return min(self.before_posting, lease_margin) + self.going + HTTP_TIMEOUT + self.late + self.lag


_BETWEEN_LOOKS = (LOOKS_NEEDED - 1) * LOOK_AGAIN_AFTER.total_seconds()
STEADY = Bounds(before_posting=4000, going=20, late=15, lag=30, guard=LOOK_AFTER.total_seconds() + _BETWEEN_LOOKS)
JUMPY = Bounds(before_posting=2, going=2, late=3, lag=8, guard=_BETWEEN_LOOKS)
"""When the clock that judges may jump, the wait before the first look protects nobody: only the one between looks."""


@dataclass(frozen=True)
class Aim:
    """The point that this life is about, and what is likely to happen there."""

    point: str
    fate: Fate

    def __str__(self) -> str:
        """As the trace counts it."""
        return f"{self.fate} {self.point}"


@dataclass(frozen=True)
class Weather:
    """The dangers of one life."""

    aim: Aim
    odds: dict[Fate, float]
    slack_faults: float
    look_faults: float
    bounds: Bounds
    clock_jumps: tuple[tuple[float, timedelta], ...]
    """When the clock that judges due times and leases jumps, in seconds, and how far."""
    has_server: bool
    """PostgreSQL, which ends a transaction that stands still for a minute, rather than one file."""
    history_per_minute: int
    replicas: int
    lines: int
    usual_fault: str = ""
    """The fault of a post that is likelier than others."""
    refused: float = 0.05
    """The share of places that take no message."""


def possible_at(point: str) -> list[Fate]:
    """What may happen at a point."""
    side = point.partition(":")[2]
    extra = {BEFORE: [Fate.AWAY], AFTER: [Fate.UNANSWERED]}
    return [Fate.KILLED, Fate.FROZEN, *extra.get(side, [])]


_LEANINGS: dict[str, dict[str, Any]] = {
    "failed": {"refused": 0.7},
    "hand_back": {"usual_fault": "blocks refused", "slack_faults": 0.8},
    "later": {"usual_fault": "429", "slack_faults": 0.8},
    "no_answer": {"usual_fault": "reset after", "slack_faults": 0.8},
    "look": {"usual_fault": "reset before", "slack_faults": 0.8},
    "_before_looking": {"usual_fault": "reset after", "slack_faults": 0.8},
    "not_found": {"usual_fault": "timeout before", "slack_faults": 0.8},
    "look_later": {"usual_fault": "timeout late", "slack_faults": 0.8, "look_faults": 0.7},
}
"""What makes it likely that a life comes to the point it is aimed at."""

AIMS = [Aim(point, fate) for point in points() for fate in possible_at(point)]


def weather_of(seed: int, chance: random.Random) -> Weather:
    """The weather of one life. Successive seeds aim at successive points."""
    jumps = _jumps(chance) if chance.random() < 0.25 else ()
    aim = AIMS[seed % len(AIMS)]
    weather = Weather(
        aim=aim,
        odds={
            Fate.KILLED: chance.choice([0, 0.005, 0.02]),
            Fate.FROZEN: chance.choice([0, 0.005, 0.02]),
            Fate.AWAY: chance.choice([0, 0.02]),
            Fate.UNANSWERED: chance.choice([0, 0.02]),
        },
        slack_faults=chance.choice([0.1, 0.3, 0.5]),
        look_faults=chance.choice([0, 0.2, 0.4]),
        bounds=JUMPY if jumps else STEADY,
        clock_jumps=jumps,
        has_server=chance.random() < 0.5,
        history_per_minute=chance.choice([1, 50]),
        replicas=chance.randint(2, 3),
        lines=chance.randint(1, 2),
    )
    return replace(weather, **_LEANINGS.get(aim.point.partition(":")[0], {}))


def _jumps(chance: random.Random) -> tuple[tuple[float, timedelta], ...]:
    """One or two, five minutes apart: two between an intent and its second look would be more than anybody bears."""
    first = chance.uniform(0, STORM)
    instants = [first, first + STORM][: chance.randint(1, 2)]
    return tuple((at, timedelta(seconds=chance.choice([-9000, -900, -70, 70, 900, 9000]))) for at in instants)
