"""Whatever happens, each message appears once, none is lost, and what has ended stays as it is.

A seed that fails here is replayed with `python -m tests.simulation --seed N`, which prints all that happened in it.
"""

import os
import subprocess
import sys
from collections import Counter

import pytest

from tests.conftest import ROOT
from tests.simulation.life import Life, live
from tests.simulation.memory import SimulatedDatabase
from tests.simulation.points import points, transactions
from tests.simulation.slack import FAULTS
from tests.simulation.weather import AIMS, JUMPY, STEADY, Aim, Bounds, possible_at

SEEDS = len(AIMS)
LAST_SEED = 20 * len(AIMS)


@pytest.fixture(scope="module")
def lives(database: SimulatedDatabase) -> list[Life]:
    """Some two hundred: each aim gets a life, and more where it was missed."""
    lives = [live(database, seed) for seed in range(SEEDS)]
    for number, aim in enumerate(AIMS):
        seeds = iter(range(SEEDS + number, LAST_SEED, len(AIMS)))
        while not any(life.seen[str(aim)] for life in lives):
            lives.append(live(database, next(seeds)))
    return lives


@pytest.fixture(scope="module")
def seen(lives: list[Life]) -> Counter[str]:
    """How often each thing happened in all of them."""
    return sum((life.seen for life in lives), Counter())


def test_no_promise_is_broken_in_any_life(lives: list[Life]) -> None:
    broken = {life.seed: [str(violation) for violation in life.violations] for life in lives if life.violations}
    assert broken == {}


def test_something_was_at_stake(lives: list[Life], seen: Counter[str]) -> None:
    assert all(life.seen["planner: owe"] >= 2 for life in lives)
    assert seen["shown"] > 1.5 * SEEDS
    assert seen["rewritten"] > SEEDS / 5


def test_every_point_of_a_send_was_died_and_stood_still_at(seen: Counter[str]) -> None:
    missed = [str(Aim(point, fate)) for point in points() for fate in possible_at(point) if not seen[f"{fate} {point}"]]
    assert missed == []


def test_every_fault_of_slack_happened(seen: Counter[str]) -> None:
    assert [fault for fault in FAULTS if not seen[fault]] == []
    assert seen["found"]
    assert seen["not found"]
    assert seen["look: too soon"]


def test_clocks_jumped_processes_were_stopped_and_writers_waited(seen: Counter[str]) -> None:
    for event in (
        "the judging clock jumped",
        "own clock jumped",
        "stopped",
        "transaction ended by the server",
        "waited in vain for a turn",
    ):
        assert seen[event], event


def test_a_seed_replays_to_the_last_line(database: SimulatedDatabase, lives: list[Life]) -> None:
    for seed in range(0, SEEDS, 40):
        assert live(database, seed).trace == lives[seed].trace


def test_a_seed_replays_in_another_process(lives: list[Life]) -> None:
    another = [sys.executable, "-m", "tests.simulation", "--seed", "7"]
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    told = subprocess.run(another, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == lives[7].trace


@pytest.mark.parametrize("bounds", [STEADY, JUMPY])
def test_the_weather_is_no_worse_than_the_promise_allows(bounds: Bounds) -> None:
    assert bounds.longest_until_visible < bounds.guard


def test_the_points_are_those_of_the_code() -> None:
    assert {"_claim_due", "_open_dm", "_intend", "sent", "not_found", "reconcile_due"} <= set(transactions())
