"""Stated confidence against what came of it.

The score is that of G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review
78 (1950), in its usual form for two outcomes: the mean of (stated − came true)², where a confidence of 7 states 0.7 and
what came true counts 1. 0 is best, 1 is worst, and whoever always says 5 gets 0.25.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

FEWEST = 5
"""With fewer statements nothing is said: chance would speak."""

MOST_CONFIDENT = 10

_BANDS = ((0, 3), (4, 6), (7, 8), (9, 10))
_ABOUT_RIGHT_WITHIN = Decimal("0.15")
"""How far what was stated may be from what came true, on average."""


class Lean(StrEnum):
    """Which way somebody's confidence leans."""

    TOO_SURE = "too sure"
    TOO_CAUTIOUS = "too cautious"
    ABOUT_RIGHT = "about right"


@dataclass(frozen=True)
class Band:
    """What was stated with a confidence from `least` to `most`: how many, and how many of them came true."""

    least: int
    most: int
    stated: int
    came_true: int


@dataclass(frozen=True)
class Calibration:
    """How well stated confidence foretold what came."""

    stated: int
    came_true: int
    mean: Decimal
    """The confidence that was stated on average, from 0 to 10."""
    brier: Decimal
    """From 0, best, to 1, worst."""
    bands: tuple[Band, ...]
    """Those with something in them, the least confident first."""

    @property
    def lean(self) -> Lean:
        """Too sure when on average over 0.15 more was stated than came true, too cautious when over 0.15 less."""
        ahead = self.mean / MOST_CONFIDENT - Decimal(self.came_true) / self.stated
        if abs(ahead) <= _ABOUT_RIGHT_WITHIN:
            return Lean.ABOUT_RIGHT
        return Lean.TOO_SURE if ahead > 0 else Lean.TOO_CAUTIOUS


def calibration(statements: Sequence[tuple[int, bool]]) -> Calibration | None:
    """The calibration of statements, each a confidence from 0 to 10 and whether it came true; None for under five."""
    if len(statements) < FEWEST:
        return None
    count = len(statements)
    off = sum((Decimal(confidence) / MOST_CONFIDENT - came_true) ** 2 for confidence, came_true in statements)
    bands = (_band(least, most, statements) for least, most in _BANDS)
    return Calibration(
        stated=count,
        came_true=sum(came_true for _, came_true in statements),
        mean=Decimal(sum(confidence for confidence, _ in statements)) / count,
        brier=Decimal(off) / count,
        bands=tuple(band for band in bands if band.stated),
    )


def _band(least: int, most: int, statements: Sequence[tuple[int, bool]]) -> Band:
    inside = [came_true for confidence, came_true in statements if least <= confidence <= most]
    return Band(least, most, len(inside), sum(inside))
