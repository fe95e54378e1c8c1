"""Meetings that were never stored, for the tests of the words; and one that is put on schedules."""

from dataclasses import replace
from datetime import UTC, datetime, time

from bot.calendars.entries import Trouble
from bot.meetings.model import MeetingCalendar, TeamMeeting
from bot.meetings.queries import MeetingView
from bot.meetings.rules import Plan
from bot.teams.rules.recurrence import Often, Recurrence
from tests.outcomes.samples import NOW, team

SYNC = Plan("Growth sync", Recurrence(Often.WEEKLY, 1), time(15), "Europe/Berlin", minutes=30, lead_minutes=60)
REVIEW = Plan(
    "Review & <look back>",
    Recurrence(Often.MONTH_ENDS, 4),
    time(9, 30),
    "America/New_York",
    minutes=90,
    lead_minutes=1440,
)
AHEAD = (
    datetime(2026, 3, 31, 13, tzinfo=UTC),
    datetime(2026, 4, 7, 13, tzinfo=UTC),
    datetime(2026, 4, 14, 13, tzinfo=UTC),
)


def meeting(
    plan: Plan = SYNC, *, number: int = 7, ahead: tuple[datetime, ...] = AHEAD, of: str = "Growth"
) -> MeetingView:
    """A meeting on a team's schedule, as somebody sees it."""
    row = TeamMeeting(workspace_id="T1", id=number, team_id=1, plan=plan, created_at=NOW, created_by="ULEAD")
    return MeetingView(row, team(of), ahead)


def fed(words: str = "", *, trouble: Trouble | None = None, was_read: bool = True) -> MeetingView:
    """One that takes place as a calendar says."""
    row = MeetingCalendar(
        workspace_id="T1",
        team_meeting_id=7,
        address="https://calendar.example.com/private-5e8cr3t/a1b2",
        words=words,
        trouble=trouble,
        failing_since_at=datetime(2026, 3, 30, 8, tzinfo=UTC) if trouble else None,
        read_at=NOW if was_read else None,
    )
    at = "" if trouble == Trouble.LOCKED else "calendar.example.com (…a1b2)"
    return replace(meeting(ahead=AHEAD if was_read else ()), calendar=row, calendar_at=at)
