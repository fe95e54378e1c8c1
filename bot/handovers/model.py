"""The tables of the handovers room."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, InWorkspace, Key, SlackId
from bot.db.types import UtcDateTime
from bot.handovers.rules import HandoverState


class Handover(InWorkspace, Base):
    """An outcome offered to a new owner, and their answer. Until they accept it, it stays where it is."""

    __tablename__ = "handover"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    outcome_id: Mapped[int] = mapped_column(Key)
    from_id: Mapped[str] = mapped_column(SlackId)
    to_id: Mapped[str] = mapped_column(SlackId)
    note: Mapped[str] = mapped_column(Text)
    state: Mapped[HandoverState] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    """Why it was declined; else empty."""
    offered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    offered_by: Mapped[str] = mapped_column(SlackId)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_return_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it goes back to the lead unanswered; null once it did, or was answered."""

    __table_args__ = (
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(["workspace_id", "outcome_id"], ["outcome.workspace_id", "outcome.id"]),
        ForeignKeyConstraint(["workspace_id", "to_id"], ["person.workspace_id", "person.id"]),
        Index(None, "workspace_id", "outcome_id", "state"),
        Index(None, "workspace_id", "to_id", "state"),
        Index(None, "next_return_at"),
    )
