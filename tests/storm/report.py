"""The storm's figures, as a table for people."""

import os
import platform
from collections.abc import Iterable
from importlib.metadata import version

from tests.storm.counting import Way
from tests.storm.fleet import AT_RANDOM, AT_RANDOM_SERVE
from tests.storm.plan import Report
from tests.storm.replica import Point


def as_markdown(report: Report) -> str:
    """The whole report."""
    plan, verdict = report.plan, report.verdict
    title = f"# {report.kills.total():,} kills: {len(verdict.lost)} lost, {len(verdict.doubled)} doubled"
    answers = sum(verdict.given.values())
    lived = (
        f"{report.weeks} weeks of {plan.owners} owners in {report.seconds / 60:.1f} minutes, seed {plan.seed}. "
        f"{plan.doors} forked replicas that do everything, {plan.tickers} that only plan and send, "
        f"{plan.started} started by `python -m bot serve`. {_machine()}"
    )
    outcome = [
        ("messages owed", verdict.owed),
        ("posted", verdict.posted),
        ("– summaries of meetings", verdict.summaries),
        ("ended unsent, with the reason", sum(verdict.unsent.values())),
        *((f"– {how}", number) for how, number in sorted(verdict.unsent.items())),
        ("rewritings of a message", verdict.rewritten),
        ("**lost**", len(verdict.lost)),
        ("**doubled**", len(verdict.doubled)),
        ("posted, though the row says otherwise", len(verdict.astray)),
        ("messages that do not say what they said last", len(verdict.outdated)),
        ("answers given", answers),
        *((f"– {way}", verdict.given.get(way, 0)) for way in Way),
        ("answers kept, of those given", sum(verdict.kept.values())),
        ("**answers lost**", len(verdict.answers_lost)),
        ("**answers doubled**", len(verdict.answers_doubled)),
        ("answers nobody confirmed, kept once or not at all", verdict.unconfirmed),
    ]
    kills = [(name, report.kills[name]) for name in (*Point, AT_RANDOM, AT_RANDOM_SERVE) if report.kills[name]]
    faults = [*sorted(report.struck.items()), ("starts that failed meanwhile, and were repeated", report.failed_starts)]
    parts = [title, lived, _table("outcome", outcome), _table("killed", kills), _table("what failed besides", faults)]
    if report.oddities:
        parts.append(_table("logged by replicas, and not foreseen", report.oddities.most_common(20)))
    if verdict.wrong:
        parts.append("\n".join(f"- {one}" for one in verdict.wrong[:50]))
    return "\n\n".join(parts) + "\n"


def _table(title: str, rows: Iterable[tuple[str, int]]) -> str:
    return "\n".join([f"| {title} | |", "|---|--:|", *(f"| {name} | {number:,} |" for name, number in rows)])


def _machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("SQLAlchemy", "psycopg"))
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"Python {platform.python_version()}, {packages}; {machine}."
