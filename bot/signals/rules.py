"""Which of the four causes apply to an outcome that has stalled, from plain facts: pure.

Effort without movement is `bot.measuring.effort`, and health is `bot.measuring.health`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.absences.rules import Days
from bot.linter.findings import Finding
from bot.measuring.health import STALE_AFTER_PERIODS, Health

ABOUT_THE_END = frozenset(["L1", "L2", "L3", "L4", "L5", "L6", "L7"])
"""The linter's rules about what is to be true in the end, and by when; the others are about owners and doubles."""

HANDED_OVER_TOO_OFTEN = 2
"""From so many handovers on, nobody has really had it."""


class Cause(StrEnum):
    """Why an outcome stalls, in the words people read."""

    NO_END = "No clear end-state"
    FRAGMENTED = "Fragmented priorities"
    NO_OWNER = "No owner"
    NO_FEEDBACK = "No feedback on results"


@dataclass(frozen=True)
class Facts:
    """What is known of an outcome and its owner on a day."""

    findings: tuple[Finding, ...]
    """The linter's that nobody dismissed."""
    owned: int
    """Live outcomes of its owner, this one among them."""
    focus_limit: int
    owner_trouble: str
    """Why its owner cannot own it any more, as in `is deactivated`; empty when they can."""
    away: Days | None
    """The days on which the owner is away while nobody is asked instead, today among them; None while they are there.

    The last is `date.max` where nobody knows it.
    """
    handed_over: int
    """How often it went to another owner."""
    days_without_result: int
    """Since the latest result; before the first, since it began."""
    period_days: int
    today: date

    @property
    def about_the_end(self) -> tuple[Finding, ...]:
        """The findings that say that the end-state is not clear."""
        return tuple(finding for finding in self.findings if finding.id in ABOUT_THE_END)

    @property
    def days_away(self) -> int:
        """How long the owner's absence is in all; one with no end known, up to today."""
        if self.away is None:
            return 0
        last = self.today if self.away.last == date.max else self.away.last
        return (last - self.away.first).days + 1

    @property
    def is_away_past_the_period(self) -> bool:
        """Whether the owner is away for more than one period, so that a whole one goes by without them."""
        return self.days_away > self.period_days


def is_stalled(health: Health, *, is_busy: bool, days_without_result: int, period_days: int) -> bool:
    """Whether the causes are asked for: effort without movement, off track, stale, or no first result for as long."""
    if is_busy or health in (Health.OFF_TRACK, Health.STALE):
        return True
    return health == Health.NO_DATA and lacks_feedback(days_without_result, period_days)


def lacks_feedback(days_without_result: int, period_days: int) -> bool:
    """Whether there was no result for two periods: when health calls it stale, and the same before the first."""
    return days_without_result > STALE_AFTER_PERIODS * period_days


_APPLIES: Mapping[Cause, Callable[[Facts], bool]] = {
    Cause.NO_END: lambda facts: bool(facts.about_the_end),
    Cause.FRAGMENTED: lambda facts: facts.owned > facts.focus_limit,
    Cause.NO_OWNER: lambda facts: (
        bool(facts.owner_trouble) or facts.is_away_past_the_period or facts.handed_over >= HANDED_OVER_TOO_OFTEN
    ),
    Cause.NO_FEEDBACK: lambda facts: lacks_feedback(facts.days_without_result, facts.period_days),
}


def causes(facts: Facts) -> tuple[Cause, ...]:
    """The causes that apply to a stalled outcome, in the order in which they are worth mending."""
    return tuple(cause for cause in Cause if _APPLIES[cause](facts))
