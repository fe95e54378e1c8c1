"""A channel is told what needs talking about before a meeting."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select

from bot.db.database import Tx
from bot.digests.queries import exceptions_of
from bot.meetings.actions.planning import NOTHING_AHEAD
from bot.meetings.messages import meeting_ahead
from bot.meetings.model import TeamMeeting
from bot.meetings.rules import Occurrence
from bot.outbox.queue import enqueue, revise, withhold
from bot.people.messages import Reader
from bot.slack.message import Message
from bot.teams.model import Team

PAUSED = "The team's rhythm is paused."

_TRY_AGAIN_IN = timedelta(minutes=5)


def tell_next(tx: Tx, workspace_id: str, meeting_id: int, *, now: datetime) -> bool:
    """Owes the channel what it is told before a meeting if it is time, and writes down when to look next.

    Answers False when another replica is at it, or it is not time after all.
    """
    meeting = tx.scalars(_row(workspace_id, meeting_id).with_for_update(skip_locked=True)).one_or_none()
    if meeting is None or meeting.next_notice_at is None or meeting.next_notice_at > now:
        return False
    team = tx.get_one(Team, meeting.team_id)
    planned, meeting.next_notice_at = meeting.next_notice_at, now + NOTHING_AHEAD
    # One that began while a look was put off is owed as well, so that its expiry is on record.
    for occurrence in meeting.times(team).ahead(after=max(planned - _TRY_AGAIN_IN, meeting.created_at)):
        if occurrence.told_at > now:
            meeting.next_notice_at = occurrence.told_at
            break
        _owe(tx, meeting, team, occurrence, due_at=max(occurrence.told_at, planned), now=now)
    tx.flush()
    return True


def say_anew(tx: Tx, meeting: TeamMeeting, team: Team, *, now: datetime) -> None:
    """Rewrites what the channel was told of the next meeting, if it was: something about it was changed."""
    upcoming = next(meeting.times(team).ahead(after=now), None)
    if upcoming is not None:
        revise(
            tx,
            workspace_id=meeting.workspace_id,
            key=meeting.notice_key(upcoming.day),
            message=_message(tx, meeting, team, upcoming, now=now),
            now=now,
            expires_at=upcoming.begins_at,
        )


def postpone(tx: Tx, workspace_id: str, meeting_id: int, *, now: datetime) -> None:
    """Looks at a meeting again a little later, after something went wrong."""
    meeting = tx.scalars(_row(workspace_id, meeting_id)).one_or_none()
    if meeting is not None and meeting.next_notice_at is not None and meeting.next_notice_at <= now:
        meeting.next_notice_at = now + _TRY_AGAIN_IN
        tx.flush()


def _owe(tx: Tx, meeting: TeamMeeting, team: Team, occurrence: Occurrence, *, due_at: datetime, now: datetime) -> None:
    """Owes what is told of one occurrence, or records why it is kept back. Once it has begun it is of no use."""
    key = meeting.notice_key(occurrence.day)
    enqueue(
        tx,
        workspace_id=meeting.workspace_id,
        key=key,
        place=team.channel_id,
        message=_message(tx, meeting, team, occurrence, now=now),
        due_at=due_at,
        expires_at=occurrence.begins_at,
        now=now,
    )
    if team.is_paused_on(occurrence.day):
        withhold(tx, workspace_id=meeting.workspace_id, key=key, reason=PAUSED, now=now)


def _message(tx: Tx, meeting: TeamMeeting, team: Team, occurrence: Occurrence, *, now: datetime) -> Message:
    reader = Reader.for_channel(now, meeting.times(team).zone)
    found = exceptions_of(tx, team, today=reader.today)
    return meeting_ahead(meeting.plan, occurrence, found, reader=reader)


def _row(workspace_id: str, meeting_id: int) -> Select[TeamMeeting]:
    return select(TeamMeeting).where(TeamMeeting.workspace_id == workspace_id, TeamMeeting.id == meeting_id)
