"""Reading what people type of an outcome: its key, its form and a confidence. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.errors import FormRefused, Refused
from bot.language.dates import NotADate, read_date
from bot.language.units import NUMBER, NotAUnit, Unit, read_unit
from bot.language.values import NotAValue, read_value, split_value_and_note

STATEMENT_LIMIT = 300
WHY_LIMIT = 1_000
MEASURE_LIMIT = 100
NOTE_LIMIT = 1_000
TYPED_LIMIT = 60
"""Limits in characters of what a person types; TYPED is a value, a unit or a date."""

_KEY = re.compile(r"(?:out[-–— ]?|#)?(\d{1,9})", re.IGNORECASE)


def read_key(text: str) -> int:
    """The number in `OUT-12`, `out-12` or `12`. Raises Refused with how a key is written."""
    if found := _KEY.fullmatch(text.strip()):
        return int(found[1])
    raise Refused("Name the outcome by its key, such as OUT-12. /outcome list shows them.")


@dataclass(frozen=True)
class Draft:
    """An outcome as its form was filled, read and found complete."""

    statement: str
    why: str
    measure: str
    unit: Unit
    baseline: Decimal
    target: Decimal
    due_on: date


def read_draft(typed: Mapping[str, str], *, today: date, locale: str) -> Draft:
    """Reads the outcome form. Raises FormRefused with a sentence for each field that needs another look.

    The unit may be left empty: it is then taken from the target as typed, or else from the baseline.
    """
    errors: dict[str, str] = {}
    for name, limit, missing in (
        ("statement", STATEMENT_LIMIT, "Say in a sentence what should be different in the end."),
        ("measure", MEASURE_LIMIT, "Name what you will measure, such as trial conversion."),
        ("baseline", TYPED_LIMIT, "Type where the measure stands today."),
        ("target", TYPED_LIMIT, "Type where the measure should be in the end."),
        ("due", TYPED_LIMIT, "Type a date, such as end of Q1."),
        ("why", WHY_LIMIT, ""),
        ("unit", TYPED_LIMIT, ""),
    ):
        if missing and not typed[name]:
            errors[name] = missing
        elif len(typed[name]) > limit:
            errors[name] = f"This is {len(typed[name]):,} characters; please stay within {limit:,}."
    unit = _read_unit(typed, locale, errors)
    if unit is None:
        _check_alone(typed, locale, errors)
    values = {name: _read_value(typed, name, unit, locale, errors) for name in ("baseline", "target")}
    due_on = _read_due(typed, today, locale, errors)
    baseline, target = values["baseline"], values["target"]
    if baseline is not None and baseline == target:
        errors["target"] = "The target equals the baseline, so nothing would change. Type where it should be."
    if errors or unit is None or baseline is None or target is None or due_on is None:
        raise FormRefused(errors)
    return Draft(typed["statement"], typed["why"], typed["measure"], unit, baseline, target, due_on)


def _read_unit(typed: Mapping[str, str], locale: str, errors: dict[str, str]) -> Unit | None:
    try:
        if typed["unit"]:
            return None if "unit" in errors else read_unit(typed["unit"], locale)
        units = [_unit_in(typed[name], locale) for name in ("target", "baseline")]
    except NotAUnit as error:
        errors["unit"] = str(error)
        return None
    except NotAValue:
        return None
    return next((unit for unit in units if unit != NUMBER), NUMBER)


def _unit_in(text: str, locale: str) -> Unit:
    """The unit that a value brings with it: `37%`, `$1.2M`, `4 days`, or a noun as in `80 signups`."""
    try:
        return read_value(text, unit=None, locale=locale).unit
    except NotAValue as unread:
        number, noun = split_value_and_note(text, unit=None, locale=locale)
        if not noun or not number or read_value(number, unit=None, locale=locale).unit != NUMBER:
            raise
        try:
            return read_unit(noun, locale)
        except NotAUnit:
            raise unread from None


def _check_alone(typed: Mapping[str, str], locale: str, errors: dict[str, str]) -> None:
    """Without a unit to go by, each value is judged by itself: one that reads well is not blamed for the other."""
    for name in ("baseline", "target"):
        if name not in errors:
            try:
                read_value(typed[name], unit=None, locale=locale)
            except NotAValue as error:
                errors[name] = str(error)


def _read_value(
    typed: Mapping[str, str], name: str, unit: Unit | None, locale: str, errors: dict[str, str]
) -> Decimal | None:
    if name in errors or unit is None:
        return None
    try:
        return read_value(typed[name], unit=unit, locale=locale).value
    except NotAValue as error:
        errors[name] = str(error)
        return None


def _read_due(typed: Mapping[str, str], today: date, locale: str, errors: dict[str, str]) -> date | None:
    if "due" in errors:
        return None
    try:
        due_on = read_date(typed["due"], today=today, locale=locale)
    except NotADate as error:
        errors["due"] = str(error)
        return None
    if due_on <= today:
        errors["due"] = "That day is not in the future. Type when the change should be there."
    return due_on


def read_confidence(text: str) -> int | None:
    """A confidence from 0 to 10, or None when it was left empty. Raises FormRefused."""
    if not text:
        return None
    if text.isascii() and text.isdigit() and int(text) <= 10:
        return int(text)
    raise FormRefused({"confidence": "Confidence is a whole number from 0 to 10."})
