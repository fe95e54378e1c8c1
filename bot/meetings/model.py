"""The tables of the meetings room."""

from datetime import date, datetime, time

from sqlalchemy import Boolean, Date, ForeignKeyConstraint, Index, Integer, String, Text, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.calendars.entries import Entry, Trouble
from bot.db.base import Base, InWorkspace, Key, KeyedInWorkspace, SlackId
from bot.db.types import UtcDateTime
from bot.meetings.rules import Plan, Times, times_of
from bot.meetings.rules.agenda import About, Became, LineKind
from bot.meetings.rules.held import Ended, MeetingState
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

    def notice_key(self, mark: str) -> str:
        """The key of what the channel is told before the one of that mark: `agenda:M7:2026-03-02`."""
        return agenda_key(self.id, mark)


class Meeting(InWorkspace, Base):
    """One occurrence of a meeting: planned by its schedule, or begun by hand."""

    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    team_id: Mapped[int] = mapped_column(Key)
    team_meeting_id: Mapped[int | None] = mapped_column(Key)
    """The meeting on the schedule that it is one of; null when it was begun by hand."""
    mark: Mapped[str | None] = mapped_column(String(32))
    """Which of them: the local day by the schedule, or what a calendar's entry is told apart by; null as above."""
    name: Mapped[str] = mapped_column(String(80))
    channel_id: Mapped[str] = mapped_column(SlackId)
    first_on: Mapped[date] = mapped_column(Date)
    """The local day on which it was to begin when it was planned; a calendar may have moved it since."""
    held_on: Mapped[date] = mapped_column(Date)
    """The local day on which it begins."""
    is_told_again: Mapped[bool] = mapped_column(Boolean)
    """Whether its channel is told a second time before it on that day: the first was too early, or was kept back."""
    zone: Mapped[str] = mapped_column(String(64))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it begins and ends as planned."""
    state: Mapped[MeetingState] = mapped_column(String(8))
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_by: Mapped[str | None] = mapped_column(SlackId)
    """Null when it began by its plan."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str | None] = mapped_column(SlackId)
    ended_how: Mapped[Ended | None] = mapped_column(String(8))
    """How it ended or, of one that was skipped, why."""
    line_id: Mapped[int | None] = mapped_column(Key)
    """The line that is talked about, while it is open."""
    next_step_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When to look next whether to begin it, to end it, or to bring what is said of it up to date; null for never."""

    decisions: Mapped[int | None] = mapped_column(Integer)
    obstacles_cleared: Mapped[int | None] = mapped_column(Integer)
    actions_agreed: Mapped[int | None] = mapped_column(Integer)
    other_changes: Mapped[int | None] = mapped_column(Integer)
    """What else it changed, from results to comments."""
    attendee_minutes: Mapped[int | None] = mapped_column(Integer)
    outcomes_moved: Mapped[int | None] = mapped_column(Integer)
    """The scorecard, once it has ended; the last is filled in when the next one begins."""

    __table_args__ = (
        UniqueConstraint("id", "workspace_id"),
        UniqueConstraint("workspace_id", "team_meeting_id", "mark"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "team_meeting_id"], ["team_meeting.workspace_id", "team_meeting.id"]),
        Index(None, "workspace_id", "team_id", "starts_at"),
        Index(None, "workspace_id", "channel_id", "state"),
        Index(None, "next_step_at"),
    )

    @property
    def key(self) -> str:
        """What it is called in keys: `M7`."""
        return f"M{self.id}"

    @property
    def live_key(self) -> str:
        """The key of its live message: `meeting:M7:live`."""
        return f"meeting:{self.key}:live"

    @property
    def summary_key(self) -> str:
        """The key of its summary: `summary:M7`."""
        return f"summary:{self.key}"

    @property
    def agenda_key(self) -> str | None:
        """The key of what the channel is told before it, as it is planned now; None for one that was begun by hand.

        `agenda:M7:<mark>` on the day on which it was planned first, `agenda:M7:<mark>:2026-03-11` on one to which its
        calendar moved it, and on either with `:again` for the second time. So of each day it is told twice at most,
        and one that is moved back is told of in the message that there is.
        """
        key = self.first_agenda_key
        return f"{key}:again" if key and self.is_told_again else key

    @property
    def first_agenda_key(self) -> str | None:
        """The same, for the first time on its day."""
        if self.team_meeting_id is None or self.mark is None:
            return None
        key = agenda_key(self.team_meeting_id, self.mark)
        return key if self.held_on == self.first_on else f"{key}:{self.held_on}"


class MeetingLine(InWorkspace, Base):
    """A line of a meeting's agenda: what it is about, why it is there, and what became of it."""

    __tablename__ = "meeting_line"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    meeting_id: Mapped[int] = mapped_column(Key)
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[LineKind] = mapped_column(String(12))
    outcome_id: Mapped[int | None] = mapped_column(Key)
    decision_id: Mapped[int | None] = mapped_column(Key)
    obstacle_id: Mapped[int | None] = mapped_column(Key)
    dependency_id: Mapped[int | None] = mapped_column(Key)
    action_id: Mapped[int | None] = mapped_column(Key)
    text: Mapped[str] = mapped_column(Text)
    """A line of somebody's own; empty for the others."""
    why: Mapped[str] = mapped_column(Text)
    """The numbers, in words; empty for a line of somebody's own."""
    carried: Mapped[int] = mapped_column(Integer)
    """Through how many meetings it was carried before this one."""
    added_by: Mapped[str | None] = mapped_column(SlackId)
    """Null for what Rhythm put there."""
    became: Mapped[Became | None] = mapped_column(String(8))
    became_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    became_by: Mapped[str | None] = mapped_column(SlackId)
    """Null for what was read from the records."""

    __table_args__ = (
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(["workspace_id", "meeting_id"], ["meeting.workspace_id", "meeting.id"]),
        ForeignKeyConstraint(["workspace_id", "outcome_id"], ["outcome.workspace_id", "outcome.id"]),
        ForeignKeyConstraint(["workspace_id", "decision_id"], ["decision.workspace_id", "decision.id"]),
        ForeignKeyConstraint(["workspace_id", "obstacle_id"], ["obstacle.workspace_id", "obstacle.id"]),
        ForeignKeyConstraint(["workspace_id", "dependency_id"], ["dependency.workspace_id", "dependency.id"]),
        ForeignKeyConstraint(["workspace_id", "action_id"], ["action.workspace_id", "action.id"]),
        Index(None, "workspace_id", "meeting_id", "position"),
    )

    @property
    def about(self) -> About:
        """What it is about."""
        return About(self.outcome_id, self.decision_id, self.obstacle_id, self.dependency_id, self.action_id)


