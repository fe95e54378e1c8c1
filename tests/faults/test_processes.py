"""The bot as people run it: a process that is started, stopped, killed, and given wrong settings."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import func, make_url, select

from bot.clock import MovableClock
from bot.db.database import Database
from bot.errors import CannotStart
from bot.main import Bot
from bot.outbox.model import Delivery
from bot.outbox.queue import enqueue
from bot.outbox.rules import State
from bot.sandbox import Sandbox
from bot.settings import Role, Settings
from bot.slack.message import Message
from tests.conftest import ROOT, created_database
from tests.living import until

BURST = 40
STARTING = 60.0
"""Seconds; a busy machine takes a while to load the libraries."""


@dataclass
class Running:
    """A process that serves."""

    process: subprocess.Popen[str]
    door: str

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.process.communicate()
        try:
            return httpx.get(f"{self.door}/readyz", timeout=10).status_code == 200
        except httpx.TransportError:
            return False

    def wait_until_ready(self) -> None:
        until(self.is_ready, STARTING)

    def terminate(self) -> str:
        """Asks it to end, and answers what it wrote once it has."""
        self.process.send_signal(signal.SIGTERM)
        _, lines = self.process.communicate(timeout=6)
        assert self.process.returncode == 0, lines
        return lines


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def environment(sandbox: Sandbox, **more: str) -> dict[str, str]:
    """What a bot needs to live in this sandbox, and nothing of this machine's own."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SLACK_API_URL": sandbox.api_url,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_SIGNING_SECRET": sandbox.signing_secret,
        "WORKSPACE_POSTS_PER_SECOND": "100",
        "CHANNEL_POSTS_PER_SECOND": "100",
        "LOG_FORMAT": "json",
        **more,
    }


def begin(folder: Path, environment: dict[str, str], *command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *(command or ("serve",))],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def serving(folder: Path, sandbox: Sandbox, *, role: Role = Role.ALL, **more: str) -> Iterator[Running]:
    """A bot that serves this sandbox; gone when the block ends, whatever happens."""
    port = more.pop("PORT", None) or str(free_port())
    process = begin(folder, environment(sandbox, PORT=port, **more), "serve", "--role", role)
    try:
        yield Running(process, f"http://127.0.0.1:{port}")
    finally:
        process.kill()
        process.communicate()


def asks(sandbox: Sandbox, text: str) -> int:
    gesture = {"user": "@grace", "channel": "bot", "text": text}
    return httpx.post(f"{sandbox.url}/_sandbox/command", json=gesture, timeout=10).status_code


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_it_serves_until_it_is_told_to_stop(tmp_path: Path, mode: str) -> None:
    port = str(free_port())
    url = f"http://127.0.0.1:{port}/slack/events" if mode == "http" else None
    with (
        Sandbox(rates="off", request_url=url) as sandbox,
        serving(tmp_path, sandbox, PORT=port, SLACK_MODE=mode) as bot,
    ):
        bot.wait_until_ready()
        assert asks(sandbox, "/outcome") == 200
        assert httpx.get(f"{bot.door}/healthz").text == "ok\n"
        assert "rhythm_" in httpx.get(f"{bot.door}/metrics").text
        lines = bot.terminate()
    assert "Rhythm has stopped" in lines
    assert "Traceback" not in lines
    assert not any(secret in lines for secret in (sandbox.bot_token, sandbox.app_token, sandbox.signing_secret))
    assert leased(f"sqlite:///{tmp_path / 'var' / 'rhythm.db'}") == 0


def leased(url: str) -> int:
    """How many messages somebody has still claimed."""
    database = Database(url, MovableClock())
    with database.read() as tx:
        claimed = tx.scalar(select(func.count()).where(Delivery.state == State.LEASED))
    database.dispose()
    return claimed or 0


