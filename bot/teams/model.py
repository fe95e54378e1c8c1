"""The tables of the teams room."""

from datetime import date, datetime, time

from sqlalchemy import Boolean, Date, ForeignKeyConstraint, Index, Integer, String, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, InWorkspace, Key, KeyedInWorkspace, SlackId
from bot.db.types import UtcDateTime
from bot.teams.rules import Rhythm


class Channel(KeyedInWorkspace, Base):
    """A Slack channel as Rhythm knows it."""

    __tablename__ = "channel"

    id: Mapped[str] = mapped_column(SlackId, primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    is_private: Mapped[bool] = mapped_column(Boolean)
    is_archived: Mapped[bool] = mapped_column(Boolean)
    has_bot: Mapped[bool] = mapped_column(Boolean)
    refreshed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ChannelMember(KeyedInWorkspace, Base):
    """Somebody who is in a channel: what the visibility rule asks."""

    __tablename__ = "channel_member"

    channel_id: Mapped[str] = mapped_column(SlackId, primary_key=True)
    person_id: Mapped[str] = mapped_column(SlackId, primary_key=True)

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "channel_id"], ["channel.workspace_id", "channel.id"]),
        Index(None, "workspace_id", "person_id"),
    )


class Team(InWorkspace, Base):
    """A team: one a channel, with one rhythm."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(80))
    channel_id: Mapped[str] = mapped_column(SlackId)
    lead_id: Mapped[str] = mapped_column(SlackId)
    checkin_weekday: Mapped[int] = mapped_column(Integer)
    checkin_time: Mapped[time] = mapped_column(Time)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(SlackId)
    paused_from_on: Mapped[date | None] = mapped_column(Date)
    """The first day of the newest pause; null when there was none."""
    paused_to_on: Mapped[date | None] = mapped_column(Date)
    """Its last day; null while it is to last until somebody ends it."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "channel_id"),
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(["workspace_id", "channel_id"], ["channel.workspace_id", "channel.id"]),
        ForeignKeyConstraint(["workspace_id", "lead_id"], ["person.workspace_id", "person.id"]),
    )

    @property
    def rhythm(self) -> Rhythm:
        """When this team's owners are asked."""
        return Rhythm(self.checkin_weekday, self.checkin_time)

    def is_paused_on(self, day: date) -> bool:
        """Whether nobody is asked about this team's outcomes on that day of their calendar."""
        first, last = self.paused_from_on, self.paused_to_on
        return first is not None and first <= day and (last is None or day <= last)
