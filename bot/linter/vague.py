"""L7: better, without saying how much."""

import re
from dataclasses import dataclass

from bot.linter import english
from bot.linter.grammar import Texts, has_verb, opens_as_order, verbs_in
from bot.linter.inflections import gerund, listed
from bot.linter.lexicon import VAGUE_PARTICIPLES, VAGUE_VERBS
from bot.linter.reading import Reading

_GERUNDS = frozenset(gerund(verb) for verb in VAGUE_VERBS)
_NOUNS = frozenset(listed(english.VAGUE_NOUNS.words))
_PHRASES = re.compile("|".join(english.VAGUE_PHRASES))
_GETS_BETTER = re.compile(english.GETS_BETTER)


@dataclass(frozen=True)
class Wish:
    """Where the vague word stands, and what is to become better, as typed."""

    first: int
    last: int
    what: str


def wish_in(reading: Reading) -> Wish | None:
    """The vague wish that a statement is, if it is one. Whether it has a measure is asked elsewhere."""
    texts = reading.texts
    if not texts:
        return None
    if texts[0] in VAGUE_VERBS and (reading.ordered or opens_as_order(texts, 1)):
        return Wish(0, 0, reading.since(1))
    if texts[0] in _GERUNDS | _NOUNS and not has_verb(texts, 1):
        return Wish(0, 0, reading.since(2 if texts[1:2] == ("of",) else 1))
    if found := _PHRASES.match(reading.core):
        return Wish(0, _last_within(reading, found), _what(reading, found))
    if found := _GETS_BETTER.search(reading.core.rstrip(" .")):
        first = len(texts) - len(found[0].split())
        return Wish(first, len(texts) - 1, reading.cut(0, first - 1)) if first > 0 else None
    return _made_better(reading, texts)


def _last_within(reading: Reading, found: re.Match[str]) -> int:
    end = reading.start + found.end()
    return max(at for at, word in enumerate(reading.words) if word.end <= end)


def _what(reading: Reading, found: re.Match[str]) -> str:
    """What shall be better: between `make` and `better`, or after `more efficient`."""
    last = _last_within(reading, found)
    return reading.cut(1, last - 1) if reading.texts[0] == "make" else reading.since(last + 1)


def _made_better(reading: Reading, texts: Texts) -> Wish | None:
    """`Customer experience is enhanced`."""
    for at in verbs_in(texts, 1):
        after = at + 1
        while texts[after : after + 1] and (texts[after] in ("been", "be") or texts[after].endswith("ly")):
            after += 1
        if after < len(texts) and texts[after] in VAGUE_PARTICIPLES:
            return Wish(at, after, reading.cut(0, at - 1))
        return None
    return None
