"""The tables of the meetings room."""

from datetime import date, datetime, time

from sqlalchemy import Date, ForeignKeyConstraint, Index, Integer, String, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, InWorkspace, Key, SlackId
from bot.db.types import UtcDateTime
from bot.meetings.rules import Plan, Times, times_of
from bot.teams.model import Team
from bot.teams.rules.recurrence import read_recurrence


class TeamMeeting(InWorkspace, Base):
    """A meeting in a team's schedule. When it takes place is derived; only the next time to look at it is written."""

    __tablename__ = "team_meeting"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    team_id: Mapped[int] = mapped_column(Key)
    name: Mapped[str] = mapped_column(String(80))
    rule: Mapped[str] = mapped_column(String(80))
    """On which days: an RFC 5545 rule over local dates."""
    counted_from_on: Mapped[date] = mapped_column(Date)
    """From when the rule counts."""
    begins: Mapped[time] = mapped_column(Time)
    zone: Mapped[str] = mapped_column(String(64))
    """Whose time that is, everybody's at once."""
    minutes: Mapped[int] = mapped_column(Integer)
    """How long it lasts."""
    lead_minutes: Mapped[int] = mapped_column(Integer)
    """How long before it begins the channel is told."""
    next_notice_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When to look next whether to tell the channel; null once it is off the schedule."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(SlackId)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was taken off the schedule."""
    ended_by: Mapped[str | None] = mapped_column(SlackId)

    __table_args__ = (
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        Index(None, "workspace_id", "team_id", "ended_at"),
        Index(None, "next_notice_at"),
    )

    @property
    def plan(self) -> Plan:
        """What its form says."""
        recurrence = read_recurrence(self.rule, self.counted_from_on)
        return Plan(self.name, recurrence, self.begins, self.zone, self.minutes, self.lead_minutes)

    @plan.setter
    def plan(self, plan: Plan) -> None:
        self.name, self.zone, self.begins = plan.name, plan.zone, plan.at
        self.rule, self.counted_from_on = plan.recurrence.rule, plan.recurrence.counted_from
        self.minutes, self.lead_minutes = plan.minutes, plan.lead_minutes

    def times(self, team: Team) -> Times:
        """When it takes place; a pause of the team is not in it."""
        return times_of(self.plan, team.rhythm)

    def notice_key(self, day: date) -> str:
        """The key of what the channel is told before it on that local day: `agenda:M7:2026-03-02`."""
        return f"agenda:M{self.id}:{day}"
