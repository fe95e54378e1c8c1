"""A statement as the rules see it: its words in small letters, without what only stands before it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.linter.english import (
    ACTIVITIES,
    ADVERBS,
    BORDERS,
    CHANGES,
    COMMON_VERBS,
    LEADS,
    NOUNS_TOO,
    OUTPUTS,
    STATES,
    SUBJECTS_WITHOUT_S,
    VAGUE_VERBS,
)
from bot.linter.inflections import gerund, listed

_TYPOGRAPHY = str.maketrans("‘’‚‛′`“”„‟‐‑‒−\u00a0\u202f\u2009\t\r\n", "''''''\"\"\"\"----      ")
_WORD = re.compile(
    r"\d+(?:[.,:/-]\d+)*(?:%|[a-z]+\b)?|[^\W\d_]\w*(?:[-'/&.][^\W_]+)*|[%&;:,.()!?\[\]+–—]", re.IGNORECASE
)
_LEADS = tuple((re.compile(pattern), ordered) for pattern, ordered in LEADS)
_LABEL = re.compile(r"([^\s:]+)(?: [^\s:]+){0,3}:\s+")
_ADVERB = re.compile(rf"(?:{'|'.join(listed(ADVERBS))})\s+")
_ACTIVITY_WORDS = frozenset(
    form for group in ACTIVITIES for verb in listed(group.verbs) for form in (verb.split()[0], gerund(verb).split()[0])
) | frozenset(listed(OUTPUTS))
_BORDERS = frozenset(listed(BORDERS))
_STATES = frozenset(listed(STATES))
_COMMON = frozenset(listed(COMMON_VERBS))
_NOUNS_TOO = frozenset(listed(NOUNS_TOO))
_ORDERS = _ACTIVITY_WORDS | frozenset(listed(f"{CHANGES} {VAGUE_VERBS.words}"))
_WITHOUT_S = frozenset(listed(SUBJECTS_WITHOUT_S))
DETERMINERS = frozenset("the a an our my their its his her your this that these those any some".split())
PREPOSITIONS = frozenset(
    "of to for in on at by with from into across within per between through over under during about against via "
    "among without throughout onto".split()
)

Phrases = dict[str, str]
"""Phrases by themselves: each form of a verb, and the verb it is a form of."""


@dataclass(frozen=True)
class Word:
    """A word or mark in small letters, and where it stands in the statement."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """A statement that was read: as typed, in plain small letters, and as words from where it really begins."""

    typed: str
    plain: str
    words: tuple[Word, ...]
    ordered: bool
    """Whether it opened with `we will`, `our goal is to` and the like, so that an order must follow."""

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words)

    @property
    def start(self) -> int:
        return self.words[0].start if self.words else len(self.typed)

    @property
    def core(self) -> str:
        """The statement from where it really begins, in plain small letters."""
        return self.plain[self.start :]

    def cut(self, first: int, last: int) -> str:
        """What was typed, from one word to another, both included."""
        return self.typed[self.words[first].start : self.words[last].end]

    def since(self, first: int) -> str:
        """What was typed from that word on, without the full stop."""
        return self.typed[self.words[first].start :].rstrip(" \t\r\n.;,") if first < len(self.words) else ""


def read(statement: str) -> Reading:
    """Reads a statement, whatever it holds."""
    plain = "".join(_small(character) for character in statement.translate(_TYPOGRAPHY))
    at, ordered = _beginning(plain)
    words = tuple(Word(found[0], found.start(), found.end()) for found in _WORD.finditer(plain, at))
    while words and not words[0].text[0].isalnum():
        words = words[1:]
    return Reading(statement, plain, words, ordered)


def _small(character: str) -> str:
    small = character.lower()
    return small if len(small) == 1 else character


def _beginning(plain: str) -> tuple[int, bool]:
    """Where the statement begins, after bullets, labels, dates and `we will`."""
    at, ordered = len(plain) - len(plain.lstrip()), False
    while True:
        for pattern, orders in _LEADS:
            if (found := pattern.match(plain, at)) and found.end() < len(plain):
                at, ordered = found.end(), ordered or orders
                break
        else:
            label = _LABEL.match(plain, at)
            adverb = _ADVERB.match(plain, at)
            if label and label[1] not in _ACTIVITY_WORDS and label.end() < len(plain):
                at = label.end()
            elif adverb and adverb.end() < len(plain):
                at = adverb.end()
            else:
                return at, ordered


def phrase_at(texts: tuple[str, ...], at: int, phrases: Collection[str]) -> str:
    """The longest of these phrases that stands there, of up to three words, or an empty one."""
    for count in (3, 2, 1):
        phrase = " ".join(texts[at : at + count])
        if at + count <= len(texts) and phrase in phrases:
            return phrase
    return ""


def verbs_in(texts: tuple[str, ...], first: int = 0) -> Iterator[int]:
    """Where a finite verb of the main clause stands, from that word on."""
    for at in range(first, len(texts)):
        if texts[at] in _BORDERS:
            return
        common = at >= 2 and texts[at] in _COMMON and is_plural(texts[at - 1])
        if (common or texts[at] in _STATES) and is_verb(texts, at):
            yield at


def is_verb(texts: tuple[str, ...], at: int) -> bool:
    """Whether the word there, which may be a finite verb, is one: after a subject, not after `the` or `to`."""
    before = texts[at - 1] if at else ""
    if at == 0 or before in DETERMINERS or before in PREPOSITIONS or before[-1:] in ",;&":
        return False
    if texts[at] not in _NOUNS_TOO or is_plural(before):
        return True
    if texts[at].endswith("s"):
        return at >= 2 and before not in _ORDERS
    following = texts[at + 1] if at + 1 < len(texts) else ""
    return following in PREPOSITIONS and any(is_plural(text) for text in texts[:at])


def is_plural(word: str) -> bool:
    """Whether a word looks like more than one: `teams`, `people`."""
    return word in _WITHOUT_S or (word.endswith("s") and not word.endswith("ss") and len(word) > 2)
