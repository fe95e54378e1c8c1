"""How often effort without movement is found where it was so, and where it was not, habit by habit.

Every outcome is looked at each Monday. It was so when there was as much effort as usual, and the work really moved the
measure by less than 5 % of its path in the four periods before; what season, noise and missing results add or hide is
what the rule can be wrong about.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from bot.measuring.effort import PERIODS, effort, is_busy
from tests.signals.habits import HABITS, Life, team

TEAMS = 300
"""So many are on the page."""


@dataclass
class Figures:
    """Looks at the outcomes of one habit, and what became of those outcomes."""

    looks: int = 0
    was_so: int = 0
    found: int = 0
    right: int = 0
    unmeasured: int = 0
    """Findings that say that there was no result in that time, when only the last one is known."""
    outcomes: int = 0
    outcomes_found: int = 0
    found_and_reached: int = 0

    @property
    def share_right(self) -> float:
        """Of the findings."""
        return self.right / self.found if self.found else 1.0

    @property
    def share_found(self) -> float:
        """Of the looks at which it was so."""
        return self.right / self.was_so if self.was_so else 1.0

    @property
    def share_wrong(self) -> float:
        """Findings at looks at which it was not so, of those."""
        others = self.looks - self.was_so
        return (self.found - self.right) / others if others else 0.0


def figures(seeds: Iterable[int]) -> Mapping[str, Figures]:
    """The figures of each habit, over the teams of these seeds."""
    told = {name: Figures() for name in HABITS}
    for seed in seeds:
        for life in team(seed):
            _look_at(life, told[life.habit])
    return told


def written(told: Mapping[str, Figures]) -> str:
    """The figures as the lines of a table."""
    lines = []
    for name, its in told.items():
        right = f"{its.share_right:.0%}" if its.found else "–"
        caught = f"{its.share_found:.0%}" if its.was_so else "–"
        wrong = f"{its.share_wrong:.1%}" if its.looks > its.was_so else "–"
        reached = f"{its.found_and_reached} of {its.outcomes_found}" if its.outcomes_found else "–"
        counts = f"{its.looks:,} | {its.was_so:,} | {its.found:,}"
        lines.append(f"| {name} | {counts} | {right} | {caught} | {wrong} | {its.unmeasured:,} | {reached} |")
    return "\n".join(lines)


def _look_at(life: Life, told: Figures) -> None:
    window = timedelta(days=PERIODS * life.period_days)
    found_once = False
    day = life.path.starts_on + window
    while day <= life.path.due_on:
        seen = effort(life.path, life.results, life.activity, day, life.path.starts_on, period_days=life.period_days)
        if seen is not None:
            is_found = is_busy(seen)
            is_so = is_busy(replace(seen, moved=Decimal(life.moved(day - window, day))))
            told.looks += 1
            told.was_so += is_so
            told.found += is_found
            told.right += is_found and is_so
            told.unmeasured += is_found and not seen.results
            found_once = found_once or is_found
        day += timedelta(weeks=1)
    told.outcomes += 1
    told.outcomes_found += found_once
    told.found_and_reached += found_once and life.is_reached
