"""An occurrence of a meeting, as its schedule or its calendar plans it and calls it off."""

from datetime import datetime, timedelta
from typing import Any

from bot.db.database import Tx, insert
from bot.meetings.actions.agenda import gather
from bot.meetings.model import Meeting, TeamMeeting
from bot.meetings.queries.held import occurrence_of, planned_of
from bot.meetings.rules import Occurrence
from bot.meetings.rules.held import Ended, MeetingState
from bot.teams.model import Team


def plan_occurrence(
    tx: Tx, planned: TeamMeeting, team: Team, occurrence: Occurrence, *, focus_limit: int, now: datetime
) -> Meeting:
    """The occurrence of a meeting on a day, with its agenda as of now; once for ever, whoever asks for it first.

    One that was called off because the schedule had no such day is planned again.
    """
    _make_sure(tx, planned, team, occurrence)
    meeting = occurrence_of(tx, planned, occurrence.mark)
    assert meeting is not None
    if meeting.state == MeetingState.SKIPPED and meeting.ended_how == Ended.SCHEDULE:
        meeting.state, meeting.ended_at, meeting.ended_how = MeetingState.PLANNED, None, None
        set_times(meeting, planned, occurrence)
    if meeting.state == MeetingState.PLANNED:
        gather(tx, meeting, team, focus_limit=focus_limit, now=now)
    tx.flush()
    return meeting


def follow_schedule(tx: Tx, planned: TeamMeeting, upcoming: Occurrence | None, *, now: datetime) -> None:
    """Moves what is planned to when the schedule has it now, or calls it off. What has begun is left to its own end."""
    for meeting in planned_of(tx, planned):
        if meeting.starts_at <= now:
            continue
        if upcoming is not None and upcoming.mark == meeting.mark and planned.ended_at is None:
            set_times(meeting, planned, upcoming)
        else:
            leave_out(tx, meeting, Ended.SCHEDULE, now=now)
    tx.flush()


def set_times(meeting: Meeting, planned: TeamMeeting, occurrence: Occurrence) -> None:
    """Has a planned meeting take place when its schedule or its calendar says now."""
    for column, value in _times(planned, occurrence).items():
        setattr(meeting, column, value)


def leave_out(tx: Tx, meeting: Meeting, how: Ended, *, by: str | None = None, now: datetime) -> None:
    """Has a planned meeting not take place."""
    meeting.state, meeting.ended_at, meeting.ended_how = MeetingState.SKIPPED, now, how
    meeting.ended_by, meeting.next_step_at = by, None
    tx.flush()


def _make_sure(tx: Tx, planned: TeamMeeting, team: Team, occurrence: Occurrence) -> None:
    """Makes sure that the occurrence has its row, should another transaction be making it in this moment."""
    row = {
        "workspace_id": team.workspace_id,
        "team_id": team.id,
        "team_meeting_id": planned.id,
        "mark": occurrence.mark,
        "channel_id": team.channel_id,
        "state": MeetingState.PLANNED,
        "first_on": occurrence.day,
        "is_told_again": False,
        **_times(planned, occurrence),
    }
    tx.execute(insert(tx, Meeting).values(**row).on_conflict_do_nothing())


def _times(planned: TeamMeeting, occurrence: Occurrence) -> dict[str, Any]:
    """What it is called and when it is: as its calendar says where there is one, and as long as planned otherwise."""
    entry, begins_at = occurrence.entry, occurrence.begins_at
    lasts = entry.ends_at - entry.starts_at if entry else None
    return {
        "name": (entry.title if entry else "") or planned.name,
        "held_on": occurrence.day,
        "zone": entry.zone if entry else planned.zone,
        "starts_at": begins_at,
        "ends_at": begins_at + (lasts or timedelta(minutes=planned.minutes)),
        "next_step_at": begins_at,
    }