def test_a_burst_that_is_killed_and_begun_again_reaches_everybody_once(database_url: str, tmp_path: Path) -> None:
    fault = "drop_after" if database_url.startswith("sqlite") else "timeout_after"
    with Sandbox(rates="off") as sandbox:
        faults = [{"kind": fault, "method": "chat.postMessage", "times": 3, "after": 4, "seconds": 0.5}]
        httpx.post(f"{sandbox.url}/_sandbox/faults", json={"faults": faults})

        def arrived() -> int:
            return int(httpx.get(f"{sandbox.url}/_sandbox/state").json()["posts"]["with_metadata"])

        with serving(tmp_path, sandbox, DATABASE_URL=database_url) as bot:
            bot.wait_until_ready()
            owe_a_burst(database_url)
            until(lambda: arrived() >= BURST // 3, seconds=30)
            bot.process.kill()
            bot.process.wait()
        assert arrived() < BURST
        live_on(sandbox, database_url)
        posts = httpx.get(f"{sandbox.url}/_sandbox/state").json()["posts"]
    assert posts["doubled"] == []
    assert posts["with_metadata"] == BURST


def owe_a_burst(url: str) -> None:
    """One message to each of several people, all due now."""
    database, now = Database(url, MovableClock()), datetime.now(UTC)
    people = ("U05GR4CE22", "U06LENA51B", "U07PR1YA6N", "U05MARCUS8")
    with database.begin() as tx:
        for number in range(BURST):
            person = people[number % len(people)]
            enqueue(
                tx,
                workspace_id="T04LUMENF1",
                key=f"checkin:{person}:burst-{number}",
                place=person,
                message=Message(f"Check-in {number}", []),
                due_at=now,
                expires_at=now + timedelta(days=1),
                now=now,
            )
    database.dispose()


def live_on(sandbox: Sandbox, url: str) -> None:
    """Another bot takes over, on a clock that runs ahead, until nothing is owed any more."""
    clock = MovableClock()
    settings = Settings(
        slack_bot_token=SecretStr(sandbox.bot_token),
        slack_api_url=sandbox.api_url,
        database_url=url,
        workspace_posts_per_second=100,
        channel_posts_per_second=100,
    )
    bot = Bot(settings, clock)
    try:
        bot.introduce_itself()
        for _ in range(60):
            bot.ticker.drain()
            if not bot.owes(clock.now()):
                return
            clock.advance(timedelta(seconds=30))
        raise AssertionError("something is owed for ever")
    finally:
        bot.stop()


def test_two_replicas_start_together_on_an_empty_database(postgres_url: str, tmp_path: Path) -> None:
    with ExitStack() as stack:
        url = stack.enter_context(created_database(postgres_url, "replicas"))
        sandbox = stack.enter_context(Sandbox(rates="off"))
        bots = [stack.enter_context(serving(tmp_path, sandbox, DATABASE_URL=url)) for _ in range(2)]
        for bot in bots:
            bot.wait_until_ready()
        assert httpx.get(f"{sandbox.url}/_sandbox/state").json()["connections"] == 2
        assert [asks(sandbox, "/outcome") for _ in range(4)] == [200] * 4
        for bot in bots:
            bot.terminate()


def test_a_door_answers_and_a_ticker_sends(postgres_url: str, tmp_path: Path) -> None:
    port = str(free_port())
    with ExitStack() as stack:
        url = stack.enter_context(created_database(postgres_url, "roles"))
        sandbox = stack.enter_context(Sandbox(rates="off", request_url=f"http://127.0.0.1:{port}/slack/events"))
        chosen = {"DATABASE_URL": url, "SLACK_MODE": "http"}
        door = stack.enter_context(serving(tmp_path, sandbox, role=Role.DOOR, PORT=port, **chosen))
        door.wait_until_ready()
        owe_a_burst(url)
        assert [asks(sandbox, "/outcome") for _ in range(4)] == [200] * 4
        assert posts(sandbox)["with_metadata"] == 0
        ticker = stack.enter_context(serving(tmp_path, sandbox, role=Role.TICKER, **chosen))
        ticker.wait_until_ready()
        until(lambda: posts(sandbox)["with_metadata"] == BURST, seconds=30)
        until(lambda: sent_by(ticker) == BURST)
        assert sent_by(door) == 0
        assert posts(sandbox)["doubled"] == []
        assert httpx.get(f"{ticker.door}/healthz").text == "ok\n"
        for address in ("/slack/events", "/api/v1/results"):
            assert httpx.post(f"{ticker.door}{address}").status_code == 404
            assert httpx.post(f"{door.door}{address}").status_code == 401
        for running in (door, ticker):
            assert "Rhythm has stopped" in running.terminate()


def state(sandbox: Sandbox) -> dict[str, Any]:
    """What there is in the sandbox."""
    found: dict[str, Any] = httpx.get(f"{sandbox.url}/_sandbox/state").json()
    return found


def posts(sandbox: Sandbox) -> dict[str, Any]:
    """What was posted with a delivery's name on it."""
    found: dict[str, Any] = state(sandbox)["posts"]
    return found


def sent_by(running: Running) -> float:
    """How many messages that process has sent."""
    page = httpx.get(f"{running.door}/metrics").text
    [count] = re.findall(r'^rhythm_delivery_lateness_seconds_count\{kind="post"\} (\S+)$', page, re.MULTILINE)
    return float(count)


TROUBLES = {
    "a folder that cannot be written": (1, "Make its folder writable for you, or set DATABASE_URL"),
    "a malformed token": (1, "SLACK_BOT_TOKEN should be a bot token that starts with xoxb-"),
    "an .env that is no text": (1, ".env cannot be read"),
    "a token that Slack refuses": (1, "Slack does not accept SLACK_BOT_TOKEN (invalid_auth)"),
    "a database that is not there": (1, "Check DATABASE_URL"),
    "a role of several on a file of one": (1, "--role door is for several processes, which need PostgreSQL"),
    "nothing": (0, "Rhythm can start"),
}
SECRET = "xoxb-1-2-NobodyShouldReadThis"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[int, str, str]]]:
    """What each start came to: its exit code, what it said, and what it logged. All are begun together."""
    with Sandbox(rates="off") as sandbox:
        changes = {
            "a folder that cannot be written": {"DATABASE_URL": "sqlite:////proc/nowhere/rhythm.db"},
            "a malformed token": {"SLACK_BOT_TOKEN": SECRET.removeprefix("xoxb-"), "SLACK_MODE": "pigeon"},
            "an .env that is no text": {},
            "a token that Slack refuses": {"SLACK_BOT_TOKEN": SECRET},
            "a database that is not there": {"DATABASE_URL": f"postgresql://me:{SECRET}@127.0.0.1:9/rhythm"},
            "a role of several on a file of one": {},
            "nothing": {},
        }
        commands = {"nothing": ("check",), "a role of several on a file of one": ("serve", "--role", "door")}
        processes = {}
        for trouble, change in changes.items():
            folder = tmp_path_factory.mktemp("start")
            if trouble == "an .env that is no text":
                (folder / ".env").write_bytes(b"\xff\xfe\x00\x80")
            chosen = environment(sandbox, **{"PORT": "0", **change})
            processes[trouble] = begin(folder, chosen, *commands.get(trouble, ()))
        told = {}
        for trouble, process in processes.items():
            try:
                out, err = process.communicate(timeout=STARTING)
            finally:
                process.kill()
            told[trouble] = (process.returncode, out, err)
        yield told


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_start_that_cannot_succeed_says_in_a_sentence_what_to_do(
    told: dict[str, tuple[int, str, str]], trouble: str
) -> None:
    code, sentence = TROUBLES[trouble]
    returned, out, err = told[trouble]
    assert returned == code, err
    assert sentence in out + err
    assert "Traceback" not in err
    assert "NobodyShouldReadThis" not in out + err
    said = [line for line in err.splitlines() if sentence in line]
    assert len(said) == code


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"port": 0}, "Something else may be using it: set PORT"),
        ({"slack_app_token": SecretStr("xapp-1-NobodyShouldReadThis")}, "Slack does not accept SLACK_APP_TOKEN"),
        ({"slack_api_url": "http://127.0.0.1:9/"}, "Slack cannot be reached at http://127.0.0.1:9/"),
    ],
    ids=["a taken port", "an app token that Slack refuses", "a Slack that is not there"],
)
def test_a_bot_that_cannot_begin_says_why(database_url: str, change: dict[str, object], sentence: str) -> None:
    with Sandbox(rates="off") as sandbox, socket.create_server(("127.0.0.1", 0)) as taken:
        settings = Settings(
            slack_bot_token=SecretStr(sandbox.bot_token),
            slack_app_token=SecretStr(sandbox.app_token),
            slack_api_url=sandbox.api_url,
            database_url=database_url,
            port=0,
        )
        if "port" in change:
            change = {"port": taken.getsockname()[1]}
        bot = Bot(settings.model_copy(update=change), MovableClock())
        with pytest.raises(CannotStart) as told:
            bot.start(ticking=False)
        bot.stop()
    assert sentence in str(told.value)
    assert "NobodyShouldReadThis" not in str(told.value)


def test_an_address_with_a_password_is_never_written(told: dict[str, tuple[int, str, str]]) -> None:
    assert make_url(f"postgresql://me:{SECRET}@127.0.0.1:9/rhythm").password == SECRET
    assert all(SECRET not in out + err for _, out, err in told.values())
