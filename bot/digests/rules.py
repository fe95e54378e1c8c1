"""What is true of digests: pure."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.teams.rules import instant_of
from bot.teams.rules.rhythm import Strike
from bot.teams.rules.workdays import Workdays

_AT_LEAST = timedelta(hours=1)


def of_use_until(strike: Strike, workdays: Workdays, zone: ZoneInfo) -> datetime:
    """Until when a digest may still be sent: the end of its working day; for one that comes late in it, an hour on."""
    return max(instant_of(strike.day, workdays.ends, zone), strike.at + _AT_LEAST)


@dataclass(frozen=True)
class Concern:
    """Something that needs somebody: what it is, who sees to it, the key it is found by, and by when or since when.

    Args:
        item_id, outcome_id: the ids of the thing itself and of its outcome, None where that is another team's.
    """

    what: str
    who: str
    key: str = ""
    on: date | None = None
    item_id: int = field(default=0, compare=False)
    outcome_id: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Exceptions:
    """What needs somebody in a team, and nothing of what goes well. An outcome is in the first list that it belongs to.

    Args:
        busy: outcomes with effort but no movement.
        off_track, at_risk, stale: outcomes.
        undecided: decisions that are overdue, without a decider, or reopened without new evidence, with the day they
            were needed by.
        unreviewed: decisions past the day on which what came of them was to be looked at.
        overdue: actions, with the day they were due.
        obstacles: what stands in the way of an outcome.
        awaited: what outcomes wait for from other teams, late or not agreed, with the day it is wanted.
        asked: what others asked of this team, and it has not answered.
    """

    busy: tuple[Concern, ...] = ()
    off_track: tuple[Concern, ...] = ()
    at_risk: tuple[Concern, ...] = ()
    stale: tuple[Concern, ...] = ()
    undecided: tuple[Concern, ...] = ()
    unreviewed: tuple[Concern, ...] = ()
    overdue: tuple[Concern, ...] = ()
    obstacles: tuple[Concern, ...] = ()
    awaited: tuple[Concern, ...] = ()
    asked: tuple[Concern, ...] = ()

    def __bool__(self) -> bool:
        return any(
            [
                *(self.busy, self.off_track, self.at_risk, self.stale),
                *(self.undecided, self.unreviewed),
                *(self.overdue, self.obstacles, self.awaited, self.asked),
            ]
        )
