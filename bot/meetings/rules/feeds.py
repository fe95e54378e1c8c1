"""What is true of a calendar that says when a team meets: when it is looked at, and when its trouble is told. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.calendars.entries import Entry

AHEAD = timedelta(weeks=5)
"""How far ahead it is read."""

EVERY = timedelta(minutes=15)
"""How often it is looked at."""

AT_LEAST_EVERY = timedelta(days=1)
"""How often it is read whether or not it says that it has changed: what lies ahead grows by itself."""

IN_HAND = timedelta(minutes=2)
"""After that time somebody who began to look at it is taken to have gone."""

AFRESH = timedelta(hours=3)
"""How far ahead the notice of a meeting has to be that is moved on its day, for its channel to be told again by then.

With less, what the channel has read is recent enough to be rewritten in place.
"""

WORDS_LIMIT = 200
"""How long the words may be that titles have to contain, in characters."""

TOLD_WITHIN = timedelta(weeks=4)
"""How long its trouble waits for the lead's working hours; where they have none, nobody is spared anything."""

_RAREST = timedelta(hours=12)
_TOLD_AFTER = timedelta(hours=1)
_STILL_AT_IT = timedelta(minutes=15)


def look_again_in(fails: int) -> timedelta:
    """When to look at it again after so many times in a row that it could not be read; half a day at most."""
    return min(EVERY * 2.0 ** min(max(fails - 1, 0), 10), _RAREST)


def is_to_be_told(failing_since: datetime, *, was_read: bool, now: datetime) -> bool:
    """Whether its trouble is worth telling: for an hour, or from the start when it could never be read."""
    return not was_read or now >= failing_since + _TOLD_AFTER


def is_answer(set_at: datetime, *, by_lead: bool, now: datetime) -> bool:
    """Whether a lead waits for it, at whatever hour: they have just given the address themselves."""
    return by_lead and now <= set_at + _STILL_AT_IT


def merged(known: Mapping[str, Entry], read: Collection[Entry], *, now: datetime) -> Iterator[Entry]:
    """What is to be kept from now on: what was read, and what was known and is not over yet, which is off then."""
    there = {entry.mark for entry in read}
    yield from read
    for mark, entry in known.items():
        if mark not in there and entry.ends_at > now:
            yield replace(entry, is_off=True)
