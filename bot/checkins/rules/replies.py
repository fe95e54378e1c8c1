"""What a reply to a check-in says, line by line: pure.

42 because the email shipped          where the check-in asks about one outcome, or one is still open
OUT-3 42 because the email shipped    one line for each outcome, by its key …
3: 42                                 … or its number
no change because of the holidays     or `same`
blocked by the legal review           an obstacle
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.language.units import Unit
from bot.language.values import NotAValue, read_value_and_note

_KEY = re.compile(r"(?:out[-–— ]?|#)([0-9]{1,9})\b(?:\s*:)?\s*|([0-9]{1,9}):\s+", re.IGNORECASE)
_BECAUSE = r"(?:[\s,;:.–—-]*(?:because of|because|due to|thanks to)\b[\s:,]*|\s*[,;:.–—-]+\s+|\s*(?=\())"
_NO_CHANGE = re.compile(
    rf"(?:no changes?|nothing changed|unchanged|the same|same)(?:[.!]?\s*$|{_BECAUSE}(.+))", re.IGNORECASE | re.DOTALL
)
_BLOCKED = re.compile(r"blocked\b(?:\s*[:,–—-]|\s+by\b:?)?\s*(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Item:
    """An outcome that the check-in asks about: its number, its unit, and whether it is still unanswered."""

    number: int
    unit: Unit
    is_open: bool


@dataclass(frozen=True)
class Value:
    """Where the measure stands."""

    number: int
    value: Decimal
    note: str


@dataclass(frozen=True)
class NoChange:
    """That it stands where it stood."""

    number: int
    note: str


@dataclass(frozen=True)
class Blocked:
    """What stands in the way; it may be left unsaid."""

    number: int
    obstacle: str


@dataclass(frozen=True)
class Unplaced:
    """An answer that does not say which of several outcomes it is about."""

    typed: str


@dataclass(frozen=True)
class Elsewhere:
    """An answer about an outcome that this check-in does not ask about."""

    number: int


@dataclass(frozen=True)
class Unread:
    """A line that is no answer, and why, in a sentence."""

    typed: str
    why: str


Said = Value | NoChange | Blocked | Unplaced | Elsewhere | Unread


def read_reply(text: str, items: Sequence[Item], locale: str) -> list[Said]:
    """What each line of a reply says; where the check-in asks about one outcome, the whole reply is one line."""
    typed = [line.strip() for line in text.splitlines() if line.strip()]
    lines = ["\n".join(typed)] if len(items) == 1 and typed else typed
    by_number = {item.number: item for item in items}
    named = {number for number, _ in map(_split_key, lines) if number is not None}
    unnamed = [item for item in items if item.is_open and item.number not in named]
    alone = items[0] if len(items) == 1 else unnamed[0] if len(unnamed) == 1 else None
    said: list[Said] = []
    for line in lines:
        number, rest = _split_key(line)
        if number is not None:
            said.append(_read(rest, line, by_number[number], locale) if number in by_number else Elsewhere(number))
        elif alone is not None:
            said.append(_read(line, line, alone, locale))
            # A second line without a key is not about the same outcome.
            alone = None if len(items) > 1 else alone
        else:
            said.append(_unplaced(line, items, locale))
    return said


def _split_key(line: str) -> tuple[int | None, str]:
    """The outcome's number that a line begins with, or None, and the rest."""
    found = _KEY.match(line)
    return (int(found[1] or found[2]), line[found.end() :]) if found else (None, line)


def _read(rest: str, line: str, item: Item, locale: str) -> Said:
    if found := _NO_CHANGE.fullmatch(rest):
        return NoChange(item.number, _bare(found[1] or ""))
    if found := _BLOCKED.fullmatch(rest):
        return Blocked(item.number, found[1].strip())
    try:
        reading, note = read_value_and_note(rest, unit=item.unit, locale=locale)
    except NotAValue as error:
        return Unread(line, str(error))
    return Value(item.number, reading.value, note)


def _unplaced(line: str, items: Sequence[Item], locale: str) -> Said:
    """A line without a key is worth asking about when it would be an answer for one of the outcomes."""
    if any(not isinstance(_read(line, line, item, locale), Unread) for item in items):
        return Unplaced(line)
    return Unread(line, "It does not begin with an outcome's key.")


def _bare(note: str) -> str:
    """A note without the brackets around it."""
    note = note.strip()
    inside = note[1:-1]
    return inside.strip() if note[:1] == "(" and note[-1:] == ")" and not set(inside) & set("()") else note
