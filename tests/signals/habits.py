"""Teams that never were, each with an outcome for every habit: what was done, what was logged, and what was really so.

Everything comes from the seed. Progress is in shares of the path; what a measure shows of it is what the work really
moved, and on top of that, for some habits, a season or noise.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import pi, sin
from random import Random

from bot.measuring.paths import Path

Course = Callable[[float], float]
"""From the share of the time that has passed to a share of the path."""

BEGINS = date(2026, 1, 5)
"""A Monday."""


@dataclass(frozen=True)
class Habit:
    """How an outcome goes.

    Args:
        really: draws what the work moves.
        season: how far a season swings the measure, at the most.
        noise: how far a single value is off, as a standard deviation.
        logged_every: so many periods from one result to the next.
        done: actions done in a week, on average; drawn for each outcome.
    """

    really: Callable[[Random], Course]
    season: float = 0
    noise: float = 0.005
    logged_every: int = 1
    done: tuple[float, float] = (1.0, 3.0)


@dataclass(frozen=True)
class Life:
    """An outcome from its first day to its last."""

    habit: str
    path: Path
    period_days: int
    results: tuple[tuple[date, Decimal], ...]
    activity: tuple[date, ...]
    really: Course

    @property
    def is_reached(self) -> bool:
        """Whether the work had brought it to the target in the end."""
        return self.really(1) >= 1

    def moved(self, first: date, last: date) -> float:
        """What the work really moved between two days."""
        return self.really(self._passed(last)) - self.really(self._passed(first))

    def _passed(self, day: date) -> float:
        return max(0.0, (day - self.path.starts_on) / (self.path.due_on - self.path.starts_on))


def _steadily(random: Random) -> Course:
    reaches = random.uniform(0.9, 1.15)
    return lambda passed: reaches * passed


def _nowhere(random: Random) -> Course:
    stands = random.uniform(0, 0.02)
    return lambda passed: stands * passed


def _until_it_stops(random: Random) -> Course:
    stops, reaches = random.uniform(0.3, 0.5), random.uniform(0.3, 0.6)
    return lambda passed: reaches * min(1.0, passed / stops)


def _late(random: Random) -> Course:
    begins = random.uniform(0.5, 0.7)
    return lambda passed: 0.03 * passed + max(0.0, passed - begins) / (1 - begins)


HABITS: Mapping[str, Habit] = {
    "steady mover": Habit(_steadily),
    "busy and flat": Habit(_nowhere),
    "moves, then stops": Habit(_until_it_stops),
    "late finisher": Habit(_late),
    "seasonal, moving": Habit(_steadily, season=0.15),
    "seasonal, flat": Habit(_nowhere, season=0.15),
    "noisy, moving": Habit(_steadily, noise=0.08),
    "noisy, flat": Habit(_nowhere, noise=0.08),
    "few updates, moving": Habit(_steadily, logged_every=5),
    "few updates, flat": Habit(_nowhere, logged_every=5),
    "quiet and flat": Habit(_nowhere, logged_every=3, done=(0.0, 0.2)),
}


def team(seed: int) -> list[Life]:
    """A team with an outcome of each habit. One team in five is asked every second week only."""
    random = Random(seed)
    period_days = 14 if random.random() < 0.2 else 7
    answers = random.uniform(0.7, 1.0)
    return [_life(name, habit, Random(f"{seed} {name}"), period_days, answers) for name, habit in HABITS.items()]


def _life(name: str, habit: Habit, random: Random, period_days: int, answers: float) -> Life:
    weeks = random.randint(16, 26)
    path = Path(Decimal(0), Decimal(1), BEGINS, BEGINS + timedelta(weeks=weeks))
    really, measured = habit.really(random), []
    swing, phase, round_trip = habit.season * random.uniform(0.5, 1), random.uniform(0, 2 * pi), random.uniform(60, 120)
    every = habit.logged_every * period_days
    for ahead in range(period_days, weeks * 7 + 1, every):
        if random.random() < answers:
            season = swing * (sin(2 * pi * ahead / round_trip + phase) - sin(phase))
            value = really(ahead / (weeks * 7)) + season + random.gauss(0, habit.noise)
            measured.append((BEGINS + timedelta(days=ahead), Decimal(value).quantize(Decimal("0.0001"))))
    chance = random.uniform(*habit.done) / 5
    worked = [BEGINS + timedelta(days=ahead) for ahead in range(weeks * 7 + 1) if ahead % 7 < 5]
    done = [day for day in worked if random.random() < chance]
    return Life(name, path, period_days, tuple(measured), tuple(sorted([*done, *(day for day, _ in measured)])), really)
