"""What lists, cards and searches of outcomes cost in a large workspace, against the same in a small one.

`python -m tests.benchmarks.outcomes --help` says what can be chosen. The two workspaces are asked in turn, so that
whatever else the machine does falls on both; of many repetitions the median counts.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import make_url, text

from bot.clock import MovableClock
from bot.db import migrate
from bot.db.database import Database
from tests.benchmarks.asking import measured
from tests.benchmarks.company import NOW, Company
from tests.benchmarks.questions import QUESTIONS
from tests.benchmarks.report import Report
from tests.conftest import created_database
from tests.postgres import postgres_server

RESULTS = Path(__file__).parent / "results"
ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

Addresses = Callable[[str], str]
"""The address of the `small` and of the `large` database, which are blank."""


def main(
    small: Annotated[int, typer.Option(help="Outcomes of the small workspace.", min=200)] = 1_000,
    large: Annotated[int, typer.Option(help="Outcomes of the large one; each has 20 results on average.")] = 100_000,
    repeat: Annotated[int, typer.Option(help="How often each question is asked of each.", min=1)] = 31,
    only: Annotated[str, typer.Option(help="One database: sqlite or postgresql.")] = "",
) -> None:
    """Measures, prints a table for each database, and writes it to tests/benchmarks/results."""
    for engine in [only] if only else ENGINES:
        with _place(engine) as address:
            databases = [_filled(address("small"), small), _filled(address("large"), large)]
            figures = list(measured(databases, QUESTIONS, repeat))
            report = Report("outcomes", ENGINES[engine], _version(databases[0]), small, large, repeat, figures)
            for database in databases:
                database.dispose()
        typer.echo(report.as_markdown())
        report.write(RESULTS)


@contextmanager
def _place(engine: str) -> Iterator[Addresses]:
    if engine == "sqlite":
        with tempfile.TemporaryDirectory(prefix="rhythm-benchmark-") as folder:
            yield lambda name: f"sqlite:///{folder}/{name}.db"
    else:
        with postgres_server() as server, created_database(server, "small"), created_database(server, "large"):
            yield lambda name: make_url(server).set(database=name).render_as_string(hide_password=False)


def _filled(url: str, outcomes: int) -> Database:
    started = time.perf_counter()
    migrate.upgrade(url)
    Company.of(outcomes).fill(url)
    typer.echo(
        f"{make_url(url).get_backend_name()}: {outcomes:,} outcomes in {time.perf_counter() - started:.0f} s", err=True
    )
    return Database(url, MovableClock(NOW, frozen=True))


def _version(database: Database) -> str:
    with database.read() as tx:
        return str(tx.scalar(text("SELECT sqlite_version()" if database.is_sqlite else "SHOW server_version")))


if __name__ == "__main__":
    typer.run(main)
