"""What is asked of a calendar, and what it answers. Plain data, which goes to the reading process and comes back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

MOST_BYTES = 2 * 1024 * 1024
"""How long a calendar may be."""

MOST_ENTRIES = 200
"""How many entries of one calendar may be wanted at once."""

TITLE_LIMIT = 80
"""How much of a title is read, in characters."""


class Trouble(StrEnum):
    """Why a calendar could not be read."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"
    FORBIDDEN = "forbidden"
    """Its address leads into a private network."""
    INSECURE = "insecure"
    """Its address leads to where there is no https."""
    EXPIRED = "expired"
    MISNAMED = "misnamed"
    UNTRUSTED = "untrusted"
    """Its server's certificate is out of date, for another name, of an authority that is not known here."""
    REFUSED = "refused"
    """It answers that it may not be read."""
    GONE = "gone"
    UNWELL = "unwell"
    """It answers with an error of its own."""
    REDIRECTS = "redirects"
    BIG = "big"
    NO_CALENDAR = "no calendar"
    MANY = "many"
    """More is wanted of it than `MOST_ENTRIES`."""
    HEAVY = "heavy"
    """Reading it took more time or memory than it may."""
    LOCKED = "locked"
    """The key is gone that its address was encrypted with."""


class InTrouble(Exception):
    """A calendar cannot be read. Never holds its address."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True)
class Wanted:
    """Which entries of a calendar are wanted.

    Args:
        words: what each title has to contain, all of it, in any case; nothing for every title.
        zone: whose local time it is where the calendar names no zone.
        since, until: when they begin.
    """

    words: Sequence[str]
    zone: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Asked:
    """A calendar to look at. `etag` and `last_modified` are what it said of itself the last time."""

    address: str = field(repr=False)
    wanted: Wanted
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class Entry:
    """Something that a calendar has at one time; instants in UTC.

    Args:
        mark: what the same entry is called for ever, wherever it is moved.
        title: at most `TITLE_LIMIT` characters of it, maybe none.
        ends_at: when it begins, where the calendar does not say how long it takes.
        is_off: the calendar says that it was cancelled.
    """

    mark: str
    title: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    is_off: bool = False


@dataclass(frozen=True)
class Answer:
    """What a calendar has, or why that is not known. `entries` is None when it says that nothing has changed."""

    entries: Sequence[Entry] | None = None
    etag: str = ""
    last_modified: str = ""
    trouble: Trouble | None = None
