"""The tables of the check-ins room."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKeyConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.checkins.rules import Answer, State
from bot.db.base import Base, InWorkspace, Key, KeyedInWorkspace, SlackId
from bot.db.types import UtcDateTime
from bot.people.rules import Viewer


class CheckIn(InWorkspace, Base):
    """One owner and one period: asked, or recorded with why not. There is never a second one."""

    __tablename__ = "checkin"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    person_id: Mapped[str] = mapped_column(SlackId)
    asked_id: Mapped[str] = mapped_column(SlackId)
    """Who is asked: the owner, or whoever stands in for them while they are away."""
    period: Mapped[str] = mapped_column(String(8))
    state: Mapped[State] = mapped_column(String(12))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    snoozes: Mapped[int] = mapped_column(Integer, default=0)
    """How often its owner put it off."""
    snoozed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it comes back, or came back, the last time."""
    nudges: Mapped[int] = mapped_column(Integer, default=0)
    next_nudge_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When to look whether its owner is to be nudged; None once they are not any more."""
    next_close_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When to record what was not answered; None once that is done."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "person_id", "period"),
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(["workspace_id", "person_id"], ["person.workspace_id", "person.id"]),
        ForeignKeyConstraint(["workspace_id", "asked_id"], ["person.workspace_id", "person.id"]),
        Index(None, "workspace_id", "asked_id", "closes_at"),
        Index(None, "closes_at"),
        Index(None, "state", "closes_at"),
        Index(None, "next_nudge_at"),
        Index(None, "next_close_at"),
        Index(None, "workspace_id", "next_nudge_at"),
        Index(None, "workspace_id", "next_close_at"),
    )

    @property
    def owner(self) -> Viewer:
        """Whom it asks how their outcomes move."""
        return Viewer(self.workspace_id, self.person_id)

    @property
    def asked(self) -> Viewer:
        """Who is asked."""
        return Viewer(self.workspace_id, self.asked_id)

    @property
    def key(self) -> str:
        """The key of its delivery: `checkin:U1:2026-W12`."""
        return f"checkin:{self.person_id}:{self.period}"

    @property
    def snooze_keys(self) -> list[str]:
        """The keys of the reminders its owner asked for: `snooze:U1:2026-W12:1`, …"""
        return [f"snooze:{self.person_id}:{self.period}:{number}" for number in range(1, self.snoozes + 1)]

    @property
    def nudge_keys(self) -> list[str]:
        """The keys of the reminders that were sent because nothing came: `nudge:U1:2026-W12:1`, …"""
        return [f"nudge:{self.person_id}:{self.period}:{number}" for number in range(1, self.nudges + 1)]


class CheckInItem(KeyedInWorkspace, Base):
    """One outcome within a check-in, and what was answered."""

    __tablename__ = "checkin_item"

    checkin_id: Mapped[int] = mapped_column(Key, primary_key=True)
    outcome_id: Mapped[int] = mapped_column(Key, primary_key=True)
    answer: Mapped[Answer | None] = mapped_column(String(12))
    result_id: Mapped[int | None] = mapped_column(Key)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_gone: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether the messages about it know that it was handed over or closed."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "checkin_id"], ["checkin.workspace_id", "checkin.id"]),
        ForeignKeyConstraint(["workspace_id", "outcome_id"], ["outcome.workspace_id", "outcome.id"]),
        ForeignKeyConstraint(["workspace_id", "result_id"], ["result.workspace_id", "result.id"]),
        Index(None, "workspace_id", "outcome_id"),
    )

    @property
    def line_key(self) -> str:
        """The key of the line it owes the team's channel once answered."""
        return f"answer:{self.checkin_id}:{self.outcome_id}"
