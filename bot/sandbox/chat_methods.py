"""`chat.*`, `reactions.*` and `blocks.validate`."""

from bot.sandbox.conversation_methods import bot_channel, channel_kind
from bot.sandbox.inputs import with_ids
from bot.sandbox.interactions import bot_author
from bot.sandbox.limits import block_problems, check_message, view_problems
from bot.sandbox.method import flag, method, missing, text
from bot.sandbox.rates import POSTING, SPECIAL, TIER_3, TIER_4
from bot.sandbox.refusals import Json, SlackError
from bot.sandbox.slack import Slack
from bot.sandbox.world import SLACKBOT

CONTENT = ("text", "blocks", "attachments", "metadata")


@method("chat.postMessage", scope="chat:write", tier=POSTING)
def post_message(slack: Slack, args: Json) -> Json:
    """Posts into a channel, a thread or a person's DM."""
    channel = _writable(slack, text(args, "channel"))
    message = {**bot_author(slack.world), **_content(args)}
    if args.get("thread_ts"):
        message["thread_ts"] = _thread(slack, channel, str(args["thread_ts"]))
        if flag(args, "reply_broadcast"):
            message["subtype"] = "thread_broadcast"
    posted = slack.world.post(channel, message)
    slack.events.message(channel, posted)
    return {"channel": channel, "ts": posted["ts"], "message": _without_payload(posted)}


@method("chat.postEphemeral", scope="chat:write", tier=TIER_4)
def post_ephemeral(slack: Slack, args: Json) -> Json:
    """Shows a message to one member of a channel."""
    channel = _writable(slack, text(args, "channel"))
    user = text(args, "user")
    if user not in slack.world.users:
        raise SlackError("user_not_found")
    if user not in slack.world.channels[channel]["members"]:
        raise SlackError("user_not_in_channel")
    message = {**bot_author(slack.world), **_content(args)}
    if args.get("thread_ts"):
        message["thread_ts"] = str(args["thread_ts"])
    shown = slack.world.whisper(channel, user, message)
    return {"message_ts": shown["ts"]}


@method("chat.update", scope="chat:write", tier=TIER_3)
def update(slack: Slack, args: Json) -> Json:
    """Changes a message of the bot's own; text alone takes its blocks away, metadata stays unless given."""
    channel = bot_channel(slack, text(args, "channel"))
    old = _own_message(slack, channel, text(args, "ts"), "cant_update_message")
    content = _content(args)
    message = {**old, **content}
    if args.get("blocks") is None:
        message.pop("blocks", None)
        message["edited"] = {"user": slack.world.bot_user, "ts": slack.world.next_ts()}
    changed = slack.world.replace(channel, message)
    slack.events.message_changed(channel, old, changed)
    return {"channel": channel, "ts": changed["ts"], "text": changed["text"], "message": _without_payload(changed)}


@method("chat.delete", scope="chat:write", tier=TIER_3)
def delete(slack: Slack, args: Json) -> Json:
    """Takes a message of the bot's own away."""
    channel = bot_channel(slack, text(args, "channel"))
    old = _own_message(slack, channel, text(args, "ts"), "cant_delete_message")
    slack.world.remove(channel, old["ts"])
    slack.events.message_deleted(channel, old)
    return {"channel": channel, "ts": old["ts"]}


@method("chat.getPermalink", tier=SPECIAL)
def get_permalink(slack: Slack, args: Json) -> Json:
    """A link to a message, as people open it."""
    channel = bot_channel(slack, text(args, "channel"))
    ts = text(args, "message_ts")
    message = slack.world.messages(channel).get(ts)
    if message is None:
        raise SlackError("message_not_found")
    link = f"https://{slack.world.company.workspace.domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}"
    if message.get("thread_ts", ts) != ts:
        link += f"?thread_ts={message['thread_ts']}&cid={channel}"
    return {"channel": channel, "permalink": link}


@method("reactions.add", scope="reactions:write", tier=TIER_3)
def add_reaction(slack: Slack, args: Json) -> Json:
    """Puts the bot's reaction on a message."""
    channel = bot_channel(slack, text(args, "channel"))
    ts, name = text(args, "timestamp"), text(args, "name").strip(":")
    message = slack.world.messages(channel).get(ts)
    if message is None:
        raise SlackError("message_not_found")
    reactions = {reaction["name"]: reaction for reaction in message.get("reactions", [])}
    users = reactions.get(name, {"users": []})["users"]
    if slack.world.bot_user in users:
        raise SlackError("already_reacted")
    users = [*users, slack.world.bot_user]
    reactions[name] = {"name": name, "users": users, "count": len(users)}
    slack.world.replace(channel, {**message, "reactions": list(reactions.values())})
    return {}


@method("blocks.validate", tier=TIER_4, caller="anyone")
def validate_blocks(slack: Slack, args: Json) -> Json:
    """Says what is wrong with blocks, a message or a view, by JSON pointer."""
    if isinstance(args.get("view"), dict):
        problems = view_problems(args["view"])
    elif isinstance(args.get("message"), dict):
        problems = block_problems(args["message"].get("blocks", []), "message", "/message/blocks")
    elif args.get("blocks") is not None:
        problems = block_problems(args["blocks"], "message", "/blocks")
    else:
        raise missing("blocks")
    if problems:
        raise SlackError("invalid_blocks", response_metadata={"messages": problems})
    return {}


def _content(args: Json) -> Json:
    content = {name: args[name] for name in CONTENT if args.get(name) is not None}
    if args.get("markdown_text"):
        if content.keys() & {"text", "blocks"}:
            raise SlackError("markdown_text_conflict")
        content["text"] = str(args["markdown_text"])
    check_message(content, require_text=not content.get("attachments"))
    if "blocks" in content:
        content["blocks"] = with_ids(content["blocks"])
    return {"text": "", **content}


def _writable(slack: Slack, reference: str) -> str:
    """The channel to post into. A user id means the DM with that person."""
    world = slack.world
    if reference in world.users:
        if world.users[reference]["is_bot"] or reference == SLACKBOT:
            raise SlackError("cannot_dm_bot")
        reference = world.dm(reference)
    channel = bot_channel(slack, reference, must_be_in=False)
    row = world.channels[channel]
    if row["is_archived"] or (row["is_im"] and world.users[row["user"]]["deleted"]):
        raise SlackError("is_archived")
    outside = world.bot_user not in row["members"]
    if outside and (channel_kind(row) != "public" or not _may_post_anywhere(slack)):
        raise SlackError("not_in_channel")
    return channel


def _may_post_anywhere(slack: Slack) -> bool:
    return slack.manifest.scopes is not None and slack.manifest.allows("chat:write.public")


def _thread(slack: Slack, channel: str, ts: str) -> str:
    parent = slack.world.messages(channel).get(ts)
    if parent is None:
        raise SlackError("thread_not_found")
    return str(parent.get("thread_ts", ts))


def _own_message(slack: Slack, channel: str, ts: str, refusal: str) -> Json:
    message = slack.world.messages(channel).get(ts)
    if message is None or message.get("subtype") == "tombstone":
        raise SlackError("message_not_found")
    if message["user"] != slack.world.bot_user:
        raise SlackError(refusal)
    return message


def _without_payload(message: Json) -> Json:
    if "metadata" not in message:
        return message
    return {**message, "metadata": {"event_type": message["metadata"]["event_type"]}}
