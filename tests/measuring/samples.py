"""A path of a hundred days, and paths, values and days of every kind."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from bot.measuring.paths import Milestone, Path

START, DUE = date(2026, 1, 1), date(2026, 4, 11)
"""A hundred days."""

values = st.decimals(-(10**12), 10**12, places=6)
small_values = st.integers(-1000, 1000).map(lambda number: Decimal(number) / 10)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def path(baseline: str = "0", target: str = "100", *milestones: tuple[int, str]) -> Path:
    """The hundred days from the one value to the other, by way of the values on some of them."""
    between = tuple(Milestone(day(number), Decimal(value)) for number, value in milestones)
    return Path(Decimal(baseline), Decimal(target), START, DUE, between)


def day(number: int) -> date:
    """That day of the hundred."""
    return START + timedelta(days=number)


@st.composite
def paths(draw: st.DrawFn) -> Path:
    """Up, down and level, from a day to that day or years later, steadily or by up to four milestones."""
    baseline, target = draw(st.one_of(st.tuples(values, values), st.tuples(small_values, small_values)))
    starts_on, length = draw(days), draw(st.one_of(st.integers(0, 40), st.integers(0, 1500)))
    due_on = starts_on + timedelta(days=length)
    if baseline == target or length < 2:
        return Path(baseline, target, starts_on, due_on)
    at = sorted(draw(st.sets(st.integers(1, length - 1), max_size=4)))
    shares = sorted(draw(st.sets(st.integers(1, 999), min_size=len(at), max_size=len(at))))
    milestones = tuple(
        Milestone(starts_on + timedelta(days=number), baseline + (target - baseline) * share / 1000)
        for number, share in zip(at, shares, strict=True)
    )
    return Path(baseline, target, starts_on, due_on, milestones)


@st.composite
def values_near(draw: st.DrawFn, way: Path) -> Decimal:
    """A value at a round share of the path, before, on or after it; or any at all."""
    share = Decimal(draw(st.integers(-40, 120))) / 100
    return draw(st.one_of(st.just(way.baseline + (way.target - way.baseline) * share), values))
