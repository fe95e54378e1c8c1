"""L6: two outcomes in one statement, joined by `and` or the like.

Joined are two orders (`Reduce churn and increase loyalty`), two sentences (`Churn falls and loyalty rises`), or two
measures with a target each (`Increase NPS to 50 and CSAT to 90 %`). Not joined are two subjects, two objects, two verbs
with one object, or anything inside a clause.
"""

from collections.abc import Iterator

from bot.linter import english
from bot.linter.inflections import gerund, listed
from bot.linter.numbers import has_number, without_names
from bot.linter.reading import DETERMINERS, PREPOSITIONS, Reading, is_plural, is_verb, phrase_at, verbs_in

_PURE = frozenset(listed(english.PURE_CHANGES))
_ACTIVITIES = frozenset(verb for group in english.ACTIVITIES for verb in listed(group.verbs))
_ORDERS = frozenset(listed(english.CHANGES)) | _PURE | _ACTIVITIES | frozenset(listed(english.VAGUE_VERBS.words))
_GERUNDS = frozenset(gerund(verb) for verb in _PURE)
_JOINERS = frozenset(listed(english.JOINERS))
_BORDERS = frozenset(listed(english.BORDERS))
_CAUSES = frozenset(listed(english.CAUSES))
_ADVERBS = frozenset(listed(english.ADVERBS))
_COMMON = frozenset(listed(english.COMMON_VERBS)) | frozenset(listed(english.STATES))
_NO_VERBS = PREPOSITIONS | DETERMINERS | _BORDERS | frozenset(listed(english.NO_VERBS))
_GUARDS = frozenset(("keep", "hold", "maintain", "stay", "stays", "remain", "remains"))
_FILLERS = frozenset("also then to we will".split()) | _ADVERBS
_TO_NUMBER = frozenset("to by from above below under over at".split())
_INNER = _BORDERS | frozenset(("by", "through", "via", "without"))


def joined_in(reading: Reading) -> tuple[int, int] | None:
    """From the joining word to the last that shows a second outcome; None when there is only one."""
    texts = reading.texts
    for at, after in _joiners(texts):
        if at == 0 or after >= len(texts):
            continue
        end = (
            _second_order(texts, at, after) or _second_sentence(texts, at, after) or _second_target(reading, at, after)
        )
        if end is not None:
            return at, end
    return None


def _joiners(texts: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for at in range(len(texts)):
        if phrase := phrase_at(texts, at, _JOINERS):
            yield at, at + len(phrase.split())


def _second_order(texts: tuple[str, ...], at: int, after: int) -> int | None:
    first = phrase_at(texts, 0, _ORDERS)
    left = texts[len(first.split()) : at]
    objects = [text for text in left if text not in _ORDERS and text not in _ADVERBS and text[0].isalnum()]
    if not first or first in _CAUSES or not objects or left[-1] in PREPOSITIONS | DETERMINERS:
        return None
    while after < len(texts) and texts[after] in _FILLERS:
        after += 1
    second = phrase_at(texts, after, _ORDERS)
    if not second and after + 1 < len(texts) and texts[after + 1] in ("a", "an", "the", "our"):
        second = texts[after] if texts[after].isalpha() and texts[after] not in _NO_VERBS else ""
    if not second:
        second = phrase_at(texts, after, _GERUNDS)
        if second and {"by", "through", "via", "from", "without", "of", "for"}.intersection(left):
            return None
    end = after + len(second.split()) - 1
    if not second or (second in _GUARDS and texts[at] != ";") or end + 1 >= len(texts) or _inside(left, second):
        return None
    certain = second in _PURE | _GERUNDS or texts[end + 1] in DETERMINERS or texts[end + 1][0].isdigit()
    certain = certain or (has_number(" ".join(left)) and has_number(" ".join(texts[end + 1 :])))
    return end if certain or (first in _ACTIVITIES and _has_object(texts, end + 1)) else None


def _inside(left: tuple[str, ...], second: str) -> bool:
    """Whether the second verb belongs to a clause, or to a purpose, that began before it."""
    if _INNER.intersection(left):
        return not (second in _PURE and not {"by", "through", "via", "that", "so", "who", "which"}.intersection(left))
    purpose = any(text == "to" and left[at + 1] in _ORDERS for at, text in enumerate(left[:-1]))
    return purpose and second not in _PURE


def _has_object(texts: tuple[str, ...], at: int) -> bool:
    """Whether an order goes on there, so that the word before is no noun: `and build a team`, not `and test times`."""
    return (
        texts[at] in DETERMINERS
        or texts[at][0].isdigit()
        or texts[at] in ("all", "every", "each")
        or (
            at + 1 < len(texts)
            and not any(True for _ in verbs_in(texts, at))
            and texts[at] not in PREPOSITIONS
            and texts[at] not in ("costs", "times", "rates", "time", "cost", "rate", "capacity", "quality")
        )
    )


def _second_sentence(texts: tuple[str, ...], at: int, after: int) -> int | None:
    if _BORDERS.intersection(texts[:at]) or not any(True for _ in _finite(texts, 1, at)):
        return None
    if phrase_at(texts, 0, _ORDERS) and texts[1] in DETERMINERS:
        return None
    return next(_finite(texts, after + 1, min(after + 7, len(texts))), None)


def _finite(texts: tuple[str, ...], first: int, end: int) -> Iterator[int]:
    for at in range(first, end):
        if texts[at] in _BORDERS or texts[at] in ("to", ",", ";"):
            return
        if texts[at] not in _COMMON or texts[at] in _GUARDS:
            continue
        base = not texts[at].endswith("s")
        if is_verb(texts, at) and (not base or is_plural(texts[at - 1])):
            yield at


def _second_target(reading: Reading, at: int, after: int) -> int | None:
    """`… to 50 and CSAT to 90 %`: on each side a preposition and a number that is no date."""
    texts = reading.texts
    plain = without_names(reading.plain)

    def target(first: int, end: int) -> int | None:
        for place in range(first, end - 1):
            number = reading.words[place + 1]
            if texts[place] in _TO_NUMBER and number.text[0].isdigit() and plain[number.start] != "·":
                return place + 1
        return None

    right = target(after + 1, min(after + 6, len(texts)))
    starts_well = texts[after][0].isalpha() and texts[after] not in PREPOSITIONS
    if target(0, at) is None or right is None or not starts_well or _BORDERS.intersection(texts[:at]):
        return None
    return right
