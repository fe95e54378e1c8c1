"""How soon a command is acknowledged while a burst is being sent: the whole bot against a bare Bolt app.

`python -m tests.benchmarks.acks --help` says what can be chosen. `/outcome result` writes a result, derives its
outcome's health and answers; the bare app does one INSERT. Both listen behind the same door, in the same process, on
the same database, in turn.
"""

import asyncio
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count, cycle
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Annotated
from urllib.parse import urlencode

import typer
from prometheus_client import CollectorRegistry
from slack_bolt import Args
from sqlalchemy import func, select, text

from bot import log
from bot.clock import SystemClock
from bot.db.database import Database
from bot.main import Bot
from bot.outcomes.model import Result
from bot.sandbox.delivery import signature
from bot.settings import Settings
from bot.slack.app import LISTENER_THREADS, acked, build_bolt
from bot.slack.hands import Hands
from bot.web import Door
from tests.benchmarks import plots
from tests.benchmarks.crowd import Company, Crowd
from tests.benchmarks.places import ENGINES, name_and_version, place
from tests.benchmarks.replicas import settings_for
from tests.benchmarks.report import Table
from tests.benchmarks.sink import sink

RESULTS = Path(__file__).parent / "results"
PEOPLE, DUE = 4_000, 500

Row = dict[str, object]


def main(
    concurrency: Annotated[str, typer.Option(help="How many commands at once, separated by commas.")] = "1,2,4,8,16,32",
    rounds: Annotated[int, typer.Option(help="How often the two take turns.", min=1)] = 3,
    only: Annotated[str, typer.Option(help="One database: sqlite or postgresql.")] = "",
) -> None:
    """Measures, prints a table, and writes it with a plot to tests/benchmarks/results."""
    levels = [int(level) for level in concurrency.split(",")]
    for engine in [only] if only else ENGINES:
        rows = list(_rows(engine, levels, rounds))
        table = Table(f"acks-{engine}", f"{ENGINES[engine]}: acknowledgements during a burst", ABOUT, rows)
        typer.echo(table.as_markdown())
        table.write(RESULTS)
        plots.lines_of(
            table,
            x="at once",
            by="database",
            columns={
                "p50": "Rhythm, p50",
                "p99": "Rhythm, p99",
                "bare p50": "bare app, p50",
                "bare p99": "bare app, p99",
            },
            xlabel="commands at once",
            ylabel="milliseconds until the acknowledgement",
            file=RESULTS / f"acks-{engine}.png",
        )


