"""When a team's rhythm strikes: pure. A day by a recurrence, moved off holidays, then a time in a zone."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from bot.teams.rules import instant_of, monday_of
from bot.teams.rules.recurrence import Often, Recurrence
from bot.teams.rules.workdays import Workdays

WEEKS_MOVED = 10
"""How many weeks before or after its own a stroke may come at the most, moved over a long span of days off."""

_WEEKS_AHEAD = 70
"""How far ahead a strike is looked for: the longest rhythm strikes every quarter."""


class OnHoliday(StrEnum):
    """What happens to a check-in whose day is a holiday or a day off."""

    MOVE = "move"
    SKIP = "skip"


class Telling(StrEnum):
    """How a team's channel hears what its owners answered."""

    THREAD = "thread"
    """Each answer as a line, in one thread for each period."""
    COLLECTED = "collected"
    """Everything in one post, when the period ends."""


@dataclass(frozen=True)
class Pause:
    """Days on which nobody is asked; without a last one until somebody ends it."""

    first: date
    last: date | None

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Strike:
    """One stroke of a rhythm for one person.

    Attributes:
        monday: the Monday of the week it belongs to, which names its period.
        day: the local day it comes on, moved off a holiday if need be, maybe into another week.
        at: the instant, in UTC.
        since: the first day of what its results count for: the day after the week of the stroke before.
    """

    monday: date
    day: date
    at: datetime
    since: date


@dataclass(frozen=True)
class Rhythm:
    """When a team's owners are asked.

    Args:
        recurrence: on which days.
        at: the local time.
        zone: whose local time: everybody's at once, or None for each owner's own.
        workdays: when the team works.
        on_holiday: whether a stroke on a holiday moves to the next working day, or is left out.
        paused: on which days it does not strike at all.
        answers: how the team's channel hears of them.
    """

    recurrence: Recurrence
    at: time
    zone: str | None = None
    workdays: Workdays = field(default_factory=Workdays)
    on_holiday: OnHoliday = OnHoliday.MOVE
    paused: Pause | None = None
    answers: Telling = Telling.THREAD

    @classmethod
    def weekly(cls, weekday: int, at: time) -> "Rhythm":
        """Every week on a weekday (0 is Monday), in each owner's own time."""
        return cls(Recurrence(Often.WEEKLY, weekday), at)

    def __str__(self) -> str:
        return f"{self.recurrence} at {self.at:%H:%M}"

    @property
    def period_days(self) -> int:
        """How long a period is, in days: what staleness and effort are counted in."""
        return self.recurrence.often.period_days

    def of_same_team(self, recurrence: Recurrence, at: time) -> "Rhythm":
        """Something else that comes round for the same team, on its workdays, in the local time of whoever asks."""
        return replace(self, recurrence=recurrence, at=at, zone=None)

    def in_week(self, monday: date, own_zone: ZoneInfo) -> Strike | None:
        """The stroke that belongs to a week, for somebody in `own_zone`; None when there is none."""
        nominal = self.recurrence.in_week(monday)
        day = None if nominal is None else self._moved(nominal)
        if day is None:
            return None
        at = self._instant(day, own_zone)
        own_day = at.astimezone(own_zone).date()
        if self.paused and own_day in self.paused:
            return None
        before = self.recurrence.before(monday)
        since = monday if before is None else min(monday, monday_of(before) + timedelta(weeks=1))
        return Strike(monday, own_day, at, since)

    def ahead(self, own_zone: ZoneInfo, *, after: datetime) -> Iterator[Strike]:
        """The strokes later than `after`, the soonest first."""
        first = monday_of(after.astimezone(own_zone).date()) - timedelta(weeks=WEEKS_MOVED)
        for n in range(_WEEKS_AHEAD):
            strike = self.in_week(first + timedelta(weeks=n), own_zone)
            if strike and strike.at > after:
                yield strike

    def next_three(self, own_zone: ZoneInfo, *, after: datetime) -> list[datetime]:
        """The next three instants at which it strikes."""
        return [strike.at for strike in islice(self.ahead(own_zone, after=after), 3)]

    def _moved(self, nominal: date) -> date | None:
        """The day itself or, where it is off, the working day it moves to: never past the next stroke."""
        if self.workdays.why_off(nominal) is None:
            return nominal
        if self.on_holiday == OnHoliday.SKIP:
            return None
        if self.recurrence.often.is_end:
            return self.workdays.next_working(nominal, step=-1)
        day, following = self.workdays.next_working(nominal), self.recurrence.after(nominal)
        return None if day is None or (following and day >= following) else day

    def _instant(self, day: date, own_zone: ZoneInfo) -> datetime:
        if self.zone is None:
            return instant_of(day, self.at, own_zone)
        local = instant_of(day, self.at, ZoneInfo(self.zone)).astimezone(own_zone).replace(tzinfo=None)
        is_open = local.date() == day and self.workdays.starts <= local.time() < self.workdays.ends
        opening = local if is_open else self.workdays.next_opening(local)
        return instant_of(opening.date(), opening.time(), own_zone)


SUGGESTED = Rhythm.weekly(0, time(9))
"""What a new team is offered."""
