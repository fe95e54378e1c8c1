"""L1: a statement that opens with what a team does. Six shapes of it, each one function:

- an order                `Launch the new onboarding emails`
- an `-ing` form          `Launching the affiliate programme`
- a team and its task     `We have built a new design system`
- a finished output       `New CRM is rolled out`, `The new website goes live`
- the same as a headline  `SSO rolled out to all teams`
- a noun for it           `Completion of the migration`, `CRM rollout`, `New pricing page`
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.linter import english
from bot.linter.numbers import has_number
from bot.linter.inflections import gerund, listed, participle, third
from bot.linter.reading import DETERMINERS, PREPOSITIONS, Reading, is_plural, phrase_at, verbs_in

_VERBS = {verb: group for group in english.ACTIVITIES for verb in listed(group.verbs)}
_GERUNDS = {gerund(verb): verb for verb in _VERBS}
_PARTICIPLES = {participle(verb): verb for verb in _VERBS} | {"drawn up": "draft"}
_TEAM_VERBS = frozenset(listed(english.TEAM_VERBS))
_TEAM_FORMS = {form: verb for verb in _TEAM_VERBS for form in (verb, third(verb), gerund(verb), participle(verb))}
_TEAMS = frozenset(listed(english.TEAMS))
_THINGS = frozenset(listed(english.THINGS))
_OUTPUTS = frozenset(listed(english.OUTPUTS))
_LAST = frozenset(listed(english.OUTPUTS_THAT_STAND_LAST))
_DELIVERABLES = frozenset(listed(english.DELIVERABLES))
_DONE = frozenset(listed(english.DONE))
_GOES = frozenset(listed(english.GOES))
_AFTER_NOUNS_AS_WELL = frozenset(listed(english.NOUNS_AS_WELL))
_DOING = frozenset(listed(english.DOING))
_COUNTED = frozenset(noun for counts in english.COUNTS for noun in listed(counts.nouns))
_NEW = frozenset(listed(english.DELIVERABLES_AFTER_NEW))
_NEW = frozenset(listed(english.NEW))
_BORDERS = frozenset(listed(english.BORDERS))
_SERVICE_LEVEL = re.compile("|".join(pattern for pattern, _ in english.SERVICE_LEVEL))
_SPARED = tuple((frozenset(listed(spared.verbs)), re.compile(spared.followed_by)) for spared in english.SPARED)
_CHANGES = frozenset(listed(f"{english.CHANGES} {english.PURE_CHANGES} {english.VAGUE_VERBS.words}"))
_CHANGES_BY_GERUND = {gerund(verb): verb for verb in _CHANGES}
_PARTICLES = frozenset(listed("up out down over in off together forward through back"))
_OPENS_OBJECT = frozenset(listed("a an the our my their these"))
_NO_VERBS = PREPOSITIONS | _BORDERS | DETERMINERS | frozenset(listed(english.NO_VERBS))
_NO_ORDER = re.compile(r"(?:[^s]s|ly|ed|er|tion|ment|ness|ity|body|one)$")
_BETTER = frozenset(
    listed("faster cheaper fewer safer shorter simpler smoother quicker easier lower higher greater stronger smarter")
)
_SCOPE = re.compile(r"^\s+(?:to|for|in|on|across|at) (?:\d+ ?%|all\b|every\b)")
_BE = frozenset("is are was were be been being gets get".split())
_AUXILIARIES = frozenset("have has had will shall must should is are now also just already be been going".split())
_BEFORE_NOUN = frozenset("the a an our successful full timely complete company-wide phased initial final".split())
_QUANTITIES = frozenset(
    "% percent fewer less more no nothing nobody none never not half share rate percentage number faster every each "
    "most zero cost time lead average quality can proportion".split()
)
_COMPARISONS = re.compile(r"\b(?:below|above|under|over|up|down|at|of|from|to) (?:[$€£]\s?)?\d")
_AFTER_HEADLINE = PREPOSITIONS | frozenset(("and", "before", ",", ".", "(", ";", "–", "—", "&"))


@dataclass(frozen=True)
class Activity:
    """Where the words for an activity stand, and how it goes on after “because”."""

    first: int
    last: int
    because: str


def activity_in(reading: Reading) -> Activity | None:
    """The activity that a statement opens with, if it does."""
    texts = reading.texts
    if not texts:
        return None
    return (
        _order(reading, texts)
        or _unknown_order(reading, texts)
        or _plain_doing(reading, texts)
        or _got_done(reading, texts)
        or _gerund(reading, texts)
        or _team_and_task(reading, texts)
        or _finished(reading, texts)
        or _headline(reading, texts)
        or _noun(reading, texts)
    )


def opens_as_order(texts: tuple[str, ...], length: int) -> bool:
    """Whether the verb that fills the first words is an order, and not a noun: `build the app`, not `build times`."""
    if length >= len(texts):
        return True
    following = texts[length]
    if following in DETERMINERS or following[0].isdigit() or following in ("all", "every", "each"):
        return True
    if following in ("of", "per", "between") or (length == 1 and following in ("is", "are")):
        return False
    if any(True for _ in verbs_in(texts, length)) or _names_a_kind(texts):
        return False
    return not (_THINGS.intersection(texts[length : length + 2]) and _COMPARISONS.search(" ".join(texts)))


def _names_a_kind(texts: tuple[str, ...]) -> bool:
    """Whether the first word only says which ones, and a verb follows them: `Pilot sites save 12 % energy`."""
    if texts[0] not in _NOUNS_AS_WELL or not is_plural(texts[1]) or len(texts) < 3:
        return False
    further = texts[2]
    nothing = further in PREPOSITIONS | _BORDERS | DETERMINERS or not further.isalpha() or further in ("and", "or")
    return not nothing and not further.endswith(("ly", "ing", "wide", "ed")) and further not in _OUTPUTS


def _order(reading: Reading, texts: tuple[str, ...]) -> Activity | None:
    verb = phrase_at(texts, 0, _VERBS)
    length = len(verb.split())
    if not verb or _is_spared(verb, texts, length):
        return None
    if not reading.ordered and not opens_as_order(texts, length):
        return None
    return Activity(0, length - 1, "because we " + _in_small(reading, 0))


def _unknown_order(reading: Reading, texts: tuple[str, ...]) -> Activity | None:
    """An order with a verb that no list has: only a verb stands right before `a`, `the` or `our` (`Waive the fees`).

    Left alone when it is a verb for a change, or when a number says how far.
    """
    particle = 1 if texts[1:2] and texts[1] in _PARTICLES else 0
    following = texts[particle + 1 : particle + 2]
    if not following or following[0] not in _OPENS_OBJECT or texts[0] in _NO_VERBS or has_number(reading.core):
        return None
    base = _CHANGES_BY_GERUND.get(texts[0], texts[0])
    if base in _CHANGES or not texts[0].isalpha() or _NO_ORDER.search(texts[0]):
        return None
    if texts[0].endswith("ing") and any(True for _ in verbs_in(texts, 1)):
        return None
    because = "because of " if texts[0].endswith("ing") else "because we "
    return Activity(0, particle, because + _in_small(reading, 0))


def _plain_doing(reading: Reading, texts: tuple[str, ...]) -> Activity | None:
    """`Make a plan`, `Give 20 talks`: a verb that says little, and a thing that is made or held."""
    if texts[0] not in _DOING:
        return None
    end = next((at for at, text in enumerate(texts) if text in PREPOSITIONS or not text[0].isalnum()), len(texts))
    last = texts[end - 1]
    if 1 < end <= 6 and (last in _COUNTED or last in _DELIVERABLES or last in _OUTPUTS):
        return Activity(0, 0, "because we " + _in_small(reading, 0))
    return None


def _got_done(reading: Reading, texts: tuple[str, ...]) -> Activity | None:
    """`Get the new data platform into production`, `Have the new intranet up and running`."""
    if texts[0] not in ("get", "have", "see", "bring") or _QUANTITIES.intersection(texts):
        return None
    for at in range(1, len(texts)):
        phrase = phrase_at(texts, at, _PARTICIPLES) or phrase_at(texts, at, _DONE)
        if phrase and not is_plural(texts[at - 1]) and texts[at - 1] not in DETERMINERS | PREPOSITIONS:
            return Activity(0, 0, "because we " + _in_small(reading, 0))
    return None


def _gerund(reading: Reading, texts: tuple[str, ...]) -> Activity | None:
    form = phrase_at(texts, 0, _GERUNDS)
    length = len(form.split())
    if not form or _is_spared(_GERUNDS[form], texts, length) or any(True for _ in verbs_in(texts, length)):
        return None
    if not opens_as_order(texts, length) and texts[length] != "of":
        return None
    return Activity(0, length - 1, "because of " + _in_small(reading, 0))


def _team_and_task(reading: Reading, texts: tuple[str, ...]) -> Activity | None:
    at = _after_team(texts)
    if not at:
        return None
    while at < len(texts) and (texts[at] in _AUXILIARIES or texts[at - 1 : at + 1] == ("going", "to")):
        at += 1
    own = texts[0] == "we"
    own = own or "will" in texts[:at] or "to" in texts[:at]
    verb = phrase_at(texts, at, {**_VERBS, **_TEAM_FORMS, **_PARTICIPLES, **_GERUNDS} if own else _TEAM_FORMS)
    length = len(verb.split())
    if not verb or _is_spared(_base(verb), texts, at + length) or _SERVICE_LEVEL.search(reading.core):
        return None
    return Activity(at, at + length - 1, "because " + _in_small(reading, 0))


def _after_team(texts: tuple[str, ...]) -> int:
    """How many words name one of our own teams as the subject; 0 when the subject is another."""
    if texts[0] == "we":
        return 1
    start = 1 if texts[0] in ("the", "our") else 0
    for at in range(start, min(start + 3, len(texts))):
        if texts[at] in ("team", "department") and at > 0:
            return at + 1
    return start + 1 if start < len(texts) and texts[start] in _TEAMS else 0


def _finished(reading: Reading, texts: tuple[str, ...]) -> Activity | None:
    """A passive, or a state such as live or in place, that says an output is there."""
    for at in range(1, len(texts)):
        if texts[at] in _BORDERS or texts[at] in _QUANTITIES or texts[at - 1] == "%":
            return None
        if phrase := phrase_at(texts, at, _GOES):
            return _if_output(reading, at, at + len(phrase.split()) - 1)
        if texts[at] in _BE:
            last = _end_of_done(texts, at + 1)
            return _if_output(reading, at, last) if last else None
    return None


def _end_of_done(texts: tuple[str, ...], at: int) -> int:
    """Where a participle or state ends that begins there, after been, fully and the like; 0 when there is none."""
    while at < len(texts) and (texts[at] in _BE or texts[at] in _AUXILIARIES or texts[at].endswith("ly")):
        at += 1
    phrase = phrase_at(texts, at, _PARTICIPLES) or phrase_at(texts, at, _DONE)
    return at + len(phrase.split()) - 1 if phrase else 0


def _headline(reading: Reading, texts: tuple[str, ...]) -> Activity | None:
    if any(True for _ in verbs_in(texts)) or _COMPARISONS.search(reading.core.split(" to all ")[0]):
        return None
    for at in range(1, len(texts)):
        if texts[at] in _BORDERS:
            return None
        phrase = phrase_at(texts, at, _PARTICIPLES) or phrase_at(texts, at, _DONE)
        after = at + len(phrase.split())
        if phrase and texts[at - 1] not in DETERMINERS | PREPOSITIONS and not texts[at - 1].endswith("ly"):
            ends = after == len(texts) or texts[after].endswith(("-wide", "ly")) or texts[after] == "nationwide"
            if ends or (texts[after] in _AFTER_HEADLINE and phrase not in ("live", "run", "set")):
                return _if_output(reading, at, after - 1)
    return None


def _if_output(reading: Reading, first: int, last: int) -> Activity | None:
    """The finished output, unless the subject is a quantity or the rest says how fast or how well."""
    texts = reading.texts
    if texts[0][0].isdigit() and texts[1:2] == ("%",) or texts[0].endswith("%"):
        return None
    if _QUANTITIES.intersection(texts[:first]):
        return None
    rest = reading.plain[reading.words[last].end :]
    if _SERVICE_LEVEL.search(_SCOPE.sub("", rest)):
        return None
    because = "because " if texts[first] in _BE or texts[first] in ("goes", "go") else "because of this: "
    return Activity(first, last, because + _in_small(reading, 0))


def _noun(reading: Reading, texts: tuple[str, ...]) -> Activity | None:
    if any(True for _ in verbs_in(texts)) or _BORDERS.intersection(texts) or _QUANTITIES.intersection(texts):
        return None
    start = 0
    while start < len(texts) and texts[start] in _BEFORE_NOUN:
        start += 1
    if start + 1 < len(texts) and texts[start] in _OUTPUTS and texts[start + 1] in ("of", "to", "for"):
        because = "because of " + ("" if texts[0] in DETERMINERS else "the ") + _in_small(reading, 0)
        return Activity(start, start, because)
    end = next((at for at, text in enumerate(texts) if text in PREPOSITIONS or not text[0].isalnum()), len(texts))
    if end < 1 or end > 6 or _SERVICE_LEVEL.search(reading.core) or _COMPARISONS.search(reading.core):
        return None
    last = texts[end - 1]
    made = last in _DELIVERABLES and (texts[0] in _NEW or last not in _AFTER_NEW)
    if texts[0] not in _NEW and _reads_on(texts[:end]):
        return None
    if end > 1 and (last in _LAST or made) and not _is_change(texts[:end]):
        return Activity(end - 1, end - 1, "because of this: " + _in_small(reading, 0))
    return None


def _reads_on(texts: tuple[str, ...]) -> bool:
    """Whether a sentence goes on before the noun: `Apprentices finish their training`."""
    return any(
        text in DETERMINERS or (is_plural(before) and (text in _VERBS or text in _CHANGES))
        for before, text in pairwise(texts)
    )


def _is_change(texts: tuple[str, ...]) -> bool:
    return any(text in _BETTER for text in texts)


def _is_spared(verb: str, texts: tuple[str, ...], length: int) -> bool:
    """Whether what follows the verb makes it a change after all."""
    rest = " ".join(texts[length:]) + " "
    group = _VERBS.get(verb)
    if group and group.service and _SERVICE_LEVEL.search(rest):
        return True
    return any(verb in verbs and pattern.match(rest) for verbs, pattern in _SPARED)


def _base(form: str) -> str:
    return _TEAM_FORMS.get(form) or _PARTICIPLES.get(form) or _GERUNDS.get(form) or form


def _in_small(reading: Reading, first: int) -> str:
    from bot.linter.findings import mid_sentence

    return mid_sentence(reading.since(first))
