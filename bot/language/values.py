"""Values as people type them, alone or before a note.

A value that could mean two things is refused with both readings, never guessed; see `numerals` for the rule on marks.
Whoever takes a value that was read writes it back, so that the person sees how it was understood.
"""

import re
import unicodedata

from bot.language.meaning import LARGEST, NotAValue, Reading, meaning, why_no_value, why_not_more
from bot.language.numerals import fold, plain
from bot.language.scan import Scanned, gap, scan
from bot.language.units import Unit
from bot.language.vocabulary import Role, vocabulary
from bot.language.writing import write_change, write_value

__all__ = [
    "LARGEST",
    "NotAValue",
    "Reading",
    "read_value",
    "read_value_and_note",
    "split_value_and_note",
    "write_change",
    "write_value",
]

_ATTACHED = re.compile(r"(?![-–—,;:.!?)…(](?!\S*[0-9]))\S+")
_ANOTHER_NUMBER = re.compile(r"\s+[-+–]?[.,]?[0-9]\S*")
_SUM_OR_RANGE = re.compile(r"\s*(?:/|->|→|=>|⇒|to|or|x|×|\*|\+|=)\s*[$€£¥]?[0-9]\S*")
_SHARE = re.compile(r"\s*(?:of|out of|and)\s*[0-9]\S*")
_FRACTION = re.compile(r"\s*(?:and\s+an?\s+(?:half|quarter)\b|[½¼¾⅐-⅞])")
_TWO_WORDS = re.compile(r"\s*([^\W\d_]+)(?:/[^\W_]+|[\s-]+([^\W\d_]+))")
_DASH = re.compile(r"\s*[-–—]\s*")
_JOINER = re.compile(r"[\s,;:.!?…|–—-]*(?:(?:because of|because|due to|thanks to)\b[\s:,]*|note:\s*)?", re.IGNORECASE)

_WOULD_CHANGE: dict[str | None, tuple[Role, ...]] = {
    "duration": ("span", "unfixed"),
    "money": ("scale", "unsure", "money"),
    "number": ("scale", "unsure"),
    "percent": (),
    None: ("span", "unfixed", "scale", "unsure", "money"),
}
"""The roles a second word must not have, by the kind of unit: `300 Canadian dollars` are not 300 US dollars."""


def read_value(text: str, *, unit: Unit | None, locale: str) -> Reading:
    """The value that the whole text is, in the expected unit, or in the one it names when none is expected.

    A bare number takes the expected unit. Raises `NotAValue`.
    """
    typed = unicodedata.normalize("NFC", text)
    scanned = scan(typed, unit, locale)
    if scanned is None:
        raise NotAValue(why_no_value(typed, unit, locale))
    reading = meaning(scanned, typed[: scanned.end], unit, locale)
    if typed[gap(typed, scanned.end) :].strip() not in ("", "."):
        raise NotAValue(why_not_more(typed[: scanned.end], typed[scanned.end :], unit, locale))
    return reading


def read_value_and_note(text: str, *, unit: Unit | None, locale: str) -> tuple[Reading, str]:
    """The value a reply begins with, and its note (maybe empty). Raises `NotAValue`."""
    value, note = split_value_and_note(text, unit=unit, locale=locale)
    return (read_value(value or note, unit=unit, locale=locale), note)


def split_value_and_note(text: str, *, unit: Unit | None, locale: str) -> tuple[str, str]:
    """The longest beginning that has the shape of a value, and the note after it, without the word that joins them.

    The value is "" when the text does not begin with one. What cannot be parted safely (`1:30`, `40-50`, `42 of 50`)
    stays in the value whole, so that `read_value` refuses it with the reason.
    """
    typed = unicodedata.normalize("NFC", text)
    scanned = scan(typed, unit, locale)
    if scanned is None:
        return "", typed.strip()
    end = _end_of_value(typed, scanned, unit, locale)
    return typed[:end].strip(), _note(typed[end:])


def _end_of_value(typed: str, scanned: Scanned, unit: Unit | None, locale: str) -> int:
    """Past the value, and past whatever follows that would change what it says."""
    text = plain(typed)
    last = scanned.parts[-1].marks[-1:]
    bare = not last or last[0].role == "span"
    shapes = [_ATTACHED, _SUM_OR_RANGE, _FRACTION, *([_ANOTHER_NUMBER, _SHARE] if bare else [])]
    for shape in shapes:
        if found := shape.match(text, scanned.end):
            return found.end()
    if bare and (found := _TWO_WORDS.match(text, scanned.end)) and _says_more(found, unit, locale):
        return found.end()
    dash = _DASH.match(text, scanned.end)
    second = scan(typed[dash.end() :], unit, locale) if dash else None
    if dash and second and not typed[dash.end() + second.end :].strip():
        return len(typed)
    return scanned.end


def _says_more(words: re.Match[str], unit: Unit | None, locale: str) -> bool:
    """Whether the words after a bare number make it another value: `4 working days`, `4 h/week`.

    What comes after `because` is the note, whatever its first word: `4 because days are short`.
    """
    marks = vocabulary(locale, unit).marks
    if fold(words[1]) == "because":
        return False
    if words[2] is None:
        return fold(words[1]) in marks
    second = marks.get(fold(words[2]))
    return second is not None and second.role in _WOULD_CHANGE[unit.kind if unit else None]


def _note(rest: str) -> str:
    """What is left once joining words, punctuation and one pair of brackets are gone."""
    found = _JOINER.match(rest)
    note = rest[found.end() :].strip() if found else rest.strip()
    inside = note[1:-1]
    return inside.strip() if note[:1] == "(" and note[-1:] == ")" and not set(inside) & set("()") else note
