"""Reading the form of an outcome. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.errors import FormRefused
from bot.language.dates import NotADate, read_date
from bot.language.units import NUMBER, NotAUnit, Unit, read_unit
from bot.language.values import NotAValue, read_value, split_value_and_note
from bot.measuring.paths import Milestone, Path, check_milestones
from bot.outcomes.rules import MEASURE_LIMIT, MILESTONES_LIMIT, STATEMENT_LIMIT, TYPED_LIMIT, WHY_LIMIT

FIELDS = (
    "statement",
    "measure",
    "baseline",
    "target",
    "unit",
    "start",
    "due",
    "milestones",
    "why",
)
"""The fields that are typed. Those that are chosen, such as the owner, are the listener's to read."""

_LIMITS = {
    "statement": STATEMENT_LIMIT,
    "measure": MEASURE_LIMIT,
    "milestones": MILESTONES_LIMIT,
    "why": WHY_LIMIT,
}
_MISSING = {
    "statement": "Say in a sentence what should be different in the end.",
    "measure": "Name what you will measure, such as trial conversion.",
    "target": "Type where the measure should be in the end.",
    "due": "Type a date, such as end of Q1.",
}


@dataclass(frozen=True)
class Draft:
    """An outcome as its form was filled, read and found complete.

    Without a baseline the first result becomes it.
    """

    statement: str
    why: str
    measure: str
    unit: Unit
    baseline: Decimal | None
    target: Decimal
    starts_on: date
    due_on: date
    milestones: tuple[Milestone, ...] = ()
    priority_id: int | None = None
    parent_id: int | None = None


def read_draft(typed: Mapping[str, str], *, today: date, locale: str, was_due_on: date | None = None) -> Draft:
    """Reads the outcome form. Raises FormRefused with a sentence for each field that needs another look.

    The unit may be left empty: it is then taken from the target as typed, or else from the baseline. The start may:
    it is then today. `was_due_on` is the due date of an outcome that is edited, which may have passed.
    """
    errors = _lengths(typed)
    unit = _read_unit(typed, locale, errors)
    if unit is None:
        _check_alone(typed, locale, errors)
    baseline = _read_value(typed, "baseline", unit, locale, errors) if typed["baseline"] else None
    target = _read_value(typed, "target", unit, locale, errors)
    starts_on = read_day(typed, "start", today, locale, errors) if typed.get("start") else today
    due_on = read_day(typed, "due", today, locale, errors)
    if due_on and due_on <= today and due_on != was_due_on:
        errors["due"] = "That day is not in the future. Type when the change should be there."
    elif due_on and starts_on and due_on <= starts_on:
        errors["due"] = "It is due before it starts. Type a later day, or an earlier start."
    if errors or unit is None or target is None or due_on is None or starts_on is None:
        raise FormRefused(errors)
    milestones = _read_milestones(typed.get("milestones", ""), unit, today, locale)
    _check_milestones(milestones, baseline, target, starts_on, due_on)
    return Draft(
        typed["statement"], typed["why"], typed["measure"], unit, baseline, target, starts_on, due_on, milestones
    )


@dataclass(frozen=True)
class Glance:
    """What can be read of a form that is still being filled; None is not given, or not readable yet."""

    baseline: Decimal | None
    target: Decimal | None
    due_on: date | None


def glance(typed: Mapping[str, str], *, today: date, locale: str) -> Glance:
    """Reads what it can, and blames nothing: for advice while somebody types."""
    errors: dict[str, str] = {}
    unit = _read_unit(typed, locale, errors) if typed["target"] or typed["baseline"] else None
    return Glance(
        baseline=_read_value(typed, "baseline", unit, locale, errors) if typed["baseline"] else None,
        target=_read_value(typed, "target", unit, locale, errors) if typed["target"] else None,
        due_on=read_day(typed, "due", today, locale, errors) if typed["due"] else None,
    )


def _lengths(typed: Mapping[str, str]) -> dict[str, str]:
    errors: dict[str, str] = {}
    for name in FIELDS:
        text, limit = typed.get(name, ""), _LIMITS.get(name, TYPED_LIMIT)
        if not text and name in _MISSING:
            errors[name] = _MISSING[name]
        elif len(text) > limit:
            errors[name] = f"This is {len(text):,} characters; please stay within {limit:,}."
    return errors


def _read_milestones(text: str, unit: Unit, today: date, locale: str) -> tuple[Milestone, ...]:
    """One a line, a day and a value: `1 Dec: 9%`."""
    return tuple(_read_milestone(line, unit, today, locale) for line in text.splitlines() if line.strip())


def _read_milestone(line: str, unit: Unit, today: date, locale: str) -> Milestone:
    day, colon, value = line.partition(":")
    if not colon:
        raise FormRefused({"milestones": f"Write “{line.strip()[:40]}” as a day, a colon and a value: 1 Dec: 9%"})
    try:
        return Milestone(read_date(day, today=today, locale=locale), read_value(value, unit=unit, locale=locale).value)
    except (NotADate, NotAValue) as error:
        raise FormRefused({"milestones": str(error)}) from None


def _check_milestones(
    milestones: tuple[Milestone, ...], baseline: Decimal | None, target: Decimal, starts_on: date, due_on: date
) -> None:
    if not milestones:
        return
    if baseline is None:
        raise FormRefused({"milestones": "Milestones need a baseline to start from. Type where the measure stands."})
    if wrong := check_milestones(Path(baseline, target, starts_on, due_on, milestones)):
        raise FormRefused({"milestones": wrong})


def _read_unit(typed: Mapping[str, str], locale: str, errors: dict[str, str]) -> Unit | None:
    try:
        if typed["unit"]:
            return None if "unit" in errors else read_unit(typed["unit"], locale)
        units = [_unit_in(typed[name], locale) for name in ("target", "baseline") if typed[name]]
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
        if name not in errors and typed[name]:
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


def read_day(typed: Mapping[str, str], name: str, today: date, locale: str, errors: dict[str, str]) -> date | None:
    """The day that a field says; what it does not understand is put among the errors, unless one is there already."""
    if name in errors:
        return None
    try:
        return read_date(typed[name], today=today, locale=locale)
    except NotADate as error:
        errors[name] = str(error)
        return None