def _rows(engine: str, levels: Sequence[int], rounds: int) -> Iterator[Row]:
    with sink() as slack, place(engine) as new_database:
        url = new_database()
        Crowd([Company("T1", PEOPLE, DUE)], datetime.now(UTC)).fill(url)
        database = Database(url, SystemClock())
        with database.begin() as tx:
            tx.execute(text("CREATE TABLE bare (said TEXT NOT NULL)"))
        with _doors(settings_for(url, slack.url, has_limits=True)) as doors:
            slack.wait_for(1, within=60)
            owners = cycle(number for number in range(1, PEOPLE + 1) if number % (PEOPLE // DUE) != 1)
            commands = (_command(owner, trigger, slack.url) for owner, trigger in zip(owners, count(), strict=False))
            for level in levels:
                yield _row(database, doors, commands, level, rounds)
            typer.echo(f"{slack.taken().messages} check-ins were sent meanwhile.", err=True)
        database.dispose()


def _row(database: Database, doors: "_Doors", commands: Iterator[str], level: int, rounds: int) -> Row:
    calls = max(40, 6 * level)
    before = _written(database)
    took: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds):
        for which in (0, 1) if turn % 2 else (1, 0):
            bodies = [next(commands) for _ in range(calls)]
            took[which].extend(asyncio.run(_knock(doors.ports[which], bodies, level)))
            doors.rest()
    real, bare = took
    return {
        "database": name_and_version(database),
        "at once": level,
        "p50": median(real),
        "p99": _p99(real),
        "bare p50": median(bare),
        "bare p99": _p99(bare),
        "ratio p50": median(real) / median(bare),
        "ratio p99": _p99(real) / _p99(bare),
        "commands": calls * rounds,
        "results written": _written(database) - before,
    }


def _p99(took: Sequence[float]) -> float:
    return sorted(took)[int(len(took) * 0.99)]


def _written(database: Database) -> int:
    with database.read() as tx:
        return tx.scalar(select(func.count()).select_from(Result)) or 0


def _command(owner: int, trigger: int, sink_url: str) -> str:
    return urlencode(
        {
            "token": "x",
            "team_id": "T1",
            "team_domain": "company",
            "channel_id": "CT1X1",
            "channel_name": "team-1",
            "user_id": f"UT1X{owner}",
            "user_name": f"person{owner}",
            "command": "/outcome",
            "text": f"result OUT-{owner} 14 because the sample data went live",
            "response_url": f"{sink_url}respond",
            "trigger_id": f"{trigger}.1.1",
        }
    )


async def _knock(port: int, bodies: Sequence[str], level: int) -> list[float]:
    """Sends commands over so many connections, each the next one once the last was acknowledged. Milliseconds."""
    left = iter(bodies)
    took: list[float] = []

    async def one_after_another() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for body in left:
            request = _request(body)
            started = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            took.append((time.perf_counter() - started) * 1_000)
            assert b" 200 " in head.split(b"\r\n", 1)[0], head
            await reader.readexactly(_length(head))
        writer.close()

    await asyncio.gather(*(one_after_another() for _ in range(level)))
    return took


def _length(head: bytes) -> int:
    lines = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
    return int(lines.get(b"content-length", b"0"))


def _request(body: str) -> bytes:
    timestamp = str(int(time.time()))
    head = [
        "POST /slack/events HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body.encode())}",
        f"X-Slack-Request-Timestamp: {timestamp}",
        f"X-Slack-Signature: {signature('secret', timestamp, body)}",
    ]
    return "\r\n".join([*head, "", body]).encode()


class _Doors:
    """The process with both apps, seen from outside. `ports`: Rhythm's, and the bare app's."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self.ports: tuple[int, int] = line.recv()

    def rest(self) -> None:
        """Waits until no listener is at work."""
        self._line.send("rest")
        self._line.recv()


@contextmanager
def _doors(settings: Settings) -> Iterator[_Doors]:
    context = multiprocessing.get_context("spawn")
    ours, its = context.Pipe()
    process = context.Process(target=_live, args=(its, settings), daemon=True)
    process.start()
    try:
        yield _Doors(ours)
    finally:
        process.terminate()
        process.join()


def _live(line: Connection, settings: Settings) -> None:
    sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115  # its log costs what it costs, and nobody reads it
    log.set_up(form="json", level="info")
    bot = Bot(settings, SystemClock())
    hands = Hands(LISTENER_THREADS)
    door = _bare_door(bot, hands)
    bot.start()
    door.start()
    line.send((bot.door.port, door.port))
    while line.recv() == "rest":
        while not bot.is_at_rest() or hands.in_hand:
            time.sleep(0.01)
        line.send("rested")


def _bare_door(bot: Bot, hands: Hands) -> Door:
    """A Bolt app that knows one command, and keeps what was said."""
    bolt = build_bolt(bot.client, "secret", hands)

    def keep(args: Args) -> None:
        with bot.db.begin() as tx:
            tx.execute(text("INSERT INTO bare (said) VALUES (:said)"), {"said": args.body["text"]})

    bolt.command("/outcome")(acked(keep))
    return Door(host="127.0.0.1", port=0, bolt=bolt, what_is_missing=list, registry=CollectorRegistry())


ABOUT = (
    "Milliseconds until the acknowledgement of `/outcome result`, which is a real write, and of a bare Bolt app's one "
    "INSERT. 500 people fall due as it begins and are asked at Slack's pace meanwhile, by the same process."
)


if __name__ == "__main__":
    typer.run(main)
