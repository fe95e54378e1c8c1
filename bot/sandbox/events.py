"""The events the bot is told of: those it subscribed to, in the channels it is in."""

import asyncio
import logging
import re
from collections.abc import Sequence

from bot.sandbox.delivery import RETRY_AFTER, Delivery, NotAcknowledged
from bot.sandbox.faults import Faults
from bot.sandbox.manifest import Manifest
from bot.sandbox.people import user_object
from bot.sandbox.refusals import Json
from bot.sandbox.world import World, new_id

log = logging.getLogger(__name__)


class Events:
    """Wraps what happened as Slack's Events API does and sees it delivered, tried again if need be."""

    def __init__(self, world: World, manifest: Manifest, delivery: Delivery, faults: Faults) -> None:
        self._world = world
        self._manifest = manifest
        self._delivery = delivery
        self._faults = faults
        self._under_way: set[asyncio.Task[None]] = set()
        self.retry_after: Sequence[float] = RETRY_AFTER

    # What happened

    def message(self, channel: str, message: Json) -> asyncio.Task[None] | None:
        """Somebody said something, the bot included. Returns the delivery under way, if it is told."""
        row = self._world.channels[channel]
        if self._world.bot_user not in row["members"]:
            return None
        kind = "im" if row["is_im"] else "group" if row["is_private"] else "channel"
        name = "message.im" if row["is_im"] else "message.groups" if row["is_private"] else "message.channels"
        told = self._tell(name, {**message, "channel": channel, "channel_type": kind, "event_ts": message["ts"]})
        if not row["is_im"] and re.search(rf"<@{self._world.bot_user}[|>]", message.get("text") or ""):
            mention = {**message, "type": "app_mention", "channel": channel, "event_ts": message["ts"]}
            return self._tell("app_mention", mention) or told
        return told

    def message_changed(self, channel: str, old: Json, new: Json) -> None:
        """A message was edited."""
        self.message(channel, self._meta("message_changed", message=new, previous_message=old))

    def message_deleted(self, channel: str, old: Json) -> None:
        """A message was taken away."""
        self.message(channel, self._meta("message_deleted", deleted_ts=old["ts"], previous_message=old))

    def _meta(self, subtype: str, **fields: object) -> Json:
        return {"type": "message", "subtype": subtype, "hidden": True, "ts": self._world.next_ts(), **fields}

    def home_opened(self, user: str, view: Json | None) -> asyncio.Task[None] | None:
        """Somebody opened the bot's Home."""
        event: Json = {"type": "app_home_opened", "user": user, "channel": self._world.dm(user), "tab": "home"}
        if view is not None:
            event["view"] = view
        return self._tell("app_home_opened", event)

    def user_changed(self, user: str) -> asyncio.Task[None] | None:
        """Somebody's profile, zone, roles or activity changed."""
        return self._tell("user_change", {"type": "user_change", "user": self._user(user), "cache_ts": self._seconds()})

    def user_joined(self, user: str) -> asyncio.Task[None] | None:
        """Somebody new joined the workspace."""
        return self._tell("team_join", {"type": "team_join", "user": self._user(user), "cache_ts": self._seconds()})

    def membership(self, user: str, channel: str, *, joined: bool, inviter: str | None = None) -> None:
        """Somebody joined or left a channel; the bot hears of those it is in, and of its own coming and going."""
        row = self._world.channels[channel]
        name = "member_joined_channel" if joined else "member_left_channel"
        event = {
            "type": name,
            "user": user,
            "channel": channel,
            "channel_type": "G" if row["is_private"] else "C",
            "team": self._world.company.workspace.id,
        }
        if joined and inviter is not None:
            event["inviter"] = inviter
        if self._world.bot_user in (user, *row["members"]):
            self._tell(name, event)

    def archived(self, channel: str, user: str, *, archived: bool) -> None:
        """A channel was archived or brought back."""
        row = self._world.channels[channel]
        if row["is_private"] and self._world.bot_user not in row["members"]:
            return
        family = "group" if row["is_private"] else "channel"
        name = f"{family}_{'archive' if archived else 'unarchive'}"
        self._tell(name, {"type": name, "channel": channel, "user": user})

    def renamed(self, channel: str) -> None:
        """A channel got another name."""
        row = self._world.channels[channel]
        if row["is_private"] and self._world.bot_user not in row["members"]:
            return
        name = f"{'group' if row['is_private'] else 'channel'}_rename"
        self._tell(name, {"type": name, "channel": {"id": channel, "name": row["name"], "created": row["created"]}})

    # Telling

    def _tell(self, name: str, event: Json) -> asyncio.Task[None] | None:
        if not self._manifest.subscribes_to(name):
            return None
        event = {"event_ts": self._world.next_ts(), **event}
        body = self._wrapped(event)
        by_bot = self._world.bot_user in (event.get("user"), (event.get("previous_message") or {}).get("user"))
        twice = not by_bot and bool(self._faults.strike({"duplicate_event"}, name, _channel_of(event)))
        if twice:
            self._spawn(body)
        return self._spawn(body)

    def _spawn(self, body: Json) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(self._deliver(body))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def _deliver(self, body: Json) -> None:
        retry: tuple[int, str] | None = None
        for attempt, wait in enumerate((*self.retry_after, None), start=1):
            try:
                await self._delivery.send("events_api", body, retry)
            except NotAcknowledged as failure:
                if failure.reason == "no_retry" or wait is None:
                    log.warning("the bot did not take the event %s: %s", body["event"]["type"], failure.reason)
                    return
                retry = (attempt, failure.reason)
                await asyncio.sleep(wait)
            else:
                return

    def _wrapped(self, event: Json) -> Json:
        company = self._world.company
        team = company.workspace.id
        authorization = {
            "enterprise_id": None,
            "team_id": team,
            "user_id": company.bot.user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": "sandbox-verification",
            "team_id": team,
            "context_team_id": team,
            "context_enterprise_id": None,
            "api_app_id": company.bot.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": new_id("Ev"),
            "event_time": int(float(event["event_ts"])),
            "authorizations": [authorization],
            "is_ext_shared_channel": False,
            "event_context": f"4-{new_id('', 24)}",
        }

    def _user(self, user: str) -> Json:
        row, now = self._world.users[user], self._world.clock.now()
        return user_object(row, now, with_email=self._manifest.allows("users:read.email"), with_locale=True)

    def _seconds(self) -> int:
        return int(self._world.clock.now().timestamp())


def _channel_of(event: Json) -> str | None:
    channel = event.get("channel")
    return channel.get("id") if isinstance(channel, dict) else channel
