"""When a channel is told next of a meeting, whatever changed about it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.db.database import Tx
from bot.meetings.actions.occurring import follow_schedule
from bot.meetings.model import TeamMeeting
from bot.meetings.queries import on_schedule
from bot.meetings.queries.ahead import calendar_of, times_ahead
from bot.meetings.queries.held import planned_of
from bot.meetings.rules import Occurrence
from bot.outbox.queue import cancel
from bot.teams.model import Team

NOTHING_AHEAD = timedelta(weeks=4)
"""When to look again at a meeting that does not take place for a year."""
CHANGED = "The schedule was changed: there is no such meeting on that day."


def plan_meeting(tx: Tx, meeting: TeamMeeting, team: Team, *, now: datetime) -> None:
    """Writes down when the channel is to be told next; what it is owed of a day without the meeting is called off.

    What is to be told already is left to the tick, so that it is not lost. What a calendar changes is followed when it
    is read.
    """
    upcoming = next(times_ahead(tx, meeting, team).ahead(after=now), None)
    if meeting.ended_at is not None:
        meeting.next_notice_at, upcoming = None, None
    elif meeting.next_notice_at is None or meeting.next_notice_at > now:
        meeting.next_notice_at = max(upcoming.told_at, now) if upcoming else now + NOTHING_AHEAD
    if calendar_of(tx, meeting) is None:
        _follow_schedule(tx, meeting, upcoming, now=now)


def _follow_schedule(tx: Tx, meeting: TeamMeeting, upcoming: Occurrence | None, *, now: datetime) -> None:
    today = now.astimezone(ZoneInfo(meeting.zone)).date()
    # Nobody is told more than a day ahead.
    days = (str(today), str(today + timedelta(days=1)))
    keys = {one.agenda_key or "" for one in planned_of(tx, meeting)} | {meeting.notice_key(day) for day in days}
    for key in keys - {meeting.notice_key(upcoming.mark) if upcoming else "", ""}:
        cancel(tx, workspace_id=meeting.workspace_id, key=key, reason=CHANGED, now=now)
    follow_schedule(tx, meeting, upcoming, now=now)


def plan_meetings(tx: Tx, team: Team, *, now: datetime) -> None:
    """Plans every meeting of a team afresh: its holidays are others than they were."""
    for meeting in on_schedule(tx, team):
        plan_meeting(tx, meeting, team, now=now)
