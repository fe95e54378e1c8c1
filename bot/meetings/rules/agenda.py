"""What is true of an agenda: what may be on it, in which order, what becomes of a line, and how long it is carried."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

TEXT_LIMIT = 200
"""How long a line of one's own may be, in characters."""

MOST_LINES = 40
"""How many lines an agenda has: what its form shows."""

MOST_CARRIED = 3
"""From so many carries on, a line asks for a choice: do it, re-scope it, or drop it."""


class LineKind(StrEnum):
    """Why something is on an agenda; in the order in which it is there."""

    EFFORT = "effort"
    OFF_TRACK = "off track"
    AT_RISK = "at risk"
    STALE = "stale"
    DECISION = "decision"
    REVIEW = "review"
    OBSTACLE = "obstacle"
    NEED = "need"
    ASKED = "asked"
    ACTION = "action"
    UNANSWERED = "unanswered"
    OWN = "own"


class Became(StrEnum):
    """What became of a line."""

    DECIDED = "decided"
    REVIEWED = "reviewed"
    ACTION = "action"
    OBSTACLE = "obstacle"
    RESULT = "result"
    DONE = "done"
    ANSWERED = "answered"
    RESCOPED = "rescoped"
    PARKED = "parked"
    DROPPED = "dropped"


SETTLED = frozenset(Became) - {Became.PARKED}
"""What is not carried over. A line that was parked is."""


@dataclass(frozen=True)
class About:
    """What a line is about, by ids: one thing, and the outcome that it belongs to; nothing for a line of one's own.

    `outcome_id` alone is the outcome itself. It is None where the outcome is another team's.
    """

    outcome_id: int | None = None
    decision_id: int | None = None
    obstacle_id: int | None = None
    dependency_id: int | None = None
    action_id: int | None = None

    @property
    def thing(self) -> tuple[str, int] | None:
        """What is the same thing in two agendas, for whatever reason it is there; None for a line of one's own."""
        named = {
            "decision": self.decision_id,
            "obstacle": self.obstacle_id,
            "dependency": self.dependency_id,
            "action": self.action_id,
            "outcome": self.outcome_id,
        }
        return next(((kind, one) for kind, one in named.items() if one is not None), None)


def is_settled(became: Became | None) -> bool:
    """Whether a meeting did something about a line: anything but leaving it, parking it or dropping it."""
    return not is_carried(became) and became != Became.DROPPED


class Finding(Protocol):
    """Something that an agenda has of its own accord."""

    @property
    def kind(self) -> LineKind:
        """Why it is there."""

    @property
    def about(self) -> About:
        """What it is about."""


Found = TypeVar("Found", bound=Finding)


class Line(Protocol):
    """A line of an earlier agenda, as far as it is carried over."""

    @property
    def about(self) -> About:
        """What it is about."""

    @property
    def carried(self) -> int:
        """Through how many meetings it had come."""

    @property
    def became(self) -> Became | None:
        """What became of it."""


def is_carried(became: Became | None) -> bool:
    """Whether a line comes back next time: nothing became of it, or it was parked."""
    return became is None or became not in SETTLED


def carries(before: Iterable[Line], *, took_place: bool) -> dict[tuple[str, int], int]:
    """How often each thing was carried, for the agenda after one with the lines `before`.

    Args:
        took_place: whether that meeting was held; one that was skipped carries its lines as they were.
    """
    return {
        line.about.thing: line.carried + (1 if took_place else 0)
        for line in before
        if line.about.thing and is_carried(line.became)
    }


def first_of_each(findings: Iterable[Found]) -> list[Found]:
    """In the order of an agenda, each thing once: for the first reason there is."""
    order = list(LineKind)
    by_thing: dict[tuple[str, int] | None, Found] = {}
    for one in sorted(findings, key=lambda one: order.index(one.kind)):
        by_thing.setdefault(one.about.thing, one)
    return list(by_thing.values())


def moved(order: Sequence[int], line: int, *, by: int) -> list[int]:
    """The lines in another order: one of them `by` places further down, or up when negative; never past the ends."""
    rest = [one for one in order if one != line]
    place = min(max(order.index(line) + by, 0), len(rest))
    return [*rest[:place], line, *rest[place:]]
