"""What is true of one occurrence of a meeting: when it begins and ends by itself, and what counts as its own. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

GRACE = timedelta(minutes=15)
"""How long after its planned end a meeting that nobody ended is ended."""

LATE = timedelta(hours=1)
"""How long after its end what is written down still counts as the meeting's."""

EARLY = timedelta(hours=2)
"""How long before its time a planned meeting is the one that `/meeting start` begins."""

AT_ONCE = timedelta(hours=1)
"""How long a meeting that was begun by hand is planned to last."""

LOOK_WHILE_OPEN, LOOK_ONCE_ENDED = timedelta(minutes=10), timedelta(minutes=15)
"""How often its live message, and then its summary, are brought up to date though nobody saved or said anything in
Slack: for results that programs send."""

_TENTH_OF_AN_HOUR = 6
"""In minutes."""


class MeetingState(StrEnum):
    """Where an occurrence stands."""

    PLANNED = "planned"
    OPEN = "open"
    ENDED = "ended"
    SKIPPED = "skipped"


class Ended(StrEnum):
    """How a meeting ended, or why it did not take place."""

    COMMAND = "command"
    PLAN = "plan"
    HUDDLE = "huddle"
    PAUSED = "paused"
    DAY_OFF = "day off"
    """Its calendar has it on a holiday, or on a day off of the team: the schedule has none there."""
    CHANNEL = "channel"
    """Its channel was archived, or Rhythm was removed from it."""
    SCHEDULE = "schedule"
    """The schedule was changed, or the calendar: there is no such meeting any more."""
    MISSED = "missed"
    """Rhythm did not run while it would have taken place."""


@dataclass(frozen=True)
class Span:
    """From when to when something counts as a meeting's: what was written down at `since` or later, before `until`."""

    since: datetime
    until: datetime


def ends_by_itself_at(planned_end: datetime) -> datetime:
    """When a meeting that nobody ended is ended."""
    return planned_end + GRACE


def counted(
    started_at: datetime, ended_at: datetime | None, next_started_at: datetime | None, *, now: datetime
) -> Span:
    """What counts as a meeting's as of `now`: from its start until an hour after its end, or until the next one begins.

    Args:
        next_started_at: when the team's next meeting began after this one's end; None when none has.
    """
    # What is written down in the last instant is among it.
    until = (now if ended_at is None else min(now, ended_at + LATE)) + timedelta(microseconds=1)
    return Span(started_at, min(until, next_started_at) if next_started_at else until)


@dataclass(frozen=True)
class Scorecard:
    """What a meeting did, in numbers. `attendees` are those who said that they were there."""

    decisions: int
    obstacles_cleared: int
    actions_agreed: int
    attendees: int
    minutes: int

    @property
    def attendee_minutes(self) -> int:
        """The time of everybody who was there, taken together."""
        return self.attendees * self.minutes


def minutes_between(started_at: datetime, ended_at: datetime) -> int:
    """How long a meeting took, in whole minutes, one at least."""
    return max(1, round((ended_at - started_at).total_seconds() / 60))


def write_hours(minutes: int) -> str:
    """A time as a scorecard says it, in hours: `2.5`, `3`; a minute or two are `less than 0.1`."""
    if 0 < minutes < _TENTH_OF_AN_HOUR / 2:
        return "less than 0.1"
    return f"{minutes / 60:.1f}".removesuffix(".0")
