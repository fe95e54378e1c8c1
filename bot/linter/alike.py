"""L9: how alike two statements read, whatever the order of their words."""

from rapidfuzz import fuzz

from bot.language.words import normalise
from bot.linter import small_words
from bot.linter.inflections import listed, third
from bot.linter.lexicon import PURE_CHANGES
from bot.linter.reading import read

ALIKE_FROM = 78.0
"""How alike, of 100, two statements have to be before it is said. Chosen so that the pairs in the tests fall right."""

_MORE_OR_FEWER = frozenset(listed(small_words.MORE) + listed(small_words.FEWER))
_UP_AND_DOWN = PURE_CHANGES | {third(verb) for verb in PURE_CHANGES} | _MORE_OR_FEWER
_PASSED_OVER = frozenset(listed(small_words.SMALL_WORDS)) | _UP_AND_DOWN


def most_alike(statement: str, others: tuple[tuple[str, str], ...]) -> tuple[str, str] | None:
    """The key and statement that read most like this one, or None when none reads alike."""
    own = _gist(statement)
    rated = [(likeness(own, _gist(other)), key, other) for key, other in others]
    best, key, other = max(rated, key=lambda rating: rating[0], default=(0.0, "", ""))
    return (key, other) if best >= ALIKE_FROM else None


def likeness(own: str, other: str) -> float:
    """From 0 to 100: the share of letters that agree once the words of both stand in alphabetical order."""
    return fuzz.token_sort_ratio(own, other) if own and other else 0.0


def _gist(statement: str) -> str:
    """The words that carry the meaning, in their simplest form: without small words, numbers, up and down."""
    words = (word.text for word in read(normalise(statement)).words)
    kept = (word for word in words if word[0].isalpha() and word not in _PASSED_OVER)
    return " ".join(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in kept
    )
