"""What is true of outcomes: their keys, how they end, what a list may be narrowed to. Pure."""

import re
from enum import StrEnum

from bot.errors import FormRefused, Refused

STATEMENT_LIMIT = 300
WHY_LIMIT = 1_000
MEASURE_LIMIT = 100
NOTE_LIMIT = 1_000
TYPED_LIMIT = 60
MILESTONES_LIMIT = 600
COMMENT_LIMIT = 1_000
REASON_LIMIT = 200
"""Limits in characters of what a person types; TYPED is a value, a unit or a date."""

MEETING_ITEM = "meeting item"
"""The line of history which says that a meeting talked about an outcome, and that something came of it."""

ACTIVITY = frozenset(["action done", "comment", "obstacle resolved", MEETING_ITEM])
"""The lines of history that count as activity, beside results that come with a note or answer a check-in."""

ANSWERS = frozenset(["check-in", "no change"])
"""The sources of results that answer a check-in."""

_KEY = re.compile(r"(?:out[-–— ]?|#)?(\d{1,9})", re.IGNORECASE)


class Ending(StrEnum):
    """How an outcome ended."""

    ACHIEVED = "achieved"
    MISSED = "missed"
    RESCOPED = "rescoped"
    ABANDONED = "abandoned"


class Filter(StrEnum):
    """What a list may be narrowed to."""

    AT_RISK = "at-risk"
    OFF_TRACK = "off-track"
    STALE = "stale"
    BUSY = "busy"
    DONE = "done"


def read_key(text: str) -> int:
    """The number in `OUT-12`, `out-12` or `12`. Raises Refused with how a key is written."""
    if found := _KEY.fullmatch(text.strip()):
        return int(found[1])
    raise Refused("Name the outcome by its key, such as OUT-12. /outcome list shows them.")


def read_ending(text: str) -> Ending | None:
    """How it ended, as typed after a key; None when nothing was. Raises Refused with the four ways."""
    word = text.strip().lower().replace("-", "")
    if not word:
        return None
    try:
        return Ending(word)
    except ValueError:
        raise Refused("How did it end? Type achieved, missed, rescoped or abandoned after the key.") from None


def read_filter(text: str) -> Filter | None:
    """A filter as typed, `at-risk` or `at risk`; None for anything else."""
    word = "-".join(text.lower().split())
    return Filter(word) if word in list(Filter) else None


def read_confidence(text: str) -> int | None:
    """A confidence from 0 to 10, or None when it was left empty. Raises FormRefused."""
    if not text:
        return None
    if text.isascii() and text.isdigit() and int(text) <= 10:
        return int(text)
    raise FormRefused({"confidence": "Confidence is a whole number from 0 to 10."})
