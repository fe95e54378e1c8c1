"""`python -m bot lint FILE.csv`: a line of JSON for each statement, and one sentence when that cannot be."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from bot import __main__
from bot.linter import lint_sheet
from bot.linter.sheets import NotASheet


def linted(folder: Path, content: str | bytes) -> list[tuple[int, list[str]]]:
    """The line and the ids of each row of a file with that content."""
    path = folder / "statements.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    rows: list[dict[str, Any]] = [json.loads(line) for line in lint_sheet(path)]
    return [(row["line"], [finding["id"] for finding in row["findings"]]) for row in rows]


def test_each_statement_is_answered_with_the_line_it_starts_on(tmp_path: Path) -> None:
    content = 'team,statement\nGrowth,Launch the app\nGrowth,"Churn falls\nto 3%"\nOps,Halve the backlog\n'
    assert linted(tmp_path, content) == [(2, ["L1", "L3"]), (3, []), (5, [])]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_lines_may_end_either_way_and_the_last_may_be_open(tmp_path: Path, ending: str) -> None:
    assert linted(tmp_path, ending.join(["statement", "Launch the app", "", "Halve the backlog"])) == [
        (2, ["L1", "L3"]),
        (4, []),
    ]


def test_a_semicolon_may_part_the_columns(tmp_path: Path) -> None:
    assert linted(tmp_path, "Statement;Team\nLaunch, at last, the app;Growth\n") == [(2, ["L1", "L3"])]


def test_in_a_file_of_one_column_a_comma_is_just_a_comma(tmp_path: Path) -> None:
    assert linted(tmp_path, "statement\nReduce churn to 3%, and increase loyalty to 60%\n") == [(2, ["L6"])]


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    assert linted(tmp_path, b"\xef\xbb\xbfstatement,team\nLaunch the app,x\n") == [(2, ["L1", "L3"])]


def test_an_empty_statement_or_a_short_row_has_no_findings(tmp_path: Path) -> None:
    assert linted(tmp_path, 'team,statement\nGrowth,\nGrowth\nGrowth," "\n') == [(2, []), (3, []), (4, [])]


def test_a_line_is_written_as_promised(tmp_path: Path) -> None:
    path = tmp_path / "statements.csv"
    path.write_text("statement\nImprove the café\n", encoding="utf-8")
    (line,) = lint_sheet(path)
    assert line.startswith('{"line": 2, "findings": [{"id": "L3", "words": "Improve the café", "reason": "')
    assert [list(finding) for finding in json.loads(line)["findings"]] == [["id", "words", "reason", "rewrite"]] * 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "has no column named statement"),
        (b"outcome\nLaunch the app\n", "has no column named statement"),
        (b"statement\nCaf\xe9\n", "is not UTF-8"),
        (b"statement,x\n" + b"a" * 200_000 + b",b\n", "cannot be read as CSV"),
    ],
)
def test_what_is_no_such_file_is_told_in_a_sentence(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(NotASheet, match=reason):
        linted(tmp_path, content)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["bot", *arguments])
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    return int(ended.value.code or 0)


def test_the_command_prints_nothing_but_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "statements.csv"
    path.write_text("statement\nLaunch the app\nHalve the backlog\n", encoding="utf-8")
    assert run(monkeypatch, "lint", str(path)) == 0
    printed = capsys.readouterr()
    assert [json.loads(line)["line"] for line in printed.out.splitlines()] == [2, 3]
    assert printed.err == ""


def test_the_command_says_in_one_sentence_why_it_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "missing.csv"
    assert run(monkeypatch, "lint", str(missing)) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", f"{missing} cannot be read (No such file or directory).\n")
