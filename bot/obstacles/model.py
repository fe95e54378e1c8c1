"""The tables of the obstacles room."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, InWorkspace, Key, SlackId
from bot.db.types import UtcDateTime


class Obstacle(InWorkspace, Base):
    """Something that stands in an outcome's way, who sees to it, and what resolved it."""

    __tablename__ = "obstacle"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    outcome_id: Mapped[int] = mapped_column(Key)
    text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[str] = mapped_column(SlackId)
    needs_decision: Mapped[bool] = mapped_column(Boolean)
    link: Mapped[str] = mapped_column(String(500))
    """The message it was raised from, or empty."""
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    raised_by: Mapped[str] = mapped_column(SlackId)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resolved_by: Mapped[str | None] = mapped_column(SlackId)
    resolution: Mapped[str] = mapped_column(Text)
    """What resolved it; empty while it stands."""

    __table_args__ = (
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(["workspace_id", "outcome_id"], ["outcome.workspace_id", "outcome.id"]),
        ForeignKeyConstraint(["workspace_id", "owner_id"], ["person.workspace_id", "person.id"]),
        Index(None, "workspace_id", "outcome_id", "resolved_at"),
        Index(None, "workspace_id", "owner_id", "resolved_at"),
    )
