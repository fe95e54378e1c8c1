"""Values as people read them: exact, in the marks of their locale, and so that reading them gives the same value."""

from decimal import Decimal

from babel.numbers import get_currency_precision, get_currency_symbol

from bot.language.locales import known_locale
from bot.language.numerals import EXACT, PLACES, write_numeral
from bot.language.units import SECONDS, Span, Unit

_SHORT: dict[Span, str] = {"weeks": "wk", "days": "d", "hours": "h", "minutes": "min", "seconds": "s"}
_READ_AS_DECIMALS = ("weeks", "days")


def write_value(value: Decimal, unit: Unit, *, locale: str) -> str:
    """The exact value: `1,250.5`, `42 signups`, `37%`, `$1,200,000`, `4 days`, `2 h 30 min`.

    Beyond six decimals it is rounded, half to even. `read_value` with the same unit and locale reads it back.
    """
    value = value.quantize(Decimal(1).scaleb(-PLACES), context=EXACT)
    if unit.kind == "percent":
        return write_numeral(value, locale) + _percent_sign(locale)
    if unit.currency:
        return _write_money(value, unit.currency, locale)
    if unit.span:
        return _write_duration(value, unit.span, locale)
    return write_numeral(value, locale) + (f" {unit.label}" if unit.label else "")


def write_change(before: Decimal, after: Decimal, unit: Unit, *, locale: str) -> str:
    """The way from one value to another: `+5 percentage points`, `-$200,000`, `+2 days`, `no change`."""
    change = EXACT.subtract(after, before)
    if not change:
        return "no change"
    if unit.kind == "percent":
        points = "percentage point" if change.copy_abs() == 1 else "percentage points"
        size = f"{write_numeral(change.copy_abs(), locale)} {points}"
    else:
        size = write_value(change.copy_abs(), unit, locale=locale)
    return ("+" if change > 0 else "-") + size


def _percent_sign(locale: str) -> str:
    """The sign with the locale's space before it, if any. It is written after the number everywhere."""
    suffix: str = known_locale(locale).percent_formats[None].suffix[0]
    return suffix if suffix.strip() == "%" else "%"


def _write_money(value: Decimal, currency: str, locale: str) -> str:
    """Money in the locale's pattern, with the currency's decimals unless they are all zero."""
    known = known_locale(locale)
    symbol = get_currency_symbol(currency, known)
    pattern = known.currency_formats["standard"]
    before, after = pattern.prefix[value < 0], pattern.suffix[value < 0]
    if before.endswith("¤") and symbol[-1].isalpha():
        before += "\u00a0"
    places = get_currency_precision(currency) if EXACT.remainder(value, Decimal(1)) else 0
    return f"{before}{write_numeral(value.copy_abs(), locale, places=places)}{after}".replace("¤", symbol)


def _write_duration(seconds: Decimal, span: Span, locale: str) -> str:
    """`2.5 days` where two decimals say it; else parts from that span down, so that nothing is rounded."""
    sign = "-" if seconds < 0 else ""
    amount = EXACT.divide(seconds.copy_abs(), SECONDS[span])
    if span == "seconds" or amount == amount.to_integral_value() or _says_it(amount, span):
        return sign + _named(amount, span, locale)
    parts = _parts(seconds.copy_abs(), span)
    if len(parts) == 1:
        return sign + _named(*parts[0], locale)
    return sign + " ".join(f"{write_numeral(count, locale)} {_SHORT[part]}" for count, part in parts)


def _says_it(amount: Decimal, span: Span) -> bool:
    return span in _READ_AS_DECIMALS and amount == amount.quantize(Decimal("0.01"), context=EXACT)


def _parts(seconds: Decimal, largest: Span) -> list[tuple[Decimal, Span]]:
    """How many of each span, from the largest down, leaving out those there are none of."""
    parts: list[tuple[Decimal, Span]] = []
    spans = list(SECONDS)
    for span in spans[spans.index(largest) :]:
        count = seconds if span == "seconds" else EXACT.divide_int(seconds, SECONDS[span])
        seconds = EXACT.subtract(seconds, EXACT.multiply(count, SECONDS[span]))
        if count:
            parts.append((count, span))
    return parts


def _named(amount: Decimal, span: Span, locale: str) -> str:
    return f"{write_numeral(amount, locale)} {span[:-1] if amount == 1 else span}"
