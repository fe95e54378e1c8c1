"""What is planned of a meeting follows its calendar: moved, called off, and on again."""

from datetime import datetime

from bot.db.database import Tx
from bot.meetings.actions.agenda import reader_of
from bot.meetings.actions.occurring import leave_out, set_times
from bot.meetings.actions.telling import CALLED_OFF, owe_notice, say_agenda_anew
from bot.meetings.messages.calendar import called_off
from bot.meetings.model import Meeting, MeetingCalendar, TeamMeeting
from bot.meetings.queries.ahead import entries_of, listed
from bot.meetings.queries.held import called_off_of, planned_of
from bot.meetings.rules import Occurrence
from bot.meetings.rules.held import Ended, MeetingState
from bot.outbox.queue import revise, withhold
from bot.teams.model import Team


def follow_calendar(
    tx: Tx, meeting: TeamMeeting, team: Team, calendar: MeetingCalendar, *, focus_limit: int, now: datetime
) -> None:
    """Brings what is planned, and what the channel was told of it, to what its calendar says now.

    What has begun is left to its own end.
    """
    there = {one.mark: one for one in listed(meeting, calendar, entries_of(tx, meeting)).all()}
    for held in planned_of(tx, meeting):
        occurrence = there.get(held.mark or "")
        if occurrence is not None and not occurrence.is_off:
            _move(tx, held, meeting, team, occurrence, focus_limit=focus_limit, now=now)
        elif occurrence is not None or held.starts_at >= calendar.counts_from_at:
            _call_off(tx, held, now=now)
    for held in called_off_of(tx, meeting):
        occurrence = there.get(held.mark or "")
        if occurrence is not None and not occurrence.is_off and occurrence.begins_at > now:
            _move(tx, held, meeting, team, occurrence, focus_limit=focus_limit, now=now)
    tx.flush()


def _move(
    tx: Tx,
    held: Meeting,
    meeting: TeamMeeting,
    team: Team,
    occurrence: Occurrence,
    *,
    focus_limit: int,
    now: datetime,
) -> None:
    """Has it take place when the calendar says, and tells the channel anew what it was told of it."""
    was_planned, before = held.state == MeetingState.PLANNED, (held.name, held.starts_at, held.ends_at)
    set_times(held, meeting, occurrence)
    if was_planned and before == (held.name, held.starts_at, held.ends_at):
        return
    if occurrence.begins_at > now:
        due_at = max(occurrence.told_at, now)
        owe_notice(tx, meeting, team, occurrence, due_at=due_at, focus_limit=focus_limit, now=now)
    say_agenda_anew(tx, held, now=now)


def _call_off(tx: Tx, held: Meeting, *, now: datetime) -> None:
    leave_out(tx, held, Ended.SCHEDULE, now=now)
    key = held.agenda_key
    if key is None or withhold(tx, workspace_id=held.workspace_id, key=key, reason=CALLED_OFF, now=now):
        return
    message = called_off(held, reader=reader_of(held, now))
    until = max(held.ends_at, now)
    revise(tx, workspace_id=held.workspace_id, key=key, message=message, now=now, expires_at=until)
