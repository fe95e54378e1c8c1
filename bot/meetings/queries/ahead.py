"""When a meeting takes place: by its schedule, or by its calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from bot.calendars.addresses import show_address
from bot.db.database import Tx
from bot.db.secrets import Locked, secrets_of
from bot.meetings.model import CalendarEntry, MeetingCalendar, TeamMeeting
from bot.meetings.rules import Listed, Occurrence, Times
from bot.teams.model import Team


def times_ahead(tx: Tx, meeting: TeamMeeting, team: Team) -> Times | Listed:
    """When a meeting takes place; a pause of the team is not in it."""
    calendar = calendar_of(tx, meeting)
    if calendar is None:
        return meeting.times(team)
    return listed(meeting, calendar, entries_of(tx, meeting))


def listed(meeting: TeamMeeting, calendar: MeetingCalendar, entries: Sequence[CalendarEntry]) -> Listed:
    """When a meeting takes place as its calendar says."""
    counted = [row.entry for row in entries if row.starts_at >= calendar.counts_from_at]
    return Listed(counted, timedelta(minutes=meeting.lead_minutes))


def takes_place(team: Team, occurrence: Occurrence) -> bool:
    """Whether an occurrence is to be held as far as the team and the calendar know."""
    return not occurrence.is_off and not team.is_paused_on(occurrence.day) and not is_off(team, occurrence.day)


def is_off(team: Team, day: date) -> bool:
    """Whether a day is a holiday, or a day off of a team: a calendar has meetings on it all the same."""
    return team.rhythm.workdays.why_off(day) is not None


def calendar_of(tx: Tx, meeting: TeamMeeting) -> MeetingCalendar | None:
    """The calendar that says when a meeting takes place; None when its schedule does."""
    return tx.get(MeetingCalendar, (meeting.workspace_id, meeting.id))


def address_of(tx: Tx, calendar: MeetingCalendar) -> str | None:
    """A calendar's secret address, for asking it and for nobody's eyes; None when the key is gone."""
    try:
        return secrets_of(tx).open(calendar.address)
    except Locked:
        return None


def shown_of(tx: Tx, calendar: MeetingCalendar) -> str:
    """As much of a calendar's address as may be shown; empty when the key is gone."""
    address = address_of(tx, calendar)
    return show_address(address) if address else ""


@dataclass(frozen=True)
class AddressesKept:
    """How many calendars there are, by how their addresses are kept.

    Args:
        clear: not encrypted.
        older: encrypted with another key than the first.
        locked: encrypted with a key that is gone.
    """

    clear: int = 0
    older: int = 0
    locked: int = 0


def addresses_kept(tx: Tx) -> AddressesKept:
    """How the addresses of calendars are kept, over all workspaces: for whoever runs Rhythm."""
    secrets, clear, older, locked = secrets_of(tx), 0, 0, 0
    for kept in tx.scalars(select(MeetingCalendar.address)):
        try:
            is_clear = secrets.open(kept) == kept
        except Locked:
            locked += 1
            continue
        clear += is_clear
        older += not is_clear and not secrets.is_current(kept)
    return AddressesKept(clear, older, locked)


def entries_of(tx: Tx, meeting: TeamMeeting) -> Sequence[CalendarEntry]:
    """What is known of a meeting's calendar, the soonest first."""
    its = (CalendarEntry.workspace_id == meeting.workspace_id, CalendarEntry.team_meeting_id == meeting.id)
    return tx.scalars(select(CalendarEntry).where(*its).order_by(CalendarEntry.starts_at, CalendarEntry.mark)).all()


def calendars_to_fetch(tx: Tx, *, now: datetime, limit: int) -> Sequence[tuple[str, int]]:
    """The calendars it is time to look at, as (workspace, meeting), the longest overdue first: a tick's question."""
    due = (
        select(MeetingCalendar.workspace_id, MeetingCalendar.team_meeting_id)
        .where(MeetingCalendar.next_fetch_at <= now)
        .order_by(MeetingCalendar.next_fetch_at)
        .limit(limit)
    )
    return [(workspace_id, meeting_id) for workspace_id, meeting_id in tx.execute(due)]
