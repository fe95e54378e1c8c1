"""The tables of the outcomes room."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Boolean, Date, ForeignKeyConstraint, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, InWorkspace, Key, KeyedInWorkspace, SlackId
from bot.db.types import ExactDecimal, UtcDateTime
from bot.language.units import Unit
from bot.measuring.health import Turns
from bot.outcomes.rules import Ending

_IS_LIVE = text("closed_at IS NULL")


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
    baseline: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    """Null while it is not known: the first result becomes it."""
    target: Mapped[Decimal] = mapped_column(ExactDecimal)
    starts_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    priority_id: Mapped[int | None] = mapped_column(Key)
    parent_id: Mapped[int | None] = mapped_column(Key)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(SlackId)
    version: Mapped[int] = mapped_column(Integer)
    """Counts the edits: a form opened at an older one is told what changed meanwhile."""

    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_as: Mapped[Ending | None] = mapped_column(String(10))
    closing_note: Mapped[str] = mapped_column(Text)
    """What the measure says of how it ended, in the words of who closed it; empty while it is live."""
    rescoped_to_id: Mapped[int | None] = mapped_column(Key)
    """The outcome that took its place."""

    latest_value: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    latest_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    latest_on: Mapped[date | None] = mapped_column(Date)
    """The newest result that stands, and its day in the owner's zone. With the columns below it is what `refresh`
    derives from the results, so that a list of 100,000 outcomes is read and filtered without reading theirs."""
    is_achieved: Mapped[bool] = mapped_column(Boolean)
    at_risk_on: Mapped[date | None] = mapped_column(Date)
    off_track_on: Mapped[date | None] = mapped_column(Date)
    stale_on: Mapped[date | None] = mapped_column(Date)
    """From when on its health is that, if nothing more is measured; null for never."""
    busy_from_on: Mapped[date | None] = mapped_column(Date)
    busy_to_on: Mapped[date | None] = mapped_column(Date)
    """Between when and when it counts as effort without movement, if nothing more happens; null for never."""
    next_refresh_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When to derive these anew though nothing happened; null for never."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "owner_id"], ["person.workspace_id", "person.id"]),
        ForeignKeyConstraint(["workspace_id", "priority_id"], ["priority.workspace_id", "priority.id"]),
        ForeignKeyConstraint(["workspace_id", "parent_id"], ["outcome.workspace_id", "outcome.id"]),
        ForeignKeyConstraint(["workspace_id", "rescoped_to_id"], ["outcome.workspace_id", "outcome.id"]),
        Index(None, "workspace_id", "owner_id", "due_on", "number"),
        Index(None, "workspace_id", "team_id", "due_on", "number"),
        # A list is read in the order of due dates: what it is narrowed by is in the index, and no row is read in vain.
        Index("ix_outcome_due", "workspace_id", "due_on", "number", "id", "team_id", "closed_at"),
        Index(
            "ix_outcome_live",
            *("workspace_id", "due_on", "number", "id", "team_id", "latest_on", "is_achieved"),
            *("stale_on", "off_track_on", "at_risk_on", "busy_from_on", "busy_to_on"),
            sqlite_where=_IS_LIVE,
            postgresql_where=_IS_LIVE,
        ),
        Index(None, "next_refresh_at"),
        Index(None, "workspace_id", "parent_id", "due_on", "number"),
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
    def turns(self) -> Turns | None:
        """When its health turns, if nothing more is measured; None before the first result."""
        if self.latest_value is None:
            return None
        return Turns(self.is_achieved, self.at_risk_on, self.off_track_on, self.stale_on)


class Milestone(KeyedInWorkspace, Base):
    """Where the measure is expected to stand on a day between start and due date."""

    __tablename__ = "milestone"

    outcome_id: Mapped[int] = mapped_column(Key, primary_key=True)
    due_on: Mapped[date] = mapped_column(Date, primary_key=True)
    value: Mapped[Decimal] = mapped_column(ExactDecimal)

    __table_args__ = (ForeignKeyConstraint(["workspace_id", "outcome_id"], ["outcome.workspace_id", "outcome.id"]),)


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
    link: Mapped[str] = mapped_column(String(500))
    """The message it was taken from, or empty."""
    idempotency_key: Mapped[str | None] = mapped_column(String(160))
    """What a file or a program calls it, so that the same one sent again is kept once."""
    replaces_id: Mapped[int | None] = mapped_column(Key)

    __table_args__ = (
        UniqueConstraint("id", "workspace_id"),
        UniqueConstraint("workspace_id", "replaces_id"),
        UniqueConstraint("workspace_id", "idempotency_key"),
        ForeignKeyConstraint(["workspace_id", "outcome_id"], ["outcome.workspace_id", "outcome.id"]),
        ForeignKeyConstraint(["workspace_id", "replaces_id"], ["result.workspace_id", "result.id"]),
        Index(None, "workspace_id", "outcome_id", "measured_at"),
    )


class Change(InWorkspace, Base):
    """One line of an outcome's history: who changed what, when, from what to what. Only ever added to."""

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    outcome_id: Mapped[int] = mapped_column(Key)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[str] = mapped_column(SlackId)
    what: Mapped[str] = mapped_column(String(20))
    """A field such as `target`, or what happened, such as `closed` or `action added`."""
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    """The outcome's version after it."""

    __table_args__ = (
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(["workspace_id", "outcome_id"], ["outcome.workspace_id", "outcome.id"]),
        ForeignKeyConstraint(["workspace_id", "actor_id"], ["person.workspace_id", "person.id"]),
        Index(None, "workspace_id", "outcome_id", "id"),
    )


class Dismissal(KeyedInWorkspace, Base):
    """A finding of the linter that somebody looked at and, with a reason, decided not to follow."""

    __tablename__ = "dismissal"

    outcome_id: Mapped[int] = mapped_column(Key, primary_key=True)
    finding: Mapped[str] = mapped_column(String(4), primary_key=True)
    words: Mapped[str] = mapped_column(String(300), primary_key=True)
    """What it saw: on other words the finding is a new one."""
    reason: Mapped[str] = mapped_column(Text)
    dismissed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    dismissed_by: Mapped[str] = mapped_column(SlackId)

    __table_args__ = (ForeignKeyConstraint(["workspace_id", "outcome_id"], ["outcome.workspace_id", "outcome.id"]),)
