"""How a text becomes words that can be found, what a query asks for, and which texts read alike. Pure."""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from rapidfuzz.distance import JaroWinkler

from bot.language.words import normalise

WORD_LIMIT = 40
"""Characters of a word that are kept; a longer one is found by its beginning."""
WORDS_LIMIT = 200
"""Words of one item that are kept, in the order of reading."""
TERMS_LIMIT = 12
"""Terms of a query that are looked for."""

READS_ALIKE = 60
"""From this likeness on, of 100, one text may well say again what another says."""
SAME_SUBJECT = 25
"""From this likeness on, two texts are about the same subject, one of them perhaps at more length."""
_SAME_WORD = 0.88
"""From this Jaro-Winkler similarity on, two words are forms of one: renew and renewals, not hosting and hiring."""

_SMALL_WORDS = """
a about after all an and any are as at be been before being between but by can could do does done each every for from
get gets got had has have how if in into is it its less make makes many may more most much must need needs new no not
of off on one only or other our out over own per should so some such than that the their them then there these they
this those through to under until up use was we were what when where which who will with within without would you
your
"""
_WORDS_OF_CHANGE = """
achieve become becomes below better change changes climb climbs cut cuts day days decrease decreases drive drives drop
drops fall falls faster fewer grow grows half halve halved halves higher improve improves increase increases keep
keeps lift lifts lower lowers month months percent quarter quarters raise raises reach reaches reduce reduces rise
rises shrink shrinks start starts stay stays stop stops take takes twice week weeks year years
"""
STOP_WORDS = frozenset((_SMALL_WORDS + _WORDS_OF_CHANGE).split())
"""English words that do not say what a text is about: the small ones, and that something changes by some time."""

_UNDECOMPOSED = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})
"""Letters that are typed without their mark, but that Unicode does not take apart."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u312f\u3400-\u9fff\U00020000-\U0003ffff"
"""Scripts written without spaces: Thai, Lao, Burmese, Khmer, kana and Han."""
_RUN = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED} ]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_LETTERS_OR_DIGITS = re.compile(r"\d+|\D+")
_LONGEST_PREFIX_OF_A_KEY = 4


def normalised(text: str) -> str:
    """The text as search sees it: small letters without accents, digits, and single spaces for everything else."""
    visible = "".join(c for c in text if not _is_invisible(c))
    plain = normalise(visible).translate(_UNDECOMPOSED)
    return " ".join("".join(c if _belongs_to_a_word(c) else " " for c in plain).split())


def words(text: str) -> frozenset[str]:
    """The words by which a text is found, each up to 40 characters, the first 200 of them.

    `OUT-12` gives `out`, `12` and `out12`. Where words are not spaced, each character with its follower is one.
    """
    found = dict.fromkeys(word[:WORD_LIMIT] for word in _spellings(_RUN.findall(normalised(text))))
    return frozenset(islice(found, WORDS_LIMIT))


def terms(query: str) -> tuple[str, ...]:
    """What a typed query asks for: up to 12 beginnings of words, all of which an item must have.

    Anything may be typed; a query without a letter or a digit has no terms.
    """
    asked = dict.fromkeys(term[:WORD_LIMIT] for run in _RUN.findall(normalised(query)) for term in _asked(run))
    distinct = [term for term in asked if not any(other != term and other.startswith(term) for other in asked)]
    return tuple(distinct[:TERMS_LIMIT])


def telling(found: Iterable[str]) -> frozenset[str]:
    """Of some words, those that say what a text is about: no stop words, no numbers, no single letters."""
    return frozenset(word for word in found if len(word) > 1 and word.rstrip("0123456789") not in {"", *STOP_WORDS})


def numbers_of(word: str) -> tuple[str, ...]:
    """The word, and what it most likely is in the other number: `customer` and `customers`."""
    if word.endswith("ss") or not word.isascii():
        return (word,)
    return (word, word[:-1] if word.endswith("s") else word + "s")


def closest(query_text: str, candidates: Sequence[tuple[int, str]], limit: int, at_least: float) -> list[int]:
    """The candidates, given as (id, text), that read most like a text; the most alike first.

    Args:
        at_least: the likeness from which one counts: READS_ALIKE, SAME_SUBJECT.
    """
    scores = [(likeness(query_text, text), item_id) for item_id, text in candidates]
    ranked = sorted((-score, item_id) for score, item_id in scores if score >= at_least)
    return [item_id for _, item_id in ranked[:limit]]


def likeness(one: str, other: str) -> float:
    """How alike two texts read, 0 to 100, whatever the order of their words.

    It is the share of each text's telling words that the other has too, in some form: the two shares' geometric mean.
    """
    ours, theirs = telling(words(one)), telling(words(other))
    if not ours or not theirs:
        return 0.0
    return 100 * math.sqrt(_share_found(ours, theirs) * _share_found(theirs, ours))


def sharing_most(holders: Mapping[str, Collection[int]], *, common: int) -> list[int]:
    """The items that share most words, best first; a rare word counts for more than a common one.

    Args:
        holders: for each word, the items that have it.
        common: the number of items from which a word counts little.
    """
    scores: dict[int, float] = defaultdict(float)
    for items in holders.values():
        for item_id in items:
            scores[item_id] += math.log(1 + common / len(items))
    return sorted(scores, key=lambda item_id: (-scores[item_id], -item_id))


def _is_invisible(character: str) -> bool:
    """Joiners, soft hyphens, marks of direction; and what only chooses how an emoji is drawn."""
    is_variation_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return is_variation_selector or unicodedata.category(character) == "Cf"


def _belongs_to_a_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LN" or category in ("Mn", "Mc")  # the vowels of many scripts are marks


def _spellings(runs: Sequence[str]) -> Iterator[str]:
    for run, following in pairwise([*runs, ""]):
        if _IS_UNSPACED.match(run):
            yield from (run[at : at + 2] for at in range(len(run)))
            continue
        yield run
        yield from _LETTERS_OR_DIGITS.findall(run)
        if run.isalpha() and len(run) <= _LONGEST_PREFIX_OF_A_KEY and following.isdecimal():
            yield run + following


def _asked(run: str) -> Iterator[str]:
    if _IS_UNSPACED.match(run) and len(run) > 1:
        yield from (run[at : at + 2] for at in range(len(run) - 1))
    else:
        yield run


def _share_found(wanted: frozenset[str], among: frozenset[str]) -> float:
    return sum(word in among or _has_form_of(word, among) for word in wanted) / len(wanted)


def _has_form_of(word: str, among: frozenset[str]) -> bool:
    return any(word[0] == other[0] and JaroWinkler.similarity(word, other) >= _SAME_WORD for other in among)
