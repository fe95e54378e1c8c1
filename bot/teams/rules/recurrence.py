"""On which local days something comes round: RFC 5545 rules over naive dates, and how people say them. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from dateutil.rrule import rrulebase, rrulestr

from bot.teams.rules import monday_of

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST_WORKING_DAY = "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"


class Often(StrEnum):
    """How often something comes round: at most once in a week."""

    WEEKLY = "weekly"
    SECOND_WEEK = "every second week"
    THIRD_WEEK = "every third week"
    FOURTH_WEEK = "every fourth week"
    FIRST_OF_MONTH = "first of the month"
    SECOND_OF_MONTH = "second of the month"
    THIRD_OF_MONTH = "third of the month"
    FOURTH_OF_MONTH = "fourth of the month"
    LAST_OF_MONTH = "last of the month"
    MONTH_ENDS = "last working day of the month"
    FIRST_OF_QUARTER = "first of the quarter"
    QUARTER_ENDS = "last working day of the quarter"

    @property
    def is_counted_in_weeks(self) -> bool:
        """Whether it depends on the week it is counted from."""
        return self in (Often.SECOND_WEEK, Often.THIRD_WEEK, Often.FOURTH_WEEK)

    @property
    def period_days(self) -> int:
        """How long the longest of its periods is, in days."""
        return _PERIOD_DAYS.get(self, 31)

    @property
    def is_end(self) -> bool:
        """Whether it is the last working day of something, so that no weekday is chosen."""
        return self in (Often.MONTH_ENDS, Often.QUARTER_ENDS)


_PERIOD_DAYS = {
    Often.WEEKLY: 7,
    Often.SECOND_WEEK: 14,
    Often.THIRD_WEEK: 21,
    Often.FOURTH_WEEK: 28,
    Often.FIRST_OF_QUARTER: 92,
    Often.QUARTER_ENDS: 92,
}
_RULES = {
    Often.WEEKLY: "FREQ=WEEKLY;BYDAY={day}",
    Often.SECOND_WEEK: "FREQ=WEEKLY;INTERVAL=2;BYDAY={day}",
    Often.THIRD_WEEK: "FREQ=WEEKLY;INTERVAL=3;BYDAY={day}",
    Often.FOURTH_WEEK: "FREQ=WEEKLY;INTERVAL=4;BYDAY={day}",
    Often.FIRST_OF_MONTH: "FREQ=MONTHLY;BYDAY=1{day}",
    Often.SECOND_OF_MONTH: "FREQ=MONTHLY;BYDAY=2{day}",
    Often.THIRD_OF_MONTH: "FREQ=MONTHLY;BYDAY=3{day}",
    Often.FOURTH_OF_MONTH: "FREQ=MONTHLY;BYDAY=4{day}",
    Often.LAST_OF_MONTH: "FREQ=MONTHLY;BYDAY=-1{day}",
    Often.MONTH_ENDS: f"FREQ=MONTHLY;{_LAST_WORKING_DAY}",
    Often.FIRST_OF_QUARTER: "FREQ=MONTHLY;INTERVAL=3;BYDAY=1{day}",
    Often.QUARTER_ENDS: f"FREQ=MONTHLY;BYMONTH=3,6,9,12;{_LAST_WORKING_DAY}",
}
_SAID = {
    Often.WEEKLY: "every {day}",
    Often.SECOND_WEEK: "every second {day}",
    Often.THIRD_WEEK: "every third {day}",
    Often.FOURTH_WEEK: "every fourth {day}",
    Often.FIRST_OF_MONTH: "on the first {day} of the month",
    Often.SECOND_OF_MONTH: "on the second {day} of the month",
    Often.THIRD_OF_MONTH: "on the third {day} of the month",
    Often.FOURTH_OF_MONTH: "on the fourth {day} of the month",
    Often.LAST_OF_MONTH: "on the last {day} of the month",
    Often.MONTH_ENDS: "on the last working day of the month",
    Often.FIRST_OF_QUARTER: "on the first {day} of the quarter",
    Often.QUARTER_ENDS: "on the last working day of the quarter",
}


@dataclass(frozen=True)
class Recurrence:
    """What comes round so often, on a weekday (0 is Monday).

    `counted_from` says in which weeks, for what comes round every so many weeks; to the others it makes no difference.
    """

    often: Often
    weekday: int
    counted_from: date = date(2024, 1, 1)

    @property
    def rule(self) -> str:
        """The RFC 5545 rule, `FREQ=WEEKLY;BYDAY=MO`."""
        return _RULES[self.often].format(day=_DAYS[self.weekday])

    def __str__(self) -> str:
        return _SAID[self.often].format(day=WEEKDAYS[self.weekday])

    @lru_cache(maxsize=8192)  # noqa: B019 - a recurrence is a value, and few are in use
    def in_week(self, monday: date) -> date | None:
        """The day of this week on which it comes round, or None."""
        return self.after(monday - timedelta(days=1), until=monday + timedelta(days=6))

    def after(self, day: date, *, until: date = date.max) -> date | None:
        """The first day later than `day` and not later than `until` on which it comes round, or None."""
        found = self._days_around(day).after(_midnight(day))
        return found.date() if found and found.date() <= until else None

    @lru_cache(maxsize=8192)  # noqa: B019
    def before(self, day: date) -> date | None:
        """The last day earlier than `day` on which it came round, or None before it was counted."""
        found = self._days_around(day).before(_midnight(day))
        return found.date() if found else None

    def _days_around(self, day: date) -> rrulebase:
        """The rule from not long before a day on: what is not counted from a week can be counted from any year."""
        if self.often.is_counted_in_weeks:
            return _days(self.rule, monday_of(self.counted_from))
        return _days(self.rule, date(max(day.year - 1, 1), 1, 1))


def read_recurrence(rule: str, counted_from: date) -> Recurrence:
    """The recurrence that a rule was written from. Raises ValueError for a rule that none of them writes."""
    if rule not in _WRITTEN:
        raise ValueError(f"no rhythm has the rule {rule!r}")
    often, weekday = _WRITTEN[rule]
    return Recurrence(often, weekday, counted_from)


@lru_cache(maxsize=1024)
def _days(rule: str, counted_from: date) -> rrulebase:
    return rrulestr(rule, dtstart=_midnight(counted_from), cache=True)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0))


_WRITTEN = {
    Recurrence(often, weekday).rule: (often, weekday)
    for often in Often
    for weekday in ([4] if often.is_end else range(7))
}
