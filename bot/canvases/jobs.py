"""The tick of canvases: which is to be written.

Writing replaces the whole document, so that doing it twice changes nothing. Slack is asked to make one once it was seen
that the channel has none, and that is on record: what is there after a call without an answer is ours, and what was
there before is never written over.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.canvases.actions import Turn, begin_canvas, note_refused, note_written, take_turn
from bot.canvases.queries import canvases_due, next_write
from bot.canvases.rules import NO_ANSWER, TOO_MUCH_AT_ONCE, in_pieces
from bot.db.database import Database
from bot.slack.app import asked_to_wait
from bot.ticker import Tick

log = structlog.get_logger(__name__)

_BATCH = 10


class WrittenByOthers(Exception):
    """The channel has a canvas that people wrote."""


def ticks(db: Database, client: WebClient) -> list[Tick]:
    """What canvases have to do as time passes. `client` tries nothing again by itself."""
    write = Tick("canvases", timedelta(seconds=5), lambda: write_canvases_due(db, client), lambda: next_canvas(db))
    return [write]


def write_canvases_due(db: Database, client: WebClient) -> int:
    """Writes the canvases that are to say something else. Answers how many it took in hand."""
    with db.read() as tx:
        due = canvases_due(tx, now=db.now(tx), limit=_BATCH)
    taken = 0
    for workspace_id, channel_id in due:
        with db.begin() as tx:
            turn = take_turn(tx, workspace_id, channel_id, now=db.now(tx))
        if turn is not None:
            taken += 1
            _write(db, client, turn)
    return taken


def next_canvas(db: Database) -> datetime | None:
    """When a canvas is to be written next."""
    with db.read() as tx:
        return next_write(tx)


def _write(db: Database, client: WebClient, turn: Turn) -> None:
    try:
        canvas_id = _written(db, client, turn)
    except WrittenByOthers:
        _refused(db, turn, "channel_canvas_already_exists")
    except SlackApiError as error:
        code = str(error.response["error"])
        log.warning("canvas refused", channel=turn.channel_id, error=code)
        _refused(db, turn, code, asked_to_wait(error))
    except Exception as error:
        log.warning("canvas not written", channel=turn.channel_id, cause=type(error).__name__)
        _refused(db, turn, NO_ANSWER)
    else:
        if canvas_id is not None:
            with db.begin() as tx:
                note_written(tx, turn, canvas_id, now=db.now(tx))


def _written(db: Database, client: WebClient, turn: Turn) -> str | None:
    """The canvas, once it says what it is to say; None when the turn is somebody else's by now."""
    canvas_id = turn.canvas_id or _there(client, turn)
    if canvas_id is not None:
        _replace(client, canvas_id, turn.content)
        return canvas_id
    with db.begin() as tx:
        is_mine = begin_canvas(tx, turn, now=db.now(tx))
    if not is_mine:
        return None
    made = client.conversations_canvases_create(
        channel_id=turn.channel_id, title=turn.title, document_content=_markdown(turn.content)
    )
    return str(made["canvas_id"])


def _replace(client: WebClient, canvas_id: str, content: str) -> None:
    """Has a canvas say something else, in one change or, where Slack does not take that, piece by piece."""
    try:
        _edit(client, canvas_id, "replace", content)
    except SlackApiError as error:
        first, *rest = in_pieces(content)
        if error.response["error"] != TOO_MUCH_AT_ONCE or not rest:
            raise
        _edit(client, canvas_id, "replace", first)
        for piece in rest:
            _edit(client, canvas_id, "insert_at_end", piece)


def _edit(client: WebClient, canvas_id: str, operation: str, content: str) -> None:
    change = {"operation": operation, "document_content": _markdown(content)}
    client.canvases_edit(canvas_id=canvas_id, changes=[change])


def _markdown(content: str) -> dict[str, str]:
    return {"type": "markdown", "markdown": content}


def _there(client: WebClient, turn: Turn) -> str | None:
    """The channel's canvas if it may be written: an empty one, or the one that Slack was asked to make.

    Raises WrittenByOthers when people wrote one.
    """
    answer = client.conversations_info(channel=turn.channel_id)
    canvas: Mapping[str, Any] = (answer["channel"].get("properties") or {}).get("canvas") or {}
    if not canvas.get("file_id"):
        return None
    if not (turn.begun or canvas.get("is_empty")):
        raise WrittenByOthers
    return str(canvas["file_id"])


def _refused(db: Database, turn: Turn, code: str, retry_after: float | None = None) -> None:
    with db.begin() as tx:
        note_refused(tx, turn, code, now=db.now(tx), retry_after=retry_after)
