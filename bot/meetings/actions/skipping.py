"""A team's next meeting does not take place."""

from datetime import datetime

from sqlalchemy import select

from bot.db.database import Tx
from bot.errors import Refused
from bot.meetings.actions.agenda import reader_of
from bot.meetings.actions.occurring import leave_out, plan_occurrence
from bot.meetings.messages.agenda import skipped
from bot.meetings.model import Meeting, TeamMeeting
from bot.meetings.queries import on_schedule
from bot.meetings.queries.ahead import takes_place, times_ahead
from bot.meetings.queries.held import Held, find_held, occurrence_of, open_in
from bot.meetings.rules import Occurrence
from bot.meetings.rules.held import Ended, MeetingState
from bot.outbox.queue import enqueue, revise
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.teams.actions import check_may_change_team
from bot.teams.model import Team

SKIPPED = "It was skipped."


def skip_next(tx: Tx, viewer: Viewer, team: Team, *, focus_limit: int, now: datetime) -> Held:
    """Skips a team's next planned meeting, and says so in its channel.

    Raises NotAllowed with who may, Refused while one is on and when none is planned.
    """
    check_may_change_team(tx, viewer, team)
    if running := open_in(tx, viewer, team):
        raise Refused(f"{running[0].meeting.name} has begun. /meeting end ends it.")
    held = look_ahead(tx, team, focus_limit=focus_limit, now=now)
    if held is None:
        raise Refused("No meeting is planned. /rhythm meetings shows the schedule.")
    return _skip(tx, viewer, held, now=now)


def skip_meeting(tx: Tx, viewer: Viewer, meeting_id: int, *, now: datetime) -> Held:
    """Skips the meeting whose agenda somebody has in front of them; again, nothing changes.

    Raises NotFound, NotAllowed with who may, Refused once it has begun.
    """
    held = find_held(tx, viewer, meeting_id, hold=True)
    check_may_change_team(tx, viewer, held.team)
    if held.meeting.state == MeetingState.SKIPPED:
        return held
    if held.meeting.state != MeetingState.PLANNED:
        raise Refused(f"{held.meeting.name} has begun. /meeting end ends it.")
    return _skip(tx, viewer, held, now=now)


def look_ahead(tx: Tx, team: Team, *, focus_limit: int, now: datetime) -> Held | None:
    """The next meeting of a team with its agenda as of now; None when none is planned."""
    upcoming = next_to_hold(tx, team, now=now)
    if upcoming is None:
        return None
    return Held(plan_occurrence(tx, upcoming[0], team, upcoming[1], focus_limit=focus_limit, now=now), team)


def next_to_hold(tx: Tx, team: Team, *, now: datetime) -> tuple[TeamMeeting, Occurrence] | None:
    """Which of a team's meetings takes place next, and when: none on a pause, and none that was skipped."""
    # Nobody else plans or changes them until this transaction ends.
    tx.execute(select(Team.id).where(Team.id == team.id).with_for_update())
    ahead = []
    for planned in on_schedule(tx, team):
        for occurrence in times_ahead(tx, planned, team).ahead(after=now):
            if takes_place(team, occurrence) and _is_on(occurrence_of(tx, planned, occurrence.mark)):
                ahead.append((occurrence.begins_at, planned.id, planned, occurrence))
                break
    return min(ahead)[2:] if ahead else None


def _is_on(meeting: Meeting | None) -> bool:
    return meeting is None or meeting.state == MeetingState.PLANNED or meeting.ended_how == Ended.SCHEDULE


def _skip(tx: Tx, viewer: Viewer, held: Held, *, now: datetime) -> Held:
    meeting = held.meeting
    leave_out(tx, meeting, Ended.COMMAND, by=viewer.person_id, now=now)
    person = find_person(tx, viewer, viewer.person_id)
    message = skipped(meeting, by=person.name if person else "somebody", reader=reader_of(meeting, now))
    until = max(meeting.ends_at, now)
    agenda = meeting.agenda_key
    if agenda and revise(tx, workspace_id=meeting.workspace_id, key=agenda, message=message, now=now, expires_at=until):
        return held
    enqueue(
        tx,
        workspace_id=meeting.workspace_id,
        key=f"meeting:{meeting.key}:skipped",
        place=meeting.channel_id,
        message=message,
        due_at=now,
        expires_at=until,
        now=now,
    )
    return held
