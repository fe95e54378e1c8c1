"""The little grammar the rules share: where a verb is, what is a plural, whether a sentence is an order."""

from collections.abc import Collection, Iterator

from bot.linter import english, small_words
from bot.linter.inflections import listed
from bot.linter.lexicon import (
    BORDERS,
    COMPARISON,
    DETERMINERS,
    ORDERS,
    OUTPUTS,
    PARTICIPLES,
    PREPOSITIONS,
    THINGS,
    VAGUE_PARTICIPLES,
)

Texts = tuple[str, ...]
"""A statement's words in small letters."""

_STATES = frozenset(listed(small_words.STATES))
_COMMON = frozenset(listed(small_words.COMMON_VERBS))
_NOUNS_TOO = frozenset(listed(small_words.NOUNS_TOO))
_NOUNS_AS_WELL = frozenset(listed(english.NOUNS_AS_WELL))
_WITHOUT_S = frozenset(listed(small_words.SUBJECTS_WITHOUT_S))


def phrase_at(texts: Texts, at: int, phrases: Collection[str]) -> str:
    """The longest of these phrases that stands there, of up to three words, or an empty one."""
    for count in (3, 2, 1):
        phrase = " ".join(texts[at : at + count])
        if at + count <= len(texts) and phrase in phrases:
            return phrase
    return ""


def noun_phrase_ends(texts: Texts) -> int:
    """How many words stand before the first preposition or mark."""
    return next((at for at, text in enumerate(texts) if text in PREPOSITIONS or not text[0].isalnum()), len(texts))


def has_verb(texts: Texts, first: int = 0) -> bool:
    """Whether a finite verb of the main clause stands somewhere from that word on."""
    return any(True for _ in verbs_in(texts, first))


def verbs_in(texts: Texts, first: int = 0) -> Iterator[int]:
    """Where the finite verbs of the main clause stand, from that word on."""
    for at in range(first, len(texts)):
        if texts[at] in BORDERS:
            return
        common = at >= 2 and texts[at] in _COMMON and is_plural(texts[at - 1])
        if (common or texts[at] in _STATES) and _is_verb(texts, at):
            yield at


def common_verbs_in(texts: Texts, first: int, end: int) -> Iterator[int]:
    """The same between two words, with more verbs, each after a subject that fits it."""
    for at in range(first, end):
        if texts[at] in BORDERS or texts[at] in ("to", ",", ";"):
            return
        fits = texts[at].endswith("s") or is_plural(texts[at - 1])
        if (texts[at] in _COMMON or texts[at] in _STATES) and fits and _is_verb(texts, at):
            yield at


def _is_verb(texts: Texts, at: int) -> bool:
    """Whether the word there, which may be a finite verb, is one: after a subject, not after `the` or `to`."""
    before = texts[at - 1] if at else ""
    if at == 0 or before in DETERMINERS or before in PREPOSITIONS or before[-1:] in ",;&":
        return False
    if texts[at] not in _NOUNS_TOO or is_plural(before):
        return True
    if texts[at].endswith("s"):
        return at >= 2 and before not in ORDERS
    following = texts[at + 1] if at + 1 < len(texts) else ""
    return following in PREPOSITIONS and any(is_plural(text) for text in texts[:at])


def is_plural(word: str) -> bool:
    """Whether a word looks like more than one: `teams`, `people`."""
    return word in _WITHOUT_S or (word.endswith("s") and not word.endswith("ss") and len(word) > 2)


def opens_as_order(texts: Texts, length: int) -> bool:
    """Whether the verb that fills the first words is an order, and not a noun: `build the app`, not `build times`."""
    if length >= len(texts):
        return True
    following = texts[length]
    if following in DETERMINERS or following[0].isdigit() or following in ("all", "every", "each"):
        return True
    if following in ("of", "per", "between") or (length == 1 and following in ("is", "are")):
        return False
    if has_verb(texts, length) or _names_a_kind(texts) or _is_headline(texts):
        return False
    return not (THINGS.intersection(texts[length : length + 2]) and COMPARISON.search(" ".join(texts)))


def _is_headline(texts: Texts) -> bool:
    """Whether the last word says that it is done: `Support team reorganised`."""
    return texts[-1].endswith("ed") and (texts[-1] in PARTICIPLES or texts[-1] in VAGUE_PARTICIPLES)


def _names_a_kind(texts: Texts) -> bool:
    """Whether the first word only says which ones, and a verb follows them: `Pilot sites save 12 % energy`."""
    if texts[0] not in _NOUNS_AS_WELL or len(texts) < 3 or not is_plural(texts[1]):
        return False
    further = texts[2]
    goes_on = further in PREPOSITIONS | BORDERS | DETERMINERS | OUTPUTS or further in ("and", "or")
    return further.isalpha() and not goes_on and not further.endswith(("ly", "ing", "wide", "ed"))
