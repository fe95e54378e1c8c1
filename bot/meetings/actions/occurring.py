"""An occurrence of a meeting: planned, begun, ended, skipped; by people, or by its plan."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from bot.db.database import Tx, insert
from bot.errors import Refused
from bot.meetings.actions.agenda import gather
from bot.meetings.actions.reporting import tell_live, tell_over, tell_summary
from bot.meetings.model import Meeting, MeetingAttendance, TeamMeeting
from bot.meetings.queries.changes import has_changed_since
from bot.meetings.queries.held import (
    Held,
    about_to_begin,
    can_be_told,
    find_held,
    held_before,
    occurrence_on,
    open_in,
    planned_of,
)
from bot.meetings.queries.history import outcomes_moved_in
from bot.meetings.rules import NAME_LIMIT, Occurrence
from bot.meetings.rules.held import (
    AT_ONCE,
    LATE,
    LOOK_ONCE_ENDED,
    LOOK_WHILE_OPEN,
    Ended,
    MeetingState,
    Span,
    ends_by_itself_at,
)
from bot.people.rules import Viewer
from bot.teams.model import Team
from bot.teams.queries import zone_of

_TRY_AGAIN_IN = timedelta(minutes=5)


def plan_occurrence(tx: Tx, planned: TeamMeeting, team: Team, occurrence: Occurrence, *, now: datetime) -> Meeting:
    """The occurrence of a meeting on a day, with its agenda as of now; once for ever, whoever asks for it first.

    One that was called off because the schedule had no such day is planned again.
    """
    _make_sure(tx, planned, team, occurrence)
    meeting = occurrence_on(tx, planned, occurrence.day)
    assert meeting is not None
    if meeting.state == MeetingState.SKIPPED and meeting.ended_how == Ended.SCHEDULE:
        meeting.state, meeting.ended_at, meeting.ended_how = MeetingState.PLANNED, None, None
        _set_times(meeting, planned, occurrence)
    if meeting.state == MeetingState.PLANNED:
        gather(tx, meeting, team, now=now)
    tx.flush()
    return meeting


def follow_schedule(tx: Tx, planned: TeamMeeting, upcoming: Occurrence | None, *, now: datetime) -> None:
    """Moves what is planned to when the schedule has it now, or calls it off. What has begun is left to its own end."""
    for meeting in planned_of(tx, planned):
        if meeting.starts_at <= now:
            continue
        if upcoming is not None and upcoming.day == meeting.held_on and planned.ended_at is None:
            _set_times(meeting, planned, upcoming)
        else:
            _leave_out(meeting, Ended.SCHEDULE, now=now)
    tx.flush()


def start_meeting(tx: Tx, viewer: Viewer, team: Team, name: str, *, now: datetime) -> Held:
    """Begins a team's meeting: the planned one whose time is near or, without one or under another name, one at once.

    Raises Refused while one is on already, and where Rhythm cannot speak in the team's channel.
    """
    # Of two who type it in the same moment, the second finds it begun.
    tx.execute(select(Team.id).where(Team.id == team.id).with_for_update())
    if running := open_in(tx, viewer, team):
        raise Refused(f"{running[0].meeting.name} is on already. /meeting end ends it.")
    near = about_to_begin(tx, viewer, team, now=now)
    if near is not None and name.casefold() in ("", near.meeting.name.casefold()):
        held = near
    else:
        held = Held(_at_once(tx, team, name, now=now), team)
    if not can_be_told(tx, held.meeting):
        raise Refused("Rhythm is not in this channel, or it is archived. Type /invite @rhythm here, then try again.")
    held.meeting.started_by = viewer.person_id
    _open(tx, held, started_at=now, now=now)
    note_here(tx, held.meeting, viewer.person_id, now=now)
    tell_live(tx, held, now=now)
    return held


def end_meeting_now(tx: Tx, viewer: Viewer, meeting_id: int, *, now: datetime) -> Held:
    """Ends a meeting, and owes its summary. Whoever sees the team may.

    Raises NotFound, Refused when it is not on.
    """
    held = find_held(tx, viewer, meeting_id, hold=True)
    if not held.is_open:
        raise Refused(f"{held.meeting.name} is not on. /meeting start begins one.")
    held.meeting.ended_by = viewer.person_id
    note_here(tx, held.meeting, viewer.person_id, now=now)
    _end(tx, held, Ended.COMMAND, ended_at=now, now=now)
    return held


def come(tx: Tx, viewer: Viewer, meeting_id: int, *, now: datetime) -> Held:
    """Notes that somebody is there; again, nothing changes. Raises NotFound, Refused before it and long after."""
    held = find_held(tx, viewer, meeting_id, hold=True)
    meeting = held.meeting
    just_ended = meeting.state == MeetingState.ENDED and meeting.ended_at is not None and now <= meeting.ended_at + LATE
    if not held.is_open and not just_ended:
        raise Refused(f"{meeting.name} is not on.")
    note_here(tx, meeting, viewer.person_id, now=now)
    bring_up_to_date(tx, held, now=now)
    return held


def bring_up_to_date(tx: Tx, held: Held, *, now: datetime) -> None:
    """Has the channel read what just changed, without waiting for the next look."""
    if held.is_open:
        tell_live(tx, held, now=now)
    elif held.meeting.state == MeetingState.ENDED:
        tell_summary(tx, held, now=now)


def note_here(tx: Tx, meeting: Meeting, person_id: str, *, now: datetime) -> None:
    """Notes somebody who is there, once."""
    row = {"workspace_id": meeting.workspace_id, "meeting_id": meeting.id, "person_id": person_id, "came_at": now}
    tx.execute(insert(tx, MeetingAttendance).values(**row).on_conflict_do_nothing())


def step_next(tx: Tx, workspace_id: str, meeting_id: int, *, now: datetime) -> bool:
    """Begins a planned meeting, ends one by its plan, or brings what is said of it up to date, if it is time.

    Answers False when another replica is at it, or it is not time after all.
    """
    chosen = select(Meeting).where(Meeting.workspace_id == workspace_id, Meeting.id == meeting_id)
    meeting = tx.scalars(chosen.with_for_update(skip_locked=True)).one_or_none()
    if meeting is None or meeting.next_step_at is None or meeting.next_step_at > now:
        return False
    held = Held(meeting, tx.get_one(Team, meeting.team_id))
    if meeting.state == MeetingState.PLANNED:
        _begin_by_plan(tx, held, now=now)
    elif meeting.state == MeetingState.OPEN and now >= ends_by_itself_at(meeting.ends_at):
        _end(tx, held, Ended.PLAN, ended_at=ends_by_itself_at(meeting.ends_at), now=now)
    else:
        _look(tx, held, planned_at=meeting.next_step_at, now=now)
    tx.flush()
    return True


def look_soon(tx: Tx, workspace_id: str, *, now: datetime) -> None:
    """Has the next beat look at the meetings of a workspace that are on, or just ended: somebody saved something."""
    on = (Meeting.workspace_id == workspace_id, Meeting.state.in_([MeetingState.OPEN, MeetingState.ENDED]))
    tx.execute(update(Meeting).where(*on, Meeting.next_step_at > now).values(next_step_at=now))


def postpone_step(tx: Tx, workspace_id: str, meeting_id: int, *, now: datetime) -> None:
    """Looks at an occurrence again a little later, after something went wrong."""
    chosen = select(Meeting).where(Meeting.workspace_id == workspace_id, Meeting.id == meeting_id)
    meeting = tx.scalars(chosen).one_or_none()
    if meeting is not None and meeting.next_step_at is not None and meeting.next_step_at <= now:
        meeting.next_step_at = now + _TRY_AGAIN_IN
        tx.flush()


def leave_out(tx: Tx, meeting: Meeting, how: Ended, *, by: str | None = None, now: datetime) -> None:
    """Has a planned meeting not take place."""
    meeting.ended_by = by
    _leave_out(meeting, how, now=now)
    tx.flush()


def _begin_by_plan(tx: Tx, held: Held, *, now: datetime) -> None:
    meeting = held.meeting
    if now >= ends_by_itself_at(meeting.ends_at):
        _leave_out(meeting, Ended.MISSED, now=now)
    elif held.team.is_paused_on(meeting.held_on):
        _leave_out(meeting, Ended.PAUSED, now=now)
    elif not can_be_told(tx, meeting):
        _leave_out(meeting, Ended.CHANNEL, now=now)
    else:
        _open(tx, held, started_at=meeting.starts_at, now=now)
        tell_live(tx, held, now=now)


def _open(tx: Tx, held: Held, *, started_at: datetime, now: datetime) -> None:
    meeting = held.meeting
    gather(tx, meeting, held.team, now=now)
    _look_back(tx, held, until=started_at)
    length = meeting.ends_at - meeting.starts_at
    # One that is begun long before its time is over as much earlier.
    meeting.ends_at = started_at + length if started_at < meeting.starts_at else meeting.ends_at
    meeting.state, meeting.started_at = MeetingState.OPEN, started_at
    meeting.next_step_at = _next_look(meeting, now=now)
    tx.flush()


def _look_back(tx: Tx, held: Held, *, until: datetime) -> None:
    """Fills in how many outcomes moved since the same meeting began the last time."""
    before = held_before(tx, held.meeting)
    if before is not None and before.started_at is not None and before.outcomes_moved is None:
        before.outcomes_moved = outcomes_moved_in(tx, held.team, Span(before.started_at, until))


def _end(tx: Tx, held: Held, how: Ended, *, ended_at: datetime, now: datetime) -> None:
    meeting = held.meeting
    meeting.state, meeting.ended_at, meeting.ended_how = MeetingState.ENDED, ended_at, how
    meeting.line_id = None
    tx.flush()
    tell_over(tx, held, now=now)
    tell_summary(tx, held, now=now)
    meeting.next_step_at = _next_look(meeting, now=now)
    tx.flush()


def _look(tx: Tx, held: Held, *, planned_at: datetime, now: datetime) -> None:
    """Brings up to date what is said of a meeting if there is news, and writes down when to look next."""
    meeting = held.meeting
    often = LOOK_WHILE_OPEN if held.is_open else LOOK_ONCE_ENDED
    # Twice as far back as the last look, for what was committed late.
    if has_changed_since(tx, held.team, planned_at - 2 * often):
        bring_up_to_date(tx, held, now=now)
    meeting.next_step_at = _next_look(meeting, now=now)


def _next_look(meeting: Meeting, *, now: datetime) -> datetime | None:
    if meeting.ended_at is None:
        return min(now + LOOK_WHILE_OPEN, ends_by_itself_at(meeting.ends_at))
    last = meeting.ended_at + LATE
    return min(now + LOOK_ONCE_ENDED, last) if now < last else None


def _leave_out(meeting: Meeting, how: Ended, *, now: datetime) -> None:
    meeting.state, meeting.ended_at, meeting.ended_how = MeetingState.SKIPPED, now, how
    meeting.next_step_at = None


def _at_once(tx: Tx, team: Team, name: str, *, now: datetime) -> Meeting:
    if len(name) > NAME_LIMIT:
        raise Refused(f"A meeting's name has at most {NAME_LIMIT} characters.")
    zone = zone_of(tx, team)
    meeting = Meeting(
        workspace_id=team.workspace_id,
        team_id=team.id,
        name=name or f"{team.name[: NAME_LIMIT - 8]} meeting",
        channel_id=team.channel_id,
        held_on=now.astimezone(zone).date(),
        zone=zone.key,
        starts_at=now,
        ends_at=now + AT_ONCE,
        state=MeetingState.PLANNED,
    )
    tx.add(meeting)
    tx.flush()
    return meeting


def _make_sure(tx: Tx, planned: TeamMeeting, team: Team, occurrence: Occurrence) -> None:
    """Makes sure that the occurrence has its row, should another transaction be making it in this moment."""
    row = {
        "workspace_id": team.workspace_id,
        "team_id": team.id,
        "team_meeting_id": planned.id,
        "channel_id": team.channel_id,
        "held_on": occurrence.day,
        "state": MeetingState.PLANNED,
        **_times(planned, occurrence),
    }
    tx.execute(insert(tx, Meeting).values(**row).on_conflict_do_nothing())


def _times(planned: TeamMeeting, occurrence: Occurrence) -> dict[str, Any]:
    return {
        "name": planned.name,
        "zone": planned.zone,
        "starts_at": occurrence.begins_at,
        "ends_at": occurrence.begins_at + timedelta(minutes=planned.minutes),
        "next_step_at": occurrence.begins_at,
    }


def _set_times(meeting: Meeting, planned: TeamMeeting, occurrence: Occurrence) -> None:
    for column, value in _times(planned, occurrence).items():
        setattr(meeting, column, value)
