"""L1: a statement in which an output stands by itself, already there.

- a finished output       `New CRM is rolled out`, `The new website goes live`
- the same as a headline  `SSO rolled out to all teams`
- a noun for it           `Completion of the migration`, `CRM rollout`, `New pricing page`
"""

import re
from itertools import pairwise

from bot.linter import english, small_words
from bot.linter.activities import Activity, because
from bot.linter.grammar import Texts, has_verb, is_plural, noun_phrase_ends, opens_as_order, phrase_at
from bot.linter.inflections import listed
from bot.linter.lexicon import (
    BORDERS,
    CHANGES,
    COMPARISON,
    DELIVERABLES,
    DELIVERABLES_AFTER_NEW,
    DETERMINERS,
    ORDERS,
    OUTPUTS,
    OUTPUTS_THAT_STAND_LAST,
    PASSIVES,
    PREPOSITIONS,
    QUANTITIES,
    SERVICE_LEVEL,
)
from bot.linter.reading import Reading

_DONE = frozenset(listed(english.DONE))
_GOES = frozenset(listed(english.GOES))
_NEW = frozenset(listed(english.NEW))
_BE = frozenset(listed(small_words.BE))
_AUXILIARIES = frozenset(listed(small_words.AUXILIARIES))
_BEFORE_AN_OUTPUT = frozenset(listed(small_words.BEFORE_AN_OUTPUT))
_AFTER_A_HEADLINE = PREPOSITIONS | frozenset(listed(small_words.AFTER_A_HEADLINE))
_BETTER = frozenset(listed(small_words.BETTER))
_SCOPE = re.compile(small_words.SCOPE)


def output_in(reading: Reading) -> Activity | None:
    """The output that a statement says is there, if that is all it says."""
    texts = reading.texts
    if texts[0] in CHANGES and opens_as_order(texts, 1) and texts[1:2] and texts[1] not in OUTPUTS:
        return None
    return _finished(reading, texts) or _headline(reading, texts) or _noun(reading, texts)


def _finished(reading: Reading, texts: Texts) -> Activity | None:
    """A passive, or a state such as live or in place."""
    for at in range(1, len(texts)):
        if texts[at] in BORDERS or texts[at] in QUANTITIES:
            return None
        if phrase := phrase_at(texts, at, _GOES):
            return _if_output(reading, at, at + len(phrase.split()) - 1, "because ")
        if texts[at] in _BE:
            last = _end_of_done(texts, at + 1)
            return _if_output(reading, at, last, "because ") if last else None
    return None


def _end_of_done(texts: Texts, at: int) -> int:
    """Where a participle or state ends that begins there, after been, fully and the like; 0 when there is none."""
    while at < len(texts) and (texts[at] in _BE or texts[at] in _AUXILIARIES or texts[at].endswith("ly")):
        at += 1
    phrase = phrase_at(texts, at, PASSIVES) or phrase_at(texts, at, _DONE)
    return at + len(phrase.split()) - 1 if phrase else 0


def _headline(reading: Reading, texts: Texts) -> Activity | None:
    if has_verb(texts) or COMPARISON.search(reading.core):
        return None
    for at in range(1, len(texts)):
        if texts[at] in BORDERS:
            return None
        phrase = phrase_at(texts, at, PASSIVES) or phrase_at(texts, at, _DONE)
        describes = texts[at - 1] in DETERMINERS | PREPOSITIONS or texts[at - 1].endswith("ly")
        if phrase and not describes and _may_end(texts, at + len(phrase.split()), phrase):
            return _if_output(reading, at, at + len(phrase.split()) - 1, "because of this: ")
    return None


def _may_end(texts: Texts, after: int, phrase: str) -> bool:
    """Whether a headline may end with that phrase: nothing follows but where, for whom and by when."""
    if after == len(texts) or texts[after].endswith(("-wide", "ly")) or texts[after] == "nationwide":
        return True
    return texts[after] in _AFTER_A_HEADLINE and phrase not in ("live", "run", "set")


def _if_output(reading: Reading, first: int, last: int, opening: str) -> Activity | None:
    """The finished output, unless the subject is a quantity or the rest says how fast or how well."""
    texts = reading.texts
    rest = reading.plain[reading.words[last].end :]
    is_quantity = texts[0].endswith("%") or QUANTITIES.intersection(texts[:first])
    if is_quantity or SERVICE_LEVEL.search(_SCOPE.sub("", rest)):
        return None
    return Activity(first, last, because(reading, opening))


def _noun(reading: Reading, texts: Texts) -> Activity | None:
    if has_verb(texts) or BORDERS.intersection(texts) or QUANTITIES.intersection(texts):
        return None
    start = next((at for at, text in enumerate(texts) if text not in _BEFORE_AN_OUTPUT), len(texts))
    if start + 1 < len(texts) and texts[start] in OUTPUTS and texts[start + 1] in ("of", "to", "for"):
        opening = "because of " if texts[0] in DETERMINERS else "because of the "
        return Activity(start, start, because(reading, opening))
    end = noun_phrase_ends(texts)
    if not 1 < end <= 6 or SERVICE_LEVEL.search(reading.core) or COMPARISON.search(reading.core):
        return None
    return Activity(end - 1, end - 1, because(reading, "because of this: ")) if _is_output(texts[:end]) else None


def _is_output(phrase: Texts) -> bool:
    """Whether a phrase without a verb names a thing that a team makes, and nothing about how good it is."""
    if _BETTER.intersection(phrase) or (phrase[0] not in _NEW and _reads_on(phrase)):
        return False
    made = phrase[-1] in DELIVERABLES and (phrase[0] in _NEW or phrase[-1] not in DELIVERABLES_AFTER_NEW)
    return made or phrase[-1] in OUTPUTS_THAT_STAND_LAST


def _reads_on(phrase: Texts) -> bool:
    """Whether a sentence goes on before the noun: `Apprentices finish their training`."""
    return any(text in DETERMINERS or (is_plural(before) and text in ORDERS) for before, text in pairwise(phrase))
