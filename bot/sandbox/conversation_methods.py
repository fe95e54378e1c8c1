"""`conversations.*` and `users.conversations`."""

import base64
import binascii
from collections.abc import Sequence
from typing import Literal, TypeVar

from bot.sandbox.canvases import canvas_in
from bot.sandbox.method import flag, method, number, text
from bot.sandbox.rates import TIER_2, TIER_3, TIER_4
from bot.sandbox.refusals import Json, SlackError
from bot.sandbox.slack import Slack
from bot.sandbox.world import SLACKBOT, microseconds

T = TypeVar("T")

FAMILY = {"public": "channels", "private": "groups", "im": "im"}
TYPES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}
HISTORY_DEFAULT = 100
HISTORY_MOST = 999


def channel_kind(row: Json) -> Literal["public", "private", "im"]:
    """Which family of scopes a channel belongs to."""
    return "im" if row["is_im"] else "private" if row["is_private"] else "public"


def bot_channel(slack: Slack, reference: str, *, must_be_in: bool = False) -> str:
    """The channel as the bot sees it. A private one it is not in does not exist for it, as in Slack."""
    row = slack.world.channels.get(reference)
    if row is None:
        named = slack.world.channel_id(reference) if reference.startswith("#") else None
        row = slack.world.channels[named] if named else None
    if row is None:
        raise SlackError("channel_not_found")
    inside = slack.world.bot_user in row["members"]
    if not inside and channel_kind(row) != "public":
        raise SlackError("channel_not_found")
    if not inside and must_be_in:
        raise SlackError("not_in_channel")
    return str(row["id"])


@method("conversations.open", scope="im:write", tier=TIER_3)
def open_conversation(slack: Slack, args: Json) -> Json:
    """Opens the DM with one person."""
    world = slack.world
    if args.get("channel"):
        channel = bot_channel(slack, str(args["channel"]))
        return {"channel": {"id": channel}}
    people = args.get("users")
    users = people if isinstance(people, list) else [u for u in str(people or "").split(",") if u]
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 1:
        raise SlackError("method_not_supported_for_channel_type")
    user = world.users.get(users[0].strip())
    if user is None:
        raise SlackError("user_not_found")
    if user["deleted"]:
        raise SlackError("user_disabled")
    if user["is_bot"] or user["id"] == SLACKBOT:
        raise SlackError("cannot_dm_bot")
    known = "D" + user["id"][1:] in world.channels
    channel = world.dm(user["id"])
    opened: Json = {"channel": channel_object(slack, channel) if flag(args, "return_im") else {"id": channel}}
    return {"no_op": True, "already_open": True, **opened} if known else opened


@method("conversations.info", tier=TIER_3)
def info(slack: Slack, args: Json) -> Json:
    """One channel."""
    channel = bot_channel(slack, text(args, "channel"))
    slack.need(f"{FAMILY[channel_kind(slack.world.channels[channel])]}:read")
    shown = channel_object(slack, channel)
    if flag(args, "include_num_members"):
        shown["num_members"] = len(slack.world.channels[channel]["members"])
    canvas = canvas_in(slack.world, channel)
    if canvas is not None:
        shown["properties"] = {"canvas": _canvas_property(canvas)}
    return {"channel": shown}


def _canvas_property(canvas: Json) -> Json:
    return {
        "file_id": canvas["id"],
        "is_empty": not canvas["markdown"].strip(),
        "quip_thread_id": canvas["quip_thread_id"],
    }


@method("conversations.members", tier=TIER_4)
def members(slack: Slack, args: Json) -> Json:
    """Who is in a channel, by pages."""
    channel = bot_channel(slack, text(args, "channel"))
    row = slack.world.channels[channel]
    slack.need(f"{FAMILY[channel_kind(row)]}:read")
    shown, cursor = page(row["members"], args, default=100, most=1000)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


@method("conversations.list", tier=TIER_2)
def list_conversations(slack: Slack, args: Json) -> Json:
    """Every channel the bot can see, by pages."""
    return _listed(slack, args, only_joined=False)


@method("users.conversations", tier=TIER_2)
def users_conversations(slack: Slack, args: Json) -> Json:
    """The channels the bot (or `user`) is in, by pages."""
    return _listed(slack, args, only_joined=True)


def _listed(slack: Slack, args: Json, *, only_joined: bool) -> Json:
    wanted = _wanted_kinds(slack, args)
    world = slack.world
    member = str(args.get("user") or world.bot_user)
    rows = [
        row
        for row in world.channels.values()
        if channel_kind(row) in wanted
        and not (flag(args, "exclude_archived") and row["is_archived"])
        and (channel_kind(row) == "public" or world.bot_user in row["members"])
        and (not only_joined or member in row["members"])
    ]
    shown, cursor = page([row["id"] for row in rows], args, default=100, most=999)
    return {
        "channels": [channel_object(slack, id) for id in shown],
        "response_metadata": {"next_cursor": cursor},
    }


def _wanted_kinds(slack: Slack, args: Json) -> set[str]:
    names = [name.strip() for name in str(args.get("types") or "public_channel").split(",")]
    if any(name not in TYPES for name in names):
        raise SlackError("invalid_types")
    kinds = {TYPES[name] for name in names}
    for kind in sorted(kinds):
        slack.need(f"{FAMILY.get(kind, 'mpim')}:read")
    return kinds


