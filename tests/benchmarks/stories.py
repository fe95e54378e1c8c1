"""How outcomes went: paths, results and their weeks, in every health there is, and what their rows say of it.

A story is derived once, by the rules that the bot itself uses, and then lived by many outcomes.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from random import Random

from bot.measuring.effort import busy_span
from bot.measuring.health import turns
from bot.measuring.paths import Milestone, Path
from tests.benchmarks.loading import Row

TODAY = date(2026, 3, 2)
_SHAPES = ("steady", "steady", "steady", "ahead", "behind", "behind", "far behind", "stuck", "silent", "unmeasured")
_PACE = {"steady": 1.0, "ahead": 1.5, "behind": 0.8, "far behind": 0.3, "stuck": 0.0, "silent": 0.7}
_UNITS = (
    ("percent", 12, 30),
    ("number:leads", 4, 400),
    ("duration:days", 864_000, 172_800),
    ("money:USD", 9_000, 40_000),
)


@dataclass(frozen=True)
class Story:
    """One course of events. `measured` are (when, value, whether somebody wrote a note), oldest first."""

    path: Path
    unit: str
    measured: tuple[tuple[datetime, Decimal, bool], ...]
    is_closed: bool

    @cached_property
    def derived(self) -> Row:
        """The columns that `refresh` derives."""
        days = [(at.date(), value) for at, value, _ in self.measured]
        activity = [at.date() for at, _, has_note in self.measured if has_note]
        span = busy_span(self.path, days, activity, TODAY, self.path.starts_on)
        row: dict[str, object] = {"is_achieved": False}
        if days:
            latest_on, latest = days[-1]
            turning = turns(self.path, latest=latest, measured_on=latest_on)
            row = vars(turning) | {"latest_value": latest, "latest_at": self.measured[-1][0], "latest_on": latest_on}
        if span:
            next_look = datetime.combine(span[1] + timedelta(days=1), time(0), UTC)
            row |= {"busy_from_on": span[0], "busy_to_on": span[1], "next_refresh_at": next_look}
        return row


def stories(count: int, random: Random) -> list[Story]:
    """So many courses of events, three fifths of them over and closed; 20 results each on average."""
    return [told(random, is_closed=random.random() < 0.6) for _ in range(count)]


def told(random: Random, *, is_closed: bool = False, results: int | None = None) -> Story:
    """One course of events; with `results`, one that is measured so many times."""
    weeks = random.randint(10, 26)
    age = weeks * 7 + random.randint(0, 400) if is_closed else random.randint(20, weeks * 7 + 10)
    starts_on = TODAY - timedelta(days=age)
    unit, baseline, target = random.choice(_UNITS)
    ends = (Decimal(baseline), Decimal(target))
    due_on = starts_on + timedelta(weeks=weeks)
    path = Path(*ends, starts_on, due_on, _milestones(ends, starts_on, weeks) if random.random() < 0.2 else ())
    shape = random.choice(_SHAPES) if results is None else "steady"
    last = min(due_on, TODAY - timedelta(days=random.randint(18, 60) if shape == "silent" else random.randint(0, 9)))
    count = 0 if shape == "unmeasured" else results or random.randint(13, 31)
    return Story(path, unit, tuple(_results(path, shape, last, count, random)), is_closed)


def _milestones(ends: tuple[Decimal, Decimal], starts_on: date, weeks: int) -> tuple[Milestone, ...]:
    step = (ends[1] - ends[0]) / 4
    return tuple(Milestone(starts_on + timedelta(days=weeks * 7 * n // 3), ends[0] + step * n) for n in (1, 2))


def _results(path: Path, shape: str, last: date, count: int, random: Random) -> list[tuple[datetime, Decimal, bool]]:
    """Results from the start to the last day, around noon in UTC: the same day in every zone of the company."""
    days = max(1, (last - path.starts_on).days)
    way, whole = path.target - path.baseline, (path.due_on - path.starts_on).days
    measured = []
    for n in range(1, count + 1):
        day = days * n // count
        share = _PACE[shape] * day / whole * random.uniform(0.9, 1.1)
        at = datetime.combine(path.starts_on + timedelta(days=day), time(11, n * 59 // count), UTC)
        measured.append((at, path.baseline + (way * Decimal(share)).quantize(Decimal("0.01")), random.random() < 0.6))
    return measured
