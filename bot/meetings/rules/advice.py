"""Which of a team's meetings to stop, to merge or to shorten, from what they did: pure, with the numbers that say so.

It is advice, to whoever leads the team. A meeting is looked at over its newest eight, once there are four.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.meetings.rules.history import Card, Trend, trend

FEWEST = 4
"""With fewer meetings of a kind than that nothing is advised."""

NEWEST = 8
"""So many of the newest are looked at."""

MOSTLY, OFTEN = 0.75, 0.5
"""Shares of meetings that changed nothing on record: one to stop, and one that may share its time with another."""

COMES_BACK = 0.25
"""From such a share of lines that were carried three times or more, things are talked about and not decided."""

DEAR = 600
"""Attendee-minutes for each outcome that moved from which a meeting is dear: ten hours."""


class Advice(StrEnum):
    """What to do about a meeting."""

    STOP = "stop"
    MERGE = "merge"
    SHORTEN = "shorten"


@dataclass(frozen=True)
class Series:
    """One meeting over time: its name, and the scorecards of those that were held, the newest first."""

    name: str
    cards: Sequence[Card]

    @property
    def trend(self) -> Trend:
        """What the newest of them did together."""
        return trend(self.cards[:NEWEST])


@dataclass(frozen=True)
class Advised:
    """What to do about some meetings, one of them unless they are to be merged, and what each of them did."""

    advice: Advice
    about: tuple[Series, ...]


def advise(meetings: Iterable[Series]) -> list[Advised]:
    """What to do about a team's meetings, each in one piece of advice at most; nothing about those that do well."""
    known = [one for one in meetings if len(one.cards) >= FEWEST]
    to_stop = [one for one in known if _is_in_vain(one.trend)]
    rest = [one for one in known if one not in to_stop]
    idle = [one for one in rest if _changes_nothing(one.trend, OFTEN)]
    to_merge = idle if len(idle) > 1 else []
    to_shorten = [one for one in rest if one not in to_merge and _takes_too_long(one.trend)]
    return [
        *(Advised(Advice.STOP, (one,)) for one in to_stop),
        *([Advised(Advice.MERGE, tuple(to_merge))] if to_merge else []),
        *(Advised(Advice.SHORTEN, (one,)) for one in to_shorten),
    ]


def is_dear(found: Trend) -> bool:
    """Whether what moved cost too much, or much was spent and nothing moved."""
    if found.outcomes_moved is None:
        return False
    return found.minutes >= DEAR * max(1, found.outcomes_moved)


def _is_in_vain(found: Trend) -> bool:
    return _changes_nothing(found, MOSTLY) and not found.outcomes_moved


def _changes_nothing(found: Trend, share: float) -> bool:
    return found.changed_nothing >= share * found.meetings


def _takes_too_long(found: Trend) -> bool:
    return _changes_nothing(found, OFTEN) or found.came_often >= COMES_BACK or is_dear(found)
