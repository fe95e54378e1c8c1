"""Channel canvases: one document of Markdown a channel, which its members and the apps in it may write and read.

Access is tied to the channel's (docs.slack.dev/reference/methods/conversations.canvases.create): who may post there may
edit, whoever wrote it first. The limits are those of docs.slack.dev/surfaces/canvases.
"""

import re

from bot.sandbox.hints import Hint
from bot.sandbox.refusals import Json, Refused
from bot.sandbox.slack import Slack
from bot.sandbox.world import World, new_id

MOST_CHARACTERS = 1_048_576
MOST_CELLS = 300
DEEPEST_HEADING = 3

_FENCE = re.compile(r"\s*(```|~~~)")
_HEADING = re.compile(r"\s{0,3}(#{4,6})\s")
_QUOTED_ITEM = re.compile(r"\s{0,3}>[\s>]*([-*+]|\d+[.)])\s")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_RULE = re.compile(r"\s*\|(\s*:?-+:?\s*\|)+\s*$")
_BAR = re.compile(r"(?<!\\)\|")


def canvas_in(world: World, channel: str) -> Json | None:
    """The channel's canvas; None when it has none."""
    return next((row for row in world.canvases.values() if row["channel"] == channel), None)


def created(slack: Slack, user: str, channel: str, title: str, markdown: str) -> Json:
    """Puts a canvas into a channel that has none and returns it."""
    canvas = {
        "id": new_id("F"),
        "channel": channel,
        "title": title,
        "markdown": markdown,
        "created_by": user,
        "quip_thread_id": new_id("", 11),
    }
    return changed(slack, user, canvas)


def changed(slack: Slack, user: str, canvas: Json, **changes: str) -> Json:
    """The canvas with what somebody changed in it, kept."""
    updated = int(slack.world.clock.now().timestamp())
    row = {**canvas, **changes, "updated_by": user, "updated": updated}
    slack.world.canvases[row["id"]] = row
    slack.hints.tell(Hint("canvas", row["channel"], by_bot=user == slack.world.bot_user))
    return row


def write_canvas(slack: Slack, user: str, channel: str, markdown: str, title: str | None) -> Json:
    """A member writes the channel's canvas anew, or its first one. Raises Refused."""
    _check_member(slack, user, channel)
    if problem := content_problem(markdown):
        raise Refused(f"Slack would not keep this canvas: {problem}.")
    canvas = canvas_in(slack.world, channel)
    if canvas is None:
        return created(slack, user, channel, title or "", markdown)
    return changed(slack, user, canvas, markdown=markdown, title=canvas["title"] if title is None else title)


def delete_canvas(slack: Slack, user: str, channel: str) -> None:
    """A member deletes the channel's canvas. Raises Refused."""
    _check_member(slack, user, channel)
    canvas = canvas_in(slack.world, channel)
    if canvas is None:
        raise Refused("This channel has no canvas.", 404)
    del slack.world.canvases[canvas["id"]]
    slack.hints.tell(Hint("canvas", channel))


def _check_member(slack: Slack, user: str, channel: str) -> None:
    row = slack.world.channels[channel]
    if row["is_im"]:
        raise Refused("The sandbox keeps canvases in channels only.")
    if user not in row["members"]:
        raise Refused(f"Join #{row['name']} first to write its canvas.", 403)
    if row["is_archived"]:
        raise Refused(f"#{row['name']} is archived.", 403)


def content_problem(markdown: str) -> str | None:
    """Why Slack would not take this document, in the words of its `detail`; None when it would."""
    if len(markdown) > MOST_CHARACTERS:
        return f"'content' error: {len(markdown)} characters, no more than {MOST_CHARACTERS} allowed"
    fenced, cells, table_at = False, 0, 1
    for number, line in enumerate(markdown.splitlines(), start=1):
        if _FENCE.match(line):
            fenced = not fenced
        is_row = not fenced and _ROW.match(line) is not None
        if not is_row:
            cells, table_at = 0, number + 1
        elif not _RULE.match(line):
            cells += len(_BAR.findall(line)) - 1
        problem = None if fenced else _line_problem(line, cells)
        if problem is not None:
            return f"'content' error: line {table_at if is_row else number}: {problem}"
    return None


def _line_problem(line: str, cells: int) -> str | None:
    if heading := _HEADING.match(line):
        return f"Unsupported heading depth ({len(heading[1])})"
    if _QUOTED_ITEM.match(line):
        return "Unsupported block type (List) within block quote"
    return f"Table has more than {MOST_CELLS} cells" if cells > MOST_CELLS else None
