"""The app's manifest as Slack reads it: what people may call, what the bot may do, what it is told."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from bot.sandbox.refusals import Json


@dataclass(frozen=True)
class Manifest:
    """Without a manifest (`scopes` and `events` None) everything is allowed and everything is sent."""

    commands: tuple[Json, ...] = ()
    shortcuts: tuple[Json, ...] = ()
    scopes: frozenset[str] | None = None
    events: frozenset[str] | None = None

    def command(self, name: str) -> Json | None:
        """The slash command of this name (`/outcome`); any name goes when there is no manifest."""
        if self.scopes is None:
            return {"command": name, "should_escape": True}
        return next((command for command in self.commands if command["command"] == name), None)

    def shortcut(self, callback_id: str) -> Json | None:
        """The shortcut with this callback id; any goes, as either kind, when there is no manifest."""
        if self.scopes is None:
            return {"callback_id": callback_id, "type": None}
        return next((shortcut for shortcut in self.shortcuts if shortcut["callback_id"] == callback_id), None)

    def allows(self, scope: str) -> bool:
        """Whether the bot was granted this scope."""
        return self.scopes is None or scope in self.scopes

    def and_hears(self, events: Iterable[str]) -> Self:
        """The same, as if its app subscribed to these events, too."""
        return self if self.events is None else replace(self, events=self.events.union(events))

    def subscribes_to(self, event: str) -> bool:
        """Whether the bot asked for this event (`message.im`)."""
        return self.events is None or event in self.events


def read_manifest(path: Path | None) -> Manifest:
    """Reads `manifest.json`. Without a path, the one at the root of this project, if there is one.

    Raises FileNotFoundError for a path that leads nowhere and ValueError for one that is not JSON.
    """
    if path is None:
        path = Path(__file__).parents[2] / "manifest.json"
        if not path.exists():
            return Manifest()
    document = json.loads(path.read_text(encoding="utf-8"))
    features = document.get("features", {})
    return Manifest(
        commands=tuple(features.get("slash_commands", ())),
        shortcuts=tuple(features.get("shortcuts", ())),
        scopes=frozenset(document.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
        events=frozenset(document.get("settings", {}).get("event_subscriptions", {}).get("bot_events", ())),
    )
