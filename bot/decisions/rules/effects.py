"""What a decision was expected to change, beside what its measure did since. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.measuring.paths import Path


class Came(StrEnum):
    """What came of the change that was expected."""

    UNKNOWN = "no result since"
    OTHER_WAY = "it moved the other way"
    NOTHING = "it has not moved"
    PART = "part of it came"
    ALL = "all of it came"


@dataclass(frozen=True)
class Prediction:
    """What was expected of a measure when it was decided.

    Args:
        before: its value when that was decided, on `decided_on`.
        expected: its value by `by_on`, which may be more or less. The same as before says: it will not change.
    """

    before: Decimal
    expected: Decimal
    decided_on: date
    by_on: date

    @property
    def path(self) -> Path:
        """The way it was expected to go: steadily, from the day on which it was decided."""
        return Path(self.before, self.expected, self.decided_on, max(self.by_on, self.decided_on))


@dataclass(frozen=True)
class Effect:
    """A prediction, and what its measure did since.

    Args:
        latest, latest_on: the newest value since it was decided, and its day; None before the first.
        share: how much of the change that was expected came: 0.5 for half of it, below 0 for the other way.
        time: how much of the time for it has passed, from 0 to 1.
    """

    prediction: Prediction
    latest: Decimal | None
    latest_on: date | None
    share: Decimal | None
    time: Decimal

    @property
    def came(self) -> Came:
        """The same in one word."""
        if self.share is None:
            return Came.UNKNOWN
        if self.share >= 1:
            return Came.ALL
        if self.prediction.before == self.prediction.expected or self.share < 0:
            return Came.OTHER_WAY
        return Came.PART if self.share else Came.NOTHING


def effect(prediction: Prediction, results: Sequence[tuple[date, Decimal]], today: date) -> Effect:
    """What came of a prediction by the end of today, of results as (day, value), oldest first.

    A result of the day itself counts, as it may have come after; one before does not.
    """
    since = [(day, value) for day, value in results if prediction.decided_on <= day <= today]
    latest_on, latest = since[-1] if since else (None, None)
    path = prediction.path
    return Effect(
        prediction=prediction,
        latest=latest,
        latest_on=latest_on,
        share=None if latest is None else path.progress(latest),
        time=path.expected(today),
    )


_PARTS = {
    Decimal(1) / 10: "about a tenth",
    Decimal(1) / 4: "about a quarter",
    Decimal(1) / 3: "about a third",
    Decimal(1) / 2: "about half",
    Decimal(2) / 3: "about two thirds",
    Decimal(3) / 4: "about three quarters",
    Decimal(9) / 10: "about nine tenths",
}
_ROUNDS_TO_ALL = Decimal("0.95")
_ROUNDS_TO_NOTHING = Decimal("0.05")


def share_words(share: Decimal) -> str:
    """A share between nothing and all as people say it: by the nearest of the parts that have a name."""
    if share >= _ROUNDS_TO_ALL:
        return "nearly all"
    if share < _ROUNDS_TO_NOTHING:
        return "hardly any"
    return _PARTS[min(_PARTS, key=lambda part: abs(part - share))]
