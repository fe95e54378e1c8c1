"""The named points at which the outbox touches the world. Each has sides, where a process may die or stand still.

They are read from the code itself, so that a transaction added to the outbox cannot escape the simulation.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import bot.outbox

BEFORE, INSIDE, AFTER = "before", "inside", "after"
"""The sides of a transaction: not begun, all written but not committed, committed but not known to be."""
GOING, COMING = "going", "coming"
"""The sides of a call to Slack: on its way there, and its answer on its way back."""

SLACK_CALLS = ("post", "update", "open_dm", "look")


def transactions() -> list[str]:
    """The functions of the outbox that begin a transaction."""
    sources = sorted(Path(*bot.outbox.__path__).glob("*.py"))
    return sorted({name for source in sources for name in _beginning(ast.parse(source.read_text()))})


def points() -> list[str]:
    """Every point and side, as `_intend:after` or `post:going`."""
    around = [f"{name}:{side}" for name in transactions() for side in (BEFORE, INSIDE, AFTER)]
    return around + [f"{call}:{side}" for call in SLACK_CALLS for side in (GOING, COMING)]


def _beginning(tree: ast.Module) -> Iterator[str]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
            if any(isinstance(called, ast.Attribute) and called.attr == "begin" for called in calls):
                yield function.name
