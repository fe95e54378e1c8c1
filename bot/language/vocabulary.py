"""The words that may stand beside a numeral: scales, percent, currencies, spans of time and the measure's own label."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel.units import format_unit

from bot.language.currencies import currency_words
from bot.language.locales import known_locale
from bot.language.numerals import SPACES, marks_of, plain, word_key
from bot.language.units import SCALE_OF, SPAN_OF, Span, Unit

Role = Literal["scale", "percent", "money", "span", "label", "unfixed", "change", "unsure", "m"]

_LENGTHS: tuple[Literal["long", "short"], ...] = ("long", "short")
_ALL_PLURALS = (0, 1, 2, 3, 5, 21)
_SPANS: dict[str, Span] = {
    "second": "seconds",
    "minute": "minutes",
    "hour": "hours",
    "day": "days",
    "week": "weeks",
}
_UNFIXED = {"month": "month", "quarter": "quarter", "year": "year"}
_CHANGES = ("pp", "percentage point", "percentage points", "bp", "bps", "basis point", "basis points")
_LONG_SCALE = frozenset(["de", "fr", "da", "nb", "no", "nn", "nl", "sv", "fi", "pl", "cs", "hu", "it"])
"""Languages in which a word like `billion` means 10^12 and `trillion` 10^18."""

_NOT_EVERYWHERE = ("mil", "mi", "bi", "bilhão", "bilhões", "billón", "billones")
"""Scales of one language that another reads as something else."""

_ONLY_IN: dict[str, dict[str, int]] = {
    "pt": {"mil": 3, "mi": 6, "bi": 9, "bilhão": 9, "bilhões": 9},
    "es": {"mil": 3, "billón": 12, "billones": 12},
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a word beside a numeral means: its role, and the factor, span or word that goes with it."""

    role: Role
    name: str = ""
    factor: Decimal = Decimal(1)
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The patterns that find a numeral, a word after it and a currency before it, in text folded by `fold`."""

    numeral: re.Pattern[str]
    word: re.Pattern[str]
    currency: re.Pattern[str]
    marks: dict[str, Mark]


@lru_cache(maxsize=512)
def vocabulary(locale: str, unit: Unit | None) -> Vocabulary:
    """Everything that may be said about a value of that unit in that locale."""
    currencies = currency_words(locale, unit.currency if unit else None)
    marks = _unit_marks(locale) | _scale_marks(locale) | {word: Mark("money", word) for word in currencies}
    marks |= {word: Mark("span", span=span) for word, span in SPAN_OF.items()} | {"m": Mark("m")}
    if unit and unit.label:
        marks |= {word_key(label): Mark("label") for label in _numbers_of(unit.label)}
    return Vocabulary(
        numeral=_numeral(locale),
        word=re.compile("|".join(_alternatives(marks))),
        currency=re.compile(f"(?:{'|'.join(_spelled(word) for word in _longest_first(currencies))})"),
        marks=marks,
    )


def _numeral(locale: str) -> re.Pattern[str]:
    """Digits with marks between them; a typed space only where the locale groups by a space."""
    spaces = SPACES + (" " if marks_of(locale).group in SPACES else "")
    return re.compile(rf"[.,]?(?:[0-9](?:[.,'](?=[0-9])|[{spaces}](?=[0-9]{{3}}(?![0-9])))?)+")


def _numbers_of(label: str) -> set[str]:
    """A label as one or many: `1 signup` is read where `signups` are counted."""
    return {label, label[:-1] if label[-1:] in ("s", "S") and len(label) > 3 else label, label + "s"}


def _scale_marks(locale: str) -> dict[str, Mark]:
    language = known_locale(locale).language
    marks = {word_key(word): Mark("scale", word, factor) for word, factor in SCALE_OF.items()}
    if language in _LONG_SCALE:
        unsure = ("billion", "billions", "trillion", "trillions", "billionen", "trillionen")
        marks |= {word: Mark("unsure", word) for word in unsure}
    marks |= {word: Mark("unsure", word) for word in _NOT_EVERYWHERE}
    ours = _ONLY_IN.get(language, {})
    marks |= {word: Mark("scale", word, Decimal(10) ** power) for word, power in ours.items()}
    return marks


@lru_cache(maxsize=64)
def _unit_marks(locale: str) -> dict[str, Mark]:
    """Percent and spans, in English and in the person's language as CLDR spells them."""
    marks: dict[str, Mark] = {}
    for language in ("en-US", locale):
        for name, span in _SPANS.items():
            marks |= dict.fromkeys(_names(f"duration-{name}", language), Mark("span", name, span=span))
        for name in _UNFIXED:
            unfixed = (word for word in _names(f"duration-{name}", language) if len(word) > 2)
            marks |= dict.fromkeys(unfixed, Mark("unfixed", name))
        marks |= dict.fromkeys(_names("concentr-percent", language), Mark("percent"))
    marks |= dict.fromkeys(("%", "pct", "per cent"), Mark("percent"))
    return marks | dict.fromkeys(_CHANGES, Mark("change"))


def _names(unit: str, locale: str) -> set[str]:
    """Every plural of a unit's name, long and short, as it stands after a number."""
    known = known_locale(locale)
    written = {
        plain(format_unit(count, unit, length=length, locale=known)) for count in _ALL_PLURALS for length in _LENGTHS
    }
    return {key for text in written if (key := word_key(re.sub(r"[0-9]+", "", text))) and text[0].isdigit()}


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def _alternatives(words: Iterable[str]) -> list[str]:
    return [_spelled(word) + _ending(word) for word in _longest_first(words)]


def _spelled(word: str) -> str:
    return r"\s+".join(re.escape(part) for part in word.split())


def _ending(word: str) -> str:
    """A word ends where its letters end: `4 days` is days, `4 daystar`, `42 w/ care` and `42 d'or` are not.

    Scripts that write without spaces have no such end.
    """
    if not word[-1].isalpha() or word[-1] >= "\u2e80":
        return ""
    return r"(?![^\W\d_]|['&@/_]|-\w)" if len(word) == 1 else r"(?![^\W\d_]|['&@/_]\w)"
