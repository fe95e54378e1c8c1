"""The lists of `bot.linter.english` as sets, made once."""

import re

from bot.linter import english, small_words
from bot.linter.inflections import gerund, listed, participle, third


def _set(words: str) -> frozenset[str]:
    return frozenset(listed(words))


ACTIVITIES = {verb: group for group in english.ACTIVITIES for verb in listed(group.verbs)}
"""Each activity verb with the group it is in."""

GERUNDS = {gerund(verb): verb for verb in ACTIVITIES}
PARTICIPLES = {participle(verb): verb for verb in ACTIVITIES}
DONE_TO = _set(english.DONE_TO) | {verb for verb, group in ACTIVITIES.items() if group.in_passive}
PASSIVES = {participle(verb) for verb in DONE_TO}
"""Participles that say an output is there: `rolled out`, `published`."""

TEAM_FORMS = {form: verb for verb in listed(english.TEAM_VERBS) for form in (verb, third(verb), participle(verb))}
WE_FORMS = {verb: verb for verb in ACTIVITIES} | TEAM_FORMS | PARTICIPLES | GERUNDS
"""Forms that follow `we`, and the verb they are a form of."""

PURE_CHANGES = _set(english.PURE_CHANGES)
VAGUE_VERBS = _set(english.VAGUE_VERBS.words)
VAGUE_PARTICIPLES = frozenset(participle(verb) for verb in VAGUE_VERBS)
CHANGES = _set(english.CHANGES) | PURE_CHANGES | VAGUE_VERBS
CHANGES_BY_GERUND = {gerund(verb): verb for verb in CHANGES}
ORDERS = CHANGES | frozenset(ACTIVITIES)

OUTPUTS = _set(english.OUTPUTS)
OUTPUTS_THAT_STAND_LAST = _set(english.OUTPUTS_THAT_STAND_LAST)
DELIVERABLES = _set(english.DELIVERABLES)
DELIVERABLES_AFTER_NEW = _set(english.DELIVERABLES_AFTER_NEW)
COUNTED_ALONE = frozenset(noun for counts in english.COUNTS if counts.alone for noun in listed(counts.nouns))
COUNTED = frozenset(noun for counts in english.COUNTS for noun in listed(counts.nouns))
THINGS = _set(small_words.THINGS)

DETERMINERS = _set(small_words.DETERMINERS)
PREPOSITIONS = _set(small_words.PREPOSITIONS)
BORDERS = _set(small_words.BORDERS)
NO_VERBS = PREPOSITIONS | DETERMINERS | BORDERS | _set(small_words.NO_VERBS)
QUANTITIES = _set(small_words.QUANTITIES)
ADVERBS = _set(small_words.ADVERBS)

SERVICE_LEVEL = re.compile("|".join(pattern for pattern, _ in english.SERVICE_LEVEL))
COMPARISON = re.compile(small_words.COMPARISON)
