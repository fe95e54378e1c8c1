"""The tables of the execution room."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, InWorkspace, Key, SlackId
from bot.db.types import UtcDateTime
from bot.execution.rules import ActionState, EffectSeen


class Action(InWorkspace, Base):
    """A step of an outcome's execution path: what, by whom, by when, and what it should change."""

    __tablename__ = "action"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    outcome_id: Mapped[int] = mapped_column(Key)
    text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[str] = mapped_column(SlackId)
    due_on: Mapped[date | None] = mapped_column(Date)
    expected_effect: Mapped[str] = mapped_column(Text)
    state: Mapped[ActionState] = mapped_column(String(10))
    effect_seen: Mapped[EffectSeen | None] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(SlackId)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was done or dropped."""
    ended_by: Mapped[str | None] = mapped_column(SlackId)

    __table_args__ = (
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(["workspace_id", "outcome_id"], ["outcome.workspace_id", "outcome.id"]),
        ForeignKeyConstraint(["workspace_id", "owner_id"], ["person.workspace_id", "person.id"]),
        Index(None, "workspace_id", "outcome_id", "state"),
        Index(None, "workspace_id", "owner_id", "state", "due_on"),
    )


class NotDoing(InWorkspace, Base):
    """A line that was chosen to be left undone, with the reason."""

    __tablename__ = "not_doing"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    outcome_id: Mapped[int] = mapped_column(Key)
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(SlackId)

    __table_args__ = (
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(["workspace_id", "outcome_id"], ["outcome.workspace_id", "outcome.id"]),
        Index(None, "workspace_id", "outcome_id"),
    )
