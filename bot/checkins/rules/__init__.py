"""What becomes of a check-in: pure."""

from enum import StrEnum


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
