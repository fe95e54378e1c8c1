"""`conversations.canvases.create` and `canvases.edit`, as far as channel canvases need them."""

from typing import Any

from bot.sandbox.canvases import canvas_in, changed, content_problem, created
from bot.sandbox.conversation_methods import bot_channel, channel_kind
from bot.sandbox.method import method, missing, text
from bot.sandbox.rates import TIER_2, TIER_3
from bot.sandbox.refusals import Json, SlackError
from bot.sandbox.slack import Slack

IN_SECTIONS = {"insert_before", "insert_after", "delete"}
OPERATIONS = IN_SECTIONS | {"insert_at_start", "insert_at_end", "replace", "rename"}


@method("conversations.canvases.create", scope="canvases:write", tier=TIER_2)
def create_channel_canvas(slack: Slack, args: Json) -> Json:
    """Gives a channel its canvas, empty without content."""
    channel = bot_channel(slack, text(args, "channel_id"), must_be_in=True)
    row = slack.world.channels[channel]
    if channel_kind(row) == "im":
        raise SlackError("method_not_supported_for_channel_type")
    if row["is_archived"]:
        raise SlackError("is_archived")
    if canvas_in(slack.world, channel) is not None:
        raise SlackError("channel_canvas_already_exists")
    content = _markdown(args, "document_content") if args.get("document_content") is not None else ""
    _check_content(content, "canvas_creation_failed")
    title = str(args.get("title") or "")
    return {"canvas_id": created(slack, slack.world.bot_user, channel, title, content)["id"]}


@method("canvases.edit", scope="canvases:write", tier=TIER_3)
def edit_canvas(slack: Slack, args: Json) -> Json:
    """Makes one change to a canvas."""
    canvas = _editable(slack, text(args, "canvas_id"))
    change = _only_change(args)
    operation = change.get("operation")
    if operation not in OPERATIONS:
        raise _invalid(f"must be one of: {', '.join(sorted(OPERATIONS))}", "/changes/0/operation")
    if operation in IN_SECTIONS or change.get("section_id"):
        detail = "the sandbox knows no sections: replace the whole document, or insert at its start or its end"
        raise SlackError("canvas_editing_failed", detail=detail)
    user = slack.world.bot_user
    if operation == "rename":
        changed(slack, user, canvas, title=_markdown(change, "title_content"))
        return {}
    new, old = _markdown(change, "document_content"), canvas["markdown"]
    _check_content(new, "canvas_editing_failed")
    pieces = {"replace": (new,), "insert_at_start": (new, old), "insert_at_end": (old, new)}[operation]
    whole = "\n\n".join(piece for piece in pieces if piece)
    _check_content(whole, "canvas_editing_failed")
    changed(slack, user, canvas, markdown=whole)
    return {}


def _editable(slack: Slack, canvas_id: str) -> Json:
    """A canvas the bot may write to: one of a channel it may post in."""
    canvas = slack.world.canvases.get(canvas_id)
    if canvas is None:
        raise SlackError("canvas_not_found")
    row = slack.world.channels[canvas["channel"]]
    outside = slack.world.bot_user not in row["members"]
    if outside and row["is_private"]:
        raise SlackError("canvas_not_found")
    if outside or row["is_archived"]:
        raise SlackError("restricted_action")
    return canvas


def _only_change(args: Json) -> Json:
    changes = args.get("changes")
    if changes in (None, "", []):
        raise missing("changes")
    if not isinstance(changes, list) or not isinstance(changes[0], dict):
        raise _invalid("must be an array of objects", "/changes")
    if len(changes) > 1:
        raise _invalid(f"no more than 1 items allowed [{len(changes)} given]", "/changes")
    return changes[0]


def _markdown(owner: Json, field: str) -> str:
    content: Any = owner.get(field)
    if content is None:
        raise missing(field)
    if not isinstance(content, dict) or content.get("type") != "markdown":
        raise _invalid('must be an object of the type "markdown"', f"/{field}")
    if not isinstance(content.get("markdown"), str):
        raise _invalid("must be a string", f"/{field}/markdown")
    return str(content["markdown"])


def _check_content(markdown: str, error: str) -> None:
    if problem := content_problem(markdown):
        raise SlackError(error, detail=problem)


def _invalid(sentence: str, pointer: str) -> SlackError:
    messages = [f"[ERROR] {sentence} [json-pointer:{pointer}]"]
    return SlackError("invalid_arguments", response_metadata={"messages": messages})
