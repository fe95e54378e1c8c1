"""The app's manifest as Slack reads it: what people may call, what the bot may do, what it is told."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from bot.sandbox.refusals import Json


@dataclass(frozen=True)
class Manifest:
    """Without a manifest (`scopes` and `events` None) everything is allowed and everything is sent.

    `scopes` are all it asks for. Who installs it may leave out optional ones
    (docs.slack.dev/changelog/2026/03/16/optional-scopes).
    """

    commands: tuple[Json, ...] = ()
    shortcuts: tuple[Json, ...] = ()
    scopes: frozenset[str] | None = None
    optional_scopes: frozenset[str] = frozenset()
    _left_out: set[str] = field(default_factory=set)
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

    @property
    def granted(self) -> frozenset[str] | None:
        """The scopes the bot was granted; None for every one."""
        return None if self.scopes is None else self.scopes - self._left_out

    def allows(self, scope: str) -> bool:
        """Whether the bot was granted this scope."""
        return self.granted is None or scope in self.granted

    def and_hears(self, events: Iterable[str]) -> Self:
        """The same, as if its app subscribed to these events, too."""
        return self if self.events is None else replace(self, events=self.events.union(events))

    def leave_out(self, scopes: Collection[str]) -> None:
        """Grants every scope but these optional ones. Raises ValueError, changing nothing, for one that is needed."""
        if needed := set(scopes) - self.optional_scopes:
            raise ValueError(f"only optional scopes can be left out, not {', '.join(sorted(needed))}")
        self._left_out.clear()
        self._left_out.update(scopes)

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
    scopes = document.get("oauth_config", {}).get("scopes", {})
    optional = frozenset(scopes.get("bot_optional", ()))
    return Manifest(
        commands=tuple(features.get("slash_commands", ())),
        shortcuts=tuple(features.get("shortcuts", ())),
        scopes=optional.union(scopes.get("bot", ())),
        optional_scopes=optional,
        events=frozenset(document.get("settings", {}).get("event_subscriptions", {}).get("bot_events", ())),
    )
