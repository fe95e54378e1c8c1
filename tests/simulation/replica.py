"""A replica: the bot's own ticks, on a clock of its own, started anew whenever it died or was stopped."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.errors import MemoryAway
from bot.outbox.jobs import ticks
from bot.outbox.posting import HTTP_TIMEOUT, Poster
from bot.outbox.rules import Pace
from bot.outbox.sender import Sender
from bot.ticker import Tick
from tests.simulation.memory import SimulatedDatabase
from tests.simulation.weather import STORM
from tests.simulation.world import Process, World

_LONGEST_REST = 30.0


@dataclass(frozen=True)
class Engine:
    """What sends: the bot's sender, or a lesser one that the simulation must find out."""

    sender: Callable[..., Sender] = Sender
    timeout: float = HTTP_TIMEOUT
    judged_by_own_clocks: bool = False
    clocks_stand_still: bool = False
    """Whether the monotonic seconds stand still with the process, as some do while a machine sleeps."""


class ReplicaClock:
    """One process's clock. It is off, and jumps; its monotonic seconds begin anywhere and go on while it is frozen."""

    is_machines_own = False

    def __init__(self, world: World, process: Process, *, stands_still: bool) -> None:
        self._world = world
        self._process = process
        self._stands_still = stands_still
        self._begun_at = world.chance.uniform(0, 1e6)

    def now(self) -> datetime:
        return self._world.instant() + self._process.skew

    def monotonic(self) -> float:
        frozen_for = self._process.frozen_for if self._stands_still else 0.0
        return self._begun_at + self._world.seconds - frozen_for


class Replicas:
    """As many as the weather has, and how many of their lines are at work."""

    def __init__(self, world: World, database: SimulatedDatabase, slack: Poster, engine: Engine) -> None:
        self._world = world
        self._database = database
        self._slack = slack
        self._engine = engine
        self.at_work = 0
        for number in range(1, world.weather.replicas + 1):
            self._start(f"replica {number}")

    def _start(self, name: str) -> None:
        world, chance = self._world, self._world.chance
        process = Process(name, skew=self._any_skew())
        pace = Pace.of(
            workspace_posts_per_second=4,
            channel_posts_per_second=1,
            history_calls_per_minute=world.weather.history_per_minute,
        )
        sender = self._engine.sender(
            self._database,
            self._slack,
            ReplicaClock(world, process, stands_still=self._engine.clocks_stand_still),
            pace,
            timeout=self._engine.timeout,
            chance=chance.random,
        )
        process.when_dead = lambda: world.later(chance.uniform(1, 60), partial(self._start, name))
        for tick in ticks(sender, lines=world.weather.lines):
            world.start(process, partial(self._beat, process, tick))
        self._plan_jump(process)
        if world.is_stormy and chance.random() < 0.2:
            world.later(chance.uniform(1, STORM), partial(self._stop, process, sender))

    def _beat(self, process: Process, tick: Tick) -> None:
        """What the ticker does, except that it does not beat while the rows say there is nothing to do."""
        is_sending = tick.name.startswith("outbox.send")
        idle = 0
        while not process.is_stopping:
            soonest = max(0.0, self._database.until_due(sending=is_sending))
            self._world.sleep(min(soonest, _LONGEST_REST) + self._world.chance.uniform(0, min(2**idle, _LONGEST_REST)))
            if self._database.until_due(sending=is_sending) <= 0:
                idle = 0 if self._run(tick) else idle + 1

    def _run(self, tick: Tick) -> int:
        self.at_work += 1
        try:
            return tick.run()
        except MemoryAway as error:
            self._world.say(f"{tick.name} lost touch with the database: {error.cause}")
            return 0
        finally:
            self.at_work -= 1

    def _stop(self, process: Process, sender: Sender) -> None:
        """An orderly stop: what is leased is handed back, what is being posted is finished, and a new one starts."""

        def release() -> None:
            self._world.note("stopped")
            try:
                sender.release()
            except MemoryAway:
                self._world.say("could not hand back what it had leased")

        if process.is_alive:
            self._world.start(process, release)
            process.is_stopping = True
            process.when_dead = lambda: None
            self._world.later(self._world.chance.uniform(1, 30), partial(self._start, process.name))

    def _plan_jump(self, process: Process) -> None:
        def jump() -> None:
            process.skew = self._any_skew()
            self._world.note("own clock jumped", f"of {process.name}")

        if self._world.is_stormy:
            self._world.later(self._world.chance.uniform(0, STORM), jump)

    def _any_skew(self) -> timedelta:
        return timedelta(seconds=self._world.chance.choice([0, 0, -7200, -60, 3, 60, 7200]))
