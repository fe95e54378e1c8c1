"""Trigger ids and response URLs: the short-lived keys a gesture hands to the bot."""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import timedelta

from bot.sandbox.hints import Hint
from bot.sandbox.inputs import with_ids
from bot.sandbox.limits import check_message
from bot.sandbox.refusals import Json, SlackError
from bot.sandbox.world import World, new_id

TRIGGER_SECONDS = 3.0
RESPONSES = 5
RESPONSE_WINDOW = timedelta(minutes=30)


@dataclass
class Trigger:
    """A gesture's permission to open one form, for three real seconds."""

    user: str
    until: float
    view_id: str | None
    spent: bool = False


class Interactions:
    """Gives out and takes back the keys of gestures."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._triggers: dict[str, Trigger] = {}

    def trigger(self, user: str, view_id: str | None = None) -> str:
        """A fresh trigger id for this person, remembering the view the gesture was made in."""
        loop = asyncio.get_running_loop()
        id = f"{secrets.randbelow(10**13):013d}.{secrets.randbelow(10**12):012d}.{secrets.token_hex(16)}"
        self._triggers[id] = Trigger(user, loop.time() + TRIGGER_SECONDS, view_id)
        return id

    def spend(self, trigger_id: object) -> Trigger:
        """Uses a trigger id up. Raises SlackError for one that is unknown, too old, or used before."""
        trigger = self._triggers.get(str(trigger_id))
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.spent:
            raise SlackError("trigger_exchanged")
        if asyncio.get_running_loop().time() > trigger.until:
            raise SlackError("expired_trigger_id")
        trigger.spent = True
        return trigger

    def response_path(self, kind: str, channel: str, user: str, source_ts: str | None = None) -> str:
        """The path of a fresh response URL; `source_ts` is the message the gesture was made on."""
        key = new_id("", 12) + secrets.token_hex(12)
        until = self._world.clock.now() + RESPONSE_WINDOW
        row = {"channel": channel, "user": user, "source": source_ts, "uses": 0, "until": until.timestamp()}
        self._world.hooks[key] = row
        return f"/hooks/{kind}/{self._world.company.workspace.id}/{key}"

    def respond(self, key: str, body: Json) -> None:
        """Does what a POST to a response URL asks. Raises SlackError when it is used up, too old or malformed."""
        row = self._world.hooks.get(key)
        if row is None:
            raise SlackError("invalid_url")
        if row["uses"] >= RESPONSES:
            raise SlackError("used_url")
        if self._world.clock.now().timestamp() > row["until"]:
            raise SlackError("expired_url")
        self._world.hooks[key] = {**row, "uses": row["uses"] + 1}
        Response(self._world, row["channel"], row["user"], row["source"]).apply(body)


class Response:
    """An answer to a gesture, in the words of a response URL: a whisper unless it says otherwise."""

    def __init__(self, world: World, channel: str, user: str, source: str | None) -> None:
        self._world = world
        self._channel = channel
        self._user = user
        self._source = source

    def apply(self, body: Json) -> None:
        """Posts, replaces or deletes as the body says. Raises SlackError for content Slack refuses."""
        if not body.get("delete_original"):
            check_message(body)
        if body.get("delete_original"):
            self._delete_source()
        elif body.get("replace_original") and self._source is not None:
            self._replace_source(body)
        elif body.get("response_type") == "in_channel":
            self._world.post(self._channel, self._content(body))
        else:
            self._world.whisper(self._channel, self._user, self._content(body))

    def _content(self, body: Json) -> Json:
        kept = {field: body[field] for field in ("text", "blocks", "thread_ts", "metadata") if body.get(field)}
        if "blocks" in kept:
            kept["blocks"] = with_ids(kept["blocks"])
        return {**bot_author(self._world), "text": "", **kept}

    def _delete_source(self) -> None:
        ts = self._source or ""
        if ts in self._world.ephemerals:
            del self._world.ephemerals[ts]
            self._world.hints.tell(Hint("message", self._channel, ts, user=self._user, by_bot=True))
        elif ts in self._world.messages(self._channel):
            self._world.remove(self._channel, ts)

    def _replace_source(self, body: Json) -> None:
        ts = self._source or ""
        whisper = self._world.ephemerals.get(ts)
        if whisper is not None:
            message = {**whisper["message"], **self._content(body)}
            if "blocks" not in body:
                message.pop("blocks", None)
            self._world.ephemerals[ts] = {**whisper, "message": message}
            self._world.hints.tell(Hint("message", self._channel, ts, user=self._user, by_bot=True))
        elif ts in self._world.messages(self._channel):
            message = {**self._world.messages(self._channel)[ts], **self._content(body)}
            if "blocks" not in body:
                message.pop("blocks", None)
            self._world.replace(self._channel, message)


def bot_author(world: World) -> Json:
    """The fields that say a message is the bot's."""
    bot = world.company.bot
    profile = {
        "id": bot.bot_id,
        "app_id": bot.app_id,
        "name": bot.name,
        "team_id": world.company.workspace.id,
        "deleted": False,
        "updated": 0,
        "icons": {},
    }
    return {"user": bot.user_id, "bot_id": bot.bot_id, "app_id": bot.app_id, "bot_profile": profile}
