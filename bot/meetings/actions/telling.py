"""A channel is told what needs talking about before a meeting."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select

from bot.db.database import Tx
from bot.meetings.actions.agenda import reader_of
from bot.meetings.actions.holding import bring_up_to_date
from bot.meetings.actions.occurring import leave_out, plan_occurrence
from bot.meetings.actions.planning import NOTHING_AHEAD
from bot.meetings.actions.skipping import SKIPPED
from bot.meetings.messages.agenda import agenda
from bot.meetings.model import Meeting, TeamMeeting
from bot.meetings.queries.ahead import is_off, times_ahead
from bot.meetings.queries.held import Held, occurrence_of
from bot.meetings.queries.lines import lines_seen
from bot.meetings.rules import Occurrence
from bot.meetings.rules.held import Ended, MeetingState
from bot.outbox.queue import enqueue, revise, withhold
from bot.slack.message import Message
from bot.teams.model import Team

PAUSED = "The team's rhythm is paused."
DAY_OFF = "It is a holiday, or a day off of the team."
HAS_BEGUN = "It was begun before its time."
CALLED_OFF = "It was cancelled in the calendar, or taken out of it."

_TRY_AGAIN_IN = timedelta(minutes=5)


def tell_next(tx: Tx, workspace_id: str, meeting_id: int, *, focus_limit: int, now: datetime) -> bool:
    """Owes the channel what it is told before a meeting if it is time, and writes down when to look next.

    Answers False when another replica is at it, or it is not time after all.
    """
    meeting = tx.scalars(_row(workspace_id, meeting_id).with_for_update(skip_locked=True)).one_or_none()
    if meeting is None or meeting.next_notice_at is None or meeting.next_notice_at > now:
        return False
    team = tx.get_one(Team, meeting.team_id)
    planned, meeting.next_notice_at = meeting.next_notice_at, now + NOTHING_AHEAD
    # One that began while a look was put off is owed as well, so that its expiry is on record.
    since = max(planned - _TRY_AGAIN_IN, meeting.created_at)
    for occurrence in times_ahead(tx, meeting, team).ahead(after=since):
        if occurrence.told_at > now:
            meeting.next_notice_at = occurrence.told_at
            break
        due_at = max(occurrence.told_at, planned)
        owe_notice(tx, meeting, team, occurrence, due_at=due_at, focus_limit=focus_limit, now=now)
    tx.flush()
    return True


def say_anew(tx: Tx, meeting: TeamMeeting, team: Team, *, now: datetime) -> None:
    """Rewrites what the channel was told of the next meeting, if it was: something about it was changed."""
    upcoming = next(times_ahead(tx, meeting, team).ahead(after=now), None)
    occurrence = occurrence_of(tx, meeting, upcoming.mark) if upcoming is not None else None
    if occurrence is not None:
        say_agenda_anew(tx, occurrence, now=now)


def say_agenda_anew(tx: Tx, meeting: Meeting, *, now: datetime) -> None:
    """Rewrites what the channel was told before a meeting that has not begun, if it was: its lines are others."""
    key = meeting.agenda_key
    if key is not None and meeting.state == MeetingState.PLANNED:
        revise(
            tx,
            workspace_id=meeting.workspace_id,
            key=key,
            message=agenda_message(tx, meeting, now=now),
            now=now,
            expires_at=meeting.starts_at,
        )


def say_again(tx: Tx, held: Held, *, now: datetime) -> None:
    """Has the channel read at once what somebody changed about a meeting, be it ahead, on or over."""
    if held.meeting.state == MeetingState.PLANNED:
        say_agenda_anew(tx, held.meeting, now=now)
    else:
        bring_up_to_date(tx, held, now=now)


def agenda_message(tx: Tx, meeting: Meeting, *, now: datetime) -> Message:
    """An agenda as its channel reads it."""
    return agenda(meeting, lines_seen(tx, meeting), reader=reader_of(meeting, now))


def postpone(tx: Tx, workspace_id: str, meeting_id: int, *, now: datetime) -> None:
    """Looks at a meeting again a little later, after something went wrong."""
    meeting = tx.scalars(_row(workspace_id, meeting_id)).one_or_none()
    if meeting is not None and meeting.next_notice_at is not None and meeting.next_notice_at <= now:
        meeting.next_notice_at = now + _TRY_AGAIN_IN
        tx.flush()


def owe_notice(
    tx: Tx,
    meeting: TeamMeeting,
    team: Team,
    occurrence: Occurrence,
    *,
    due_at: datetime,
    focus_limit: int,
    now: datetime,
) -> None:
    """Owes what is told of one occurrence, or records why it is kept back. Once it has begun it is of no use."""
    held = plan_occurrence(tx, meeting, team, occurrence, focus_limit=focus_limit, now=now)
    if occurrence.is_off and held.state == MeetingState.PLANNED:
        leave_out(tx, held, Ended.SCHEDULE, now=now)
    key = held.agenda_key
    assert key is not None
    enqueue(
        tx,
        workspace_id=meeting.workspace_id,
        key=key,
        place=team.channel_id,
        message=agenda_message(tx, held, now=now),
        due_at=due_at,
        expires_at=occurrence.begins_at,
        now=now,
    )
    if why := _kept_back(held, team):
        withhold(tx, workspace_id=meeting.workspace_id, key=key, reason=why, now=now)


def _kept_back(meeting: Meeting, team: Team) -> str:
    """Why the channel is not told before a meeting; empty when it is."""
    if meeting.state == MeetingState.SKIPPED:
        return CALLED_OFF if meeting.ended_how == Ended.SCHEDULE else SKIPPED
    if meeting.state != MeetingState.PLANNED:
        return HAS_BEGUN
    if team.is_paused_on(meeting.held_on):
        return PAUSED
    return DAY_OFF if is_off(team, meeting.held_on) else ""


def _row(workspace_id: str, meeting_id: int) -> Select[TeamMeeting]:
    return select(TeamMeeting).where(TeamMeeting.workspace_id == workspace_id, TeamMeeting.id == meeting_id)
