"""Everything that is so in the sandbox's workspace: who is there, what was said, which forms are open.

Touched from one event loop only. Rows are Slack's own objects wherever Slack has one; each change is journalled.
"""

import json
import secrets
import string
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.clock import MovableClock, SystemClock
from bot.demo.company import Company
from bot.sandbox.hints import Hint, Hints
from bot.sandbox.journal import Journal, Line, Table
from bot.sandbox.people import channel_rows, user_rows
from bot.sandbox.refusals import Json

TABLES = (
    "users",
    "channels",
    "ephemerals",
    "views",
    "stacks",
    "homes",
    "reads",
    "inputs",
    "posts",
    "hooks",
    "clock",
    "canvases",
)
MESSAGES = "messages/"
SLACKBOT = "USLACKBOT"


def new_id(prefix: str, length: int = 10) -> str:
    """An identifier of Slack's form, such as `V0A1B2C3D4`."""
    return prefix + "".join(secrets.choice(string.ascii_uppercase + string.digits) for _ in range(length))


def slack_ts(microseconds: int) -> str:
    """Microseconds since the epoch as Slack writes them: `1774857600.000100`."""
    return f"{microseconds // 1_000_000}.{microseconds % 1_000_000:06d}"


def microseconds(ts: str) -> int:
    """The inverse of `slack_ts`; takes a plain number of seconds too. Raises ValueError for anything else."""
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1_000_000 + int((fraction + "000000")[:6])


