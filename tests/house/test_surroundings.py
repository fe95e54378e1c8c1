"""The time and the environment each have one door."""

import ast
from collections.abc import Iterator

from tests.house.source import lines, offences, references

TIME = {
    *(f"datetime.datetime.{name}" for name in ("now", "utcnow", "today")),
    "datetime.date.today",
    *(f"time.{name}" for name in ("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns")),
    *(f"time.{name}" for name in ("clock_gettime", "clock_gettime_ns")),
    *(f"time.{name}" for name in ("gmtime", "localtime", "ctime")),
    *(f"sqlalchemy.func.{name}" for name in ("now", "current_timestamp", "clock_timestamp")),
}
ENVIRONMENT = {"os.environ", "os.environb", "os.getenv", "os.putenv", "os.unsetenv"}


def readings_of_the_time(tree: ast.Module) -> Iterator[ast.AST]:
    return (node for node, name in references(tree) if name in TIME)


def readings_of_the_environment(tree: ast.Module) -> Iterator[ast.AST]:
    return (node for node, name in references(tree) if name in ENVIRONMENT)


def test_only_the_clock_reads_the_time() -> None:
    # On PostgreSQL the database lends its own clock, so that replicas agree; that is asked for in one place.
    assert offences(readings_of_the_time, allowed=["bot.clock", "bot.db.database"]) == []


def test_only_the_settings_read_the_environment() -> None:
    assert offences(readings_of_the_environment, allowed=["bot.settings"]) == []


def test_a_reading_of_the_time_would_be_found_whatever_it_is_called() -> None:
    snippet = """
import datetime as dt, time as t
from datetime import date, datetime
from sqlalchemy import func
from time import monotonic
dt.datetime.now()
column(default=datetime.now)
date.today()
t.time()
func.now()
"""
    assert sorted(lines(readings_of_the_time, snippet)) == [5, 6, 7, 8, 9, 10]


def test_a_time_that_was_handed_in_is_as_it_should_be() -> None:
    assert lines(readings_of_the_time, "import time\nclock.now()\ndatabase.now(tx)\ntime.sleep(1)") == []


def test_a_reading_of_the_environment_would_be_found() -> None:
    assert sorted(lines(readings_of_the_environment, "import os\nfrom os import getenv\nos.environ['A']")) == [2, 3]
