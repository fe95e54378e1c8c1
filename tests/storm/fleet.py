"""The replicas: each place has a process that serves, and gets a new one whenever that was killed."""

import multiprocessing
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bot.settings import Role, Settings
from tests.conftest import ROOT
from tests.storm.replica import Engine, Life, Point, live

AT_RANDOM = "at a random moment"
AT_RANDOM_SERVE = "at a random moment, a process started by `python -m bot serve`"

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.storm.template"])


def prepare_template() -> None:
    """Has the process loaded from which replicas are forked."""
    first = _FORKS.Process(target=int)
    first.start()
    first.join()


@dataclass(frozen=True)
class Choice:
    """How lives end.

    Args:
        points: the named points, one of which a life is given.
        passings: at which passing of its point a life ends, at the latest.
        at_random: how many lives end at a random moment instead.
        longest: seconds after which a life ends in any case, if its point never came.
    """

    points: Sequence[Point] = tuple(Point)
    passings: int = 4
    at_random: float = 0.2
    longest: float = 4.0
    engine: Engine = Engine.CAREFUL


class Process(Protocol):
    """A process of either sort."""

    def ended(self) -> int | None:
        """How it ended, -9 for a kill; None while it runs."""
        ...

    def kill(self) -> None:
        """`kill -9`, and returns once it is gone."""
        ...


class Forked:
    """A replica forked from the template."""

    def __init__(self, life: Life) -> None:
        self._process = _FORKS.Process(target=live, args=(life,), daemon=True)
        self._process.start()

    def ended(self) -> int | None:
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()
        self._process.join()


class Started:
    """A replica as people start it."""

    def __init__(self, life: Life) -> None:
        chosen = life.settings
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "LOG_FORMAT": "json",
            "LOG_LEVEL": "warning",
            **{name.upper(): _plain(getattr(chosen, name)) for name in chosen.model_fields_set},
        }
        with life.log.open("ab") as lines:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve", "--role", life.role],
                cwd=life.log.parent,
                env=environment,
                stdout=lines,
                stderr=lines,
            )

    def ended(self) -> int | None:
        return self._process.poll()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@dataclass(frozen=True)
class Drawn:
    """How a life is to end: at a point, or after so many seconds."""

    point: Point | None
    passing: int
    lasts: float


_PEACE = Drawn(None, 1, 1.0)
"""Not to be killed, until kills begin again."""
_COMMITS = 20


@dataclass
class Place:
    """Where one replica serves, one life after the other."""

    settings: Settings
    role: Role
    is_forked: bool = True
    process: Process | None = None
    fate: Drawn = _PEACE
    begun_at: float = 0.0


@dataclass
class Fleet:
    """All replicas, and how often each way of dying was died."""

    places: Sequence[Place]
    choice: Choice
    log: Path
    dice: random.Random
    kills: Counter[str] = field(default_factory=Counter)
    failed_starts: int = 0

    def tend(self, *, kill: bool = True) -> None:
        """Ends whoever's time has come, and puts somebody new wherever nobody is. To be called again and again.

        Without `kill`, whoever lives may go on, and whoever is new is not to be killed.
        """
        for place in self.places:
            if place.process is not None:
                self._look_after(place, place.process, kill=kill)
            if place.process is None:
                self._begin(place, self._drawn(place) if kill else _PEACE)

    def stop(self) -> None:
        """Ends every process."""
        for place in self.places:
            self._end(place)

    def _look_after(self, place: Place, process: Process, *, kill: bool) -> None:
        how = process.ended()
        if how is not None:
            if how == -9 and place.fate.point is not None:
                self.kills[place.fate.point] += 1
            else:
                self.failed_starts += 1
            place.process = None
        elif kill and time.monotonic() >= place.begun_at + place.fate.lasts:
            self._end(place)
            self.kills[AT_RANDOM if place.is_forked else AT_RANDOM_SERVE] += 1

    def _drawn(self, place: Place) -> Drawn:
        """How the next life in this place ends."""
        dice, choice = self.dice, self.choice
        if not place.is_forked:
            return Drawn(None, 1, dice.uniform(15, 60))
        if not choice.points or dice.random() < choice.at_random:
            return Drawn(None, 1, 0.2 + dice.expovariate(1 / 2))
        point = dice.choice(choice.points)
        most = _COMMITS if point in (Point.BEFORE_COMMIT, Point.AFTER_COMMIT) else choice.passings
        return Drawn(point, dice.randint(1, most), choice.longest)

    def _begin(self, place: Place, fate: Drawn) -> None:
        life = Life(place.settings, place.role, self.log, fate.point, fate.passing, self.choice.engine)
        place.process = Forked(life) if place.is_forked else Started(life)
        place.fate, place.begun_at = fate, time.monotonic()

    def _end(self, place: Place) -> None:
        if place.process is not None:
            place.process.kill()
            place.process = None


def _plain(value: object) -> str:
    return str(getattr(value, "get_secret_value", lambda: value)())
