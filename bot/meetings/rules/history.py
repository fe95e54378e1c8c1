"""What meetings did over time: pure."""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_RATINGS = 3
"""With fewer ratings than that, none is shown: somebody might be known by it."""

COMMENT_LIMIT = 300


@dataclass(frozen=True)
class Card:
    """The scorecard of one meeting. None is what is not known (yet)."""

    decisions: int
    obstacles_cleared: int
    actions_agreed: int
    attendee_minutes: int | None
    outcomes_moved: int | None
    lines: int
    came_often: int
    """How many of its lines had been carried three times or more."""
    rating: float | None
    others: int = 0
    """How many other things it changed, from results to comments."""

    @property
    def is_empty(self) -> bool:
        """Whether it changed nothing on record."""
        return not (self.decisions or self.obstacles_cleared or self.actions_agreed or self.others)


@dataclass(frozen=True)
class Trend:
    """What several meetings did together.

    Args:
        came_often: the share of lines that were carried three times or more, 0 without lines.
        minutes: attendee-minutes of the meetings of which it is known, too, how many outcomes moved since.
        outcomes_moved: how many did after those meetings; None while that is known of none.
        changed_nothing: how many changed nothing on record.
    """

    meetings: int
    came_often: float
    minutes: int
    outcomes_moved: int | None
    changed_nothing: int

    @property
    def minutes_per_outcome(self) -> float | None:
        """Attendee-minutes for each outcome that moved; None when none did."""
        return self.minutes / self.outcomes_moved if self.outcomes_moved else None


def trend(cards: Sequence[Card]) -> Trend:
    """The trend of some meetings."""
    lines, often = sum(one.lines for one in cards), sum(one.came_often for one in cards)
    known = [(one.attendee_minutes, one.outcomes_moved) for one in cards]
    both = [(minutes, moved) for minutes, moved in known if minutes is not None and moved is not None]
    return Trend(
        len(cards),
        often / lines if lines else 0.0,
        sum(minutes for minutes, _ in both),
        sum(moved for _, moved in both) if both else None,
        sum(one.is_empty for one in cards),
    )
