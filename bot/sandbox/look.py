"""What a person sees: messages with their own whispers, channels with unread counts, Home; and all that is counted."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.demo.company import DemoPerson
from bot.sandbox.canvases import canvas_in
from bot.sandbox.hints import Hint
from bot.sandbox.people import status, user_object, user_row
from bot.sandbox.refusals import Json, Refused
from bot.sandbox.slack import Slack
from bot.sandbox.world import new_id

_FIELDS = {"name": "real_name", "status": "status_text", "status_until": "status_expiration"}
"""The rows' names of what is called otherwise when it is changed."""
_INSTANTS = {"status_until", "dnd_until"}
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Look:
    """Reads the world for people; changes only what they have read and who they are."""

    def __init__(self, slack: Slack, calls: dict[str, int]) -> None:
        self._slack = slack
        self._world = slack.world
        self._calls = calls

    def messages(self, user: str, channel: str, thread_ts: str | None = None) -> list[Json]:
        """What this person sees in a channel, oldest first; only one thread when `thread_ts` is given."""
        threads = self._world.threads(channel)
        said = [
            self._world.with_thread(message, threads.get(ts, []))
            for ts, message in self._world.messages(channel).items()
        ]
        seen = sorted(said + self._world.whispers(channel, user), key=lambda message: float(message["ts"]))
        if thread_ts is None:
            return seen
        return [message for message in seen if thread_ts in (message["ts"], message.get("thread_ts"))]

    def home(self, user: str) -> Json | None:
        """This person's Home of the bot, if it was ever published."""
        row = self._world.homes.get(user)
        return row["view"] if row is not None else None

    def sidebar(self, user: str) -> Json:
        """The channels this person may see and the DM with the bot."""
        channels = [
            self._entry(user, channel)
            for channel, row in self._world.channels.items()
            if not row["is_im"] and self._world.may_see(user, channel)
        ]
        return {"channels": sorted(channels, key=lambda entry: entry["name"]), "ims": [self._dm_entry(user)]}

    def mark_read(self, user: str, channel: str) -> None:
        """Remembers that this person has seen the channel up to now."""
        seen = self.messages(user, channel)
        if seen:
            self._world.reads[f"{user}/{channel}"] = {"ts": seen[-1]["ts"]}

    def person(self, user: str) -> Json:
        """A user as Slack shows it, email and locale included."""
        now = self._world.clock.now()
        return user_object(self._world.users[user], now, with_email=True, with_locale=True)

    def admit(self, reference: str) -> str:
        """Brings somebody new, called by a fresh `@handle`, into the workspace. Raises Refused for a taken one."""
        handle = reference.removeprefix("@").lower()
        if self._world.user_id(handle) is not None or not handle:
            raise Refused(f"There is somebody called {reference!r} already.")
        newcomer = DemoPerson(new_id("U"), handle, handle.capitalize(), "", "UTC")
        self._world.users[newcomer.id] = user_row(newcomer, self._world.company.workspace.id)
        return newcomer.id

    def change_user(self, user: str, changes: Json) -> None:
        """Changes a person's row. Raises Refused for values of the wrong kind."""
        row = dict(self._world.users[user])
        for name, value in changes.items():
            _check_change(name, value)
            row[_FIELDS.get(name, name)] = _seconds(name, value) if name in _INSTANTS else value
        if "status_until" not in changes and changes.keys() & {"status", "status_emoji"}:
            row["status_expiration"] = 0
        row["updated"] = int(self._world.clock.now().timestamp())
        self._world.users[user] = row

    def expire_statuses(self) -> list[str]:
        """Takes down the statuses whose time is over; answers whose."""
        now = self._world.clock.now()
        over = [user for user, row in self._world.users.items() if status(row, now) != status(row, _LONG_AGO)]
        for user in over:
            self._world.users[user] = {**self._world.users[user], **status(self._world.users[user], now)}
        return over

    def concerns(self, hint: Hint, user: str) -> bool:
        """Whether a hint is about something this person can see."""
        if hint.user not in (None, user):
            return False
        return hint.channel is None or self._world.may_see(user, hint.channel)

    def state(self) -> Json:
        """Who and what there is, what time it is, and how often each method was called."""
        workspace, bot = self._world.company.workspace, self._world.company.bot
        return {
            "now": self._world.clock.now().isoformat(),
            "team": {"id": workspace.id, "name": workspace.name, "domain": workspace.domain},
            "bot": {"app_id": bot.app_id, "bot_id": bot.bot_id, "user_id": bot.user_id, "name": bot.name},
            "users": [self.person(user) for user in self._world.users],
            "channels": [row for row in self._world.channels.values() if not row["is_im"]],
            "calls": dict(self._calls),
            "posts": self._posts(),
            "connections": self._slack.delivery.connections,
        }

    def _posts(self) -> Json:
        counts = {key: row["count"] for key, row in self._world.posts.items()}
        return {
            "with_metadata": sum(counts.values()),
            "by_metadata": counts,
            "doubled": [key for key, count in counts.items() if count > 1],
        }

    def _entry(self, user: str, channel: str) -> Json:
        row = self._world.channels[channel]
        kept = {name: row[name] for name in ("id", "name", "purpose", "is_private", "is_archived")}
        return {
            **kept,
            "is_im": False,
            "is_member": user in row["members"],
            "bot_in": self._world.bot_user in row["members"],
            "num_members": len(row["members"]),
            "has_canvas": canvas_in(self._world, channel) is not None,
            **self._freshness(user, channel),
        }

    def _dm_entry(self, user: str) -> Json:
        bot = self._world.company.bot
        channel = self._world.dm(user)
        return {"id": channel, "name": bot.name, "user": bot.user_id, "is_im": True, **self._freshness(user, channel)}

    def _freshness(self, user: str, channel: str) -> dict[str, Any]:
        seen = self.messages(user, channel)
        read = float(self._world.reads.get(f"{user}/{channel}", {"ts": "0"})["ts"])
        is_member = user in self._world.channels[channel]["members"]
        unread = [message for message in seen if float(message["ts"]) > read and message["user"] != user]
        return {"unread": len(unread) if is_member else 0, "last_ts": seen[-1]["ts"] if seen else None}


def _seconds(name: str, value: Any) -> int:
    """An instant as Slack keeps it, 0 for never. Raises Refused for what is none."""
    try:
        return int(datetime.fromisoformat(value).timestamp()) if value else 0
    except ValueError:
        raise Refused(f"`{name}` is an instant with its zone, such as 2026-03-30T09:00:00+02:00, or empty.") from None


def _check_change(name: str, value: Any) -> None:
    wanted = bool if name in ("deleted", "is_restricted", "is_admin") else str
    if not isinstance(value, wanted):
        raise Refused(f"`{name}` is {'true or false' if wanted is bool else 'a string'}.")
    if name == "tz":
        try:
            ZoneInfo(str(value))
        except (ZoneInfoNotFoundError, ValueError):
            raise Refused(f"{value!r} is not a time zone such as Europe/Berlin.") from None
