"""What is true of an execution path: pure."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from bot.errors import FormRefused, Refused
from bot.language.dates import NotADate, read_date, write_date
from bot.language.words import one_line

TEXT_LIMIT = 200
EFFECT_LIMIT = 300
REASON_LIMIT = 300
DUE_LIMIT = 60
"""Limits in characters: what to do, the effect expected of it, why it is left, and a date as it is typed."""


class ActionState(StrEnum):
    """Where an action is. `proposed`: by somebody who may not change the outcome; its owner has not said yet."""

    PROPOSED = "proposed"
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class EffectSeen(StrEnum):
    """What the person who did it says of the effect they expected."""

    YES = "yes"
    NOT_YET = "not yet"
    NO = "no"


@dataclass(frozen=True)
class ActionDraft:
    """An action as it was typed: what to do, who does it, by when, and what it should change."""

    text: str
    owner_id: str
    due_on: date | None = None
    expected_effect: str = ""


@dataclass(frozen=True)
class Ending:
    """How an action ends: done, with what was seen of its effect; or, without one, dropped.

    One that is dropped with a reason may stay on the path as a not-doing line.
    """

    effect_seen: EffectSeen | None = None
    reason: str = ""
    is_not_doing: bool = False


class Typed(Protocol):
    """What was typed in a form, by the field's name; empty for nothing."""

    def __getitem__(self, name: str, /) -> str: ...


class Way(StrEnum):
    """How an open action gives way to a new one, or what becomes of one that is dropped."""

    SEEN = "yes"
    NOT_YET = "not yet"
    NO_EFFECT = "no"
    DROPPED = "dropped"
    NOT_DOING = "not doing"


_NO_REASON = "Say why it is left undone, so that nobody has to ask again."

_DATED = re.compile(r"(?P<text>.*\S)\s+by\s+(?P<due>\S.*)", re.IGNORECASE | re.DOTALL)
_REASONED = re.compile(r"(?P<text>.*?\S)\s+because\s+(?P<reason>\S.*)", re.IGNORECASE | re.DOTALL)


def read_line(typed: str, *, owner_id: str, today: date, locale: str) -> ActionDraft:
    """An action typed in one line; what follows its last `by` is the due date, if it is one.

    Raises Refused, repeating what was typed, when it is too long or the date has passed.
    """
    text, due_on = one_line(typed), None
    if found := _DATED.fullmatch(text):
        with suppress(NotADate):
            due_on = read_date(found["due"], today=today, locale=locale)
            text = found["text"]
    if due_on is not None and due_on < today:
        raise Refused(f"{_passed(due_on, today, locale)} Give it a day that is still to come. You typed:\n{typed}")
    if len(text) > TEXT_LIMIT:
        raise Refused(f"That is {len(text):,} characters; an action has {TEXT_LIMIT} at most. You typed:\n{typed}")
    return ActionDraft(text, owner_id, due_on)


def read_draft(typed: Typed, *, owner_id: str, today: date, locale: str, kept: date | None = None) -> ActionDraft:
    """An action from the fields of its form: `text`, `due`, `effect`. Raises FormRefused, a sentence a field.

    Args:
        kept: the due date it had, which may stay though it has passed.
    """
    text, effect, due_on = one_line(typed["text"]), one_line(typed["effect"]), None
    wrong = _too_long(text=(text, TEXT_LIMIT), effect=(effect, EFFECT_LIMIT))
    if not text:
        wrong["text"] = "Say what is to be done."
    if typed["due"]:
        try:
            due_on = read_date(typed["due"], today=today, locale=locale)
        except NotADate as error:
            wrong["due"] = str(error)
    if due_on is not None and due_on < today and due_on != kept:
        wrong["due"] = f"{_passed(due_on, today, locale)} Choose a day that is still to come, or leave it empty."
    if wrong:
        raise FormRefused(wrong)
    return ActionDraft(text, owner_id, due_on, effect)


def read_not_doing(typed: str) -> tuple[str, str]:
    """A not-doing line typed in one line: what is left undone, and what follows `because`, which may be empty.

    Raises Refused, repeating what was typed, when it is too long.
    """
    text, reason = one_line(typed), ""
    if found := _REASONED.fullmatch(text):
        text, reason = found["text"], found["reason"]
    if len(text) > TEXT_LIMIT or len(reason) > REASON_LIMIT:
        raise Refused(
            f"That is too long: a not-doing line has {TEXT_LIMIT} characters at most, its reason {REASON_LIMIT}. "
            f"You typed:\n{typed}"
        )
    return text, reason


def check_not_doing(text: str, reason: str) -> None:
    """Raises FormRefused, a sentence a field, for a not-doing line that is too long or lacks something."""
    wrong = _too_long(text=(text, TEXT_LIMIT), reason=(reason, REASON_LIMIT))
    if not text:
        wrong["text"] = "Say what is left undone."
    if not reason:
        wrong["reason"] = _NO_REASON
    if wrong:
        raise FormRefused(wrong)


def read_effect_seen(text: str) -> EffectSeen:
    """What was seen of the effect. Raises FormRefused."""
    try:
        return EffectSeen(text)
    except ValueError:
        raise FormRefused({"seen": "Choose whether the effect was seen: yes, not yet or no."}) from None


def read_ending(way: str, reason: str) -> Ending:
    """How an action gives way. Raises FormRefused for no way at all, and for a not-doing line without its reason."""
    reason = one_line(reason)
    wrong = _too_long(reason=(reason, REASON_LIMIT))
    if way not in list(Way):
        wrong["way"] = "Choose what becomes of it."
    if way == Way.NOT_DOING and not reason:
        wrong["reason"] = _NO_REASON
    if wrong:
        raise FormRefused(wrong)
    if way in list(EffectSeen):
        return Ending(EffectSeen(way))
    return Ending(reason=reason, is_not_doing=way == Way.NOT_DOING)


def _too_long(**given: tuple[str, int]) -> dict[str, str]:
    """A sentence for each field whose text is longer than its limit."""
    return {
        name: f"That is {len(text):,} characters; please stay within {limit}."
        for name, (text, limit) in given.items()
        if len(text) > limit
    }


def _passed(day: date, today: date, locale: str) -> str:
    return f"{write_date(day, today=today, locale=locale)} has passed."
