"""Reading the forms of decisions: what is asked, and what is chosen. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.decisions.rules import (
    CHOICE_LIMIT,
    CONTEXT_LIMIT,
    EFFECT_LIMIT,
    OBJECTION_DAYS,
    QUESTION_LIMIT,
    REASON_LIMIT,
    TYPED_LIMIT,
    WHY_LIMIT,
)
from bot.decisions.rules.options import Option, read_options
from bot.errors import FormRefused
from bot.language.units import Unit
from bot.language.values import NotAValue, read_value
from bot.language.words import one_line, shorten
from bot.outcomes.rules import read_confidence
from bot.outcomes.rules.drafts import read_day

OTHER = "other"
"""Chosen in place of an option: it is in one's own words."""

_LIMITS = {
    "question": QUESTION_LIMIT,
    "context": CONTEXT_LIMIT,
    "needed_by": TYPED_LIMIT,
    "choice": CHOICE_LIMIT,
    "why": WHY_LIMIT,
    "effect": EFFECT_LIMIT,
    "effect_value": TYPED_LIMIT,
    "effect_on": TYPED_LIMIT,
    "review": TYPED_LIMIT,
    "reason": REASON_LIMIT,
}


@dataclass(frozen=True)
class Question:
    """What is to be decided, as its form was read. Who decides and who is heard is chosen beside it."""

    question: str
    context: str = ""
    options: tuple[Option, ...] = ()
    needed_by_on: date | None = None


@dataclass(frozen=True)
class Choice:
    """What was chosen, as its form was read.

    Args:
        effect_value: where the measure of the outcome `effect_outcome_id` is expected to be on `effect_on`.
        confidence: from 0 to 10; None when it was not said.
        objection_days: for how many days those who are heard may object; 0 for not at all.
        reason: why a choice that stood is changed; empty for the first.
    """

    choice: str
    why: str
    effect: str = ""
    effect_outcome_id: int | None = None
    effect_value: Decimal | None = None
    effect_on: date | None = None
    confidence: int | None = None
    is_reversible: bool = True
    review_on: date | None = None
    objection_days: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Measure:
    """An outcome whose measure a choice is expected to move, and the unit of it."""

    outcome_id: int
    unit: Unit


def read_question(
    typed: Mapping[str, str], *, today: date, locale: str, was_needed_by_on: date | None = None
) -> Question:
    """Reads the form of an open decision. Raises FormRefused with a sentence for each field that needs another look.

    `was_needed_by_on` is the day of one that is edited, which may have passed.
    """
    errors = _lengths(typed, ("question", "context", "needed_by"))
    if not typed["question"]:
        errors["question"] = "Ask the question that is to be decided, such as: do we raise prices this year?"
    options = _options(typed["options"], errors)
    needed_by_on = _day(typed, "needed_by", today, locale, errors)
    if needed_by_on and needed_by_on < today and needed_by_on != was_needed_by_on:
        errors["needed_by"] = "That day has passed. Type by when it is needed, such as end of the week."
    if errors:
        raise FormRefused(errors)
    return Question(typed["question"], typed["context"], options, needed_by_on)


def read_choice(
    typed: Mapping[str, str],
    *,
    today: date,
    locale: str,
    options: tuple[Option, ...] = (),
    measure: Measure | None = None,
    is_change: bool = False,
) -> Choice:
    """Reads the form of a choice. Raises FormRefused with a sentence for each field that needs another look.

    Args:
        typed: by field; `option` is the place of the one chosen among `options`, from 1, or OTHER.
        measure: of the outcome that was chosen in it; None without one.
        is_change: whether it takes the place of a choice that stands, and so needs a reason.
    """
    errors = _lengths(typed, ("choice", "why", "effect", "effect_value", "effect_on", "review", "reason"))
    choice = _choice(typed, options, errors)
    if not typed["why"]:
        errors["why"] = "Say why, in a sentence: it is what a later review learns from."
    if is_change and not typed.get("reason"):
        errors["reason"] = "Say what made you change it. The earlier choice stays on record beside it."
    value, effect_on = _effect(typed, measure, today, locale, errors)
    review_on = _day(typed, "review", today, locale, errors)
    if review_on and review_on <= today:
        errors["review"] = "That day is not in the future. Type when you will look at what came of it."
    elif review_on and effect_on and review_on < effect_on:
        errors["review"] = "That is before the effect is expected. Type that day, or a later one."
    confidence = _confidence(typed.get("confidence", ""), errors)
    if errors:
        raise FormRefused(errors)
    return Choice(
        choice=choice,
        why=typed["why"],
        effect=typed["effect"],
        effect_outcome_id=measure.outcome_id if measure else None,
        effect_value=value,
        effect_on=effect_on,
        confidence=confidence,
        is_reversible=typed.get("reversible") != "no",
        review_on=review_on or effect_on,
        objection_days=next((days for days in OBJECTION_DAYS if str(days) == typed.get("window")), 0),
        reason=typed.get("reason", "") if is_change else "",
    )


