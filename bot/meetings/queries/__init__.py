"""Reading a team's meetings. One is seen by those who see the team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Select, and_, select

from bot.db.database import Tx
from bot.errors import NotFound
from bot.meetings.model import MeetingCalendar, TeamMeeting
from bot.meetings.queries.ahead import calendar_of, shown_of, takes_place, times_ahead
from bot.people.rules import Viewer
from bot.teams.model import Team
from bot.teams.queries import is_visible_to

_AHEAD = 3


@dataclass(frozen=True)
class MeetingView:
    """A meeting of a team, and when it takes place the next few times."""

    meeting: TeamMeeting
    team: Team
    ahead: Sequence[datetime]
    calendar: MeetingCalendar | None = None
    """What says when; None for the schedule."""
    calendar_at: str = ""
    """As much of that calendar's address as may be shown; empty when it cannot be decrypted any more."""


def meetings_of(tx: Tx, viewer: Viewer, team: Team, *, now: datetime) -> list[MeetingView]:
    """What is on a team's schedule, by name; nothing when the viewer may not see the team."""
    chosen = _meetings(viewer).where(Team.id == team.id).order_by(TeamMeeting.name, TeamMeeting.id)
    return [_view(tx, meeting, its_team, now) for meeting, its_team in tx.execute(chosen)]


def find_meeting(tx: Tx, viewer: Viewer, meeting_id: int, *, now: datetime, hold: bool = False) -> MeetingView:
    """The meeting by its id. Raises NotFound when it is off the schedule, or the viewer may not see it.

    With `hold`, whoever else wants to change it waits until this transaction has ended.
    """
    if hold:
        held = select(TeamMeeting).where(TeamMeeting.workspace_id == viewer.workspace_id, TeamMeeting.id == meeting_id)
        tx.execute(held.with_for_update().execution_options(populate_existing=True))
    found = tx.execute(_meetings(viewer).where(TeamMeeting.id == meeting_id)).one_or_none()
    if found is None:
        raise NotFound("That meeting is not on the schedule any more. /rhythm meetings lists the ones that are.")
    return _view(tx, *found, now)


def notices_due(tx: Tx, *, now: datetime, limit: int) -> Sequence[tuple[str, int]]:
    """The meetings it is time to look at, as (workspace, meeting), the longest overdue first: a tick's question."""
    due = (
        select(TeamMeeting.workspace_id, TeamMeeting.id)
        .where(TeamMeeting.next_notice_at <= now)
        .order_by(TeamMeeting.next_notice_at)
        .limit(limit)
    )
    return [(workspace_id, meeting_id) for workspace_id, meeting_id in tx.execute(due)]


def next_notice_look(tx: Tx) -> datetime | None:
    """The earliest instant at which a channel may have to be told: a tick's question, as above."""
    planned = TeamMeeting.next_notice_at
    return tx.scalar(select(planned).where(planned.is_not(None)).order_by(planned).limit(1))


def on_schedule(tx: Tx, team: Team) -> Sequence[TeamMeeting]:
    """Every meeting on a team's schedule: for planning, never for somebody's eyes."""
    theirs = (TeamMeeting.workspace_id == team.workspace_id, TeamMeeting.team_id == team.id)
    chosen = select(TeamMeeting).where(*theirs, TeamMeeting.ended_at.is_(None))
    return tx.scalars(chosen.order_by(TeamMeeting.id)).all()


def _meetings(viewer: Viewer) -> Select[TeamMeeting, Team]:
    of_team = and_(Team.workspace_id == TeamMeeting.workspace_id, Team.id == TeamMeeting.team_id)
    live = select(TeamMeeting, Team).join(Team, of_team).where(TeamMeeting.ended_at.is_(None))
    return live.where(TeamMeeting.workspace_id == viewer.workspace_id, is_visible_to(viewer))


def _view(tx: Tx, meeting: TeamMeeting, team: Team, now: datetime) -> MeetingView:
    ahead = (one for one in times_ahead(tx, meeting, team).ahead(after=now) if takes_place(team, one))
    calendar = calendar_of(tx, meeting)
    at = shown_of(tx, calendar) if calendar else ""
    return MeetingView(meeting, team, [one.begins_at for one in islice(ahead, _AHEAD)], calendar, at)
