"""What a scanned value says: one meaning, the right unit and a size that can be kept, or a sentence why not."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.language.currencies import currency_words
from bot.language.numerals import EXACT, PLACES, NotANumeral, plain, read_numeral, write_numeral
from bot.language.scan import Part, Scanned
from bot.language.units import NUMBER, PERCENT, SECONDS, Unit, duration, money
from bot.language.vocabulary import Mark
from bot.language.words import join_words, one_line, shorten
from bot.language.writing import write_value

LARGEST = Decimal(10) ** 18
"""No value is larger, either way; a duration counts in seconds."""

_DIGITS_LIMIT = 60
"""A longer numeral is refused unread."""


class NotAValue(ValueError):
    """What was typed is not a value of the measure.

    The text is a sentence that says what to type. It may quote the person's words: escape it like any user text.
    """


@dataclass(frozen=True, slots=True)
class Reading:
    """A value and the unit it was read in. 37 % is 37; a duration is in seconds."""

    value: Decimal
    unit: Unit


def meaning(scanned: Scanned, said: str, unit: Unit | None, locale: str) -> Reading:
    """The value and its unit; a bare number takes the expected unit. Raises `NotAValue`."""
    said = shorten(one_line(said), 40)
    for mark in (mark for part in scanned.parts for mark in part.marks):
        _refuse_unclear(mark, said)
    named = _unit_named(scanned, said, unit, locale)
    as_read = _fitting(named, said, unit)
    total = Decimal(0)
    for part in scanned.parts:
        total = EXACT.add(total, _amount(part, said, as_read, locale))
    return Reading(_kept(total.copy_negate() if scanned.minus else total, said), as_read)


def _refuse_unclear(mark: Mark, said: str) -> None:
    """Refuses the words that have no one value, with the reason."""
    if mark.role == "unfixed":
        raise NotAValue(f"A {mark.name} has no fixed length. Type days or weeks instead, such as 30 days.")
    if mark.role == "change":
        raise NotAValue(f"“{said}” is a change. Type the value it led to, such as 42%.")
    if mark.role == "unsure" and mark.name == "m":
        raise NotAValue(f"“{said}” could be millions or minutes. Type “million” or “min” after the number.")
    if mark.role == "unsure":
        raise NotAValue(f"“{mark.name}” differs between languages. Type bn or tn, or the number with its zeros.")


def _unit_named(scanned: Scanned, said: str, unit: Unit | None, locale: str) -> Unit | None:
    """The unit the words name, or None for a bare number."""
    marks = [mark for part in scanned.parts for mark in part.marks]
    spans = [mark.span for mark in marks if mark.span]
    order = [list(SECONDS).index(span) for span in spans]
    if order != sorted(set(order)):
        raise NotAValue(f"“{said}” is not one duration. Type the longest part first, such as 2 h 30 min.")
    if spans:
        return duration(spans[0])
    words = [mark.name for mark in marks if mark.role == "money"]
    if scanned.currency or words:
        return money(_currency([scanned.currency, *words] if scanned.currency else words, said, unit, locale))
    return PERCENT if any(mark.role == "percent" for mark in marks) else _labelled(marks, unit)


def _labelled(marks: list[Mark], unit: Unit | None) -> Unit | None:
    return unit if any(mark.role == "label" for mark in marks) else None


def _currency(words: list[str], said: str, unit: Unit | None, locale: str) -> str:
    """The one currency that every word may mean, as `$300 CAD`; the likeliest when there are several."""
    known = currency_words(locale, unit.currency if unit else None)
    choices = [known.get(word, (word.upper(),)) for word in words]
    for code in choices[0]:
        if all(code in others for others in choices):
            return code
    raise NotAValue(f"“{said}” names two currencies. Type one, such as USD 300.")


def _fitting(named: Unit | None, said: str, unit: Unit | None) -> Unit:
    """The expected unit when what was named agrees with it. Raises `NotAValue` naming both when it does not."""
    if unit is None or named is None:
        return named or unit or NUMBER
    if named.kind == unit.kind and named.currency == unit.currency:
        return unit
    raise NotAValue(f"This measure {_measured(unit)}; {said} is {_called(named)}.")


def _measured(unit: Unit) -> str:
    if unit.label:
        return f"counts {unit.label}"
    return "is a plain number" if unit.kind == "number" else f"is in {unit.currency or unit.span or 'percent'}"


def _called(unit: Unit) -> str:
    return {"percent": "a percentage", "duration": "a duration"}.get(unit.kind, f"in {unit.currency}")


def _amount(part: Part, said: str, unit: Unit, locale: str) -> Decimal:
    """One part's number, in the unit's base."""
    if len(part.numeral) > _DIGITS_LIMIT:
        raise NotAValue("That number is too long. Type at most 18 digits before the decimals and 6 after.")
    try:
        amount = read_numeral(part.numeral, locale).scaleb(part.power, context=EXACT)
    except NotANumeral as unclear:
        raise NotAValue(_which_number(part.numeral, unclear.readings, locale)) from None
    for mark in part.marks:
        amount = EXACT.multiply(amount, mark.factor)
    span = part.marks[-1].span if part.marks and part.marks[-1].span else unit.span
    return EXACT.multiply(amount, SECONDS[span]) if span else amount


def _which_number(numeral: str, readings: tuple[Decimal, ...], locale: str) -> str:
    numeral = shorten(numeral, 40)
    if not readings:
        return f"“{numeral}” is not a number I can read. Type it with a decimal mark only, such as {_decimal(locale)}."
    choices = join_words([write_numeral(reading, locale) for reading in readings], "or")
    return f"“{numeral}” is not clear. Did you mean {choices}?"


def _decimal(locale: str) -> str:
    return write_numeral(Decimal("1250.5"), locale)


def _kept(value: Decimal, said: str) -> Decimal:
    """The value if it can be stored exactly, without idle zeros."""
    if value.adjusted() > 18 or value.copy_abs() > LARGEST:
        raise NotAValue(f"“{said}” is too large. The largest value is 1 followed by 18 zeros.")
    rounded = value.quantize(Decimal(1).scaleb(-PLACES), context=EXACT)
    if rounded != value:
        raise NotAValue(f"“{said}” has too many decimals. Type at most {PLACES}.")
    whole = rounded.quantize(Decimal(1), context=EXACT)
    return whole + 0 if whole == rounded else rounded.normalize(EXACT)


_TYPE_INSTEAD = (
    (r"\(.*\d.*\)", "Type a minus sign for a value below zero, such as -3."),
    (r"\+\s*\S*\d.*", "A value with + could be a change. Type the new value alone, such as {example}."),
    (r"[-–]?[¼-¾⅐-⅞].*", "Type a decimal instead of a fraction, such as {half}."),
    (
        r"(?:[~≈<>≤≥=]|(?:about|around|circa|almost|nearly|over|under)\b|ca\.).*\d.*",
        "Type one exact value, such as {example}.",
    ),
)
_TYPE_WITHOUT = (
    (r":\s*\d", "{said}{rest} could be hours or minutes. Type 1 h 30 min, or 1 min 30 s."),
    (r"\s*(?:->|→|=>|⇒|[-–—]|to\b|or\b)\s*\S*\d", "Type one value, not a range, such as {example}."),
    (r"\s*(?:/|of\b|out of\b)\s*\d", "Type the value alone, worked out, such as {example}."),
    (r"\s*[½¼¾⅐-⅞]|\s*and an? (?:half|quarter)", "Type a decimal instead of a fraction, such as {half}."),
    (r"\s+[-+.,]?\d", "I read more than one number. Type one, without spaces in it, such as {example}."),
)


def why_no_value(text: str, unit: Unit | None, locale: str) -> str:
    """The sentence for a text that does not begin with a value."""
    said = one_line(text)
    if not said:
        return f"Type a value, such as {_example(unit, locale)}."
    for shape, sentence in _TYPE_INSTEAD:
        if re.fullmatch(shape, plain(said), re.IGNORECASE):
            return sentence.format(example=_example(unit, locale), half=_half(locale))
    return f"“{shorten(said, 40)}” is not a value I can read. Type one such as {_example(unit, locale)}."


def why_not_more(said: str, rest: str, unit: Unit | None, locale: str) -> str:
    """The sentence for a value followed by something that is not part of it."""
    said, shown = shorten(one_line(said), 40), shorten(one_line(rest), 40)
    for shape, sentence in _TYPE_WITHOUT:
        if re.match(shape, plain(rest), re.IGNORECASE):
            return sentence.format(said=said, rest=shown, example=_example(unit, locale), half=_half(locale))
    return f"I read {said}, but not “{shown}”. Type only the value, such as {_example(unit, locale)}."


def _half(locale: str) -> str:
    return write_numeral(Decimal("0.5"), locale)


def _example(unit: Unit | None, locale: str) -> str:
    """A value of that unit, as it may be typed."""
    unit = unit or NUMBER
    count = {"number": 42, "percent": 37, "money": 1200, "duration": 4}[unit.kind]
    return write_value(count * (SECONDS[unit.span] if unit.span else Decimal(1)), unit, locale=locale)
