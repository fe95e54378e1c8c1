"""When somebody may be written to: pure. In the working hours of a team, on days on which they are there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.absences.rules import Days
from bot.teams.rules import instant_of
from bot.teams.rules.workdays import Workdays

_LONGEST_SEARCH = 500
"""Days: an absence lasts a year at most."""


@dataclass(frozen=True)
class Span:
    """From an instant until right before another."""

    opens_at: datetime
    until: datetime


@dataclass(frozen=True)
class Hours:
    """The hours of one person.

    Args:
        zone: theirs.
        workdays: when their team works.
        away: when they are not there, in days of their own calendar.
        quiet_until: when the Do Not Disturb ends, or ended, that they were in when it was looked up last; or None.
    """

    zone: ZoneInfo
    workdays: Workdays = field(default_factory=Workdays)
    away: tuple[Days, ...] = ()
    quiet_until: datetime | None = None

    def day_of(self, instant: datetime) -> date:
        """The day it is for them."""
        return instant.astimezone(self.zone).date()

    def is_away(self, day: date) -> bool:
        """Whether they said that they are not there."""
        return any(day in days for days in self.away)

    def is_working_day(self, day: date) -> bool:
        """Whether the team works, and they are there."""
        return self.workdays.is_working(day) and not self.is_away(day)

    def of_day(self, day: date) -> Span:
        """The team's working hours on a day, whether or not it works then."""
        return Span(*(instant_of(day, at, self.zone) for at in (self.workdays.starts, self.workdays.ends)))

    def is_open(self, instant: datetime) -> bool:
        """Whether that is in their working hours."""
        hours = self.of_day(day := self.day_of(instant))
        return self.is_working_day(day) and hours.opens_at <= instant < hours.until

    def when_not_quiet(self, instant: datetime) -> datetime:
        """The first instant, not before another, at which they are not in Do Not Disturb."""
        return instant if self.quiet_until is None else max(instant, self.quiet_until)

    def from_instant(self, instant: datetime, *, before: datetime) -> Span | None:
        """The first span of working hours that is left from an instant on, up to another; None when none is."""
        for day in self._days_from(self.day_of(instant)):
            hours = self.of_day(day)
            span = Span(max(hours.opens_at, instant), min(hours.until, before))
            if span.opens_at >= before:
                return None
            if self.is_working_day(day) and span.opens_at < span.until:
                return span
        return None

    def when_there(self, instant: datetime, *, before: datetime) -> Span | None:
        """The same, once their Do Not Disturb has ended; where nothing would be left by then, during it."""
        return self.from_instant(self.when_not_quiet(instant), before=before) or self.from_instant(
            instant, before=before
        )

    def next_morning(self, instant: datetime) -> datetime:
        """When working hours begin next, later than an instant; where they never do, as the next day begins."""
        today = self.day_of(instant)
        mornings = (self.of_day(day).opens_at for day in self._days_from(today) if self.is_working_day(day))
        tomorrow = instant_of(today + timedelta(days=1), time(0), self.zone)
        return next((morning for morning in mornings if morning > instant), tomorrow)

    def working_day_after(self, day: date, count: int) -> date | None:
        """The working day that is so many working days after `day`; None when there are not as many for a year."""
        ahead = (one for one in self._days_from(day + timedelta(days=1)) if self.is_working_day(one))
        return next((one for number, one in enumerate(ahead, start=1) if number == count), None)

    def _days_from(self, day: date) -> Iterator[date]:
        return (day + timedelta(days=n) for n in range(_LONGEST_SEARCH))
