"""Modals and Home views: the stack of forms in front of each person, and what they have put in so far."""

import secrets
from typing import Any

from bot.sandbox.hints import Hint
from bot.sandbox.inputs import Values, initial_values, with_ids
from bot.sandbox.limits import check_view
from bot.sandbox.refusals import Json, SlackError
from bot.sandbox.world import World, new_id

STACK_LIMIT = 3


class Forms:
    """Opens, pushes, updates, publishes and closes views as Slack does."""

    def __init__(self, world: World) -> None:
        self._world = world

    # What is open

    def stack(self, user: str) -> list[str]:
        """The ids of the views in front of this person, the top one last."""
        return list(self._world.stacks.get(user, {"views": []})["views"])

    def open_views(self, user: str) -> list[Json]:
        """The same as full views, each with `errors` if its last submission was refused."""
        return [self._shown(self._world.views[id]) for id in self.stack(user)]

    def row(self, view_id: str) -> Json | None:
        """The stored row of an open modal or a Home view: `{"user", "view", "errors"}`."""
        home = next((row for row in self._world.homes.values() if row["view"]["id"] == view_id), None)
        return self._world.views.get(view_id) or home

    def _shown(self, row: Json) -> Json:
        return {**row["view"], **({"errors": row["errors"]} if row.get("errors") else {})}

    # What the bot does

    def open(self, user: str, view: Json) -> Json:
        """Starts a new stack with this view."""
        self._discard(self.stack(user))
        made = self._made(view, user, root=None, previous=None)
        self._world.stacks[user] = {"views": [made["id"]]}
        self._tell(user)
        return made

    def push(self, user: str, view: Json) -> Json:
        """Puts this view on top. Raises SlackError at the fourth."""
        stack = self.stack(user)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= STACK_LIMIT:
            raise SlackError("push_limit_reached")
        made = self._made(view, user, root=stack[0], previous=stack[-1])
        self._world.stacks[user] = {"views": [*stack, made["id"]]}
        self._tell(user)
        return made

    def update(self, view_id: str | None, external_id: str | None, view: Json, hash: str | None) -> Json:
        """Replaces an open view, keeping what was put into elements that stay. Raises SlackError."""
        check_view(view)
        row = self._find(view_id, external_id)
        if hash is not None and hash != row["view"]["hash"]:
            raise SlackError("hash_conflict")
        old = row["view"]
        if old["type"] != view["type"]:
            raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] `type` cannot change"]})
        self._check_external_id(view, old["id"])
        changed = {**self._body(view, old["state"]["values"]), **_lineage(old), "hash": _new_hash(self._world)}
        self._store(row["user"], changed)
        return changed

    def publish(self, user: str, view: Json, hash: str | None) -> Json:
        """Puts up this person's Home. Raises SlackError."""
        check_view(view)
        row = self._world.homes.get(user)
        if hash is not None and (row is None or hash != row["view"]["hash"]):
            raise SlackError("hash_conflict")
        if row is None:
            made = self._framed(view, root=None, previous=None)
        else:
            old = row["view"]
            made = {**self._body(view, old["state"]["values"]), **_lineage(old), "hash": _new_hash(self._world)}
        self._store(user, made)
        return made

    # What the person does

    def hold(self, view_id: str, values: Values) -> Json:
        """Keeps what was put in so far and returns the view."""
        row = self._world.views.get(view_id) or self._home_row(view_id)
        view = {**row["view"], "state": {"values": values}}
        self._save({**row, "view": view})
        return view

    def refuse(self, view_id: str, errors: dict[str, str]) -> None:
        """Keeps the errors of a refused submission beside the view."""
        row = self._world.views[view_id]
        self._save({**row, "errors": errors})
        self._tell(row["user"], by_bot=False)

    def close(self, view_id: str, *, all: bool = False) -> list[Json]:
        """Takes the view off the stack, or every view with it, and returns those taken."""
        user = self._world.views[view_id]["user"]
        stack = self.stack(user)
        gone = stack if all else stack[stack.index(view_id) :]
        closed = [self._world.views[id]["view"] for id in gone]
        self._discard(gone)
        self._world.stacks[user] = {"views": [id for id in stack if id not in gone]}
        self._tell(user, by_bot=False)
        return closed

    # Making

    def _made(self, view: Json, user: str, *, root: str | None, previous: str | None) -> Json:
        check_view(view)
        if view.get("type") != "modal":
            raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] must be a modal"]})
        self._check_external_id(view, None)
        made = self._framed(view, root=root, previous=previous)
        self._world.views[made["id"]] = {"user": user, "view": made, "errors": {}}
        return made

    def _framed(self, view: Json, *, root: str | None, previous: str | None) -> Json:
        id = new_id("V")
        lineage = {"id": id, "root_view_id": root or id, "previous_view_id": previous}
        return {**self._body(view, None), **lineage, "hash": _new_hash(self._world)}

    def _body(self, view: Json, held: Values | None) -> Json:
        bot, team = self._world.company.bot, self._world.company.workspace.id
        blocks = with_ids(view["blocks"])
        return {
            "id": "",
            "team_id": team,
            "type": view["type"],
            "blocks": blocks,
            "private_metadata": view.get("private_metadata") or "",
            "callback_id": view.get("callback_id") or "",
            "state": {"values": initial_values(blocks, held)},
            "hash": "",
            "title": view.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
            "clear_on_close": bool(view.get("clear_on_close")),
            "notify_on_close": bool(view.get("notify_on_close")),
            "close": view.get("close"),
            "submit": view.get("submit"),
            "previous_view_id": None,
            "root_view_id": "",
            "app_id": bot.app_id,
            "external_id": view.get("external_id") or "",
            "app_installed_team_id": team,
            "bot_id": bot.bot_id,
        }

    # Keeping

    def _find(self, view_id: str | None, external_id: str | None) -> Json:
        rows = (*self._world.views.values(), *self._world.homes.values())
        field, wanted = ("id", view_id) if view_id else ("external_id", external_id)
        row = next((row for row in rows if wanted and row["view"][field] == wanted), None)
        if row is None:
            raise SlackError("not_found")
        return row

    def _check_external_id(self, view: Json, own_id: str | None) -> None:
        external_id = view.get("external_id")
        rows = (*self._world.views.values(), *self._world.homes.values())
        if external_id and any(r["view"]["external_id"] == external_id and r["view"]["id"] != own_id for r in rows):
            raise SlackError("duplicate_external_id")

    def _home_row(self, view_id: str) -> Json:
        return next(row for row in self._world.homes.values() if row["view"]["id"] == view_id)

    def _store(self, user: str, view: Json) -> None:
        self._save({"user": user, "view": view, "errors": {}})
        self._tell(user, home=view["type"] == "home")

    def _save(self, row: Json) -> None:
        if row["view"]["type"] == "home":
            self._world.homes[row["user"]] = row
        else:
            self._world.views[row["view"]["id"]] = row

    def _discard(self, ids: list[str]) -> None:
        for id in ids:
            del self._world.views[id]

    def _tell(self, user: str, *, home: bool = False, by_bot: bool = True) -> None:
        self._world.hints.tell(Hint("home" if home else "view", user=user, by_bot=by_bot))


def _lineage(view: Json) -> dict[str, Any]:
    return {field: view[field] for field in ("id", "root_view_id", "previous_view_id")}


def _new_hash(world: World) -> str:
    return f"{int(world.clock.now().timestamp())}.{secrets.token_hex(4)}"
