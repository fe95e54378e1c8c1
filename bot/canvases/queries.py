"""Reading which canvases are kept. Whoever asks about a channel has been found to see it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from bot.canvases.model import ChannelCanvas
from bot.db.database import Tx


def canvas_of(tx: Tx, workspace_id: str, channel_id: str) -> ChannelCanvas | None:
    """The canvas of a channel, kept or stopped; None when nobody ever asked for one."""
    return tx.get(ChannelCanvas, (workspace_id, channel_id))


def is_kept_in(tx: Tx, workspace_id: str, channel_id: str) -> bool:
    """Whether the channel's canvas is kept."""
    canvas = canvas_of(tx, workspace_id, channel_id)
    return canvas is not None and canvas.is_kept


def canvases_due(tx: Tx, *, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
    """The canvases to be written, as (workspace, channel), the longest overdue first: a tick's question."""
    planned = ChannelCanvas.next_write_at
    due = select(ChannelCanvas.workspace_id, ChannelCanvas.channel_id).where(planned <= now).order_by(planned)
    return [(workspace_id, channel_id) for workspace_id, channel_id in tx.execute(due.limit(limit))]


def next_write(tx: Tx) -> datetime | None:
    """The earliest instant at which a canvas is to be written: a tick's question, as above."""
    planned = ChannelCanvas.next_write_at
    return tx.scalar(select(planned).where(planned.is_not(None)).order_by(planned).limit(1))
