"""Every button, form, shortcut, command and event has somebody who listens, and nobody listens for nothing."""

import ast
import importlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

from slack_sdk import WebClient

from bot.main import Bot
from bot.settings import Settings
from tests.house.source import ROOT, dotted, modules

# What each Web API method needs, as Slack's page of the method says.
SCOPES = {
    "auth.test": set(),
    "canvases.edit": {"canvases:write"},
    "chat.getPermalink": set(),
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.canvases.create": {"canvases:write"},
    "conversations.history": {"channels:history", "groups:history", "im:history"},
    "conversations.info": {"channels:read", "groups:read"},
    "conversations.members": {"channels:read", "groups:read"},
    "conversations.open": {"im:write"},
    "conversations.replies": {"channels:history", "groups:history", "im:history"},
    "dnd.teamInfo": {"dnd:read"},
    "users.info": {"users:read"},
    "views.open": set(),
    "views.publish": set(),
    "views.push": set(),
    "views.update": set(),
}
SCOPES_OF_EVENTS = {
    "app_home_opened": set(),
    "channel_archive": {"channels:read"},
    "channel_rename": {"channels:read"},
    "channel_unarchive": {"channels:read"},
    "group_archive": {"groups:read"},
    "group_rename": {"groups:read"},
    "group_unarchive": {"groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "message": {"im:history"},
    "team_join": {"users:read"},
    "user_change": {"users:read"},
}
SHAPES = {"button": 1, "overflow": 0, "select_menu": 1, "form": 0}
"""Which argument of each of our shapes is the id."""


class Ears:
    """Stands where Bolt does, and notes what is listened for by name."""

    def __init__(self) -> None:
        self.heard: dict[str, list[str]] = defaultdict(list)

    def __getattr__(self, kind: str) -> Callable[[object], Callable[[object], None]]:
        def listen(name: object, **narrowed: object) -> Callable[[object], None]:
            if isinstance(name, str):
                self.heard[kind].append(name)
            return lambda listener: None

        return listen


@cache
def heard() -> dict[str, list[str]]:
    """What the bot listens for: `action`, `view`, `shortcut`, `command` and `event`."""
    ears = Ears()
    Bot._listen(cast(Bot, SimpleNamespace(db=None, bolt=ears, settings=Settings())))
    return ears.heard


def emitted(shape: str) -> set[str]:
    """The ids that the bot's messages give to their buttons, or to their forms that can be submitted."""
    return {
        str(_value(module.name, call.args[SHAPES[shape]]))
        for module in modules()
        if module.within("bot") and not module.within("bot.sandbox", "bot.slack.blocks", "bot.linter")
        for call in calls_of(shape, module.tree)
    }


def calls_of(shape: str, tree: ast.AST) -> Iterator[ast.Call]:
    """The calls that make this shape; not of forms that have nothing to submit."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func) == [shape] and len(node.args) > SHAPES[shape]:
            submit = next((given.value for given in node.keywords if given.arg == "submit"), None)
            if not (isinstance(submit, ast.Constant) and submit.value is None):
                yield node


def called_methods() -> set[str]:
    """The Web API methods that the bot names: by the client's functions, or in full."""
    by_function = {name.replace(".", "_"): name for name in SCOPES}
    found = set()
    for module in modules():
        if module.within("bot.sandbox"):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and node.value in SCOPES:
                found.add(node.value)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                *before, name = dotted(node.func)
                if "client" in before and hasattr(WebClient, name):
                    found.add(by_function.get(name, name))
    return found


def manifest() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text())
    return document


def _value(module: str, node: ast.expr) -> object:
    if isinstance(node, ast.Constant):
        return node.value
    assert isinstance(node, ast.Name), f"{module}:{node.lineno}: an id should be a constant beside its words"
    return getattr(importlib.import_module(module), node.id)


def test_every_button_and_menu_has_a_listener_and_every_listener_a_button_or_menu() -> None:
    assert emitted("button") | emitted("overflow") | emitted("select_menu") == set(heard()["action"])


def test_every_form_has_a_listener_and_every_listener_a_form() -> None:
    assert emitted("form") == set(heard()["view"])


def test_the_manifest_offers_the_shortcuts_that_are_listened_for() -> None:
    offered = [one["callback_id"] for one in manifest()["features"]["shortcuts"]]
    assert sorted(offered) == sorted(heard()["shortcut"])


def test_the_manifest_offers_the_commands_that_are_listened_for() -> None:
    offered = manifest()["features"]["slash_commands"]
    assert sorted(one["command"] for one in offered) == sorted(heard()["command"])
    assert all(one["should_escape"] for one in offered), "names arrive as ids only when Slack escapes them"


def test_the_manifest_asks_for_the_events_that_are_listened_for() -> None:
    asked_for = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert sorted(name.partition(".")[0] for name in asked_for) == sorted(heard()["event"])


def test_nothing_is_listened_for_twice() -> None:
    assert [name for names in heard().values() for name in names if names.count(name) > 1] == []


def test_the_manifest_asks_for_the_scopes_that_are_needed_and_no_other() -> None:
    needed = {"commands"}.union(*(SCOPES[method] for method in called_methods()))
    needed |= set().union(*(SCOPES_OF_EVENTS[event] for event in heard()["event"]))
    scopes = manifest()["oauth_config"]["scopes"]
    assert sorted(scopes["bot"] + scopes["bot_optional"]) == sorted(needed)
    assert scopes["bot_optional"] == ["canvases:write"], "nothing that everybody relies on may be optional"


def test_a_button_menu_or_form_would_be_found() -> None:
    lines = ["button('Go', GO)", "form('a.form', 'Title', [])", "form('notice', 'Title', [], submit=None)"]
    tree = ast.parse("\n".join([*lines, "overflow(MORE, {'edit': 'Edit'})"]))
    assert [call.lineno for call in calls_of("button", tree)] == [1]
    assert [call.lineno for call in calls_of("form", tree)] == [2]
    assert [call.lineno for call in calls_of("overflow", tree)] == [4]
