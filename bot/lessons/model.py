"""The tables of the lessons room."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, InWorkspace, Key, SlackId
from bot.db.types import UtcDateTime


class Lesson(InWorkspace, Base):
    """What was learnt. It is its team's: whoever may see the team may read it."""

    __tablename__ = "lesson"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    team_id: Mapped[int] = mapped_column(Key)
    text: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(String(100))
    """The measure it is about, or empty."""
    priority_id: Mapped[int | None] = mapped_column(Key)
    outcome_id: Mapped[int | None] = mapped_column(Key)
    """The outcome it came from, or null."""
    outcome_key: Mapped[str] = mapped_column(String(20))
    """That outcome's key, `OUT-12`, or empty: the rooms below outcomes cannot ask for it."""
    decision_id: Mapped[int | None] = mapped_column(Key)
    decision_key: Mapped[str] = mapped_column(String(20), default="")
    """The same for the reviewed decision it came from: `DEC-3`."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(SlackId)

    __table_args__ = (
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "priority_id"], ["priority.workspace_id", "priority.id"]),
        ForeignKeyConstraint(["workspace_id", "outcome_id"], ["outcome.workspace_id", "outcome.id"]),
        ForeignKeyConstraint(["workspace_id", "decision_id"], ["decision.workspace_id", "decision.id"]),
        ForeignKeyConstraint(["workspace_id", "created_by"], ["person.workspace_id", "person.id"]),
        Index(None, "workspace_id", "team_id"),
        Index(None, "workspace_id", "outcome_id"),
        Index(None, "workspace_id", "decision_id"),
    )
