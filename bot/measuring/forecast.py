"""Where the results lead: a robust line over them, and how sure it is.

The line is Theil–Sen: its slope is the median of the slopes between every two results, so that one odd result does not
turn it. How sure it is comes from the same slopes, by rank (Sen, 1968): the two between which the slope lies with a
certainty of 80 %, by the spread of Kendall's count of rising and falling pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from math import ceil, floor, sqrt
from statistics import median
from typing import Self

from bot.measuring.paths import Path

_FEWEST_DAYS = 3
_MOST_DAYS = 200
"""Of more days with results so many are used, evenly spread, the first and the last among them."""

_WITHIN_80_PERCENT = 1.2816
"""Standard deviations to both sides of the middle that hold 80 % of a normal distribution."""

_DAYS_TO_BE_SURE = 5
_TIME_TO_BE_SURE = 4
_WIDTH_TO_BE_SURE = Decimal("0.20")
_FURTHEST = timedelta(days=3653)
"""Ten years."""

_Point = tuple[date, Decimal]


class Sureness(StrEnum):
    """How sure a forecast is, in the words people read.

    - Too early to tell: results on fewer than five days, or over less than a quarter of the time from start to due.
    - Fairly sure: `low` and `high` are no further apart than a fifth of the path.
    - Not sure: all others.
    """

    FAIRLY_SURE = "fairly sure"
    NOT_SURE = "not sure"
    TOO_EARLY = "too early to tell"


@dataclass(frozen=True)
class Forecast:
    """Where the results lead, in the measure's own unit. The values are not rounded."""

    at_due: Decimal
    """The line's value at the due date."""
    low: Decimal
    high: Decimal
    """The least and the most it would be there, with a certainty of 80 % as to the slope."""
    reaches_on: date | None
    """The day the target was reached, or that on which the line reaches it. None when it does not in ten years."""
    sureness: Sureness


def forecast(path: Path, results: Sequence[_Point]) -> Forecast | None:
    """The forecast from results as (day, value), or None while there are results on fewer than three days.

    Of the results of one day the last handed in counts.
    """
    points = sorted(dict(results).items())
    if len(points) < _FEWEST_DAYS:
        return None
    used = _thinned(points)
    least, middle, most = _slopes(used)
    at_due = _Line.through(used, middle).value_on(path.due_on)
    ends = [at_due, *(_Line.through(used, slope).value_on(path.due_on) for slope in (least, most))]
    return Forecast(
        at_due=at_due,
        low=min(ends),
        high=max(ends),
        reaches_on=_reaches_on(path, points, _Line.through(used, middle)),
        sureness=_sureness(path, points, max(ends) - min(ends)),
    )


@dataclass(frozen=True)
class _Line:
    """A straight line, its days counted from `origin`."""

    origin: date
    intercept: Decimal
    slope: Decimal
    """Change of the value in a day."""

    @classmethod
    def through(cls, points: Sequence[_Point], slope: Decimal) -> Self:
        """The line of that slope with as many points above as below."""
        origin = points[0][0]
        return cls(origin, median(value - slope * (day - origin).days for day, value in points), slope)

    def value_on(self, day: date) -> Decimal:
        return self.intercept + self.slope * (day - self.origin).days


def _thinned(points: Sequence[_Point]) -> Sequence[_Point]:
    if len(points) <= _MOST_DAYS:
        return points
    return [points[step * (len(points) - 1) // (_MOST_DAYS - 1)] for step in range(_MOST_DAYS)]


def _slopes(points: Sequence[_Point]) -> tuple[Decimal, Decimal, Decimal]:
    """The least, the middle and the most that the slope may be: two by rank to both sides of the median."""
    slopes = sorted((after[1] - before[1]) / (after[0] - before[0]).days for before, after in combinations(points, 2))
    days, pairs = len(points), len(slopes)
    spread = _WITHIN_80_PERCENT * sqrt(days * (days - 1) * (2 * days + 5) / 18)
    rank = max(1, floor((pairs - spread) / 2))
    return slopes[rank - 1], median(slopes), slopes[-rank]


def _reaches_on(path: Path, points: Sequence[_Point], line: _Line) -> date | None:
    """The first day that reached the target if the latest is still there; else the day to come on which the line is."""
    latest_on, latest = points[-1]
    if path.progress(latest) >= 1:
        return next(day for day, value in points if path.progress(value) >= 1)
    if line.slope * (path.target - path.baseline) <= 0:
        return None
    days = (path.target - line.value_on(latest_on)) / line.slope
    if days > _FURTHEST.days:
        return None
    return latest_on + timedelta(days=ceil(round(max(days, Decimal(1)), 6)))


def _sureness(path: Path, points: Sequence[_Point], width: Decimal) -> Sureness:
    if len(points) < _DAYS_TO_BE_SURE:
        return Sureness.TOO_EARLY
    if (points[-1][0] - points[0][0]) * _TIME_TO_BE_SURE < path.due_on - path.starts_on:
        return Sureness.TOO_EARLY
    is_narrow = width <= abs(path.target - path.baseline) * _WIDTH_TO_BE_SURE
    return Sureness.FAIRLY_SURE if is_narrow else Sureness.NOT_SURE
