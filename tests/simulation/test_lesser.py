"""The test of the test: an engine that lacks one thing must fail, or the simulation is blind."""

import pytest

from tests.simulation.lesser import LESSER
from tests.simulation.life import live
from tests.simulation.memory import SimulatedDatabase
from tests.simulation.weather import AIMS

WEAKNESSES = {
    "naive": "post:coming",
    "resigned": "post:coming",
    "hasty": "no_answer:before",
    "heedless of its lease": "_intend:after",
    "on a clock that sleeps": "_intend:after",
    "judged by its own clock": "_claim_due:before",
}
"""Lives about which point show best what each lesser engine lacks."""


@pytest.mark.parametrize(("name", "weakness"), WEAKNESSES.items())
def test_a_lesser_engine_is_found_out(database: SimulatedDatabase, name: str, weakness: str) -> None:
    about = [seed for seed in range(20 * len(AIMS)) if AIMS[seed % len(AIMS)].point == weakness]
    assert any(live(database, seed, LESSER[name]).violations for seed in about)


def test_the_naive_engine_doubles_again_and_again(database: SimulatedDatabase) -> None:
    broken = [
        {violation.promise for violation in live(database, seed, LESSER["naive"]).violations} for seed in range(20)
    ]
    assert sum("doubled" in promises for promises in broken) >= 3


def test_each_lesser_engine_is_put_to_the_test() -> None:
    assert WEAKNESSES.keys() == LESSER.keys()
