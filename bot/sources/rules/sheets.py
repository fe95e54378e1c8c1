"""A CSV file of results, line by line. Pure."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from bot.errors import Refused
from bot.language.words import join_words, shorten

NEEDED = ("outcome", "value")
COLUMNS = (*NEEDED, "date", "note", "confidence", "author")

_UNDECODED = range(0xDC80, 0xDD00)
"""What `surrogateescape` makes of bytes that are not UTF-8."""

_NOT_UTF_8 = "This is not UTF-8 text. Save the file as “CSV UTF-8” and try again."


class NotASheet(Refused):
    """This file has no columns that Rhythm can read."""


@dataclass(frozen=True)
class Line:
    """One line of the file: its number, and what stands in each column, or why it cannot be read."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


@dataclass(frozen=True)
class Refusal:
    """A line that cannot be imported, and the reason."""

    number: int
    reason: str


@dataclass(frozen=True)
class Report:
    """What an import did, or would have done. Every line is new, already there, or refused."""

    new: int
    there: int
    refusals: Sequence[Refusal]
    is_saved: bool

    @property
    def lines(self) -> int:
        """How many lines the file has, without its first one and empty ones."""
        return self.new + self.there + len(self.refusals)


def read_sheet(data: bytes) -> list[Line]:
    """The lines of a file in UTF-8 whose first line names the columns, parted by commas or semicolons.

    Raises NotASheet when that first line is not there.
    """
    text = data.decode("utf-8-sig", errors="surrogateescape")
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    records = _records(text, delimiter)
    _, header, _ = next(records, (1, [], ""))
    names = _names(header)
    return [_line(number, cells, trouble, names) for number, cells, trouble in records]


def import_key(*parts: str) -> str:
    """What a line is called, so that the same one imported again is known."""
    return f"import:{sha256(chr(31).join(parts).encode()).hexdigest()}"


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Each record that is not blank: the number of its first line, its cells, and what is wrong with its quotes."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield number, [], "The quotes of this line do not match: write a quote inside of quotes twice."
            continue
        if any(map(str.strip, cells)):
            yield number, cells, ""


def _names(header: list[str]) -> list[str]:
    names = [name.strip().lower() for name in header]
    while names and not names[-1]:
        names.pop()
    unknown = [_printable(shorten(name, 40)) for name in names if name not in COLUMNS]
    if unknown or len(set(names)) < len(names) or not set(NEEDED) <= set(names):
        raise NotASheet(
            f"The first line has to name the columns, each once: {join_words(NEEDED, 'and')}, and if you like "
            f"{join_words(COLUMNS[2:], 'and')}."
            + (f" It names {join_words([f'“{name}”' for name in unknown[:5]], 'and')}." if unknown else "")
        )
    return names


def _line(number: int, cells: list[str], trouble: str, names: list[str]) -> Line:
    if trouble:
        return Line(number, trouble=trouble)
    if any(ord(character) in _UNDECODED for cell in cells for character in cell):
        return Line(number, trouble=_NOT_UTF_8)
    if len(cells) > len(names) and any(cells[len(names) :]):
        return Line(
            number, trouble=f"It has {len(cells)} cells for {len(names)} columns: put quotes around a cell with commas."
        )
    return Line(number, dict(zip(names, cells, strict=False)))


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "·" for character in text)
