"""Small things done to words."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

_CLOSE_ENOUGH = 0.6
"""The share of letters that must agree before a word is suggested: `lsit` for `list`, never `banana`."""

_VOICING = frozenset([7, 8, 9])
"""Combining classes that are part of the letter (nukta, kana voicing, virama), not an accent on it."""


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice most likely meant by a mistyped word, or None when nothing is near.

    A word that begins exactly one choice means that one; else the fewest slips (a letter too many, missing, wrong,
    or two swapped: optimal string alignment) decide, if at least 60 % of the letters agree.
    """
    typed = normalise(word)
    options = {choice: normalise(choice) for choice in choices}
    begun = [choice for choice, plain in options.items() if len(typed) >= 2 and plain.startswith(typed)]
    if len(begun) == 1:
        return begun[0]
    likeness = {choice: OSA.normalized_similarity(typed, plain) for choice, plain in options.items()}
    best = max(likeness, key=lambda choice: likeness[choice], default=None)
    return best if best is not None and typed and likeness[best] >= _CLOSE_ENOUGH else None


def one_line(text: str) -> str:
    """The text on one line: runs of white space become one space, other control characters go."""
    spaced = re.sub(r"\s+", " ", text)
    return " ".join("".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cs")).split())


def shorten(text: str, limit: int) -> str:
    """The text in at most `limit` characters, ending in … when something was left off.

    A letter is never parted from its accents, nor an emoji from what belongs to it.
    """
    if len(text) <= limit:
        return text
    if limit < 1:
        return ""
    end = limit - 1
    while end > 0 and _joined(text, end):
        end -= 1
    return text[:end].rstrip() + "…"


def _joined(text: str, at: int) -> bool:
    """Whether the characters on both sides of that place are seen as one (the main rules of Unicode's UAX 29)."""
    before, after = text[at - 1], text[at]
    if unicodedata.category(after).startswith("M") or after == "\u200d" or before == "\u200d":
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    if (before, after) == ("\r", "\n") or "\u1160" <= after <= "\u11ff":
        return True
    return _is_flag_half(after) and _flag_halves_before(text, at) % 2 == 1


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_halves_before(text: str, at: int) -> int:
    count = 0
    while count < at and _is_flag_half(text[at - 1 - count]):
        count += 1
    return count


def join_words(words: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """`1 outcome`, `3 outcomes`, `1,200 replies`; give the plural when it is irregular."""
    return f"{count:,} {noun if count == 1 else plural or _plural(noun)}"


def _plural(noun: str) -> str:
    if re.search(r"(?:s|x|z|ch|sh)$", noun):
        return noun + "es"
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + "s"


def normalise(text: str) -> str:
    """The text as search sees it: small letters, no accents, single spaces, compatible forms made one."""
    bare = text
    while (smaller := _without_accents(bare)) != bare:
        bare = smaller
    return bare


def _without_accents(text: str) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(c for c in letters if unicodedata.combining(c) == 0 or unicodedata.combining(c) in _VOICING)
    return unicodedata.normalize("NFKC", " ".join(kept.split()))
