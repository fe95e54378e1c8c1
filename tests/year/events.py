"""What may happen in a simulated company: plain facts, which neither the bot nor the model owns.

Every instant lies on the quarter of an hour, as every zone's offset and every change of clocks does: Lord Howe's half
hour, Kathmandu's and the Chatham Islands' three quarters. A person who does something at 10:07 instead of 10:15 does it
between the same two instants at which anything can begin or end.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

QUARTER = timedelta(minutes=15)
LEAD = "ULEAD"
"""Leads every team, lives in UTC, owns nothing and never leaves."""


@dataclass(frozen=True)
class Schedule:
    """A team's schedule as people describe it.

    Attributes:
        often: `weekly`, `first of the month`, …: the words of `/rhythm schedule`.
        weekday: 0 is Monday; of no meaning for a last working day.
        counted_from: a day of the first week, for what comes every so many weeks.
        zone: whose time it is, for everybody at once; None for each owner's own.
        days_off: first and last days.
        moves: whether what falls on a holiday moves; it is left out otherwise.
    """

    often: str = "weekly"
    weekday: int = 0
    at: time = time(9)
    counted_from: date = date(2024, 1, 1)
    zone: str | None = None
    starts: time = time(9)
    ends: time = time(18)
    country: str = ""
    days_off: tuple[tuple[date, date], ...] = ()
    moves: bool = True


@dataclass(frozen=True)
class World:
    """The company on its first day.

    Attributes:
        people: the zone of each person who can own outcomes.
        teams: the schedule of each team, by its channel.
        members: who is in a team's channel; owners need not be.
        outcomes: what is written down already: of each an owner and a team. They are numbered from 1.
    """

    people: dict[str, str]
    teams: dict[str, Schedule]
    members: dict[str, frozenset[str]] = field(default_factory=dict)
    outcomes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Travel:
    """Slack says that somebody is in another zone."""

    person: str
    zone: str


@dataclass(frozen=True)
class Edit:
    """A team gets another schedule."""

    team: str
    schedule: Schedule


@dataclass(frozen=True)
class GoAway:
    """Somebody is away from a day to another, by their own calendar; refused where the rules say so."""

    person: str
    first: date
    last: date
    delegate: str | None = None


@dataclass(frozen=True)
class Back:
    """Somebody is back sooner than they said; refused when they are not away."""

    person: str


@dataclass(frozen=True)
class Leave:
    """An account is deactivated."""

    person: str


@dataclass(frozen=True)
class Return:
    """It is active again."""

    person: str


@dataclass(frozen=True)
class Pause:
    """A team pauses, from the lead's today to the end of a day, or until it is resumed; refused for a day past."""

    team: str
    until: date | None = None


@dataclass(frozen=True)
class Resume:
    """It goes on; refused when it does not pause."""

    team: str


@dataclass(frozen=True)
class Write:
    """An outcome is written down; they are numbered in the order in which they are. Refused for who has left."""

    owner: str
    team: str


@dataclass(frozen=True)
class Result:
    """Somebody logs a result of an outcome; refused when it is closed."""

    outcome: int


@dataclass(frozen=True)
class Close:
    """An outcome is closed; refused when it is closed already."""

    outcome: int


@dataclass(frozen=True)
class Down:
    """What plans and sends stops; what people do is still taken, as by a door apart from the ticker."""


@dataclass(frozen=True)
class Up:
    """It is started again: another process, which knows only the rows."""


Event = Travel | Edit | GoAway | Back | Leave | Return | Pause | Resume | Write | Result | Close | Down | Up


@dataclass(frozen=True, order=True)
class Asked:
    """A check-in that arrived: when, with whom, about whose outcomes, which ones, and of which week."""

    at: datetime
    who: str
    owner: str
    period: str
    outcomes: tuple[int, ...]
