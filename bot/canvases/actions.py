"""A canvas is asked for, given something to say, and written in turn. Slack is called between the turns."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.canvases.messages import not_kept
from bot.canvases.model import ChannelCanvas
from bot.canvases.rules import IN_HAND, UNCLEAR, Trouble, trouble_of, try_again_in
from bot.db.database import Tx
from bot.outbox.rules import bounded_retry_after
from bot.people.rules import Viewer
from bot.teams.actions import owe


@dataclass(frozen=True)
class Turn:
    """Somebody's turn to write a canvas: until `until` nobody else does.

    Args:
        canvas_id: None while there is none yet.
        begun: whether Slack was asked before to make it, and may have.
    """

    workspace_id: str
    channel_id: str
    until: datetime
    title: str
    content: str
    canvas_id: str | None
    begun: bool


def keep_canvas(tx: Tx, viewer: Viewer, channel_id: str, *, title: str, content: str, now: datetime) -> None:
    """Keeps a canvas in a channel from now on; one that was kept before is gone on with."""
    canvas = _held(tx, viewer.workspace_id, channel_id)
    if canvas is None:
        canvas = ChannelCanvas(workspace_id=viewer.workspace_id, channel_id=channel_id, title=title)
        tx.add(canvas)
    elif canvas.trouble == Trouble.GONE:
        canvas.canvas_id = None
    if canvas.trouble is not None and canvas.canvas_id is None:
        canvas.begun_at = None
    canvas.content, canvas.next_write_at, canvas.fails = content, now, 0
    canvas.asked_by, canvas.asked_at = viewer.person_id, now
    canvas.stopped_at = canvas.trouble = None
    tx.flush()


def stop_canvas(tx: Tx, viewer: Viewer, channel_id: str, *, now: datetime) -> None:
    """Leaves a channel's canvas as it is from now on."""
    canvas = _held(tx, viewer.workspace_id, channel_id)
    if canvas is not None and canvas.is_kept:
        canvas.stopped_at, canvas.next_write_at = now, None
        tx.flush()


def rewrite_canvas(tx: Tx, workspace_id: str, channel_id: str, content: str, *, now: datetime) -> None:
    """Has a channel's canvas say something else; where none is kept, nothing happens."""
    canvas = _held(tx, workspace_id, channel_id)
    if canvas is not None and canvas.is_kept and canvas.content != content:
        # Whoever is writing it finds that it is to say something else, and has it written again.
        canvas.content, canvas.next_write_at = content, canvas.next_write_at or now
        tx.flush()


def take_turn(tx: Tx, workspace_id: str, channel_id: str, *, now: datetime) -> Turn | None:
    """What to write, if it is time; None when another replica is at it, or it is not time after all."""
    its = (ChannelCanvas.workspace_id == workspace_id, ChannelCanvas.channel_id == channel_id)
    canvas = tx.scalars(select(ChannelCanvas).where(*its).with_for_update(skip_locked=True)).one_or_none()
    if canvas is None or canvas.next_write_at is None or canvas.next_write_at > now:
        return None
    canvas.next_write_at = until = now + IN_HAND
    tx.flush()
    return Turn(
        workspace_id,
        channel_id,
        until,
        canvas.title,
        canvas.content,
        canvas.canvas_id,
        begun=canvas.begun_at is not None,
    )


def begin_canvas(tx: Tx, turn: Turn, *, now: datetime) -> bool:
    """Writes down that Slack is about to be asked to make the canvas. False when it is not this turn's any more."""
    canvas = _held(tx, turn.workspace_id, turn.channel_id)
    if canvas is None or canvas.next_write_at != turn.until:
        return False
    canvas.begun_at = now
    tx.flush()
    return True


def note_written(tx: Tx, turn: Turn, canvas_id: str, *, now: datetime) -> None:
    """Writes down that the canvas says what the turn had; what is to be said by now is written next."""
    canvas = _of_turn(tx, turn)
    canvas.canvas_id, canvas.fails = canvas_id, 0
    if canvas.is_kept:
        # Whoever finds the turn taken from them may have written over what came later.
        is_done = canvas.next_write_at == turn.until and canvas.content == turn.content
        canvas.next_write_at = None if is_done else now
    tx.flush()


def note_refused(tx: Tx, turn: Turn, code: str, *, now: datetime, retry_after: float | None = None) -> None:
    """Writes down that the canvas could not be written: it is tried again, or given up, and whoever asked is told why.

    Args:
        code: Slack's error, or NO_ANSWER.
        retry_after: seconds that Slack asked to wait.
    """
    canvas = _of_turn(tx, turn)
    if not canvas.is_kept or canvas.next_write_at != turn.until:
        return
    trouble = trouble_of(code)
    if not turn.begun and code not in UNCLEAR:
        canvas.begun_at = None
    if trouble is None:
        canvas.fails += 1
        pause = bounded_retry_after(retry_after) if retry_after is not None else try_again_in(canvas.fails)
        canvas.next_write_at = now + pause
    else:
        canvas.stopped_at, canvas.trouble, canvas.next_write_at = now, trouble, None
        key = f"canvas:{turn.channel_id}:{canvas.asked_at:%Y-%m-%dT%H:%M:%S}"
        message = not_kept(turn.channel_id, trouble)
        owe(tx, turn.workspace_id, key=key, place=canvas.asked_by, message=message, now=now)
    tx.flush()


def _of_turn(tx: Tx, turn: Turn) -> ChannelCanvas:
    """The canvas of a turn, which nobody else changes until this transaction ends."""
    canvas = _held(tx, turn.workspace_id, turn.channel_id)
    assert canvas is not None
    return canvas


def _held(tx: Tx, workspace_id: str, channel_id: str) -> ChannelCanvas | None:
    key = (workspace_id, channel_id)
    return tx.get(ChannelCanvas, key, with_for_update=True, populate_existing=True)
