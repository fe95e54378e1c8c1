"""L6: two outcomes in one statement, joined by `and` or the like.

Joined are two orders (`Reduce churn and increase loyalty`), two sentences (`Churn falls and loyalty rises`), or two
measures with a target each (`Increase NPS to 50 and CSAT to 90 %`). Not joined are two subjects, two objects, two verbs
with one object, or anything inside a clause.
"""

from collections.abc import Iterator
from itertools import pairwise

from bot.linter import small_words
from bot.linter.grammar import Texts, common_verbs_in, has_verb, phrase_at
from bot.linter.inflections import gerund, listed
from bot.linter.lexicon import (
    ACTIVITIES,
    ADVERBS,
    BORDERS,
    DETERMINERS,
    NO_VERBS,
    ORDERS,
    PREPOSITIONS,
    PURE_CHANGES,
    THINGS,
)
from bot.linter.numbers import has_number, without_names
from bot.linter.reading import Reading

_GERUNDS = frozenset(gerund(verb) for verb in PURE_CHANGES)
_CERTAIN = PURE_CHANGES | _GERUNDS
_JOINERS = frozenset(listed(small_words.JOINERS))
_CAUSES = frozenset(listed(small_words.CAUSES))
_GUARDS = frozenset(listed(small_words.GUARDS))
_FILLERS = ADVERBS | {"to", "we", "will"}
_WITH_NUMBER = frozenset(listed(small_words.WITH_NUMBER))
_BY_WAY_OF = frozenset(listed(small_words.BY_WAY_OF))


def joined_in(reading: Reading) -> tuple[int, int] | None:
    """From the joining word to the last that shows a second outcome; None when there is only one."""
    texts = reading.texts
    joiners = [(at, after) for at, after in _joiners(texts) if at > 0 and after < len(texts)]
    targets = _targets(reading) if joiners else []
    for at, after in joiners:
        end = _second_order(texts, at, after) or _second_sentence(texts, at, after)
        end = end or _second_target(texts, targets, at, after)
        if end is not None:
            return at, end
    return None


def _joiners(texts: Texts) -> Iterator[tuple[int, int]]:
    for at in range(len(texts)):
        if phrase := phrase_at(texts, at, _JOINERS):
            yield at, at + len(phrase.split())


def _second_order(texts: Texts, at: int, after: int) -> int | None:
    first = phrase_at(texts, 0, ORDERS)
    left = texts[len(first.split()) : at]
    objects = [text for text in left if text not in ORDERS and text not in ADVERBS and text[0].isalnum()]
    if not first or first in _CAUSES or not objects or left[-1] in PREPOSITIONS | DETERMINERS:
        return None
    while after < len(texts) and texts[after] in _FILLERS:
        after += 1
    second = _verb_at(texts, after)
    end = after + len(second.split()) - 1
    if not second or end + 1 >= len(texts) or (second in _GUARDS and texts[at] != ";"):
        return None
    if _is_inside(left, second) or not _has_object(first, second, left, texts[end + 1 :]):
        return None
    return end


def _verb_at(texts: Texts, at: int) -> str:
    """The verb that stands there, also one that no list has, before `a` or `the`."""
    if known := phrase_at(texts, at, ORDERS) or phrase_at(texts, at, _GERUNDS):
        return known
    unknown = at + 1 < len(texts) and texts[at + 1] in ("a", "an", "the", "our") and texts[at].isalpha()
    return texts[at] if unknown and texts[at] not in NO_VERBS else ""


def _is_inside(left: Texts, second: str) -> bool:
    """Whether the second verb belongs to a clause, a way or a purpose that began before it."""
    if BORDERS.intersection(left) or {"by", "through", "via"}.intersection(left):
        with_number = "by" in left and has_number(" ".join(left[left.index("by") : left.index("by") + 2]))
        return not (second in PURE_CHANGES and with_number and not BORDERS.intersection(left))
    if second in _GERUNDS:
        return bool(_BY_WAY_OF.intersection(left))
    purpose = any(text == "to" and following in ORDERS for text, following in pairwise(left))
    return purpose and second not in PURE_CHANGES


def _has_object(first: str, second: str, left: Texts, right: Texts) -> bool:
    """Whether an order goes on there, so that the word before is no noun: `and build a team`, not `and test times`."""
    if second in _CERTAIN or right[0] in DETERMINERS or right[0][0].isdigit() or right[0] in ("all", "every", "each"):
        return True
    if has_number(" ".join(left)) and has_number(" ".join(right)):
        return True
    return first in ACTIVITIES and len(right) > 1 and not has_verb(right) and right[0] not in PREPOSITIONS | THINGS


def _second_sentence(texts: Texts, at: int, after: int) -> int | None:
    if BORDERS.intersection(texts[:at]) or not any(_moves(texts, 1, at)):
        return None
    if phrase_at(texts, 0, ORDERS) and texts[1] in DETERMINERS:
        return None
    return next(_moves(texts, after + 1, min(after + 7, len(texts))), None)


def _moves(texts: Texts, first: int, end: int) -> Iterator[int]:
    return (at for at in common_verbs_in(texts, first, end) if texts[at] not in _GUARDS)


def _second_target(texts: Texts, targets: list[int], at: int, after: int) -> int | None:
    """`… to 50 and CSAT to 90 %`: a target on each side, and a measure before the second."""
    measured = texts[after][0].isalpha() and texts[after] not in PREPOSITIONS | _GUARDS
    if not measured or BORDERS.intersection(texts[:at]) or not any(target < at for target in targets):
        return None
    return next((target for target in targets if after + 2 <= target <= after + 6), None)


def _targets(reading: Reading) -> list[int]:
    """Where the numbers stand that are aimed at: after `to`, `by`, `below` and the like, and no dates."""
    plain = without_names(reading.plain)
    return [
        at
        for at, (before, word) in enumerate(pairwise(reading.words), start=1)
        if before.text in _WITH_NUMBER and word.text[0].isdigit() and plain[word.start] != "·"
    ]
