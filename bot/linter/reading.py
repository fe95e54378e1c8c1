"""A statement as the rules see it: its words in small letters, without what only stands before it."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from bot.linter.inflections import listed
from bot.linter.lexicon import ACTIVITIES, GERUNDS, OUTPUTS
from bot.linter.small_words import ADVERBS, LEADS

WORDS_READ = 200
"""Words and marks of a statement that are looked at; a statement has a tenth of that."""

_TYPOGRAPHY = str.maketrans("‘’‚‛′`“”„‟‐‑‒−\u00a0\u202f\u2009\t\r\n", "''''''\"\"\"\"----      ")
_WORD = re.compile(
    r"\d+(?:[.,:/-]\d+)*(?:%|[a-z]+\b)?|[^\W\d_]\w*(?:[-'/&.][^\W_]+)*|[%&;:,.()!?\[\]+–—]", re.IGNORECASE
)
_LEADS = tuple((re.compile(pattern), ordered) for pattern, ordered in LEADS)
_LABEL = re.compile(r"([^\s:]+)(?: [^\s:]+){0,3}:\s+")
_ADVERB = re.compile(rf"(?:{'|'.join(listed(ADVERBS))})\s+")
_ACTIVITY_WORDS = frozenset(form.split()[0] for form in (*ACTIVITIES, *GERUNDS)) | OUTPUTS


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

    @cached_property
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
    marks = islice(_WORD.finditer(plain, at), WORDS_READ)
    words = tuple(Word(found[0], found.start(), found.end()) for found in marks)
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
