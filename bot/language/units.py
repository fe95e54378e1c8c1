"""What a measure is counted in."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Self, get_args

from bot.language.currencies import currency_words, current_currencies
from bot.language.words import one_line, shorten

Kind = Literal["number", "percent", "money", "duration"]
Span = Literal["seconds", "minutes", "hours", "days", "weeks"]

SECONDS: dict[Span, Decimal] = {
    "weeks": Decimal(604_800),
    "days": Decimal(86_400),
    "hours": Decimal(3_600),
    "minutes": Decimal(60),
    "seconds": Decimal(1),
}
"""How long each span is, the longest first. Months and years have no fixed length, so they are not here."""

_SPAN_WORDS: dict[str, Span] = {
    "second seconds sec secs s": "seconds",
    "minute minutes min mins": "minutes",
    "hour hours hr hrs h": "hours",
    "day days d": "days",
    "week weeks wk wks w": "weeks",
}
SPAN_OF: dict[str, Span] = {word: span for words, span in _SPAN_WORDS.items() for word in words.split()}

SCALE_OF: dict[str, Decimal] = {
    word: Decimal(10) ** power
    for power, words in {
        3: "k thousand thousands tsd tsd. mila 千",
        4: "万",
        5: "lakh lakhs lac lacs",
        6: "mm mn mln mio mio. million millions millionen milhão milhões millón millones milione milioni miljoen "
        "miljoner",
        7: "crore crores cr",
        8: "億",
        9: "b bn bln billion billions mrd mrd. md mds milliard milliards milliarde milliarden miliardo miliardi "
        "miljard miljarder",
        12: "tn trn trillion trillions",
    }.items()
    for word in words.split()
}
"""Words that multiply. A lone `m` is decided where it is read: it may be minutes."""

_PLAIN_NUMBER = frozenset(["", "number", "numbers", "count", "#", "no", "no.", "nr", "nr."])
_PERCENT = frozenset(["%", "％", "percent", "per cent", "percentage", "pct", "prozent", "pour cent"])
LABEL_LIMIT = 40


class NotAUnit(ValueError):
    """What was typed cannot be a unit; the text is a sentence that says what to type."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure's unit: number (maybe with a label such as `signups`), percent, money in a currency, or duration.

    A duration's value is always in seconds; `span` is only how it is shown and what a bare number means.
    `str(unit)` is its text in the database (`number`, `number:signups`, `percent`, `money:USD`, `duration:days`),
    and `Unit.parse` reads that back.
    """

    kind: Kind
    currency: str | None = None
    span: Span | None = None
    label: str | None = None

    def __post_init__(self) -> None:
        """Refuses, with `ValueError`, a unit that has what it must not have or lacks what it needs."""
        if self.kind not in get_args(Kind):
            raise ValueError(f"There is no kind of unit called {self.kind}.")
        if (self.kind == "money") != (self.currency is not None) or (self.kind == "duration") != (
            self.span is not None
        ):
            raise ValueError("Money has a currency and a duration has a span; nothing else has either.")
        if self.currency is not None and self.currency not in current_currencies():
            raise ValueError(f"{self.currency} is not a currency in use.")
        if self.span is not None and self.span not in SECONDS:
            raise ValueError(f"{self.span} is not a span of fixed length.")
        if self.label is not None and (self.kind != "number" or not _is_label(self.label)):
            raise ValueError("Only a plain number has a label, of letters.")

    def __str__(self) -> str:
        detail = self.currency or self.span or self.label
        return f"{self.kind}:{detail}" if detail else self.kind

    @property
    def words(self) -> str:
        """The unit as a person types it: `%`, `USD`, `days`, `signups`; nothing for a plain number."""
        return "%" if self.kind == "percent" else self.currency or self.span or self.label or ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """The unit whose `str` that is. Raises `ValueError`."""
        kind, _, detail = text.partition(":")
        field = {"number": "label", "money": "currency", "duration": "span"}.get(kind)
        if detail and field is None:
            raise ValueError(f"{text} is not a unit.")
        return cls(kind=kind, **({field: detail} if detail and field else {}))  # type: ignore[arg-type]


NUMBER = Unit("number")
PERCENT = Unit("percent")


def money(currency: str) -> Unit:
    """Money in that ISO 4217 currency."""
    return Unit("money", currency=currency)


def duration(span: Span) -> Unit:
    """A duration shown in that span."""
    return Unit("duration", span=span)


def read_unit(text: str, locale: str) -> Unit:
    """The unit a person chose: `number`, `%`, `$`, `USD`, `days`, or a noun such as `signups`. Raises `NotAUnit`.

    Nothing means a plain number. Months and years become labels: they have no fixed length to convert by.
    """
    typed = one_line(unicodedata.normalize("NFC", text))
    word = typed.lower()
    if word in _PLAIN_NUMBER:
        return NUMBER
    if word in _PERCENT:
        return PERCENT
    if typed.upper() in current_currencies() and (typed.isupper() or word in currency_words(locale, None)):
        return money(typed.upper())
    if word in SPAN_OF and (len(word) > 1 or word == "h"):
        return duration(SPAN_OF[word])
    if word in currency_words(locale, None):
        return money(currency_words(locale, None)[word][0])
    if _is_label(typed):
        return Unit("number", label=typed)
    raise NotAUnit(
        f"“{shorten(typed, 40)}” cannot be a unit. Type a noun of up to {LABEL_LIMIT} letters such as signups, "
        "or %, USD, hours or days."
    )


def _is_label(text: str) -> bool:
    """Whether a noun can stand after a number: letters of any script, begun and ended by one, that do not multiply."""
    letters = [unicodedata.category(character)[0] in "LM" for character in text]
    if not 2 <= len(text) <= LABEL_LIMIT or not (text[0].isalpha() and letters[-1]):
        return False
    known = all(letter or character in " '’/&-" for letter, character in zip(letters, text, strict=True))
    tidy = one_line(text) == text and unicodedata.is_normalized("NFC", text)
    return known and tidy and text.lower() not in SCALE_OF
