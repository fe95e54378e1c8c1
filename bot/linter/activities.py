"""L1: a statement that opens with what a team does, as an order or with the team as its subject.

- an order                `Launch the new onboarding emails`, `Waive the fees`, `Make a plan`
- an `-ing` form          `Launching the affiliate programme`
- a team and its task     `We have built a new design system`

`bot.linter.outputs` has the shapes in which the output stands there by itself.
"""

import re
from dataclasses import dataclass

from bot.linter import english, small_words
from bot.linter.findings import mid_sentence
from bot.linter.grammar import Texts, has_verb, noun_phrase_ends, opens_as_order, phrase_at
from bot.linter.inflections import listed
from bot.linter.lexicon import (
    ACTIVITIES,
    CHANGES,
    CHANGES_BY_GERUND,
    COUNTED,
    DELIVERABLES,
    DETERMINERS,
    GERUNDS,
    NO_VERBS,
    OUTPUTS,
    PARTICIPLES,
    PREPOSITIONS,
    SERVICE_LEVEL,
    TEAM_FORMS,
    WE_FORMS,
)
from bot.linter.numbers import has_number
from bot.linter.reading import Reading

_DOING = frozenset(listed(english.DOING))
_DONE = frozenset(listed(english.DONE))
_TEAMS = frozenset(listed(english.TEAMS))
_AUXILIARIES = frozenset(listed(small_words.AUXILIARIES))
_PARTICLES = frozenset(listed(small_words.PARTICLES))
_OPENS_AN_OBJECT = frozenset(listed(small_words.OPENS_AN_OBJECT))
_NOT_A_VERB = re.compile(small_words.NOT_A_VERB)
_SPARED = tuple((frozenset(listed(spared.verbs)), re.compile(spared.followed_by)) for spared in english.SPARED)


@dataclass(frozen=True)
class Activity:
    """From which word to which a statement says an activity, and how a sentence goes on with it."""

    first: int
    last: int
    because: str


def done_by_us(reading: Reading) -> Activity | None:
    """The activity that a statement opens with, if it does."""
    texts = reading.texts
    return (
        _order(reading, texts)
        or _unknown_order(reading, texts)
        or _making(reading, texts)
        or _getting_done(reading, texts)
        or _gerund(reading, texts)
        or _team_and_task(reading, texts)
    )


def because(reading: Reading, opening: str) -> str:
    """How a sentence goes on: `because we launch the app`."""
    return opening + mid_sentence(reading.since(0))


def _order(reading: Reading, texts: Texts) -> Activity | None:
    verb = phrase_at(texts, 0, ACTIVITIES)
    length = len(verb.split())
    if not verb or _is_spared(verb, texts, length):
        return None
    if not reading.ordered and not opens_as_order(texts, length):
        return None
    return Activity(0, length - 1, because(reading, "because we "))


def _unknown_order(reading: Reading, texts: Texts) -> Activity | None:
    """An order with a verb that no list has: only a verb stands right before `a`, `the` or `our` (`Waive the fees`).

    Left alone when it is a verb for a change, or when a number says how far.
    """
    particle = 1 if texts[1:2] and texts[1] in _PARTICLES else 0
    following = texts[particle + 1 : particle + 2]
    if not following or following[0] not in _OPENS_AN_OBJECT or texts[0] in NO_VERBS or has_number(reading.core):
        return None
    base = CHANGES_BY_GERUND.get(texts[0], texts[0])
    if base in CHANGES or not texts[0].isalpha() or _NOT_A_VERB.search(texts[0]):
        return None
    is_gerund = texts[0].endswith("ing")
    if is_gerund and has_verb(texts, 1):
        return None
    return Activity(0, particle, because(reading, "because of " if is_gerund else "because we "))


def _making(reading: Reading, texts: Texts) -> Activity | None:
    """`Make a plan`, `Give 20 talks`: a verb that says little, and a thing that is made or held."""
    end = noun_phrase_ends(texts[: texts.index("and")] if "and" in texts else texts)
    if texts[0] not in _DOING or not 1 < end <= 6 or texts[end - 1] not in COUNTED | DELIVERABLES | OUTPUTS:
        return None
    return Activity(0, 0, because(reading, "because we "))


def _getting_done(reading: Reading, texts: Texts) -> Activity | None:
    """`Get the new data platform into production`, `Have the new intranet up and running`."""
    if texts[0] not in ("get", "have", "see", "bring", "getting", "having") or has_number(reading.core):
        return None
    for at in range(1, len(texts)):
        phrase = phrase_at(texts, at, PARTICIPLES) or phrase_at(texts, at, _DONE)
        if phrase and texts[at - 1] not in DETERMINERS | PREPOSITIONS:
            return Activity(0, 0, because(reading, "because of " if texts[0].endswith("ing") else "because we "))
    return None


def _gerund(reading: Reading, texts: Texts) -> Activity | None:
    form = phrase_at(texts, 0, GERUNDS)
    length = len(form.split())
    if not form or _is_spared(GERUNDS[form], texts, length) or has_verb(texts, length):
        return None
    if texts[length : length + 1] != ("of",) and not opens_as_order(texts, length):
        return None
    return Activity(0, length - 1, because(reading, "because of "))


def _team_and_task(reading: Reading, texts: Texts) -> Activity | None:
    at = _after_team(texts)
    if not at:
        return None
    while at < len(texts) and (texts[at] in _AUXILIARIES or texts[at - 1 : at + 1] == ("going", "to")):
        at += 1
    promised = texts[0] == "we" or {"will", "to", "has", "have"}.intersection(texts[:at])
    verb = phrase_at(texts, at, WE_FORMS if promised else TEAM_FORMS)
    length = len(verb.split())
    if not verb or _is_spared(WE_FORMS[verb], texts, at + length) or SERVICE_LEVEL.search(reading.core):
        return None
    return Activity(at, at + length - 1, because(reading, "because "))


def _after_team(texts: Texts) -> int:
    """How many words name one of our own teams as the subject; 0 when the subject is another."""
    if texts[0] == "we":
        return 1
    start = 1 if texts[0] in ("the", "our") else 0
    for at in range(max(start, 1), min(start + 3, len(texts))):
        if texts[at] in ("team", "department"):
            return at + 1
    return start + 1 if start < len(texts) and texts[start] in _TEAMS else 0


def _is_spared(verb: str, texts: Texts, length: int) -> bool:
    """Whether what follows the verb makes it a change after all."""
    rest = " ".join(texts[length:]) + " "
    group = ACTIVITIES.get(verb)
    if group and group.service and SERVICE_LEVEL.search(rest):
        return True
    return any(verb in verbs and pattern.match(rest) for verbs, pattern in _SPARED)