class World:
    """The state of one workspace, with the few changes that more than one door makes."""

    def __init__(self, company: Company, clock: MovableClock, journal: Journal, hints: Hints) -> None:
        self.company = company
        self.clock = clock
        self.hints = hints
        self._journal = journal
        stored = journal.read()
        self._tables = {name: Table(name, journal, stored.get(name)) for name in TABLES}
        self._talk = {
            name.removeprefix(MESSAGES): Table(name, journal, rows)
            for name, rows in stored.items()
            if name.startswith(MESSAGES)
        }
        self.users, self.channels, self.ephemerals = (self._tables[name] for name in TABLES[:3])
        self.views, self.stacks, self.homes = (self._tables[name] for name in TABLES[3:6])
        self.reads, self.inputs, self.posts, self.hooks = (self._tables[name] for name in TABLES[6:10])
        self._clock_row, self.canvases = (self._tables[name] for name in TABLES[10:])
        self._last_us = max((microseconds(ts) for ts in self._every_ts()), default=0)
        self._resume_clock()
        journal.rewrite(self._lines())
        if not self.users:
            self._populate()

    # Identity

    @property
    def bot_user(self) -> str:
        """The id of the user the bot posts as."""
        return self.company.bot.user_id

    def user_id(self, reference: str) -> str | None:
        """The user meant by an id or an `@handle`; None for nobody."""
        if reference in self.users:
            return reference
        handle = reference.removeprefix("@").lower()
        return next((id for id, user in self.users.items() if user["name"] == handle), None)

    def channel_id(self, reference: str) -> str | None:
        """The channel meant by an id or a `#name`; None for none."""
        if reference in self.channels:
            return reference
        name = reference.removeprefix("#").lower()
        return next((id for id, channel in self.channels.items() if channel["name"] == name), None)

    def dm(self, user: str) -> str:
        """The id of the conversation between this person and the bot, opened at its first mention."""
        id = "D" + user[1:]
        if id not in self.channels:
            self.channels[id] = {
                "id": id,
                "name": "",
                "is_im": True,
                "is_private": True,
                "is_archived": False,
                "user": user,
                "members": [user, self.bot_user],
                "created": int(self.clock.now().timestamp()),
            }
        return id

    def place(self, reference: str) -> str:
        """The channel meant by an id or a `#name`, or the DM with the person meant; else what was given."""
        user = self.user_id(reference) if not reference.startswith("#") else None
        return self.dm(user) if user is not None else self.channel_id(reference) or reference

    def may_see(self, user: str, channel: str) -> bool:
        """Whether this person can open this channel: as a member, or anyone but a guest where it is public."""
        row = self.channels[channel]
        if user in row["members"]:
            return True
        return not row["is_private"] and not self.users[user]["is_restricted"]

    # Time

    def next_ts(self) -> str:
        """A timestamp of the sandbox's now, later than every one given before."""
        now = self.clock.now()
        self._last_us = max(self._last_us + 1, int(now.timestamp()) * 1_000_000 + now.microsecond)
        return slack_ts(self._last_us)

    def remember_clock(self) -> None:
        """Journals how far the clock stands from the machine's, for the next run."""
        self._clock_row["shift"] = {"seconds": self._shift().total_seconds()}

    def _shift(self) -> timedelta:
        return self.clock.now() - SystemClock().now()

    def _resume_clock(self) -> None:
        row = self._clock_row.get("shift")
        if row is None:
            return
        ahead = timedelta(seconds=row["seconds"]) - self._shift()
        if ahead > timedelta(0):
            self.clock.advance(ahead)

    # Talk

    def messages(self, channel: str) -> Table:
        """What was said in a channel, by timestamp."""
        if channel not in self._talk:
            self._talk[channel] = Table(MESSAGES + channel, self._journal)
        return self._talk[channel]

    def post(self, channel: str, message: Json) -> Json:
        """Stores a message under a fresh timestamp and returns it."""
        ts = self.next_ts()
        stored = {"type": "message", **message, "ts": ts, "team": self.company.workspace.id}
        self.messages(channel)[ts] = stored
        if "metadata" in stored:
            self._count_post(stored["metadata"])
        self._tell_of_message(channel, stored)
        return stored

    def replace(self, channel: str, message: Json) -> Json:
        """Puts a changed message in the place of the one with its timestamp."""
        self.messages(channel)[message["ts"]] = message
        self._tell_of_message(channel, message)
        return message

    def remove(self, channel: str, ts: str) -> None:
        """Takes a message away; one with replies leaves a tombstone, as in Slack."""
        table = self.messages(channel)
        gone = table[ts]
        if self.replies(channel, ts):
            table[ts] = {
                "type": "message",
                "subtype": "tombstone",
                "user": SLACKBOT,
                "hidden": True,
                "text": "This message was deleted.",
                "ts": ts,
            }
        else:
            del table[ts]
        self._tell_of_message(channel, gone)

    def replies(self, channel: str, ts: str) -> list[Json]:
        """The replies in the thread under `ts`, oldest first."""
        return self.threads(channel).get(ts, [])

    def threads(self, channel: str) -> dict[str, list[Json]]:
        """Every thread's replies, oldest first, by the timestamp of its first message."""
        threads: dict[str, list[Json]] = {}
        for message in self.messages(channel).values():
            if message.get("thread_ts", message["ts"]) != message["ts"]:
                threads.setdefault(message["thread_ts"], []).append(message)
        return threads

    @staticmethod
    def with_thread(message: Json, replies: list[Json]) -> Json:
        """The message as Slack returns it: a thread's first message carries the count of its replies."""
        if not replies:
            return message
        return {
            **message,
            "thread_ts": message["ts"],
            "reply_count": len(replies),
            "reply_users": list(dict.fromkeys(reply["user"] for reply in replies)),
            "reply_users_count": len({reply["user"] for reply in replies}),
            "latest_reply": replies[-1]["ts"],
        }

    def whisper(self, channel: str, to: str, message: Json) -> Json:
        """Stores a message that only `to` sees, and returns it."""
        ts = self.next_ts()
        stored = {"type": "message", **message, "ts": ts, "is_ephemeral": True}
        self.ephemerals[ts] = {"channel": channel, "to": to, "message": stored}
        self.hints.tell(Hint("message", channel, ts, user=to, by_bot=message.get("user") == self.bot_user))
        return stored

    def whispers(self, channel: str, to: str) -> list[Json]:
        """What only `to` sees in this channel, oldest first."""
        return [row["message"] for row in self.ephemerals.values() if (row["channel"], row["to"]) == (channel, to)]

    def _tell_of_message(self, channel: str, message: Json) -> None:
        by_bot = message.get("user") == self.bot_user
        only = self.channels[channel].get("user")
        self.hints.tell(Hint("message", channel, message["ts"], user=only, by_bot=by_bot))

    def _count_post(self, metadata: Json) -> None:
        key = json.dumps(metadata, sort_keys=True)
        self.posts[key] = {"metadata": metadata, "count": self.posts.get(key, {"count": 0})["count"] + 1}

    # Beginning

    def _populate(self) -> None:
        self.users.update(user_rows(self.company))
        self.channels.update(channel_rows(self.company, self.clock.now()))
        start = self.clock.now()
        for said in sorted(self.company.banter, key=lambda said: -said.minutes_before):
            self._say_before(start - timedelta(minutes=said.minutes_before), said.channel, said.author, said.text)
        self._journal.rewrite(self._lines())

    def _say_before(self, at: datetime, channel: str, author: str, text: str) -> None:
        self._last_us = max(self._last_us + 1, int(at.timestamp()) * 1_000_000)
        ts = slack_ts(self._last_us)
        message = {"type": "message", "user": author, "text": text, "ts": ts, "team": self.company.workspace.id}
        self.messages(channel)[ts] = message

    def _every_ts(self) -> Iterable[str]:
        yield from self.ephemerals
        for table in self._talk.values():
            yield from table

    def _lines(self) -> Iterable[Line]:
        for table in (*self._tables.values(), *self._talk.values()):
            for key, row in table.items():
                yield table.name, key, row
