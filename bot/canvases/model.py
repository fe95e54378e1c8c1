"""The table of the canvases room."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.canvases.rules import Trouble
from bot.db.base import Base, KeyedInWorkspace, SlackId
from bot.db.types import UtcDateTime


class ChannelCanvas(KeyedInWorkspace, Base):
    """The canvas of a channel that somebody asked Rhythm to keep, and what it is to say."""

    __tablename__ = "channel_canvas"

    channel_id: Mapped[str] = mapped_column(SlackId, primary_key=True)
    title: Mapped[str] = mapped_column(String(100))
    content: Mapped[str] = mapped_column(Text)
    """What it is to say, whole, in Markdown."""
    canvas_id: Mapped[str | None] = mapped_column(SlackId)
    """Null until Slack has made it."""
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When Slack was first asked to make it, there being none: what is there later is ours."""
    next_write_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When to write it; while somebody does, when to take it that nobody is any more; null while it says `content`."""
    fails: Mapped[int] = mapped_column(Integer)
    """How often it could not be written, in a row."""
    asked_by: Mapped[str] = mapped_column(SlackId)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when it is not kept any more; null while it is."""
    trouble: Mapped[Trouble | None] = mapped_column(String(8))
    """Why, when Slack was the reason."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "channel_id"], ["channel.workspace_id", "channel.id"]),
        ForeignKeyConstraint(["workspace_id", "asked_by"], ["person.workspace_id", "person.id"]),
        Index(None, "next_write_at"),
    )

    @property
    def is_kept(self) -> bool:
        """Whether Rhythm keeps it."""
        return self.stopped_at is None
