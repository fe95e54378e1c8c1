"""A meeting is begun and ended, by people or by its plan, and people say that they are there."""

from datetime import datetime

from sqlalchemy import select

from bot.db.database import Tx, insert
from bot.errors import Refused
from bot.meetings.actions.agenda import gather
from bot.meetings.actions.canvas import bring_canvas_up_to_date
from bot.meetings.actions.reporting import tell_live, tell_moved, tell_over, tell_summary
from bot.meetings.model import Meeting, MeetingAttendance
from bot.meetings.queries.held import (
    Held,
    about_to_begin,
    can_be_told,
    find_held,
    held_before,
    held_unseen,
    hold_open_in_channel,
    open_in,
)
from bot.meetings.queries.history import outcomes_moved_in
from bot.meetings.rules import NAME_LIMIT
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
from bot.meetings.rules.huddles import EndedHuddle
from bot.people.rules import Viewer
from bot.teams.model import Team
from bot.teams.queries import zone_of


def start_meeting(tx: Tx, viewer: Viewer, team: Team, name: str, *, focus_limit: int, now: datetime) -> Held:
    """Begins a team's meeting: the planned one whose time is near or, without one or under another name, one at once.

    Raises Refused while one is on already, and where Rhythm cannot speak in the team's channel.
    """
    # Of two who type it in the same moment, the second finds it begun.
    tx.execute(select(Team.id).where(Team.id == team.id).with_for_update())
    near = about_to_begin(tx, viewer, team, now=now)
    if running := open_in(tx, viewer, team):
        raise Refused(f"{running[0].meeting.name} is on already. /meeting end ends it.")
    if near is not None and name.casefold() in ("", near.meeting.name.casefold()):
        held = near
    else:
        held = Held(_at_once(tx, team, name, now=now), team)
    if not can_be_told(tx, held.meeting):
        raise Refused("Rhythm is not in this channel, or it is archived. Type /invite @rhythm here, then try again.")
    held.meeting.started_by = viewer.person_id
    open_meeting(tx, held, started_at=now, focus_limit=focus_limit, now=now)
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
    end_held(tx, held, Ended.COMMAND, ended_at=now, now=now)
    return held


def end_with_huddle(tx: Tx, workspace_id: str, huddle: EndedHuddle, *, now: datetime) -> list[Held]:
    """Ends the meetings that were on in a channel when its huddle ended, and owes their summaries. Answers which."""
    ended_at = min(huddle.ended_at, now)
    meetings = hold_open_in_channel(tx, workspace_id, huddle.channel_id)
    # An old huddle's message may be changed again long after, while another meeting is on.
    ended = [held_unseen(tx, one) for one in meetings if one.started_at and one.started_at <= ended_at]
    for held in ended:
        end_held(tx, held, Ended.HUDDLE, ended_at=ended_at, now=now)
    return ended


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
        bring_canvas_up_to_date(tx, held.team, now=now)


def note_here(tx: Tx, meeting: Meeting, person_id: str, *, now: datetime) -> None:
    """Notes somebody who is there, once."""
    row = {"workspace_id": meeting.workspace_id, "meeting_id": meeting.id, "person_id": person_id, "came_at": now}
    tx.execute(insert(tx, MeetingAttendance).values(**row).on_conflict_do_nothing())


def open_meeting(tx: Tx, held: Held, *, started_at: datetime, focus_limit: int, now: datetime) -> None:
    """Begins a meeting, with its agenda as of now."""
    meeting = held.meeting
    gather(tx, meeting, held.team, focus_limit=focus_limit, now=now)
    _look_back(tx, held, until=started_at, now=now)
    length = meeting.ends_at - meeting.starts_at
    # One that is begun long before its time is over as much earlier.
    meeting.ends_at = started_at + length if started_at < meeting.starts_at else meeting.ends_at
    meeting.state, meeting.started_at = MeetingState.OPEN, started_at
    meeting.next_step_at = next_look(meeting, now=now)
    tx.flush()


def end_held(tx: Tx, held: Held, how: Ended, *, ended_at: datetime, now: datetime) -> None:
    """Ends a meeting that is on, and owes its summary."""
    meeting = held.meeting
    meeting.state, meeting.ended_at, meeting.ended_how = MeetingState.ENDED, ended_at, how
    meeting.line_id = None
    tx.flush()
    tell_over(tx, held, now=now)
    tell_summary(tx, held, now=now)
    bring_canvas_up_to_date(tx, held.team, now=now)
    meeting.next_step_at = next_look(meeting, now=now)
    tx.flush()


def next_look(meeting: Meeting, *, now: datetime) -> datetime | None:
    """When to look next at a meeting that is on, or just ended; None for never."""
    if meeting.ended_at is None:
        return min(now + LOOK_WHILE_OPEN, ends_by_itself_at(meeting.ends_at))
    last = meeting.ended_at + LATE
    return min(now + LOOK_ONCE_ENDED, last) if now < last else None


def _look_back(tx: Tx, held: Held, *, until: datetime, now: datetime) -> None:
    """Fills in how many outcomes moved since the same meeting began the last time."""
    before = held_before(tx, held.meeting)
    if before is not None and before.started_at is not None and before.outcomes_moved is None:
        before.outcomes_moved = moved = outcomes_moved_in(tx, held.team, Span(before.started_at, until))
        tx.flush()
        tell_moved(tx, before, moved, now=now)
        bring_canvas_up_to_date(tx, held.team, now=now)


def _at_once(tx: Tx, team: Team, name: str, *, now: datetime) -> Meeting:
    if len(name) > NAME_LIMIT:
        raise Refused(f"A meeting's name has at most {NAME_LIMIT} characters.")
    zone = zone_of(tx, team)
    today = now.astimezone(zone).date()
    meeting = Meeting(
        workspace_id=team.workspace_id,
        team_id=team.id,
        name=name or f"{team.name[: NAME_LIMIT - 8]} meeting",
        channel_id=team.channel_id,
        first_on=today,
        held_on=today,
        is_told_again=False,
        zone=zone.key,
        starts_at=now,
        ends_at=now + AT_ONCE,
        state=MeetingState.PLANNED,
    )
    tx.add(meeting)
    tx.flush()
    return meeting
