"""When a team works: its hours, its country's public holidays, its own days off. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

STARTS, ENDS = time(9), time(18)
ENDS_TOO_SOON = "The working day has to end later than it begins."
_LONGEST_SEARCH = 60


@dataclass(frozen=True)
class DaysOff:
    """A span of days on which the team does not work, and why."""

    first: date
    last: date
    name: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Workdays:
    """When a team works. Outside of it Rhythm is quiet, unless the team chose a later time itself.

    Args:
        starts, ends: local times of the working day.
        country: the code whose public holidays are kept, `DE` or `DE-BY`; empty for none.
        days_off: the team's own.
    """

    starts: time = STARTS
    ends: time = ENDS
    country: str = ""
    days_off: tuple[DaysOff, ...] = ()

    def why_off(self, day: date) -> str | None:
        """The holiday or day off that a day is, or None. A weekend is neither."""
        for span in self.days_off:
            if day in span:
                return span.name or "a day off"
        return public_holiday(self.country, day) if self.country else None

    def is_working(self, day: date) -> bool:
        """Whether it is a weekday, no holiday and no day off."""
        return day.weekday() < 5 and self.why_off(day) is None

    def next_working(self, day: date, *, step: int = 1) -> date | None:
        """The first working day after `day`, or with `step` -1 before it; None when there is none for two months."""
        ahead = (day + timedelta(days=step * n) for n in range(1, _LONGEST_SEARCH))
        return next((one for one in ahead if self.is_working(one)), None)

    def next_opening(self, local: datetime) -> datetime:
        """The local time from which the team works, not earlier than `local`."""
        for day in self._days_from(local.date()):
            opens, closes = datetime.combine(day, self.starts), datetime.combine(day, self.ends)
            if local < closes:
                return max(opens, local)
        return local

    def _days_from(self, day: date) -> Iterator[date]:
        return (one for n in range(_LONGEST_SEARCH) if self.is_working(one := day + timedelta(days=n)))


def write_days_off(spans: Iterable[DaysOff]) -> str:
    """How days off are kept, one a line: `2026-12-24/2026-12-31 Company holidays`."""
    return "\n".join(f"{span.first}/{span.last} {span.name}".rstrip() for span in spans)


@lru_cache(maxsize=256)
def read_days_off(kept: str) -> tuple[DaysOff, ...]:
    """The days off as they are kept."""
    spans = []
    for line in kept.splitlines():
        days, _, name = line.partition(" ")
        first, _, last = days.partition("/")
        spans.append(DaysOff(date.fromisoformat(first), date.fromisoformat(last), name))
    return tuple(spans)


def public_holiday(country: str, day: date) -> str | None:
    """The public holiday that a day is in a country, `DE`, or a part of it, `DE-BY`; None when it is none."""
    return _holidays(country, day.year).get(day)


@lru_cache(maxsize=256)
def _holidays(country: str, year: int) -> dict[date, str]:
    code, _, part = country.partition("-")
    return dict(holidays.country_holidays(code, subdiv=part or None, years=year, language="en_US"))
