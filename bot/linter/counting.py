"""L2: what is measured is the amount of work done, and not what came of it."""

import re

from bot.linter import english, small_words
from bot.linter.activities import Activity
from bot.linter.grammar import Texts, phrase_at, verbs_in
from bot.linter.inflections import listed
from bot.linter.lexicon import COUNTED, COUNTED_ALONE, DETERMINERS, PARTICIPLES, PREPOSITIONS, THINGS
from bot.linter.numbers import without_names
from bot.linter.reading import Reading

_DOING = frozenset(listed(english.DOING))
_DOERS = frozenset(listed(english.DOERS))
_FEWER = frozenset(listed(small_words.FEWER))
_THINGS = THINGS | frozenset(listed(small_words.AUDIENCES))
_MADE = frozenset(PARTICIPLES) | frozenset(listed(english.MADE))
_MORE = frozenset(listed(small_words.MORE))
_NUMBERS = frozenset(listed(small_words.NUMBER_WORDS))
_QUANTITY = frozenset(listed(small_words.QUANTITY_NOUNS))
_TELLING = frozenset(listed(english.TELLING))
_SO_OFTEN = re.compile(small_words.SO_OFTEN)
_AFTER = PREPOSITIONS | _MORE | _MADE | frozenset(listed(small_words.AFTER_A_COUNT))


def counted_in(reading: Reading, activity: Activity | None) -> tuple[int, int] | None:
    """From which word to which the statement counts work done, if it does."""
    texts = reading.texts
    if not texts or _FEWER.intersection(texts):
        return None
    ours = activity is not None or texts[0] in _DOING or bool(_DOERS.intersection(texts[:3])) or reading.ordered
    return (
        _number_of(texts)
        or _first_count(reading, texts, COUNTED if ours else COUNTED_ALONE)
        or (None if activity else _noun_first(texts))
        or _contacts(texts, activity)
        or _so_often(reading, texts, activity)
    )


def counts_work(measure: Reading) -> tuple[int, int] | None:
    """From which word to which a measure's name counts work done, if it does: `Emails sent`, `Story points`."""
    texts = measure.texts
    if not texts:
        return None
    if found := _number_of(texts) or _noun_first(texts):
        return found
    made = texts[-1] in _MADE and len(texts) <= 4 and not _THINGS.intersection(texts)
    return (0, len(texts) - 1) if made and len(texts) > 1 and texts[0] not in ("share", "%") else None


def _number_of(texts: Texts) -> tuple[int, int] | None:
    for at in range(len(texts) - 2):
        if texts[at] in _QUANTITY and texts[at + 1] == "of" and (end := _noun_ends(texts, at + 2, COUNTED_ALONE)):
            return at, end
    return None


def _first_count(reading: Reading, texts: Texts, nouns: frozenset[str]) -> tuple[int, int] | None:
    """A number and the noun it counts, up to three words later. Only the first number tells what is aimed at."""
    plain = without_names(reading.plain)
    for at, word in enumerate(reading.words):
        if (word.text[0].isdigit() and plain[word.start] != "·" and word.text[-1] != "%") or word.text in _NUMBERS:
            end = _noun_ends(texts, at + 1, nouns)
            return (at, end) if end else None
    return None


def _noun_first(texts: Texts) -> tuple[int, int] | None:
    """The statement begins with the noun, or with more of it: `Increase outbound emails from 200 to 400 a week`."""
    first = 1 if texts[0] in _MORE else 0
    while first < len(texts) and texts[first] in DETERMINERS:
        first += 1
    end = _noun_ends(texts, first, COUNTED_ALONE)
    if end is None or _is_others(texts[end + 1 : end + 3]):
        return None
    if any(texts[at] not in _MORE for at in verbs_in(texts, end + 1)):
        return None
    return first, end


def _is_others(following: Texts) -> bool:
    """Whether the work is somebody else's: `posts by members`, `calls from customers`, but not `from 20 to 40`."""
    return following[:1] == ("by",) or (following[:1] == ("from",) and not following[-1][0].isdigit())


def _noun_ends(texts: Texts, first: int, nouns: frozenset[str]) -> int | None:
    """Where such a noun ends, at most three words from there; None when another noun or a clause takes over."""
    for at in range(first, min(first + 4, len(texts))):
        if phrase := phrase_at(texts, at, nouns):
            end = at + len(phrase.split()) - 1
            after = texts[end + 1] if end + 1 < len(texts) else ""
            free = not after or after in _AFTER or not after[0].isalnum()
            return end if free and not _is_outcome_of(texts, end + 1) else None
        if texts[at] in PREPOSITIONS or not texts[at][0].isalnum():
            return None
    return None


def _is_outcome_of(texts: Texts, at: int) -> bool:
    """Whether what follows says what became of it: `answered within 20 s`, `held on time`."""
    return texts[at : at + 1] in (("answered",), ("opened",)) or bool(
        {"within", "rate"}.intersection(texts[at : at + 2])
    )


def _contacts(texts: Texts, activity: Activity | None) -> tuple[int, int] | None:
    """`Call 200 prospects`: so many people are told something."""
    if activity is None or texts[activity.first] not in _TELLING:
        return None
    number = next((at for at in (1, 2, 3) if at < len(texts) - 1 and texts[at].replace(",", "").isdigit()), None)
    return None if number is None or activity.first else (0, number + 1)


def _so_often(reading: Reading, texts: Texts, activity: Activity | None) -> tuple[int, int] | None:
    if activity is None or texts[activity.first] not in _TELLING:
        return None
    found = _SO_OFTEN.search(reading.plain, reading.start)
    if not found:
        return None
    inside = [at for at, word in enumerate(reading.words) if word.start >= found.start() and word.end <= found.end()]
    return inside[0], inside[-1]
