"""What docs/results-api.md shows works as it stands there."""

import re
import shlex
from contextlib import nullcontext

import pytest

from bot.sources.listeners.description import DESCRIPTION
from bot.sources.listeners.files import import_results
from bot.sources.rules.requests import KEY_LIMIT, LARGEST_BODY, ResultWanted
from bot.sources.rules.sheets import COLUMNS
from bot.sources.rules.tokens import BURST, PER_MINUTE
from tests.conftest import ROOT
from tests.sources.conftest import Growth, Program

TEXT = (ROOT / "docs" / "results-api.md").read_text()
HOST = "https://your-rhythm-host"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def first_cells(table: str) -> list[str]:
    """The first column of the table whose first heading is this."""
    rows = TEXT.split(f"\n| {table} |")[1].split("\n\n")[0].splitlines()[2:]
    return [row.split("|")[1].strip(" `") for row in rows]


def test_the_curl_example_is_taken(program: Program, growth: Growth) -> None:
    words = shlex.split(blocks("sh")[0].replace("\\\n", " "))
    assert words[:2] == ["curl", f"{HOST}/api/v1/results"]
    given = list(zip(words[2::2], words[3::2], strict=True))
    headers = dict(value.split(": ", 1) for flag, value in given if flag == "-H")
    headers["Authorization"] = headers["Authorization"].replace("$RHYTHM_TOKEN", program.token)
    [body] = [value for flag, value in given if flag == "-d"]
    assert program.http.post("/api/v1/results", content=body, headers=headers).status_code == 201
    assert len(growth.results()) == 1


def test_the_python_example_runs(
    program: Program, growth: Growth, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RHYTHM_TOKEN", program.token)
    [example] = blocks("python")
    exec(example.replace(HOST, str(program.http.base_url).rstrip("/")), {})
    assert "'outcome': 'OUT-1'" in capsys.readouterr().out
    assert growth.results()[0].note == "The nightly export"


def test_the_csv_example_is_imported_whole(growth: Growth) -> None:
    [sheet] = blocks("csv")
    assert sheet.splitlines()[0].split(",") == list(COLUMNS)
    report = import_results(growth.firm.db, sheet.encode(), progress=nullcontext)
    assert (report.new, report.refusals, report.is_saved) == (2, [], True)


def test_the_tables_name_every_field_and_every_refusal() -> None:
    refusals = [status for status in DESCRIPTION["paths"]["/api/v1/results"]["post"]["responses"] if status >= "400"]
    assert first_cells("field") == list(ResultWanted.model_fields)
    assert first_cells("status") == refusals


def test_the_limits_are_those_that_hold() -> None:
    flat = " ".join(TEXT.split())
    assert f"more than {PER_MINUTE} requests a minute, or {BURST} at once" in flat
    assert f"larger than {LARGEST_BODY:,} bytes" in flat
    assert f"of up to {KEY_LIMIT} characters" in flat
