"""Effort without movement: people are as busy on an outcome as ever, and its measure does not move.

Activity is given as the days on which something was done: an action, a note, a check-in answered. It is compared with
the outcome's own usual, so that a quiet outcome is not measured by a lively one.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Self

from bot.measuring.paths import Path

PERIODS = 4
"""The window that is looked at: so many periods, up to and with the day itself."""

LEAST_ACTIVITY = PERIODS
"""One a period. With less an outcome is quiet, whatever its usual."""

LEAST_MOVEMENT = Decimal("0.05")
"""Share of the path. A measure that changed by less, up or down, has not moved."""

DAYS_AHEAD = 60


@dataclass(frozen=True)
class Effort:
    """What went into an outcome in the last four periods, and what came of it."""

    activity: int
    usual: Decimal
    """What four periods saw on average before the window, rounded down to whole deeds.

    Only whole periods count, so that one check-in a week is four, whatever the day it is looked at. An outcome
    without a whole period before the window has `LEAST_ACTIVITY` for its usual.
    """
    moved: Decimal
    """Progress now less progress when the window began, in shares of the path."""
    periods_before: int
    """How many whole periods the usual is taken from; 0 where it is none yet."""
    results: int
    """How many days of the window have a result. Without one nobody knows whether the measure moved."""
    before: Decimal
    now: Decimal
    """The values by which it moved: those of the latest result, or the baseline before the first."""


def effort(
    path: Path,
    results: Sequence[tuple[date, Decimal]],
    activity: Sequence[date],
    today: date,
    since: date,
    *,
    period_days: int = 7,
) -> Effort | None:
    """Effort and movement up to `today`; None for an outcome younger than four periods, and for one achieved.

    `results` are (day, value), of one day the last handed in; `since` is the outcome's first day.
    """
    return _History.of(path, results, activity, since, period_days).effort(today)


def is_busy(effort: Effort | None) -> bool:
    """Whether there is effort without movement: at least the usual activity, and a change under 0.05 of the path."""
    if effort is None:
        return False
    has_effort = effort.activity >= LEAST_ACTIVITY and effort.activity >= effort.usual
    return has_effort and abs(effort.moved) < LEAST_MOVEMENT


def busy_span(
    path: Path,
    results: Sequence[tuple[date, Decimal]],
    activity: Sequence[date],
    today: date,
    since: date,
    *,
    period_days: int = 7,
) -> tuple[date, date] | None:
    """The first and the last day on which it will be busy if nothing else happens, of the 60 days from `today` on.

    Only the first such span is told. There can be a second, when the window leaves an old movement behind: ask again
    on the day after the first one's end.
    """
    history = _History.of(path, results, activity, since, period_days)
    first: date | None = None
    for day in (today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD)):
        if is_busy(history.effort(day)):
            first = first or day
        elif first:
            return first, day - timedelta(days=1)
    return (first, today + timedelta(days=DAYS_AHEAD - 1)) if first else None


@dataclass(frozen=True)
class _History:
    """What happened to an outcome, in the order of the days, to be looked at from any day."""

    path: Path
    measured_on: Sequence[date]
    values: Sequence[Decimal]
    active_on: Sequence[date]
    since: date
    period_days: int

    @classmethod
    def of(
        cls,
        path: Path,
        results: Sequence[tuple[date, Decimal]],
        activity: Sequence[date],
        since: date,
        period_days: int,
    ) -> Self:
        by_day = sorted(dict(results).items())
        days, values = [day for day, _ in by_day], [value for _, value in by_day]
        return cls(path, days, values, sorted(activity), since, period_days)

    def effort(self, today: date) -> Effort | None:
        begins = today - timedelta(days=PERIODS * self.period_days)
        if begins < self.since or self._progress(today) >= 1:
            return None
        return Effort(
            activity=self._activity(begins, today),
            usual=Decimal(self._usual(begins)),
            moved=self._progress(today) - self._progress(begins),
            periods_before=self._periods(begins),
            results=bisect_right(self.measured_on, today) - bisect_right(self.measured_on, begins),
            before=self._value(begins),
            now=self._value(today),
        )

    def _periods(self, until: date) -> int:
        return ((until - self.since).days + 1) // self.period_days

    def _usual(self, until: date) -> int:
        periods = self._periods(until)
        if not periods:
            return LEAST_ACTIVITY
        return self._activity(until - timedelta(days=periods * self.period_days), until) * PERIODS // periods

    def _activity(self, after: date, until: date) -> int:
        return bisect_right(self.active_on, until) - bisect_right(self.active_on, after)

    def _progress(self, day: date) -> Decimal:
        return self.path.progress(self._value(day))

    def _value(self, day: date) -> Decimal:
        """What the latest result until then says, or the baseline before the first."""
        known = bisect_right(self.measured_on, day)
        return self.values[known - 1] if known else self.path.baseline
