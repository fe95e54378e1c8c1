"""Where a value ends: the longest beginning of a text that has the shape of one, without judging what it means."""

import re
from dataclasses import dataclass

from bot.language.currencies import current_currencies
from bot.language.numerals import fold
from bot.language.units import Unit
from bot.language.vocabulary import Mark, Vocabulary, vocabulary

_GAP = re.compile(r"[\s\u200b-\u200f\u061c\u2066-\u2069\u202a-\u202e\ufeff]*")
"""White space, and the marks that only steer the direction of writing."""

_SIGN = re.compile(r"[-–](?=\S)")
_POWER = re.compile(r"e([+-]?)([0-9]+)(?![^\W_])")
_EVEN = re.compile(r"[.,][-–—]{1,2}(?![^\W_])")
"""The dash for no cents: `1'200.–`, `1200,-`."""

_AND = re.compile(r"\s*(?:,|and\b|&)?\s*(?=[0-9])")
_MINUTES_PAST = re.compile(r"([0-5][0-9])(?![^\W_]|[.,:'])")


@dataclass(frozen=True, slots=True)
class Part:
    """One numeral with the power of ten and the marks that follow it."""

    numeral: str
    power: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Scanned:
    """A text that begins like a value: its sign, the currency before it, its parts, and where they end."""

    minus: bool
    currency: str | None
    parts: tuple[Part, ...]
    end: int


def gap(text: str, at: int) -> int:
    """The place after any white space there."""
    found = _GAP.match(text, at)
    return found.end() if found else at


def scan(text: str, unit: Unit | None, locale: str) -> Scanned | None:
    """The value the text begins with, or None when it does not begin with one."""
    return _Scan(text, unit, locale).value()


class _Scan:
    """One walk over a text, from left to right."""

    def __init__(self, text: str, unit: Unit | None, locale: str) -> None:
        self.typed = text
        self.text = fold(text)
        self.unit = unit
        self.words: Vocabulary = vocabulary(locale, unit)

    def value(self) -> Scanned | None:
        at, minus = self._sign(gap(self.text, 0))
        after, currency = self._currency_before(at)
        if currency:
            at, minus_inside = self._sign(gap(self.text, after))
            if minus and minus_inside:
                return None
            minus = minus or minus_inside
        parts, end = self._parts(at, money=currency is not None)
        return Scanned(minus, currency, tuple(parts), end) if parts else None

    def _sign(self, at: int) -> tuple[int, bool]:
        found = _SIGN.match(self.text, at)
        return (found.end(), True) if found else (at, False)

    def _currency_before(self, at: int) -> tuple[int, str | None]:
        code = self.typed[at : at + 3]
        found = self.words.currency.match(self.text, at)
        end = found.end() if found else at + 3
        if not found and code not in current_currencies():
            return at, None
        follows = re.compile(r"[-–]?[.,]?[0-9]").match(self.text, gap(self.text, end))
        return (end, " ".join(self.text[at:end].split())) if follows else (at, None)

    def _parts(self, at: int, *, money: bool) -> tuple[list[Part], int]:
        """The first numeral with its marks; and, while these are spans of time, those that follow."""
        parts: list[Part] = []
        end = at
        while (found := self._part(at, money=money, after=parts[-1] if parts else None)) is not None:
            part, end = found
            parts.append(part)
            joined = _AND.match(self.text, end)
            if not _is_span(part) or joined is None:
                break
            at = joined.end()
        return parts, end

    def _part(self, at: int, *, money: bool, after: Part | None) -> tuple[Part, int] | None:
        past = _MINUTES_PAST.match(self.text, at)
        if after and past and after.marks[-1].span == "hours" and self.text[at - 1] == "h":
            return Part(past[1], 0, (Mark("span", "minute", span="minutes"),)), past.end()
        numeral = self.words.numeral.match(self.text, at)
        if not numeral:
            return None
        power = _POWER.match(self.text, numeral.end())
        written = power or _EVEN.match(self.text, numeral.end()) or numeral
        marks, end = self._marks(written.end(), money=money, after=after)
        part = Part(numeral[0], _power(power), tuple(marks))
        return None if after and not _is_span(part) else (part, end)

    def _marks(self, at: int, *, money: bool, after: Part | None) -> tuple[list[Mark], int]:
        """A scale, then at most one word that says the unit."""
        marks: list[Mark] = []
        while True:
            found = self._mark(gap(self.text, at), after=after, money=money)
            if found is None or (found[0].role == "scale" and marks):
                return marks, at
            mark, end = found
            if money and mark.role not in ("scale", "unsure", "money"):
                return marks, at
            marks.append(mark)
            at = end
            if mark.role != "scale":
                return marks, at

    def _mark(self, at: int, *, after: Part | None, money: bool) -> tuple[Mark, int] | None:
        found = self.words.word.match(self.text, at)
        if found is None:
            code = self.typed[at : at + 3]
            alone = code in current_currencies() and gap(self.text, at + 3) == len(self.text)
            return (Mark("money", code.lower()), at + 3) if alone else None
        mark = self.words.marks[" ".join(found[0].split())]
        return (self._what_m_means(found, after=after, money=money) if mark.role == "m" else mark), found.end()

    def _what_m_means(self, found: re.Match[str], *, after: Part | None, money: bool) -> Mark:
        """Minutes where a duration is expected or under way, a million where it is not, unsure when nothing tells."""
        million = self.words.marks["million"]
        if after or (self.unit and self.unit.kind == "duration"):
            return Mark("span", "minute", span="minutes")
        follows = self.words.word.match(self.text, gap(self.text, found.end()))
        named = follows is not None and self.words.marks[" ".join(follows[0].split())].role == "money"
        if money or self.unit or named or self.typed[found.start()] == "M":
            return million
        return Mark("unsure", "m")


def _power(found: re.Match[str] | None) -> int:
    """The power of ten, kept within what arithmetic can hold: beyond 999 every value is refused for its size."""
    return int(found[1] + (found[2] if len(found[2]) < 4 else "999")) if found else 0


def _is_span(part: Part) -> bool:
    return bool(part.marks) and part.marks[-1].role in ("span", "unfixed")
