"""The path of an outcome: progress on it, and what it expects on a day."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise


@dataclass(frozen=True)
class Milestone:
    """The value that is expected on a day between the start and the due date."""

    on: date
    value: Decimal


@dataclass(frozen=True)
class Path:
    """From a baseline to a target, from one day to another: steadily, or from milestone to milestone.

    Milestones are meant to be such that `check_milestones` has nothing to say.
    """

    baseline: Decimal
    target: Decimal
    starts_on: date
    due_on: date
    milestones: tuple[Milestone, ...] = ()

    def progress(self, latest: Decimal) -> Decimal:
        """(latest − baseline) / (target − baseline): 0 at the baseline, 1 at the target, in either direction.

        A path whose target is its baseline is at 1 when the measure has not moved away from it, else at 0.
        """
        if self.target == self.baseline:
            return Decimal(latest == self.target)
        return (latest - self.baseline) / (self.target - self.baseline)

    def expected(self, today: date) -> Decimal:
        """The progress that the path expects on that day: 0 until the start, 1 from the due date on, never falling.

        Without milestones it is the share of the time between the two that has passed.
        """
        between = [Milestone(milestone.on, self.progress(milestone.value)) for milestone in self.milestones]
        ends = Milestone(self.starts_on, Decimal(0)), Milestone(self.due_on, Decimal(1))
        return max(Decimal(0), min(Decimal(1), _value_along((ends[0], *between, ends[1]), today)))

    def expected_value(self, today: date) -> Decimal:
        """The value that the path expects on that day."""
        ends = Milestone(self.starts_on, self.baseline), Milestone(self.due_on, self.target)
        return _value_along((ends[0], *self.milestones, ends[1]), today)

    def first_day_expecting_more_than(self, progress: Decimal) -> date | None:
        """The first day on which more than that progress is expected.

        None when that never comes, and `date.min` when it was so from the first (for a progress below 0).
        """
        if progress < 0:
            return date.min
        if progress >= 1:
            return None
        first = min(self.starts_on, self.due_on).toordinal()
        days = range(first, self.due_on.toordinal() + 1)
        return date.fromordinal(
            days[bisect_left(days, True, key=lambda day: self.expected(date.fromordinal(day)) > progress)]
        )


def check_milestones(path: Path) -> str:
    """What is wrong with the milestones, as a sentence for the person who typed them; empty when nothing is.

    They come in the order of their days, between the start and the due date, each nearer to the target than the last.
    """
    before = Milestone(path.starts_on, path.baseline)
    for number, milestone in enumerate(path.milestones, start=1):
        if not path.starts_on < milestone.on < path.due_on:
            return f"Milestone {number} is not between the start and the due date. Type a day between the two."
        if milestone.on <= before.on:
            return f"Milestone {number} is no later than the one before it. Type them in the order of their days."
        left_before, left = (_way_left(path, value) for value in (before.value, milestone.value))
        if left < 0:
            return f"Milestone {number} is past the target. Type a value on the way there."
        if left >= left_before:
            place = "the one before it" if number > 1 else "the baseline"
            return f"Milestone {number} is no nearer to the target than {place}. Type a value on the way there."
        before = milestone
    return ""


def _way_left(path: Path, value: Decimal) -> Decimal:
    """How far it is from that value to the target; below zero past it."""
    return path.target - value if path.target >= path.baseline else value - path.target


def _value_along(points: Sequence[Milestone], day: date) -> Decimal:
    """The value on straight lines from point to point, flat before the first and after the last."""
    if day >= points[-1].on:
        return points[-1].value
    for here, there in pairwise(points):
        if here.on <= day < there.on:
            passed = Decimal((day - here.on).days) / (there.on - here.on).days
            return here.value + (there.value - here.value) * passed
    return points[0].value
