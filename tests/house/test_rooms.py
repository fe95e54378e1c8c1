"""Who may import what, where import-linter cannot say it, and what nothing may be called."""

import ast
from collections.abc import Iterator

from tests.house.source import imported_modules, lines, modules, offences

EMPTY_WORDS = {"util", "helper", "common", "manager", "handler", "service"}
OF_THE_SANDBOX = ("bot.sandbox", "bot.demo.company", "bot.clock")


def imports_of_slackblocks(tree: ast.Module) -> Iterator[ast.AST]:
    return (node for node, name in imported_modules(tree) if _is_within(name, "slackblocks"))


def imports_of_the_sandbox(tree: ast.Module) -> Iterator[ast.AST]:
    return (node for node, name in imported_modules(tree) if _is_within(name, "bot.sandbox"))


def imports_of_the_bot_by_the_sandbox(tree: ast.Module) -> Iterator[ast.AST]:
    for node, name in imported_modules(tree):
        if _is_within(name, "bot") and not any(_is_within(name, place) for place in OF_THE_SANDBOX):
            yield node


def imports_of_the_bot(tree: ast.Module) -> Iterator[ast.AST]:
    return (node for node, name in imported_modules(tree) if _is_within(name, "bot"))


def classes_with_empty_names(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(node.name.lower().endswith(word) for word in EMPTY_WORDS):
            yield node


def is_empty_name(module: str) -> bool:
    words = module.replace(".", "_").split("_")
    return any(word.removesuffix("s") in EMPTY_WORDS for word in words)


def _is_within(name: str, place: str) -> bool:
    return name == place or name.startswith(f"{place}.")


def test_slackblocks_is_used_in_the_slack_room_only() -> None:
    assert offences(imports_of_slackblocks, allowed=["bot.slack"]) == []


def test_nothing_but_the_command_line_and_the_rehearsal_know_the_sandbox() -> None:
    assert offences(imports_of_the_sandbox, allowed=["bot.sandbox", "bot.rehearsal", "bot.__main__"]) == []


def test_the_sandbox_knows_the_demo_company_and_the_clock_and_nothing_else_of_the_bot() -> None:
    assert offences(imports_of_the_bot_by_the_sandbox, within="bot.sandbox") == []


def test_the_demo_company_is_plain_data() -> None:
    assert offences(imports_of_the_bot, within="bot.demo.company") == []


def test_every_module_and_class_is_named_for_what_it_is() -> None:
    assert [module.name for module in modules() if is_empty_name(module.name)] == []
    assert offences(classes_with_empty_names) == []


def test_an_import_of_slackblocks_would_be_found() -> None:
    assert lines(imports_of_slackblocks, "import slackblocks\nfrom slackblocks.blocks import Block") == [1, 2]


def test_an_import_of_the_sandbox_would_be_found() -> None:
    assert lines(imports_of_the_sandbox, "from bot import sandbox\nimport bot.sandbox.store") == [1, 2]


def test_an_import_by_the_sandbox_would_be_found() -> None:
    snippet = "from bot.clock import Clock\nfrom bot.demo import company, seed\nfrom bot.slack.mrkdwn import md"
    assert lines(imports_of_the_bot_by_the_sandbox, snippet) == [2, 3]
    assert lines(imports_of_the_bot, "import json\nfrom bot import clock") == [2]


def test_an_empty_name_would_be_found() -> None:
    assert is_empty_name("bot.outcomes.utils")
    assert is_empty_name("bot.slack.form_helpers")
    assert not is_empty_name("bot.outcomes.rules")
    assert lines(classes_with_empty_names, "class OutcomeManager: ...\nclass Outcome: ...") == [1]
