"""Whole bots in processes of their own, as `python -m bot serve` runs them, that speak to the sink."""

import multiprocessing
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from pydantic import SecretStr

from bot import log
from bot.clock import SystemClock
from bot.main import Bot
from bot.settings import Role, Settings

NO_LIMIT = 1e6


@dataclass(frozen=True)
class Used:
    """What a replica needed while it lived: megabytes at most, and seconds of processor time."""

    peak_mb: float
    cpu_seconds: float


class Replica:
    """One bot that ticks, seen from outside."""

    def __init__(self, line: Connection) -> None:
        self._line = line

    def stop(self) -> Used:
        """Lets it finish what it has in hand."""
        self._line.send("stop")
        used: Used = self._line.recv()
        return used


def settings_for(url: str, sink_url: str, *, has_limits: bool) -> Settings:
    """The settings of a bot that posts to the sink, with the pace that is Slack's, or with none."""
    settings = Settings(
        database_url=url,
        slack_api_url=sink_url,
        slack_bot_token=SecretStr("xoxb-benchmark"),
        slack_signing_secret=SecretStr("secret"),
        slack_mode="http",
        port=0,
    )
    # A copy is not validated again: no workspace may be this fast.
    unlimited = {"workspace_posts_per_second": NO_LIMIT, "channel_posts_per_second": NO_LIMIT}
    return settings if has_limits else settings.model_copy(update=unlimited)


@contextmanager
def replicas(count: int, settings: Settings) -> Iterator[list[Replica]]:
    """So many bots, running."""
    context = multiprocessing.get_context("spawn")
    with ExitStack() as started:
        lines = []
        for _ in range(count):
            ours, its = context.Pipe()
            process = context.Process(target=_live, args=(its, settings), daemon=True)
            process.start()
            started.callback(process.join)
            started.callback(process.terminate)
            lines.append(ours)
        for line in lines:
            assert line.recv() == "running"
        yield [Replica(line) for line in lines]


def _live(line: Connection, settings: Settings) -> None:
    sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115  # its log costs what it costs, and nobody reads it
    log.set_up(form="json", level="info")
    bot = Bot(settings, SystemClock(), Role.TICKER)
    bot.start()
    line.send("running")
    line.recv()
    bot.stop()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    line.send(Used(_peak_mb(), usage.ru_utime + usage.ru_stime))


def _peak_mb() -> float:
    """Of this process alone: what `getrusage` says begins with what its parent needed before it."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split(maxsplit=1)[0]) / 1024
