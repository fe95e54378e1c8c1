"""One place commits, and no transaction waits for Slack."""

import ast
from collections.abc import Iterator

from tests.house.source import dotted, lines, offences

TRANSACTIONS = {"begin", "read"}
SLACK_CALLS = {"ack", "respond", "say"}
SLACK_CLIENTS = {"client", "_client", "web_client"}


def commits(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node)[-1] in {"commit", "rollback"}:
            yield node


def slack_calls_in_a_transaction(tree: ast.Module) -> Iterator[ast.AST]:
    for block in ast.walk(tree):
        if isinstance(block, ast.With) and any(_opens_a_transaction(item.context_expr) for item in block.items):
            for node in (inner for statement in block.body for inner in ast.walk(statement)):
                if isinstance(node, ast.Call) and _calls_slack(node):
                    yield node


def _opens_a_transaction(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TRANSACTIONS


def _calls_slack(node: ast.Call) -> bool:
    *before, called = dotted(node.func)
    return called in SLACK_CALLS or bool(SLACK_CLIENTS.intersection(before))


def test_only_the_database_commits_or_rolls_back() -> None:
    assert offences(commits, allowed=["bot.db.database"]) == []


def test_no_transaction_is_open_while_slack_is_called() -> None:
    assert offences(slack_calls_in_a_transaction) == []


def test_a_commit_elsewhere_would_be_found() -> None:
    assert lines(commits, "def log_outcome(tx):\n    tx.add(1)\n    tx.commit()\n    tx.rollback()") == [3, 4]


def test_a_slack_call_inside_a_transaction_would_be_found() -> None:
    snippet = """
with database.begin() as tx:
    ack()
    context.client.chat_postMessage(channel=tx.channel)
    self.respond(text="saved")
with self._database.read() as tx:
    if tx:
        client.views_open()
"""
    assert lines(slack_calls_in_a_transaction, snippet) == [3, 4, 5, 8]


def test_a_slack_call_after_the_transaction_is_as_it_should_be() -> None:
    assert lines(slack_calls_in_a_transaction, "with db.begin() as tx:\n    tx.add(1)\nack()\nclient.post()") == []
