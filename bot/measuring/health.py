"""How an outcome stands on a day, and the days on which that turns."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from bot.measuring.paths import Path

STALE_AFTER_PERIODS = 2
STALE_AFTER_DAYS = STALE_AFTER_PERIODS * 7
"""Two weekly periods."""

ON_TRACK_WITHIN = Decimal("0.10")
AT_RISK_WITHIN = Decimal("0.25")
"""How far progress may be behind what is expected, in shares of the path."""


class Health(StrEnum):
    """How an outcome stands, in the words people read."""

    ACHIEVED = "Achieved"
    ON_TRACK = "On track"
    AT_RISK = "At risk"
    OFF_TRACK = "Off track"
    STALE = "Stale"
    NO_DATA = "No result yet"


@dataclass(frozen=True)
class Standing:
    """How an outcome stands on a day, with the numbers that say so."""

    health: Health
    progress: Decimal
    expected: Decimal
    age_days: int | None
    """Days since the latest result; None before the first."""


def standing(
    path: Path,
    *,
    latest: Decimal | None,
    measured_on: date | None,
    today: date,
    stale_after_days: int = STALE_AFTER_DAYS,
) -> Standing:
    """Health: achieved at progress 1; on track within 0.10 of expected; at risk within 0.25; else off track.

    An outcome without a result for two periods is stale, whatever its last value said, unless that was the target.
    """
    expected = path.expected(today)
    if latest is None or measured_on is None:
        return Standing(Health.NO_DATA, Decimal(0), expected, None)
    progress, age = path.progress(latest), max(0, (today - measured_on).days)
    if progress >= 1:
        health = Health.ACHIEVED
    elif age > stale_after_days:
        health = Health.STALE
    elif expected <= progress + ON_TRACK_WITHIN:
        health = Health.ON_TRACK
    elif expected <= progress + AT_RISK_WITHIN:
        health = Health.AT_RISK
    else:
        health = Health.OFF_TRACK
    return Standing(health, progress, expected, age)


@dataclass(frozen=True)
class Turns:
    """What becomes of an outcome if nothing more is measured: the first day of each health, or None for never.

    From `stale_on` on it is stale, whatever the other two say; before, off track goes before at risk. `date.min` is a
    day too: that of an outcome so far behind its baseline that no day finds it on track.
    """

    is_achieved: bool
    at_risk_on: date | None
    off_track_on: date | None
    stale_on: date | None


def turns(path: Path, *, latest: Decimal, measured_on: date, stale_after_days: int = STALE_AFTER_DAYS) -> Turns:
    """The days on which the health of an outcome with that latest result turns."""
    progress = path.progress(latest)
    if progress >= 1:
        return Turns(True, None, None, None)
    return Turns(
        is_achieved=False,
        at_risk_on=path.first_day_expecting_more_than(progress + ON_TRACK_WITHIN),
        off_track_on=path.first_day_expecting_more_than(progress + AT_RISK_WITHIN),
        stale_on=measured_on + timedelta(days=stale_after_days + 1),
    )


def health_on(turns: Turns | None, today: date) -> Health:
    """The health on that day: what `standing` says of the result that the turns are of. None is before the first."""
    if turns is None:
        return Health.NO_DATA
    if turns.is_achieved:
        return Health.ACHIEVED
    for turned_on, health in (
        (turns.stale_on, Health.STALE),
        (turns.off_track_on, Health.OFF_TRACK),
        (turns.at_risk_on, Health.AT_RISK),
    ):
        if turned_on is not None and today >= turned_on:
            return health
    return Health.ON_TRACK
