"""Numerals: digits, the marks between them, and what those marks mean where the person lives.

The rule for marks, in full:

1. Two different marks, or one mark repeated, can be read in one way only (`1,250.5`, `1.250,5`, `1'250'000`,
   `1,25,000`): that way is taken, wherever the person lives. If no way is well formed (`1,2,3`), it is refused.
2. One mark that is the locale's decimal mark is a decimal mark, except where it could as well be grouping: one to
   three digits before it, not starting with 0, and exactly three after (`1.250` in en-US). That is refused.
3. One mark that is the locale's grouping mark is grouping when well formed (`1,250` in en-US); else it is refused
   (`12,34` in en-US), since it may be a decimal mark or a slip.
4. One mark the locale does not use (`.` in fr-FR, `,` in de-CH) is taken when only one reading is well formed.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache

from bot.language.locales import known_locale

EXACT = Context(prec=80, rounding=ROUND_HALF_EVEN)
"""Arithmetic wide enough that no accepted value is ever rounded."""

PLACES = 6
"""Decimals kept, read and written."""

SPACES = "\u00a0\u202f\u2009\u2007"
"""Spaces that nobody types by accident inside a numeral."""

_SAME_MEANING = str.maketrans(
    {
        "−": "-",
        "－": "-",
        "﹣": "-",
        "＋": "+",
        "％": "%",
        "٪": "%",
        "﹪": "%",
        "．": ".",
        "，": ",",
        "٫": ".",
        "٬": ",",
    }
    | {"＄": "$", "￥": "¥", "￡": "£", "￦": "₩", "’": "'", "‘": "'", "ʼ": "'", "＇": "'"}
)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}([ '.,])[0-9]{3}(?:\1[0-9]{3})*")
_INDIAN = re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}")


class NotANumeral(ValueError):
    """The marks in the numeral do not have one meaning; `readings` are those it could have had."""

    def __init__(self, *readings: Decimal) -> None:
        super().__init__()
        self.readings = readings


@dataclass(frozen=True, slots=True)
class Marks:
    """The decimal and grouping marks of a locale; `indian` when it groups as 1,25,000."""

    decimal: str
    group: str
    indian: bool


@lru_cache(maxsize=128)
def marks_of(locale: str) -> Marks:
    """The marks Babel gives for Western digits in that locale."""
    known = known_locale(locale)
    symbols = known.number_symbols.get("latn") or known_locale("en-US").number_symbols["latn"]
    return Marks(symbols["decimal"], symbols["group"], known.decimal_formats[None].grouping == (3, 2))


def plain(text: str) -> str:
    """The text with every script's digits as 0-9 and marks of one meaning as one character; same length."""
    return "".join(_plain_digit(character) for character in text.translate(_SAME_MEANING))


def _plain_digit(character: str) -> str:
    if character.isascii():
        return character
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def fold(text: str) -> str:
    """The text in small letters with plain digits and marks, character for character, so that places agree."""
    return "".join(small if len(small := c.lower()) == 1 else c for c in plain(text))


def word_key(word: str) -> str:
    """A word as it is looked up: folded, with single spaces."""
    return " ".join(fold(word).split())


def read_numeral(text: str, locale: str) -> Decimal:
    """The number written by those digits and marks (as left by `plain`), without sign. Raises `NotANumeral`."""
    text = re.sub(f"[{SPACES}]", " ", text)
    marks = [character for character in text if not character.isdigit()]
    as_decimal = _decimal_reading(text)
    as_group = _group_reading(text)
    if not marks:
        return Decimal(text)
    if len(marks) > 1:
        return _only(as_decimal, as_group)
    ours = marks_of(locale)
    if marks[0] == ours.group and as_group is None:
        raise NotANumeral(*_slips(as_decimal, text))
    if marks[0] == ours.group and as_group is not None:
        return as_group
    return _only(as_decimal, as_group)


def _only(*readings: Decimal | None) -> Decimal:
    """The one reading there is. Raises `NotANumeral` when there are more, or none."""
    found = [reading for reading in readings if reading is not None]
    if len(found) != 1:
        raise NotANumeral(*reversed(found))
    return found[0]


def _slips(as_decimal: Decimal | None, text: str) -> list[Decimal]:
    """What `12,34` may have been: a decimal mark of elsewhere, or a grouping mark in the wrong place."""
    ungrouped = Decimal(re.sub(r"[^0-9]", "", text))
    return [reading for reading in (as_decimal, ungrouped) if reading is not None]


def _group_reading(text: str) -> Decimal | None:
    if _THOUSANDS.fullmatch(text) or _INDIAN.fullmatch(text):
        return Decimal(re.sub(r"[^0-9]", "", text))
    return None


def _decimal_reading(text: str) -> Decimal | None:
    """The reading in which the last mark, a point or a comma, is the decimal mark."""
    found = re.fullmatch(r"(.*)([.,])([0-9]+)", text)
    if not found or found[2] in found[1]:
        return None
    whole = Decimal(found[1] or "0") if re.fullmatch("[0-9]*", found[1]) else _group_reading(found[1])
    return None if whole is None else Decimal(f"{whole:f}.{found[3]}")


def write_numeral(value: Decimal, locale: str, *, places: int = 0) -> str:
    """The number with the locale's marks, at least `places` decimals and at most six.

    A numeral that would be refused as ambiguous (`1.125` in en-US) gets one more decimal (`1.1250`).
    """
    marks = marks_of(locale)
    rounded = value.quantize(Decimal(1).scaleb(-PLACES), context=EXACT)
    whole, _, decimals = f"{rounded.copy_abs():f}".partition(".")
    decimals = decimals.rstrip("0").ljust(places, "0")
    if len(decimals) == 3 and whole != "0" and len(whole) <= 3:
        decimals += "0"
    sign = "-" if rounded < 0 else ""
    return sign + _grouped(whole, marks) + (marks.decimal + decimals if decimals else "")


def _grouped(whole: str, marks: Marks) -> str:
    head, tail = whole[:-3], whole[-3:]
    step = 2 if marks.indian else 3
    groups = [head[max(0, end - step) : end] for end in range(len(head), 0, -step)][::-1]
    return marks.group.join([*groups, tail])
