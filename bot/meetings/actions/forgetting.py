"""A calendar's address is a secret: it is erased as soon as it is of no use. What is not true any more is not told."""

from datetime import datetime

from sqlalchemy import delete

from bot.db.database import Tx
from bot.meetings.model import CalendarEntry, MeetingCalendar, TeamMeeting
from bot.meetings.queries.ahead import calendar_of
from bot.outbox.queue import cancel

READ_AGAIN = "The calendar can be read again, or is followed no longer."


def forget_calendar(tx: Tx, meeting: TeamMeeting, *, now: datetime) -> bool:
    """Erases a meeting's calendar and what was read of it. Answers whether there was one."""
    forget_entries(tx, meeting)
    calendar = calendar_of(tx, meeting)
    if calendar is not None:
        forget_trouble(tx, calendar, now=now)
        tx.delete(calendar)
        tx.flush()
    return calendar is not None


def forget_trouble(tx: Tx, calendar: MeetingCalendar, *, now: datetime) -> None:
    """It is in no trouble any more: the lead is not told of it, unless they were already."""
    if calendar.failing_since_at is not None:
        key = calendar.trouble_key
        cancel(tx, workspace_id=calendar.workspace_id, key=key, reason=READ_AGAIN, now=now)
    calendar.trouble, calendar.fails, calendar.failing_since_at, calendar.told_at = None, 0, None, None


def forget_entries(tx: Tx, meeting: TeamMeeting) -> None:
    """Erases what was read of a meeting's calendar."""
    its = (CalendarEntry.workspace_id == meeting.workspace_id, CalendarEntry.team_meeting_id == meeting.id)
    tx.execute(delete(CalendarEntry).where(*its))
