"""A short storm on every run of the tests; `make faults` is the whole one."""

import random
from pathlib import Path

from tests.storm.fleet import Choice
from tests.storm.plan import Plan, Report
from tests.storm.replica import Engine, Point
from tests.storm.rows import Rows
from tests.storm.storm import storm


def brew(postgres_url: str, folder: Path, plan: Plan) -> Report:
    """A storm on a database of its own, on the server that the other tests use too: it is not restarted."""
    with Rows.created(postgres_url, f"storm_{random.randrange(10**9)}") as rows:
        return storm(plan, rows, folder)


def test_nothing_is_lost_or_doubled_when_replicas_are_killed_at_each_step_of_sending(
    postgres_url: str, tmp_path: Path
) -> None:
    plan = Plan(kills=15, tickers=1, started=0, owners=6, notes=24, choice=Choice(passings=2, longest=2))
    report = brew(postgres_url, tmp_path, plan)
    assert report.verdict.wrong == []
    assert report.verdict.posted >= 24
    assert report.verdict.summaries >= 1
    assert report.kills.total() >= 15


def test_a_storm_finds_what_a_sender_doubles_that_does_not_look(postgres_url: str, tmp_path: Path) -> None:
    report = brew(postgres_url, tmp_path, naive(Engine.REPEATS, Point.AFTER_POST))
    assert report.verdict.doubled


def test_a_storm_finds_what_a_sender_loses_that_takes_every_post_for_sent(postgres_url: str, tmp_path: Path) -> None:
    report = brew(postgres_url, tmp_path, naive(Engine.ASSUMES, Point.AFTER_INTENT))
    assert report.verdict.lost


def naive(engine: Engine, point: Point) -> Plan:
    """A few kills where such a sender cannot know what it did."""
    choice = Choice(points=(point,), passings=1, at_random=0, engine=engine)
    return Plan(kills=1, doors=0, tickers=1, started=0, owners=1, notes=12, beat=0.3, has_faults=False, choice=choice)
