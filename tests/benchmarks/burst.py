"""A burst: everybody in a company is due in the same minute.

`python -m tests.benchmarks.burst --help` says what can be chosen. Whole bots in processes of their own ask, owe and
post; the sink counts what arrives. Beside them, in turn, two bare loops post the same messages.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from sqlalchemy import func, select, update

from bot.clock import SystemClock
from bot.db.database import Database
from bot.outbox.model import Delivery, Lane
from bot.outbox.rules import Rate, State
from bot.people.model import Person
from tests.benchmarks import plots
from tests.benchmarks.crowd import Company, Crowd
from tests.benchmarks.loops import kept_alive, letters, slack_sdk
from tests.benchmarks.places import ENGINES, NewDatabase, name_and_version, place
from tests.benchmarks.replicas import replicas, settings_for
from tests.benchmarks.report import Table
from tests.benchmarks.sink import Sink, Taken, sink

RESULTS = Path(__file__).parent / "results"
SLACKS_PACE = Rate(timedelta(seconds=0.25), timedelta(seconds=1))
_SOON = timedelta(seconds=2)
_PATIENCE = 900.0
_SDK_AT_MOST = 1_000
"""The SDK's loop is not run for more messages than this: it takes the same time for each."""

Row = dict[str, object]


def main(
    sizes: Annotated[str, typer.Option(help="How many are due, separated by commas.")] = "50,150,600,1000,10000",
    only: Annotated[str, typer.Option(help="One database: sqlite or postgresql.")] = "",
    rounds: Annotated[int, typer.Option(help="How often sender and loops take turns.", min=1)] = 3,
    part: Annotated[str, typer.Option(help="One part: free, paced, replicas or fair.")] = "",
) -> None:
    """Measures, prints a table for each part, and writes it with a plot to tests/benchmarks/results."""
    numbers = [int(size) for size in sizes.split(",")]
    with sink() as slack:
        for name, measure in PARTS.items():
            rows: list[Row] = []
            for engine in [only] if only else ENGINES:
                for row in measure(_Bench(slack, engine, rounds), numbers) if part in ("", name) else ():
                    rows.append(row)
                    _keep(name, rows)  # after each, so that an hour's work is not lost with the last one


def _keep(name: str, rows: Sequence[Row]) -> None:
    table = Table(f"burst-{name}", TITLES[name], ABOUT[name], rows)
    typer.echo(table.as_markdown())
    table.write(RESULTS)
    if name == "free":
        columns = {
            "from due to last": "decided and sent",
            "sent in": "sent",
            "kept alive": "bare loop, kept alive",
            "SDK": "bare loop, SDK",
        }
        ylabel = "seconds until the last message"
        plots.lines_of(table, x="due", by="database", columns=columns, ylabel=ylabel, file=RESULTS / "burst.png")


@dataclass(frozen=True)
class _Bench:
    """Where to measure: a sink, a kind of database, and how often."""

    slack: Sink
    engine: str
    rounds: int

    def free(self, sizes: Sequence[int]) -> Iterator[Row]:
        """Without Slack's limits: what the machine can do."""
        with place(self.engine) as new_database:
            for size in sizes:
                with self._company(new_database, [Company("T1", size, size)]) as world:
                    yield world.measured_without_limits(self.rounds)

    def paced(self, sizes: Sequence[int]) -> Iterator[Row]:
        """With them: four messages a second, as in production; a fifth of an hour's worth at most."""
        with place(self.engine) as new_database:
            for size in (size for size in sizes if size <= 150):
                for overdue in (0, 20):
                    with self._company(new_database, [Company("T1", size, size, overdue)]) as world:
                        yield world.measured_with_limits(overdue)

    def replicas(self, _sizes: Sequence[int]) -> Iterator[Row]:
        """Several processes at the same rows."""
        with place(self.engine) as new_database:
            for count in (1, 2, 4) if self.engine == "postgresql" else (1,):
                with self._company(new_database, [Company("T1", 1_000, 1_000)]) as world:
                    yield world.measured_with_replicas(count, self.rounds)

    def fair(self, _sizes: Sequence[int]) -> Iterator[Row]:
        """One workspace with 5,000 due beside 50 with three, with limits; and the 50 without it."""
        small = [Company(f"T{number}", 3, 3) for number in range(2, 52)]
        with place(self.engine) as new_database:
            for companies in (small, [Company("T1", 5_000, 5_000), *small]):
                with self._company(new_database, companies) as world:
                    yield world.measured_for_fairness(small)

    @contextmanager
    def _company(self, new_database: NewDatabase, companies: Sequence[Company]) -> Iterator["_World"]:
        url = new_database()
        Crowd(companies, datetime.now(UTC)).fill(url)
        database = Database(url, SystemClock())
        yield _World(self.slack, url, database, sum(company.due for company in companies))
        database.dispose()


