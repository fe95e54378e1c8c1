"""A calendar is looked at in turn, and what it has becomes a meeting's occurrences. Looking is done between the two."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.absences.queries import hours_of
from bot.calendars.entries import Answer, Asked, Entry, Trouble, Wanted
from bot.db.database import Tx
from bot.db.secrets import secrets_of
from bot.meetings.actions.following import follow_calendar
from bot.meetings.actions.forgetting import forget_trouble
from bot.meetings.actions.planning import plan_meeting
from bot.meetings.messages.calendar import calendar_in_trouble
from bot.meetings.model import CalendarEntry, MeetingCalendar, TeamMeeting
from bot.meetings.queries import MeetingView
from bot.meetings.queries.ahead import address_of, entries_of, shown_of
from bot.meetings.rules.feeds import (
    AHEAD,
    AT_LEAST_EVERY,
    EVERY,
    IN_HAND,
    TOLD_WITHIN,
    is_answer,
    is_to_be_told,
    look_again_in,
    merged,
)
from bot.outbox.queue import enqueue
from bot.people.messages import Reader
from bot.people.model import Person
from bot.teams.model import Team
from bot.teams.queries import zone_of

_KEPT_BACK = timedelta(days=1)
"""How long what is over is kept: it may still be moved."""

_OF_USE_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Turn:
    """Somebody's turn to look at a calendar: until `until` nobody else does.

    Args:
        kept: its address as it is kept.
        asked: what to ask of it; None when its address cannot be decrypted.
    """

    workspace_id: str
    meeting_id: int
    until: datetime
    kept: str = field(repr=False)
    asked: Asked | None


def take_turn(tx: Tx, workspace_id: str, meeting_id: int, *, now: datetime) -> Turn | None:
    """What to ask of a calendar, if it is time; None when another replica is at it, or it is not time after all."""
    its = (MeetingCalendar.workspace_id == workspace_id, MeetingCalendar.team_meeting_id == meeting_id)
    calendar = tx.scalars(select(MeetingCalendar).where(*its).with_for_update(skip_locked=True)).one_or_none()
    if calendar is None or calendar.next_fetch_at > now:
        return None
    meeting = tx.get_one(TeamMeeting, meeting_id)
    zone = zone_of(tx, tx.get_one(Team, meeting.team_id))
    calendar.next_fetch_at = now + IN_HAND
    address = address_of(tx, calendar)
    if address is not None:
        calendar.address = secrets_of(tx).renew(calendar.address)
    tx.flush()
    wanted = Wanted(calendar.words.split(), zone.key, now - _KEPT_BACK, now + AHEAD)
    is_fresh = calendar.read_at is not None and calendar.read_at > now - AT_LEAST_EVERY
    versions = (calendar.etag, calendar.last_modified) if is_fresh else ("", "")
    asked = Asked(address, wanted, *versions) if address else None
    return Turn(workspace_id, meeting_id, calendar.next_fetch_at, calendar.address, asked)


def note_answer(tx: Tx, turn: Turn, answer: Answer, *, focus_limit: int, now: datetime) -> None:
    """Takes over what a calendar has, or that it could not be read: then what was read before still counts.

    An answer that comes too late, or to what nobody asks any more, changes nothing.
    """
    held = select(TeamMeeting).where(TeamMeeting.workspace_id == turn.workspace_id, TeamMeeting.id == turn.meeting_id)
    meeting = tx.scalars(held.with_for_update()).one()
    key = (turn.workspace_id, turn.meeting_id)
    calendar = tx.get(MeetingCalendar, key, with_for_update=True, populate_existing=True)
    if calendar is None or calendar.next_fetch_at != turn.until or calendar.address != turn.kept:
        return
    team = tx.get_one(Team, meeting.team_id)
    if answer.trouble is not None:
        _note_trouble(tx, meeting, team, calendar, answer.trouble, now=now)
        return
    forget_trouble(tx, calendar, now=now)
    calendar.next_fetch_at, calendar.etag, calendar.last_modified = now + EVERY, answer.etag, answer.last_modified
    if answer.entries is not None:
        calendar.read_at = now
        if _take_over(tx, meeting, answer.entries, now=now):
            plan_meeting(tx, meeting, team, now=now)
            follow_calendar(tx, meeting, team, calendar, focus_limit=focus_limit, now=now)
    tx.flush()


def _take_over(tx: Tx, meeting: TeamMeeting, read: Sequence[Entry], *, now: datetime) -> bool:
    """Keeps what was read, and answers whether anything is otherwise than it was."""
    rows = entries_of(tx, meeting)
    known = {row.mark: row.entry for row in rows}
    kept = {entry.mark: entry for entry in merged(known, read, now=now)}
    if kept == known:
        return False
    its = (CalendarEntry.workspace_id == meeting.workspace_id, CalendarEntry.team_meeting_id == meeting.id)
    other = [mark for mark, entry in known.items() if kept.get(mark) != entry]
    tx.execute(delete(CalendarEntry).where(*its, CalendarEntry.mark.in_(other)))
    for row in rows:
        if row.mark in other:
            tx.expunge(row)
    tx.add_all(_row(meeting, entry) for mark, entry in kept.items() if known.get(mark) != entry)
    tx.flush()
    return True


def _row(meeting: TeamMeeting, entry: Entry) -> CalendarEntry:
    return CalendarEntry(
        workspace_id=meeting.workspace_id,
        team_meeting_id=meeting.id,
        mark=entry.mark,
        title=entry.title,
        zone=entry.zone,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        is_off=entry.is_off,
    )


def _note_trouble(
    tx: Tx, meeting: TeamMeeting, team: Team, calendar: MeetingCalendar, trouble: Trouble, *, now: datetime
) -> None:
    """Looks again later. When it lasts, the lead is told once, in their working hours, unless it is over by then."""
    calendar.trouble, calendar.fails = trouble, calendar.fails + 1
    since = calendar.failing_since_at = calendar.failing_since_at or now
    calendar.next_fetch_at = now + look_again_in(calendar.fails)
    was_told = calendar.told_at is not None and calendar.told_at <= now
    if not was_told and is_to_be_told(since, was_read=calendar.read_at is not None, now=now):
        lead = tx.get_one(Person, (meeting.workspace_id, team.lead_id))
        calendar.told_at = _when_told(tx, lead, team, calendar, now=now)
        view = MeetingView(meeting, team, [], calendar, shown_of(tx, calendar))
        enqueue(
            tx,
            workspace_id=meeting.workspace_id,
            key=calendar.trouble_key,
            place=lead.id,
            message=calendar_in_trouble(view, reader=Reader.of(lead, calendar.told_at)),
            due_at=calendar.told_at,
            expires_at=calendar.told_at + _OF_USE_FOR,
            now=now,
        )
    tx.flush()


def _when_told(tx: Tx, lead: Person, team: Team, calendar: MeetingCalendar, *, now: datetime) -> datetime:
    if is_answer(calendar.set_at, by_lead=calendar.set_by == lead.id, now=now):
        return now
    hours = hours_of(tx, lead, team.rhythm.workdays, now=now).when_there(now, before=now + TOLD_WITHIN)
    return hours.opens_at if hours else now
