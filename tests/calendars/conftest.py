"""A calendar server for each test."""

from collections.abc import Iterator

import pytest

from tests.calendars.serving import Calendars, serving


@pytest.fixture
def server() -> Iterator[Calendars]:
    """A server on loopback that gives what the test says."""
    with serving() as calendars:
        yield calendars