class MeetingAttendance(KeyedInWorkspace, Base):
    """Somebody who said that they are there, began the meeting or ended it."""

    __tablename__ = "meeting_attendance"

    meeting_id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[str] = mapped_column(SlackId, primary_key=True)
    came_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "meeting_id"], ["meeting.workspace_id", "meeting.id"]),
        ForeignKeyConstraint(["workspace_id", "person_id"], ["person.workspace_id", "person.id"]),
    )


class MeetingRating(KeyedInWorkspace, Base):
    """What a meeting was worth to somebody, from 1 to 5. Who said so is told to nobody."""

    __tablename__ = "meeting_rating"

    meeting_id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[str] = mapped_column(SlackId, primary_key=True)
    score: Mapped[int] = mapped_column(Integer)
    comment: Mapped[str] = mapped_column(Text)
    """A line, or empty."""
    rated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "meeting_id"], ["meeting.workspace_id", "meeting.id"]),
        ForeignKeyConstraint(["workspace_id", "person_id"], ["person.workspace_id", "person.id"]),
    )


class MeetingCalendar(KeyedInWorkspace, Base):
    """A calendar that says when a meeting takes place, instead of its schedule. It is erased once it no longer does."""

    __tablename__ = "meeting_calendar"

    team_meeting_id: Mapped[int] = mapped_column(Key, primary_key=True)
    address: Mapped[str] = mapped_column(Text)
    """Secret: whoever has it can read the calendar. As `Secrets.seal` keeps it; `address_of` reads it."""
    words: Mapped[str] = mapped_column(String(200))
    """What the titles of its entries have to contain, each of these words; empty for every entry."""
    counts_from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """What begins before was told of by what was there before."""
    etag: Mapped[str] = mapped_column(String(200))
    last_modified: Mapped[str] = mapped_column(String(200))
    """What it said of its version; empty where it said nothing."""
    next_fetch_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When to look at it next; while it is being looked at, when to take it that nobody is any more."""
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its entries were read last; null before the first time."""
    trouble: Mapped[Trouble | None] = mapped_column(String(12))
    """Why it could not be read the last time; null when it could."""
    fails: Mapped[int] = mapped_column(Integer)
    """How often it could not be read, in a row."""
    failing_since_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the lead is told, in their working hours; null when there is nothing to tell."""
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str] = mapped_column(SlackId)

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "team_meeting_id"], ["team_meeting.workspace_id", "team_meeting.id"]),
        Index(None, "next_fetch_at"),
    )

    @property
    def trouble_key(self) -> str:
        """The key of what the lead is told of its trouble, once for each time: `calendar:M7:2026-03-02T08:00:00`."""
        return f"calendar:M{self.team_meeting_id}:{self.failing_since_at:%Y-%m-%dT%H:%M:%S}"

    def __repr__(self) -> str:
        return f"MeetingCalendar({self.workspace_id}, {self.team_meeting_id})"


class CalendarEntry(KeyedInWorkspace, Base):
    """An entry of a meeting's calendar: a time and a title, and nothing else of it."""

    __tablename__ = "calendar_entry"

    team_meeting_id: Mapped[int] = mapped_column(Key, primary_key=True)
    mark: Mapped[str] = mapped_column(String(32), primary_key=True)
    """What the same entry is told apart by for ever, wherever it is moved."""
    title: Mapped[str] = mapped_column(String(80))
    zone: Mapped[str] = mapped_column(String(64))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_off: Mapped[bool] = mapped_column(Boolean)
    """It was cancelled, or taken out of the calendar."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "team_meeting_id"], ["team_meeting.workspace_id", "team_meeting.id"]),
    )

    @property
    def entry(self) -> Entry:
        """The same, as it was read."""
        return Entry(self.mark, self.title, self.zone, self.starts_at, self.ends_at, self.is_off)


def agenda_key(team_meeting_id: int, mark: str) -> str:
    """The key of what a channel is told before a meeting on its schedule: `agenda:M7:2026-03-02`, M7 being that one."""
    return f"agenda:M{team_meeting_id}:{mark}"
