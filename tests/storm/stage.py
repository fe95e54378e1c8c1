"""Everything that takes part in a storm, put together."""

import pickle
import random
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.clock import MovableClock, SystemClock
from bot.db.database import Database
from bot.sandbox import Sandbox, exchange
from bot.settings import Role, Settings
from tests.storm.balancer import Balancer
from tests.storm.company import BEGINS, company, settle
from tests.storm.counting import Ledger
from tests.storm.fleet import Fleet, Place, prepare_template
from tests.storm.owing import Owing
from tests.storm.people import People
from tests.storm.plan import Plan
from tests.storm.replica import PEACEFUL_LIFE
from tests.storm.rows import Rows
from tests.storm.weather import Time, Weather

RETRIES = (0.0, 10.0, 60.0)
"""Seconds after which Slack brings an event again. Slack itself waits longer, a minute and five, but not more often."""

_LOOKS = {"history_calls_per_minute": 6000}
"""More than can be set: a clock that jumps gives back no time for looks that had to wait their turn."""


@dataclass(frozen=True)
class Stage:
    """All of it."""

    sandbox: Sandbox
    rows: Rows
    db: Database
    time: Time
    ledger: Ledger
    owners: list[str]
    people: People
    owing: Owing
    weather: Weather
    fleet: Fleet
    log: Path

    @property
    def is_telling(self) -> bool:
        """Whether Slack has an event under way."""
        return bool(self.sandbox._slack.events._under_way)


@contextmanager
def staged(plan: Plan, rows: Rows, folder: Path, restart: Callable[[bool], None] | None) -> Iterator[Stage]:
    """A company on Monday morning, and its replicas' template; gone when the block ends, and every process with it."""
    dice, ledger, there = random.Random(plan.seed), Ledger(), company(plan.owners)
    log = folder / "replicas.log"
    log.touch()
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(exchange, "PATIENCE", 0.1)
        clock, ports = MovableClock(BEGINS), [_free_port() for _ in range(plan.doors + plan.started)]
        doors = stack.enter_context(Balancer(ports))
        sandbox = stack.enter_context(Sandbox(company=there, clock=clock, rates="off", request_url=doors.url))
        sandbox._slack.events.retry_after = RETRIES
        time = Time(rows, clock)
        rows.move(BEGINS - rows.now())
        numbers = settle(rows, clock, there)
        db = Database(rows.url, SystemClock())
        stack.callback(db.dispose)
        people = People(sandbox.url, numbers, [person.handle for person in there.people], ledger)
        stack.callback(people.close)
        weather = Weather(
            sandbox.url,
            rows,
            time,
            random.Random(plan.seed),
            beat=plan.beat,
            has_faults=plan.has_faults,
            restart=restart,
        )
        stack.callback(weather.close)
        owing = Owing(db, list(numbers), ledger, dice)
        fleet = Fleet(_places(plan, sandbox, rows.url, ports), plan.choice, log, dice)
        stack.callback(fleet.stop)
        _prepare(patch, owing, plan, folder, _settings(sandbox, rows.url, 0))
        yield Stage(sandbox, rows, db, time, ledger, list(numbers), people, owing, weather, fleet, log)


def _prepare(patch: pytest.MonkeyPatch, owing: Owing, plan: Plan, folder: Path, settings: Settings) -> None:
    """Has the replicas' template loaded, with messages to send."""
    kept = folder / "settings"
    kept.write_bytes(pickle.dumps(settings))
    patch.setenv(PEACEFUL_LIFE, str(kept))
    owing.owe(-1, plan.notes)
    prepare_template()


def _places(plan: Plan, sandbox: Sandbox, url: str, ports: list[int]) -> list[Place]:
    doors = [Place(_settings(sandbox, url, port).model_copy(update=_LOOKS), Role.ALL) for port in ports[: plan.doors]]
    tickers = [Place(_settings(sandbox, url, 0).model_copy(update=_LOOKS), Role.TICKER) for _ in range(plan.tickers)]
    started = [Place(_settings(sandbox, url, port), Role.ALL, is_forked=False) for port in ports[plan.doors :]]
    return [*doors, *tickers, *started]


def _settings(sandbox: Sandbox, url: str, port: int) -> Settings:
    return Settings(
        slack_bot_token=SecretStr(sandbox.bot_token),
        slack_signing_secret=SecretStr(sandbox.signing_secret),
        slack_api_url=sandbox.api_url,
        slack_mode="http",
        database_url=url,
        port=port,
        workspace_posts_per_second=100,
        channel_posts_per_second=100,
        history_calls_per_minute=100,
    )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