@dataclass(frozen=True)
class _World:
    """A database full of people, and the sink."""

    slack: Sink
    url: str
    database: Database
    due: int

    def measured_without_limits(self, rounds: int) -> Row:
        with replicas(1, settings_for(self.url, self.slack.url, has_limits=False)) as [bot]:
            decided = self._after(self._fall_due(), self.due)
            to_post = letters(self.database)
            sent, kept, sdk, last = [], [], [], decided
            for _ in range(1 if self.due > 5_000 else rounds):
                last = self._after(self._owe_again(), self.due)
                sent.append(last.seconds)
                kept.append(kept_alive(self.slack, to_post, None))
                sdk.append(slack_sdk(self.slack, to_post[:_SDK_AT_MOST], None) * max(1.0, self.due / _SDK_AT_MOST))
            used = bot.stop()
        return {
            **self._counted(decided.taken),
            "from due to last": decided.seconds,
            "sent in": median(sent),
            "kept alive": median(kept),
            "ratio": median(mine / its for mine, its in zip(sent, kept, strict=True)),
            "SDK": median(sdk),
            "to SDK": median(mine / its for mine, its in zip(sent, sdk, strict=True)),
            "sink busy": last.taken.busy,
            "peak MB": used.peak_mb,
        }

    def measured_with_limits(self, overdue: int) -> Row:
        settings = settings_for(self.url, self.slack.url, has_limits=True)
        if overdue:  # a restart: they were due before anybody was there to ask them
            self.slack.forget()
            with replicas(1, settings):
                took = self._after(time.monotonic(), self.due)
        else:
            with replicas(1, settings):
                took = self._after(self._fall_due(), self.due)
        to_post = letters(self.database)
        kept, sdk = kept_alive(self.slack, to_post, SLACKS_PACE), slack_sdk(self.slack, to_post, SLACKS_PACE)
        return {
            **self._counted(took.taken),
            "overdue an hour": overdue,
            "from due to last": took.seconds,
            "kept alive": kept,
            "ratio": took.seconds / kept,
            "SDK": sdk,
            "to SDK": took.seconds / sdk,
        }

    def measured_with_replicas(self, count: int, rounds: int) -> Row:
        with replicas(count, settings_for(self.url, self.slack.url, has_limits=False)) as bots:
            decided = self._after(self._fall_due(), self.due)
            to_post = letters(self.database)
            sent, kept = [], []
            for _ in range(rounds):
                sent.append(self._after(self._owe_again(), self.due).seconds)
                kept.append(kept_alive(self.slack, to_post, None))
            used = [bot.stop() for bot in bots]
        return {
            "replicas": count,
            **self._counted(decided.taken),
            "from due to last": decided.seconds,
            "sent in": median(sent),
            "kept alive": median(kept),
            "peak MB of each": max(one.peak_mb for one in used),
        }

    def measured_for_fairness(self, small: Sequence[Company]) -> Row:
        with replicas(1, settings_for(self.url, self.slack.url, has_limits=True)):
            due_at = self._fall_due()
            give_up = time.monotonic() + _PATIENCE
            while any(self.slack.taken().of(company.id) < company.due for company in small):
                assert time.monotonic() < give_up
                time.sleep(0.1)
            taken = self.slack.taken()
        last = max(at for name, (_, at) in taken.by_workspace.items() if name != "T1")
        small_due = sum(company.due for company in small)
        big = taken.of("T1")
        return {
            "database": name_and_version(self.database),
            "due in the large workspace": self.due - small_due,
            "due in 50 small ones": small_due,
            "delivered to the small ones": taken.messages - big,
            "doubled": taken.doubled,
            "seconds until their last": last - due_at,
            "of the large one by then": big,
        }

    def _counted(self, taken: Taken) -> Row:
        return {
            "database": name_and_version(self.database),
            "due": self.due,
            "once": taken.messages - taken.doubled,
            "doubled": taken.doubled,
            "missed": self.due - taken.messages,
        }

    def _after(self, due_at: float, messages: int) -> "_Took":
        taken = self.slack.wait_for(messages, within=_PATIENCE)
        return _Took(taken, taken.last_at - due_at)

    def _fall_due(self) -> float:
        """Has everybody who is due be looked at from one instant on. Answers it, in monotonic seconds."""
        self.slack.forget()
        due_at = datetime.now(UTC) + _SOON
        with self.database.begin() as tx:
            due = update(Person).where(Person.next_checkin_at <= due_at)
            tx.execute(due.values(next_checkin_at=due_at))
        return _monotonic(due_at)

    def _owe_again(self) -> float:
        """Has every message be owed anew, from one instant on. Answers it."""
        self._settled()
        self.slack.forget()
        due_at = datetime.now(UTC) + _SOON
        fresh = {"state": State.OWED, "attempts": 0, "next_try_at": due_at}
        gone = dict.fromkeys(("channel", "ts", "sent_at", "ended_at", "intent_at"))
        with self.database.begin() as tx:
            tx.execute(update(Delivery).values(**fresh, **gone))
            tx.execute(update(Lane).values(next_at=due_at))
        return _monotonic(due_at)

    def _settled(self) -> None:
        """Waits until the last message is not only in Slack, but also written down as sent."""
        while True:
            with self.database.read() as tx:
                if not tx.scalar(select(func.count()).where(Delivery.state != State.SENT)):
                    return
            time.sleep(0.05)


@dataclass(frozen=True)
class _Took:
    taken: Taken
    seconds: float


def _monotonic(instant: datetime) -> float:
    return time.monotonic() + (instant - datetime.now(UTC)).total_seconds()


PARTS = {"free": _Bench.free, "paced": _Bench.paced, "replicas": _Bench.replicas, "fair": _Bench.fair}
TITLES = {
    "free": "A burst without Slack's limits",
    "paced": "A burst at Slack's pace",
    "replicas": "A burst for several replicas",
    "fair": "A large workspace beside small ones",
}
ABOUT = {
    "free": "Seconds. *From due to last*: owners are decided about, asked and sent to; *sent in*: the same messages, "
    "owed already. *Ratio* and *to SDK* are medians of the rounds.",
    "paced": "Seconds from due to the last message, decisions included; four a second. With people overdue, everybody "
    "was due before the bot started, which is then part of the time.",
    "replicas": "Seconds, as in the burst without limits.",
    "fair": "Seconds from due until the small workspaces had everything, decisions included; four a second each.",
}


if __name__ == "__main__":
    typer.run(main)
