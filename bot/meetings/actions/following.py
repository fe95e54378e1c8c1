"""What is planned of a meeting follows its calendar: moved, called off, and on again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.db.database import Tx
from bot.meetings.actions.agenda import reader_of
from bot.meetings.actions.occurring import leave_out, plan_occurrence, set_times
from bot.meetings.actions.telling import CALLED_OFF, owe_notice, say_agenda_anew
from bot.meetings.messages.calendar import called_off, moved
from bot.meetings.model import Meeting, MeetingCalendar, TeamMeeting
from bot.meetings.queries.ahead import entries_of, listed
from bot.meetings.queries.held import agendas_of, called_off_of, planned_of
from bot.meetings.rules import Occurrence
from bot.meetings.rules.feeds import AFRESH
from bot.meetings.rules.held import Ended, MeetingState
from bot.outbox.model import Delivery
from bot.outbox.queries import content_under
from bot.outbox.queue import revise, withhold
from bot.outbox.rules import ENDED_UNSENT, State
from bot.slack.message import Message
from bot.teams.model import Team

MOVED = "It was moved in the calendar."

_REWRITING_LASTS = timedelta(days=1)


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
    """Has it take place when the calendar says, and tells the channel anew what it was told of it.

    Moved on its day, it is told in the same message, rewritten in place: who comes has just read that. Moved to another
    day, or by so much that its notice is `AFRESH` ahead, the message says so and to when, and another one comes before
    the new time, under the key of that day.
    """
    was_planned, before = held.state == MeetingState.PLANNED, (held.name, held.starts_at, held.ends_at)
    set_times(held, meeting, occurrence)
    if was_planned and before == (held.name, held.starts_at, held.ends_at):
        return
    said = agendas_of(tx, held)
    held.is_told_again = _is_told_again(held, said, occurrence, now=now)
    is_owed = any(one.key == held.agenda_key for one in said) or occurrence.told_at <= now
    if occurrence.begins_at > now and is_owed:
        due_at = max(occurrence.told_at, now)
        owe_notice(tx, meeting, team, occurrence, due_at=due_at, focus_limit=focus_limit, now=now)
    elif occurrence.begins_at > now:
        plan_occurrence(tx, meeting, team, occurrence, focus_limit=focus_limit, now=now)
    say_agenda_anew(tx, held, now=now)
    _say_instead(tx, held, said, moved(held, reader=reader_of(held, now)), but=held.agenda_key, why=MOVED, now=now)


def _is_told_again(held: Meeting, said: Sequence[Delivery], occurrence: Occurrence, *, now: datetime) -> bool:
    """Whether what is told on its day for the first time cannot say it: read long before, or kept back for good."""
    state_of = {one.key: one.state for one in said}
    first = state_of.get(held.first_agenda_key or "")
    if f"{held.first_agenda_key}:again" in state_of or first in ENDED_UNSENT:
        return True
    return first in (State.POSTING, State.SENT) and occurrence.told_at >= now + AFRESH


def _call_off(tx: Tx, held: Meeting, *, now: datetime) -> None:
    leave_out(tx, held, Ended.SCHEDULE, now=now)
    message = called_off(held, reader=reader_of(held, now))
    _say_instead(tx, held, agendas_of(tx, held), message, why=CALLED_OFF, now=now)


def _say_instead(
    tx: Tx,
    held: Meeting,
    said: Sequence[Delivery],
    message: Message,
    *,
    but: str | None = None,
    why: str,
    now: datetime,
) -> None:
    """Has what a channel was told say something else, and keeps back for a reason what it was not told yet.

    Args:
        but: the key of one that is left as it is.
    """
    until = max(held.ends_at, now + _REWRITING_LASTS)
    for one in said:
        if one.key == but or withhold(tx, workspace_id=held.workspace_id, key=one.key, reason=why, now=now):
            continue
        if content_under(tx, workspace_id=held.workspace_id, key=one.key) != message:
            revise(tx, workspace_id=held.workspace_id, key=one.key, message=message, now=now, expires_at=until)