def read_made_on(typed: str, *, today: date, locale: str) -> date | None:
    """The earlier day on which something was decided that is logged now; None for today.

    Raises FormRefused at `made_on` for one that is still to come.
    """
    errors: dict[str, str] = {}
    made_on = _day({"made_on": typed}, "made_on", today, locale, errors)
    if made_on and made_on > today:
        errors["made_on"] = "That day is still to come. Type when it was decided, or leave it empty for today."
    if errors:
        raise FormRefused(errors)
    return made_on if made_on != today else None


def question_of(typed: str, choice: str) -> str:
    """The question of a decision that was logged: as typed, or else the choice itself, as a title."""
    return typed or shorten(one_line(choice), QUESTION_LIMIT)


def offered_review(typed: Mapping[str, str], *, today: date, locale: str) -> str:
    """The day to offer for the review while somebody types: the one on which the effect is expected; or nothing."""
    effect_on = _day(typed, "effect_on", today, locale, {})
    return effect_on.isoformat() if effect_on and effect_on > today else ""


def _lengths(typed: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    over = {name: len(typed.get(name, "")) for name in names if len(typed.get(name, "")) > _LIMITS[name]}
    return {
        name: f"This is {length:,} characters; please stay within {_LIMITS[name]:,}." for name, length in over.items()
    }


def _options(text: str, errors: dict[str, str]) -> tuple[Option, ...]:
    try:
        return read_options(text)
    except FormRefused as refused:
        errors.update(refused.errors)
        return ()


def _choice(typed: Mapping[str, str], options: tuple[Option, ...], errors: dict[str, str]) -> str:
    """An option in its words, or what was typed. Words beside an option say more about it."""
    chosen, own = typed.get("option", ""), typed["choice"]
    if options and not chosen:
        errors["option"] = "Choose one, or “Something else” and say it below."
    if not options or chosen == OTHER:
        if not own:
            errors["choice"] = "Say what was decided."
        return own
    if not chosen.isdecimal() or not 1 <= int(chosen) <= len(options):
        errors["option"] = "Choose one of the options in the list."
        return ""
    text = options[int(chosen) - 1].text
    return f"{text}: {own}" if own else text


def _effect(
    typed: Mapping[str, str], measure: Measure | None, today: date, locale: str, errors: dict[str, str]
) -> tuple[Decimal | None, date | None]:
    """Which value the measure is expected to have, and when; each needs the others, so that it can be looked at."""
    effect_on = _day(typed, "effect_on", today, locale, errors)
    if effect_on and effect_on <= today:
        errors["effect_on"] = "That day is not in the future. Type when the effect should be there."
    if measure is None:
        if typed["effect_value"]:
            errors["outcome"] = "Choose the outcome whose measure this is, or say the effect in words."
        return None, effect_on
    if not typed["effect_value"]:
        errors["effect_value"] = "Type where you expect the measure to be, or choose no outcome."
        return None, effect_on
    if not typed["effect_on"]:
        errors["effect_on"] = "Type by when you expect that, such as end of Q1."
    try:
        return read_value(typed["effect_value"], unit=measure.unit, locale=locale).value, effect_on
    except NotAValue as error:
        errors["effect_value"] = str(error)
        return None, effect_on


def _confidence(text: str, errors: dict[str, str]) -> int | None:
    try:
        return read_confidence(text)
    except FormRefused as refused:
        errors.update(refused.errors)
        return None


def _day(typed: Mapping[str, str], name: str, today: date, locale: str, errors: dict[str, str]) -> date | None:
    return read_day(typed, name, today, locale, errors) if typed.get(name) else None
