"""One life, from its seed: a world, a Slack, a planner and some replicas, until everything has ended."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import structlog

from tests.simulation.invariants import Ending, Violation, violations
from tests.simulation.memory import SimulatedDatabase
from tests.simulation.planner import Planner
from tests.simulation.replica import Engine, Replicas
from tests.simulation.slack import SimulatedSlack
from tests.simulation.weather import Aim, weather_of
from tests.simulation.world import World

_DEADLINE = 25_000.0
"""Seconds after which what is still owed is lost."""

_AFTERMATH = 30.0
"""Seconds in which what Slack still carries out would come to light."""


@dataclass(frozen=True)
class Life:
    """What one seed led to."""

    seed: int
    aim: Aim
    seen: Counter[str]
    """How often each thing happened."""
    violations: list[Violation]
    trace: list[str]


def live(database: SimulatedDatabase, seed: int, engine: Engine | None = None) -> Life:
    """Lives one life. The same seed and engine lead to the same one, to the last line of the trace."""
    engine = engine or Engine()
    chance = random.Random(seed)
    world = World(weather_of(seed, chance), chance)
    database.reset(world, judged_by_own_clocks=engine.judged_by_own_clocks)
    slack = SimulatedSlack(world)
    _plan_jumps(world)
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars, world.hear]):
        planner = Planner(world, database)
        replicas = Replicas(world, database, slack, engine)
        try:
            world.run(lambda: not replicas.at_work and planner.is_done and database.is_settled(), deadline=_DEADLINE)
            world.run(lambda: False, deadline=world.seconds + _AFTERMATH)
        finally:
            world.close()
    ending = Ending(world.weather, planner, database.deliveries(), database.moves(), slack.shown, world.surprises)
    return Life(seed, world.weather.aim, world.seen, violations(ending), world.trace)


def _plan_jumps(world: World) -> None:
    def jump(by: timedelta) -> None:
        world.judge_is_off += by
        world.note("the judging clock jumped", f"by {by}")

    for at, by in world.weather.clock_jumps:
        world.later(at, partial(jump, by))
