"""The tables of the outcomes room."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Date, ForeignKeyConstraint, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, InWorkspace, Key, SlackId
from bot.db.types import ExactDecimal, UtcDateTime
from bot.language.units import Unit
from bot.measuring.paths import Path


class Outcome(InWorkspace, Base):
    """A change to be created: what, why, how it is measured, from where to where, by when, and who owns it."""

    __tablename__ = "outcome"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    number: Mapped[int] = mapped_column(Integer)
    team_id: Mapped[int] = mapped_column(Key)
    owner_id: Mapped[str] = mapped_column(SlackId)
    statement: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(String(100))
    unit_text: Mapped[str] = mapped_column("unit", String(80))
    baseline: Mapped[Decimal] = mapped_column(ExactDecimal)
    target: Mapped[Decimal] = mapped_column(ExactDecimal)
    starts_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(SlackId)

    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        UniqueConstraint("workspace_id", "id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "owner_id"], ["person.workspace_id", "person.id"]),
        Index(None, "workspace_id", "owner_id"),
        Index(None, "workspace_id", "team_id"),
    )

    @property
    def key(self) -> str:
        """The name people use: `OUT-12`."""
        return f"OUT-{self.number}"

    @property
    def unit(self) -> Unit:
        """What the measure is counted in."""
        return Unit.parse(self.unit_text)

    @property
    def path(self) -> Path:
        """From where to where, and from when to when."""
        return Path(self.baseline, self.target, self.starts_on, self.due_on)


class Result(InWorkspace, Base):
    """A measured value at a time. Never changed; a correction is a new row that replaces one."""

    __tablename__ = "result"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    outcome_id: Mapped[int] = mapped_column(Key)
    value: Mapped[Decimal] = mapped_column(ExactDecimal)
    measured_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    author_id: Mapped[str] = mapped_column(SlackId)
    note: Mapped[str] = mapped_column(Text)
    confidence: Mapped[int | None] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(String(20))
    replaces_id: Mapped[int | None] = mapped_column(Key)

    __table_args__ = (
        UniqueConstraint("workspace_id", "id"),
        UniqueConstraint("workspace_id", "replaces_id"),
        ForeignKeyConstraint(["workspace_id", "outcome_id"], ["outcome.workspace_id", "outcome.id"]),
        ForeignKeyConstraint(["workspace_id", "replaces_id"], ["result.workspace_id", "result.id"]),
        Index(None, "workspace_id", "outcome_id", "measured_at"),
    )
