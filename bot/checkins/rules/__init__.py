"""What becomes of a check-in: pure."""

from enum import StrEnum

MOST_A_WEEK = 7
"""How many messages of Rhythm's own accord somebody gets in a week at most, unless settings say otherwise."""
UNASKED_FOR = ("checkin", "nudge")
"""What the keys of those messages begin with: not of what people asked for, nor of what others ask of them."""

_WEEK_IS_FULL = "The limit of messages a week was reached"


def week_is_full(most: int) -> str:
    """Why a message is kept back."""
    return f"{_WEEK_IS_FULL}: {most}."


def is_for_a_full_week(reason: str | None) -> bool:
    """Whether a message was kept back for that."""
    return (reason or "").startswith(_WEEK_IS_FULL)


class State(StrEnum):
    """What became of a period."""

    ASKED = "asked"
    NOT_NEEDED = "not needed"
    AWAY = "away"
    PAUSED = "paused"
    MISSED = "missed"
    UNANSWERED = "unanswered"


class Answer(StrEnum):
    """How an owner answered for one outcome."""

    UPDATED = "updated"
    NO_CHANGE = "no change"
