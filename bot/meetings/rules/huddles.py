"""What Slack's messages about huddles say: pure, and tolerant of any shape, as Slack promises none.

A huddle in a channel is a message of its own, of the subtype `huddle_thread`, with a `room`; it is changed when the
huddle ends. What is not understood is no huddle.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

SHORTEST = timedelta(minutes=2)
"""A huddle that was shorter was somebody trying."""


@dataclass(frozen=True)
class EndedHuddle:
    """A huddle that is over, in a channel."""

    channel_id: str
    ended_at: datetime


def read_ended(event: object) -> EndedHuddle | None:
    """The huddle that a message event says is over; None for anything else, and for one that was over at once."""
    told = _mapping(event)
    message = _mapping(told.get("message")) if told.get("subtype") == "message_changed" else told
    channel, room = told.get("channel"), _mapping(message.get("room"))
    began, ended = _instant(room.get("date_start")), _instant(room.get("date_end"))
    if message.get("subtype") != "huddle_thread" or not isinstance(channel, str) or ended is None:
        return None
    if room.get("has_ended") is False or (began is not None and ended - began < SHORTEST):
        return None
    return EndedHuddle(channel, ended)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _instant(value: object) -> datetime | None:
    """Seconds since 1970; 0 while there is no such time."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
