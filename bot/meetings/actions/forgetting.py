"""A calendar's address is a secret: it is erased as soon as it is of no use."""

from sqlalchemy import delete

from bot.db.database import Tx
from bot.meetings.model import CalendarEntry, MeetingCalendar, TeamMeeting


def forget_calendar(tx: Tx, meeting: TeamMeeting) -> bool:
    """Erases a meeting's calendar and what was read of it. Answers whether there was one."""
    forget_entries(tx, meeting)
    its = (MeetingCalendar.workspace_id == meeting.workspace_id, MeetingCalendar.team_meeting_id == meeting.id)
    erased = tx.execute(delete(MeetingCalendar).where(*its).returning(MeetingCalendar.team_meeting_id)).all()
    tx.flush()
    return bool(erased)


def forget_entries(tx: Tx, meeting: TeamMeeting) -> None:
    """Erases what was read of a meeting's calendar."""
    its = (CalendarEntry.workspace_id == meeting.workspace_id, CalendarEntry.team_meeting_id == meeting.id)
    tx.execute(delete(CalendarEntry).where(*its))
