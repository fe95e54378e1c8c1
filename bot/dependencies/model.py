"""The tables of the dependencies room."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, InWorkspace, Key, SlackId
from bot.db.types import UtcDateTime
from bot.dependencies.rules import DependencyState


class Dependency(InWorkspace, Base):
    """Something an outcome needs from another team by a day, and that team's answer."""

    __tablename__ = "dependency"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    outcome_id: Mapped[int] = mapped_column(Key)
    """The outcome that waits."""
    team_id: Mapped[int] = mapped_column(Key)
    """The team that is asked."""
    text: Mapped[str] = mapped_column(Text)
    wanted_on: Mapped[date] = mapped_column(Date)
    state: Mapped[DependencyState] = mapped_column(String(10))
    promised_on: Mapped[date | None] = mapped_column(Date)
    """The day the asked team accepted or proposes."""
    reason: Mapped[str] = mapped_column(Text)
    """Why it was declined, or another day proposed; else empty."""
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[str] = mapped_column(SlackId)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str | None] = mapped_column(SlackId)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(["workspace_id", "outcome_id"], ["outcome.workspace_id", "outcome.id"]),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        Index(None, "workspace_id", "outcome_id", "state"),
        Index(None, "workspace_id", "team_id", "state"),
    )
