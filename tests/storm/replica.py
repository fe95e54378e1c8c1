"""One life of a replica: the unmodified bot, in a process forked from one that has loaded it already.

A process that loads the bot needs two seconds to begin; one that is forked begins at once, and `kill -9` ends it just
the same. The bot has no hooks for tests: what kills a replica at a named point is put around its ports, here.
"""

import multiprocessing
import os
import random
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import bot.main
from bot import log
from bot.clock import Clock, SystemClock
from bot.db.database import Database, Tx
from bot.errors import RhythmError
from bot.outbox.claims import Held
from bot.outbox.posting import Page, Posted, SlackPoster
from bot.outbox.rules import LOOKS_NEEDED
from bot.outbox.sender import Sender
from bot.outbox.settling import Arrival
from bot.settings import Role, Settings
from bot.slack.message import Message
from bot.ticker import Tick, Ticker

PEACEFUL_LIFE = "RHYTHM_STORM_PEACEFUL_LIFE"
"""The variable that names the file with the settings of the template's own life."""

TIMEOUT = 2.0
"""Seconds after which a forked replica gives a call to Slack up; the lease check still reckons with ten."""

_BEAT = timedelta(seconds=0.5)
"""How often a forked replica finds out about messages of unknown fate: its life is short, and its clock is fast."""

_MOMENT = 0.01
"""Seconds in which a call to Slack is usually answered: a kill falls anywhere within."""


class Point(StrEnum):
    """Where a replica kills itself."""

    BEFORE_CLAIM = "before the claim"
    AFTER_CLAIM = "after the claim"
    AFTER_INTENT = "after the intent, before the post"
    DURING_POST = "while Slack is being asked"
    AFTER_POST = "after the post, before the record"
    AFTER_RECORD = "after the record"
    BEFORE_LOOK = "before a look"
    AFTER_LOOK = "after a look, before its record"
    BEFORE_COMMIT = "before a commit, of anything"
    AFTER_COMMIT = "after a commit, of anything"


class Engine(StrEnum):
    """How a replica sends. The naive ones are for seeing that the counting finds what they do."""

    CAREFUL = "as Rhythm does"
    REPEATS = "posts again without looking"
    ASSUMES = "takes every post for sent without looking"


@dataclass(frozen=True)
class Life:
    """What one process lives by, from its start until it is killed."""

    settings: Settings
    role: Role
    log: Path
    point: Point | None = None
    """Where it kills itself; None leaves that to whoever started it."""
    passing: int = 1
    """At which passing of the point."""
    engine: Engine = Engine.CAREFUL


class Fate:
    """Ends this process at its point."""

    def __init__(self, point: Point | None, passing: int) -> None:
        self._point, self._left = point, passing

    def at(self, point: Point) -> None:
        """Returns, unless the process ends here."""
        if self.comes(point):
            kill_this_process()

    def comes(self, point: Point) -> bool:
        """Whether this passing of the point is the last one."""
        if point != self._point:
            return False
        self._left -= 1
        return self._left == 0


def kill_this_process() -> None:
    """`kill -9`: nothing is finished, handed back or said."""
    os.kill(os.getpid(), signal.SIGKILL)


class DoomedDatabase(Database):
    """Ends before or after a commit."""

    def __init__(self, fate: Fate, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fate = fate

    @contextmanager
    def begin(self) -> Iterator[Tx]:
        with super().begin() as tx:
            yield tx
            self._fate.at(Point.BEFORE_COMMIT)
        self._fate.at(Point.AFTER_COMMIT)


class DoomedPoster(SlackPoster):
    """Ends around a call to Slack."""

    def __init__(self, fate: Fate, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fate = fate

    def post(self, workspace_id: str, *, channel: str, message: Message, uid: str, thread_ts: str | None) -> Posted:
        self._fate.at(Point.AFTER_INTENT)
        if self._fate.comes(Point.DURING_POST):
            threading.Timer(random.uniform(0, _MOMENT), kill_this_process).start()
        posted = super().post(workspace_id, channel=channel, message=message, uid=uid, thread_ts=thread_ts)
        self._fate.at(Point.AFTER_POST)
        return posted

    def look(
        self, workspace_id: str, *, channel: str, since: datetime, uid: str, thread_ts: str | None, page: str
    ) -> Page:
        self._fate.at(Point.BEFORE_LOOK)
        seen = super().look(workspace_id, channel=channel, since=since, uid=uid, thread_ts=thread_ts, page=page)
        self._fate.at(Point.AFTER_LOOK)
        return seen


class DoomedSender(Sender):
    """Ends between the steps of sending."""

    def __init__(self, fate: Fate, engine: Engine, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fate, self._engine = fate, engine

    def _claim_due(self) -> list[Held]:
        self._fate.at(Point.BEFORE_CLAIM)
        batch = super()._claim_due()
        if batch:
            self._fate.at(Point.AFTER_CLAIM)
        return batch

    def _send(self, batch: list[Held], lease_ends: float) -> None:
        super()._send(batch, lease_ends)
        self._fate.at(Point.AFTER_RECORD)

    def _find_out_about(self, held: Held) -> None:
        if self._engine == Engine.CAREFUL:
            super()._find_out_about(held)
        elif self._engine == Engine.REPEATS:
            self._settle.not_found(held, LOOKS_NEEDED)
        else:
            self._settle.sent([Arrival(held, Posted(held.channel or "", "1.0"))])


def brisk(ticks: Sequence[Tick], clock: Clock) -> Ticker:
    """A ticker that does not take five seconds for the first look."""
    return Ticker([replace(tick, every=_BEAT) if tick.name == "outbox.reconcile" else tick for tick in ticks], clock)


def live(life: Life) -> None:
    """Serves until killed, and no longer than whoever wants it.

    A start that cannot succeed ends the process with 1, as `serve` does.
    """
    os.dup2(os.open(life.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT), sys.stderr.fileno())
    log.set_up(form="json", level="warning")
    fate = Fate(life.point, life.passing)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bot.main, "Database", partial(DoomedDatabase, fate))
        patch.setattr(bot.main, "SlackPoster", partial(DoomedPoster, fate, timeout=TIMEOUT))
        patch.setattr(bot.main, "Sender", partial(DoomedSender, fate, life.engine))
        patch.setattr(bot.main, "Ticker", brisk)
        try:
            bot.main.Bot(life.settings, SystemClock(), life.role).start()
        except RhythmError:
            os._exit(1)
    wanted_by = multiprocessing.parent_process()
    assert wanted_by is not None
    wanted_by.join()
    kill_this_process()