@method("conversations.join", scope="channels:join", tier=TIER_3)
def join(slack: Slack, args: Json) -> Json:
    """Puts the bot into a public channel."""
    world = slack.world
    channel = bot_channel(slack, text(args, "channel"))
    row = world.channels[channel]
    if channel_kind(row) != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if row["is_archived"]:
        raise SlackError("is_archived")
    if world.bot_user in row["members"]:
        return {"channel": channel_object(slack, channel), "warning": "already_in_channel"}
    world.channels[channel] = {**row, "members": [*row["members"], world.bot_user]}
    slack.events.membership(world.bot_user, channel, joined=True)
    return {"channel": channel_object(slack, channel)}


@method("conversations.history", tier=TIER_3)
def history(slack: Slack, args: Json) -> Json:
    """What was said in a channel, newest first, thread replies apart."""
    channel = _readable(slack, args)
    top = [m for m in _settled(slack, channel, "conversations.history") if _in_channel(m)]
    newest_first = [m for m in reversed(top) if _within(m["ts"], args)]
    shown, cursor = page(newest_first, args, default=HISTORY_DEFAULT, most=HISTORY_MOST)
    threads = slack.world.threads(channel)
    answer: Json = {
        "messages": [_returned(slack.world.with_thread(m, threads.get(m["ts"], [])), args) for m in shown],
        "has_more": bool(cursor),
        "pin_count": 0,
    }
    return {**answer, "response_metadata": {"next_cursor": cursor}} if cursor else answer


@method("conversations.replies", tier=TIER_3)
def replies(slack: Slack, args: Json) -> Json:
    """A thread, oldest first, its first message included."""
    channel = _readable(slack, args)
    ts = text(args, "ts")
    said = _settled(slack, channel, "conversations.replies")
    first = next((m for m in said if m["ts"] == ts), None)
    if first is None:
        raise SlackError("thread_not_found")
    root = first.get("thread_ts", ts)
    below = [m for m in said if m.get("thread_ts") == root and m["ts"] != root]
    start = [m for m in said if m["ts"] == root]
    thread = [slack.world.with_thread(m, below) for m in start] + [m for m in below if _within(m["ts"], args)]
    shown, cursor = page(thread, args, default=1000, most=1000)
    answer: Json = {"messages": [_returned(m, args) for m in shown], "has_more": bool(cursor)}
    return {**answer, "response_metadata": {"next_cursor": cursor}} if cursor else answer


def _readable(slack: Slack, args: Json) -> str:
    channel = bot_channel(slack, text(args, "channel"))
    row = slack.world.channels[channel]
    slack.need(f"{FAMILY[channel_kind(row)]}:history")
    return bot_channel(slack, channel, must_be_in=True)


def _settled(slack: Slack, channel: str, name: str) -> list[Json]:
    """The channel's messages; a `history_lag` fault hides the newest, as Slack's reads may trail its writes."""
    said = list(slack.world.messages(channel).values())
    now = slack.world.clock.now().timestamp()
    for fault in slack.faults.strike({"history_lag"}, name, channel):
        said = [message for message in said if float(message["ts"]) <= now - fault.seconds]
    return said


def _in_channel(message: Json) -> bool:
    alone = message.get("thread_ts", message["ts"]) == message["ts"]
    return alone or message.get("subtype") == "thread_broadcast"


def _within(ts: str, args: Json) -> bool:
    at = microseconds(ts)
    oldest, latest = _bound(args, "oldest"), _bound(args, "latest")
    if flag(args, "inclusive"):
        return (oldest is None or at >= oldest) and (latest is None or at <= latest)
    return (oldest is None or at > oldest) and (latest is None or at < latest)


def _bound(args: Json, name: str) -> int | None:
    value = args.get(name)
    if value in (None, "", "0", 0):
        return None
    try:
        return microseconds(str(value))
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _returned(message: Json, args: Json) -> Json:
    if "metadata" not in message or flag(args, "include_all_metadata"):
        return message
    return {**message, "metadata": {"event_type": message["metadata"]["event_type"]}}


def page(rows: Sequence[T], args: Json, *, default: int, most: int) -> tuple[list[T], str]:
    """One page of rows and the cursor of the next, empty at the end."""
    limit = number(args, "limit", default, most)
    start = _offset(args.get("cursor"))
    following = start + limit
    cursor = base64.b64encode(f"next:{following}".encode()).decode() if following < len(rows) else ""
    return list(rows[start:following]), cursor


def _offset(cursor: object) -> int:
    if cursor in (None, ""):
        return 0
    try:
        return int(base64.b64decode(str(cursor), validate=True).decode().removeprefix("next:"))
    except (ValueError, binascii.Error):
        raise SlackError("invalid_cursor") from None


def channel_object(slack: Slack, channel: str) -> Json:
    """A channel as Slack shows it to the bot."""
    row = slack.world.channels[channel]
    team = slack.world.company.workspace.id
    if row["is_im"]:
        return {
            "id": channel,
            "created": row["created"],
            "is_archived": slack.world.users[row["user"]]["deleted"],
            "is_im": True,
            "is_org_shared": False,
            "context_team_id": team,
            "user": row["user"],
            "is_user_deleted": slack.world.users[row["user"]]["deleted"],
            "is_open": True,
            "priority": 0,
        }
    return {
        "id": channel,
        "name": row["name"],
        "name_normalized": row["name"],
        "is_channel": not row["is_private"],
        "is_group": row["is_private"],
        "is_im": False,
        "is_mpim": False,
        "is_private": row["is_private"],
        "created": row["created"],
        "creator": row["creator"],
        "is_archived": row["is_archived"],
        "is_general": row["name"] == "general",
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "is_member": slack.world.bot_user in row["members"],
        "context_team_id": team,
        "shared_team_ids": [team],
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": row["purpose"], "creator": row["creator"], "last_set": row["created"]},
        "previous_names": [],
    }
