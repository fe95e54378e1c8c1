"""What lists, searches, debt and what is remembered cost among many decisions, against the same among few.

`python -m tests.benchmarks.decisions --help` says what can be chosen. The two workspaces are asked in turn.
"""

import time
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import make_url

from bot.clock import MovableClock
from bot.db.database import Database
from tests.benchmarks.asking import measured
from tests.benchmarks.company import NOW
from tests.benchmarks.decided import QUESTIONS, Decided
from tests.benchmarks.places import ENGINES, name_and_version, place
from tests.benchmarks.report import Report

RESULTS = Path(__file__).parent / "results"


def main(
    small: Annotated[int, typer.Option(help="Decisions of the small workspace.", min=100)] = 500,
    large: Annotated[int, typer.Option(help="Decisions of the large one.", min=100)] = 50_000,
    repeat: Annotated[int, typer.Option(help="How often each question is asked of each.", min=1)] = 15,
    only: Annotated[str, typer.Option(help="One database: sqlite or postgresql.")] = "",
) -> None:
    """Measures, prints a table for each database, and writes it to tests/benchmarks/results."""
    for engine in [only] if only else ENGINES:
        with place(engine) as new_database:
            databases = [_filled(new_database(), many) for many in (small, large)]
            figures = list(measured(databases, QUESTIONS, repeat))
            name, version = name_and_version(databases[0]).split(" ", 1)
            for database in databases:
                database.dispose()
        report = Report("decisions", name, version, small, large, repeat, figures)
        typer.echo(report.as_markdown())
        report.write(RESULTS)


def _filled(url: str, decisions: int) -> Database:
    started = time.perf_counter()
    Decided(decisions).fill(url)
    took = time.perf_counter() - started
    typer.echo(f"{make_url(url).get_backend_name()}: {decisions:,} decisions in {took:.0f} s", err=True)
    return Database(url, MovableClock(NOW, frozen=True))


if __name__ == "__main__":
    typer.run(main)
