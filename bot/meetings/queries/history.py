"""Reading what a team's meetings did over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, exists, func, or_, select

from bot.db.database import Tx
from bot.measuring.effort import LEAST_MOVEMENT
from bot.meetings.model import Meeting, MeetingLine, MeetingRating, TeamMeeting
from bot.meetings.queries.changes import moved_in
from bot.meetings.rules.advice import Series
from bot.meetings.rules.agenda import MOST_CARRIED
from bot.meetings.rules.held import MeetingState, Span
from bot.meetings.rules.history import FEWEST_RATINGS, Card
from bot.people.rules import Viewer
from bot.teams.model import Team
from bot.teams.queries import is_visible_to

MOST_SHOWN = 10
_HALF_A_YEAR = timedelta(days=182)


@dataclass(frozen=True)
class Past:
    """A meeting that is over, with its scorecard."""

    meeting: Meeting
    card: Card


def past_meetings(tx: Tx, viewer: Viewer, team: Team, *, limit: int = MOST_SHOWN) -> list[Past]:
    """The newest meetings of a team that are over, the newest first; none when the viewer may not see the team."""
    return _past(tx, viewer, tx.scalars(_ended(viewer, team).limit(limit)).all())


def series_of(tx: Tx, viewer: Viewer, team: Team, *, now: datetime) -> list[Series]:
    """The meetings of a team that still take place, each over the last half year; none when the team is not seen.

    One that was begun by hand goes by its name.
    """
    on_schedule = exists().where(
        TeamMeeting.workspace_id == Meeting.workspace_id,
        TeamMeeting.id == Meeting.team_meeting_id,
        TeamMeeting.ended_at.is_(None),
    )
    recent = _ended(viewer, team).where(
        Meeting.started_at > now - _HALF_A_YEAR, or_(Meeting.team_meeting_id.is_(None), on_schedule)
    )
    found: dict[int | str, list[Past]] = {}
    for one in _past(tx, viewer, tx.scalars(recent).all()):
        found.setdefault(one.meeting.team_meeting_id or one.meeting.name, []).append(one)
    return [Series(some[0].meeting.name, [one.card for one in some]) for some in found.values()]


def comments_on(tx: Tx, viewer: Viewer, team: Team, *, limit: int = MOST_SHOWN) -> list[str]:
    """What people wrote about the team's newest meetings, without who wrote it, in no order that tells.

    Of a meeting that few rated, nothing: somebody might be known by it.
    """
    past = past_meetings(tx, viewer, team, limit=limit)
    ids = [one.meeting.id for one in past if one.card.rating is not None]
    written = select(MeetingRating.comment).where(
        MeetingRating.workspace_id == viewer.workspace_id,
        MeetingRating.meeting_id.in_(ids),
        MeetingRating.comment != "",
    )
    return sorted(tx.scalars(written))


def outcomes_moved_in(tx: Tx, team: Team, span: Span) -> int:
    """How many of a team's outcomes came closer to their targets in a span of time, by 5 % of their path at least."""
    return sum(one.progress >= LEAST_MOVEMENT for one in moved_in(tx, team, span))


def _ended(viewer: Viewer, team: Team) -> Select[Meeting]:
    of_team = and_(Team.workspace_id == Meeting.workspace_id, Team.id == Meeting.team_id)
    return (
        select(Meeting)
        .join(Team, of_team)
        .where(Meeting.workspace_id == viewer.workspace_id, Meeting.team_id == team.id, is_visible_to(viewer))
        .where(Meeting.state == MeetingState.ENDED)
        .order_by(Meeting.started_at.desc(), Meeting.id.desc())
    )


def _past(tx: Tx, viewer: Viewer, meetings: Sequence[Meeting]) -> list[Past]:
    ids = [meeting.id for meeting in meetings]
    lines, ratings = _line_counts(tx, viewer, ids), _ratings(tx, viewer, ids)
    return [Past(one, _card(one, *lines.get(one.id, (0, 0)), ratings.get(one.id))) for one in meetings]


def _line_counts(tx: Tx, viewer: Viewer, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many lines each meeting had, and how many of them had come three times."""
    often = func.count().filter(MeetingLine.carried >= MOST_CARRIED)
    counts = (
        select(MeetingLine.meeting_id, func.count(), often)
        .where(MeetingLine.workspace_id == viewer.workspace_id, MeetingLine.meeting_id.in_(ids))
        .group_by(MeetingLine.meeting_id)
    )
    return {meeting_id: (all_, three) for meeting_id, all_, three in tx.execute(counts)}


def _ratings(tx: Tx, viewer: Viewer, ids: Sequence[int]) -> dict[int, float]:
    """How each meeting was rated on average, where enough people did so that nobody is known by it."""
    scores = (
        select(MeetingRating.meeting_id, func.avg(MeetingRating.score))
        .where(MeetingRating.workspace_id == viewer.workspace_id, MeetingRating.meeting_id.in_(ids))
        .group_by(MeetingRating.meeting_id)
        .having(func.count() >= FEWEST_RATINGS)
    )
    return {meeting_id: float(average) for meeting_id, average in tx.execute(scores)}


def _card(meeting: Meeting, lines: int, often: int, rating: float | None) -> Card:
    return Card(
        meeting.decisions or 0,
        meeting.obstacles_cleared or 0,
        meeting.actions_agreed or 0,
        meeting.attendee_minutes,
        meeting.outcomes_moved,
        lines,
        often,
        rating,
        meeting.other_changes or 0,
    )
