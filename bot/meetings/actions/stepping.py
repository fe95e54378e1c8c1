"""What time does to a meeting: it begins and ends by its plan, and what is said of it is brought up to date."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from bot.db.database import Tx
from bot.meetings.actions.holding import bring_up_to_date, end_held, next_look, open_meeting
from bot.meetings.actions.occurring import leave_out
from bot.meetings.actions.reporting import tell_live
from bot.meetings.model import Meeting
from bot.meetings.queries.ahead import is_off
from bot.meetings.queries.changes import has_changed_since
from bot.meetings.queries.held import Held, can_be_told
from bot.meetings.rules.held import LOOK_ONCE_ENDED, LOOK_WHILE_OPEN, Ended, MeetingState, ends_by_itself_at
from bot.teams.model import Team

_TRY_AGAIN_IN = timedelta(minutes=5)


def step_next(tx: Tx, workspace_id: str, meeting_id: int, *, focus_limit: int, now: datetime) -> bool:
    """Begins a planned meeting, ends one by its plan, or brings what is said of it up to date, if it is time.

    Answers False when another replica is at it, or it is not time after all.
    """
    chosen = select(Meeting).where(Meeting.workspace_id == workspace_id, Meeting.id == meeting_id)
    meeting = tx.scalars(chosen.with_for_update(skip_locked=True)).one_or_none()
    if meeting is None or meeting.next_step_at is None or meeting.next_step_at > now:
        return False
    held = Held(meeting, tx.get_one(Team, meeting.team_id))
    if meeting.state == MeetingState.PLANNED:
        _begin_by_plan(tx, held, focus_limit=focus_limit, now=now)
    elif meeting.state == MeetingState.OPEN and now >= ends_by_itself_at(meeting.ends_at):
        end_held(tx, held, Ended.PLAN, ended_at=ends_by_itself_at(meeting.ends_at), now=now)
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


def _begin_by_plan(tx: Tx, held: Held, *, focus_limit: int, now: datetime) -> None:
    meeting = held.meeting
    if now >= ends_by_itself_at(meeting.ends_at):
        leave_out(tx, meeting, Ended.MISSED, now=now)
    elif held.team.is_paused_on(meeting.held_on):
        leave_out(tx, meeting, Ended.PAUSED, now=now)
    elif is_off(held.team, meeting.held_on):
        leave_out(tx, meeting, Ended.DAY_OFF, now=now)
    elif not can_be_told(tx, meeting):
        leave_out(tx, meeting, Ended.CHANNEL, now=now)
    else:
        open_meeting(tx, held, started_at=meeting.starts_at, focus_limit=focus_limit, now=now)
        tell_live(tx, held, now=now)


def _look(tx: Tx, held: Held, *, planned_at: datetime, now: datetime) -> None:
    """Brings up to date what is said of a meeting if there is news, and writes down when to look next."""
    meeting = held.meeting
    often = LOOK_WHILE_OPEN if held.is_open else LOOK_ONCE_ENDED
    # Twice as far back as the last look, for what was committed late.
    if has_changed_since(tx, held.team, planned_at - 2 * often):
        bring_up_to_date(tx, held, now=now)
    meeting.next_step_at = next_look(meeting, now=now)
