"""Linting a CSV file with a `statement` column, one JSON line for each row."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from bot.errors import RhythmError
from bot.linter.statements import lint_statement

COLUMN = "statement"


class NotASheet(RhythmError):
    """That file cannot be linted."""


def lint_sheet(path: Path) -> Iterator[str]:
    """A JSON line for each row, with the line it starts on (the header is line 1) and its findings.

    Comma or semicolon, whichever the header has more of; in a file of one column, commas belong to the statement.
    Raises NotASheet.
    """
    text = _text_of(path)
    rows = _rows(text)
    _, header = next(rows, (1, []))
    names = [name.strip().lower() for name in header]
    if COLUMN not in names:
        raise NotASheet(f"{path} has no column named {COLUMN}. Name it in the first line.")
    column = names.index(COLUMN)
    for line, row in rows:
        cells = row if len(names) > 1 else [",".join(row)]
        findings = lint_statement(cells[column] if column < len(cells) else "")
        yield json.dumps({"line": line, "findings": [asdict(finding) for finding in findings]}, ensure_ascii=False)


def _text_of(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return file.read()
    except UnicodeDecodeError:
        raise NotASheet(f"{path} is not UTF-8. Save it as CSV UTF-8 and try again.") from None
    except OSError as error:
        raise NotASheet(f"{path} cannot be read ({error.strerror}).") from None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it starts on; lines without anything are passed over."""
    header = text.lstrip().partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    try:
        for row in reader:
            if row:
                yield start, row
            start = reader.line_num + 1
    except csv.Error as error:
        raise NotASheet(f"Line {start} cannot be read as CSV ({error}).") from None
