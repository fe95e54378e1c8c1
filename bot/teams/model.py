"""The tables of the teams room."""

from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import Boolean, Date, ForeignKeyConstraint, Index, String, Text, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, InWorkspace, Key, KeyedInWorkspace, SlackId
from bot.db.types import UtcDateTime
from bot.teams.rules.recurrence import read_recurrence
from bot.teams.rules.rhythm import OnHoliday, Pause, Rhythm, Telling
from bot.teams.rules.workdays import Workdays, read_days_off, write_days_off


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
    checkin_rule: Mapped[str] = mapped_column(String(80))
    """On which days owners are asked: an RFC 5545 rule over local dates."""
    checkin_from_on: Mapped[date] = mapped_column(Date)
    """From when the rule counts."""
    checkin_time: Mapped[time] = mapped_column(Time)
    checkin_zone: Mapped[str | None] = mapped_column(String(64))
    """Whose time that is: everybody's, in this zone, or null for each owner's own."""
    work_starts: Mapped[time] = mapped_column(Time)
    work_ends: Mapped[time] = mapped_column(Time)
    country: Mapped[str] = mapped_column(String(8))
    """Whose public holidays are kept: `DE`, `DE-BY`; empty for none."""
    days_off: Mapped[str] = mapped_column(Text)
    """The team's own, one a line: `2026-12-24/2026-12-31 Company holidays`."""
    on_holiday: Mapped[OnHoliday] = mapped_column(String(8))
    answers: Mapped[Telling] = mapped_column(String(10))
    """How the channel hears of them."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(SlackId)
    paused_from_on: Mapped[date | None] = mapped_column(Date)
    """The first day of the newest pause; null when there was none."""
    paused_to_on: Mapped[date | None] = mapped_column(Date)
    """Its last day; null while it is to last until somebody ends it."""
    digest_rule: Mapped[str | None] = mapped_column(String(80))
    """On which days the channel gets its digest, as `checkin_rule`; null when it gets none."""
    digest_time: Mapped[time | None] = mapped_column(Time)
    next_digest_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When to look next whether a digest is due; null when there is none."""
    decisions_channel_id: Mapped[str | None] = mapped_column(SlackId)
    """Where its decisions are announced: its own channel, or another one; null for nowhere."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "channel_id"),
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(["workspace_id", "channel_id"], ["channel.workspace_id", "channel.id"]),
        ForeignKeyConstraint(["workspace_id", "lead_id"], ["person.workspace_id", "person.id"]),
        Index(None, "next_digest_at"),
    )

    @property
    def rhythm(self) -> Rhythm:
        """When this team's owners are asked."""
        return Rhythm(
            read_recurrence(self.checkin_rule, self.checkin_from_on),
            self.checkin_time,
            self.checkin_zone,
            Workdays(self.work_starts, self.work_ends, self.country, read_days_off(self.days_off)),
            OnHoliday(self.on_holiday),
            answers=Telling(self.answers),
        )

    @rhythm.setter
    def rhythm(self, rhythm: Rhythm) -> None:
        workdays = rhythm.workdays
        self.checkin_rule, self.checkin_from_on = rhythm.recurrence.rule, rhythm.recurrence.counted_from
        self.checkin_time, self.checkin_zone = rhythm.at, rhythm.zone
        self.work_starts, self.work_ends, self.country = workdays.starts, workdays.ends, workdays.country
        self.days_off, self.on_holiday = write_days_off(workdays.days_off), rhythm.on_holiday
        self.answers = rhythm.answers

    @property
    def digest(self) -> Rhythm | None:
        """When its channel gets a digest, in the zone that `bot.teams.queries.zone_of` names; None when it gets none.

        A pause is not in it.
        """
        if self.digest_rule is None or self.digest_time is None:
            return None
        recurrence = read_recurrence(self.digest_rule, self.checkin_from_on)
        return self.rhythm.of_same_team(recurrence, self.digest_time)

    @digest.setter
    def digest(self, digest: Rhythm | None) -> None:
        self.digest_rule = digest.recurrence.rule if digest else None
        self.digest_time = digest.at if digest else None

    @property
    def live_rhythm(self) -> Rhythm:
        """The same, but for the days on which it is paused."""
        paused = Pause(self.paused_from_on, self.paused_to_on) if self.paused_from_on else None
        return replace(self.rhythm, paused=paused)

    def is_paused_on(self, day: date) -> bool:
        """Whether nobody is asked about this team's outcomes on that day of their calendar."""
        return self.paused_from_on is not None and day in Pause(self.paused_from_on, self.paused_to_on)
