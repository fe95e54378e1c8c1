"""One database for all lives of a module: each begins by emptying it."""

from collections.abc import Iterator

import pytest

from tests.simulation.memory import SimulatedDatabase


@pytest.fixture(scope="module")
def database() -> Iterator[SimulatedDatabase]:
    database = SimulatedDatabase()
    yield database
    database.dispose()
