"""What the passing of time costs: one beat of each tick, among ten thousand, a hundred thousand and a million people.

`python -m tests.benchmarks.ticks --help` says what can be chosen. Everybody is asked every week and was asked last
week; 1,000 are due now, whatever the size. The sizes take turns, so that whatever else the machine does falls on all.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from sqlalchemy import make_url

from bot import log
from bot.checkins import jobs
from bot.clock import MovableClock
from bot.db.database import Database
from bot.outbox.posting import Page, Posted
from bot.outbox.rules import Pace
from bot.outbox.sender import Sender
from bot.slack.message import Message
from tests.benchmarks import plots
from tests.benchmarks.clones import clone_those_not_due
from tests.benchmarks.crowd import Company, Crowd
from tests.benchmarks.places import ENGINES, name_and_version, place
from tests.benchmarks.report import Table

RESULTS = Path(__file__).parent / "results"
DUE, BASE, WORKSPACES = 1_000, 10_000, 10
NO_LIMIT = Pace.of(workspace_posts_per_second=1e6, channel_posts_per_second=1e6, history_calls_per_minute=50)

Row = dict[str, object]


class Nowhere:
    """Takes every message at once: what Slack costs is no part of this."""

    def __init__(self) -> None:
        self._numbers = count(1_700_000_000)

    def post(self, workspace_id: str, *, channel: str, message: Message, uid: str, thread_ts: str | None) -> Posted:
        return Posted(channel, f"{next(self._numbers)}.000000")

    def update(self, workspace_id: str, *, channel: str, ts: str, message: Message, uid: str) -> Posted:
        return Posted(channel, ts)

    def open_dm(self, workspace_id: str, *, person_id: str) -> str:
        return "D" + person_id[1:]

    def look(
        self, workspace_id: str, *, channel: str, since: datetime, uid: str, thread_ts: str | None, page: str
    ) -> Page:
        return Page(None)


def main(
    sizes: Annotated[
        str, typer.Option(help="How many people, separated by commas; 10,000 at least.")
    ] = "10000,100000,1000000",
    repeat: Annotated[int, typer.Option(help="How often each tick is run with nothing due.", min=1)] = 31,
    only: Annotated[str, typer.Option(help="One database: sqlite or postgresql.")] = "",
) -> None:
    """Measures, prints a table for each database, and writes it with a plot to tests/benchmarks/results."""
    log.set_up(form="json", level="warning")
    numbers = [int(size) for size in sizes.split(",")]
    for engine in [only] if only else ENGINES:
        table = Table(
            f"ticks-{engine}", f"{ENGINES[engine]}: the cost of time passing", ABOUT, _rows(engine, numbers, repeat)
        )
        typer.echo(table.as_markdown())
        table.write(RESULTS)
        plots.bars_of(
            table,
            columns=[f"{size:,}" for size in numbers],
            label="tick",
            ylabel="milliseconds",
            file=RESULTS / f"ticks-{engine}.png",
        )


def _rows(engine: str, sizes: Sequence[int], repeat: int) -> list[Row]:
    now = datetime.now(UTC)
    with place(engine) as new_database:
        databases = {size: _filled(new_database(), size, now) for size in sizes}
        version = name_and_version(databases[sizes[0]])
        spent: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
        busy: dict[str, Callable[[Database], int]] = {
            "decide about 200 people": jobs.check_ins_due,
            "send 50 messages": _send,
        }
        for name, run in busy.items():
            _in_turn(name, run, databases, spent)
        for _ in range(repeat):
            for name, run in TICKS.items():
                for size, database in databases.items():
                    spent[f"{name}, nothing due"][size].append(_took(run, database)[0])
        for database in databases.values():
            database.dispose()
    return [_row(version, name, by_size, sizes) for name, by_size in spent.items()]


def _in_turn(
    name: str,
    run: Callable[[Database], int],
    databases: Mapping[int, Database],
    spent: dict[str, dict[int, list[float]]],
) -> None:
    """Beats, of each size in turn, until there is nothing left to do. The first warms up."""
    done = dict.fromkeys(databases, 0)
    for beat in count():
        for size, database in databases.items():
            took, found = _took(run, database)
            done[size] += found
            if found and beat:
                spent[name][size].append(took)
        if not found:
            break
    assert set(done.values()) == {DUE}, done


def _send(database: Database) -> int:
    return Sender(database, Nowhere(), MovableClock(), NO_LIMIT).send_due()


def _reconcile(database: Database) -> int:
    return Sender(database, Nowhere(), MovableClock(), NO_LIMIT).reconcile_due()


TICKS: Mapping[str, Callable[[Database], int]] = {
    "check-ins due": jobs.check_ins_due,
    "nudges due": jobs.nudge_owners_due,
    "check-ins closed": jobs.closes_of_check_ins_due,
    "check-ins answered elsewhere": jobs.answered_elsewhere_due,
    "send": _send,
    "reconcile": _reconcile,
}


def _took(run: Callable[[Database], int], database: Database) -> tuple[float, int]:
    started = time.perf_counter()
    found = run(database)
    return (time.perf_counter() - started) * 1_000, found


def _row(version: str, name: str, by_size: Mapping[int, Sequence[float]], sizes: Sequence[int]) -> Row:
    medians = {f"{size:,}": median(by_size[size]) for size in sizes}
    return {
        "database": version,
        "tick": name,
        **medians,
        "ratio": medians[f"{sizes[-1]:,}"] / medians[f"{sizes[0]:,}"],
    }


def _filled(url: str, people: int, now: datetime) -> Database:
    started = time.perf_counter()
    companies = [Company(f"T{number}", BASE // WORKSPACES, DUE // WORKSPACES) for number in range(1, WORKSPACES + 1)]
    Crowd(companies, now, has_past=True).fill(url)
    clone_those_not_due(url, (people - BASE) // (BASE - DUE), now)
    took = time.perf_counter() - started
    typer.echo(f"{make_url(url).get_backend_name()}: {people:,} people in {took:.0f} s", err=True)
    return Database(url, MovableClock(now, frozen=True))


ABOUT = (
    "Medians, in milliseconds, by the number of people; ratio of the last size to the first. Each person owns one "
    "outcome and was asked and answered last week; 1,000 are due, in ten workspaces."
)


if __name__ == "__main__":
    typer.run(main)
