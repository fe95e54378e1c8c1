"""A path of a hundred days, and paths, values and days of every kind."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from bot.measuring.paths import Path

START, DUE = date(2026, 1, 1), date(2026, 4, 11)
"""A hundred days."""

values = st.decimals(-(10**12), 10**12, places=6)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def path(baseline: str = "0", target: str = "100") -> Path:
    """The hundred days from the one value to the other."""
    return Path(Decimal(baseline), Decimal(target), START, DUE)
