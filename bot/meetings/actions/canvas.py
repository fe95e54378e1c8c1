"""A team's meetings in its channel's canvas: kept while somebody asks for it, and only what its members may see."""

from datetime import datetime

from bot.canvases.actions import keep_canvas, rewrite_canvas, stop_canvas
from bot.canvases.queries import is_kept_in
from bot.db.database import Tx
from bot.meetings.actions.agenda import reader_of
from bot.meetings.actions.reporting import report_of
from bot.meetings.messages.canvas import Written, page, title_of
from bot.meetings.queries.held import Held, attendees_of, ended_last
from bot.people.rules import Viewer
from bot.teams.actions import check_may_change_team
from bot.teams.model import Team

_MEETINGS = 8
"""How many meetings the canvas has: their scorecards stay far below what one table may have."""


def keep_in_canvas(tx: Tx, viewer: Viewer, team: Team, *, now: datetime) -> None:
    """Keeps the summaries of a team's meetings in its channel's canvas. Raises NotAllowed."""
    check_may_change_team(tx, viewer, team)
    content = _content(tx, team, now=now)
    keep_canvas(tx, viewer, team.channel_id, title=title_of(team), content=content, now=now)


def leave_canvas(tx: Tx, viewer: Viewer, team: Team, *, now: datetime) -> None:
    """Leaves the channel's canvas as it is from now on. Raises NotAllowed."""
    check_may_change_team(tx, viewer, team)
    stop_canvas(tx, viewer, team.channel_id, now=now)


def bring_canvas_up_to_date(tx: Tx, team: Team, *, now: datetime) -> None:
    """Has the channel's canvas say what the meetings did, as it is on record by now, where it is kept."""
    if is_kept_in(tx, team.workspace_id, team.channel_id):
        rewrite_canvas(tx, team.workspace_id, team.channel_id, _content(tx, team, now=now), now=now)


def _content(tx: Tx, team: Team, *, now: datetime) -> str:
    return page(team, [_written(tx, Held(one, team), now=now) for one in ended_last(tx, team, limit=_MEETINGS)])


def _written(tx: Tx, held: Held, *, now: datetime) -> Written:
    here = [person.name for person in attendees_of(tx, held.meeting)]
    return Written(report_of(tx, held, now=now), here, reader_of(held.meeting, now))
