"""Reading occurrences of meetings: one is seen by those who see its team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, exists, or_, select

from bot.db.database import Tx
from bot.errors import NotFound
from bot.meetings.model import Meeting, MeetingAttendance, MeetingLine, TeamMeeting, agenda_key
from bot.meetings.rules.held import EARLY, Ended, MeetingState, Span, counted
from bot.outbox.model import Delivery
from bot.outbox.rules import Kind
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.teams.model import Channel, Team
from bot.teams.queries import is_visible_to

_OF_TEAM = and_(Team.workspace_id == Meeting.workspace_id, Team.id == Meeting.team_id)


@dataclass(frozen=True)
class Held:
    """An occurrence of a meeting, and its team."""

    meeting: Meeting
    team: Team

    @property
    def is_open(self) -> bool:
        """Whether it is on now."""
        return self.meeting.state == MeetingState.OPEN


def find_held(tx: Tx, viewer: Viewer, meeting_id: int, *, hold: bool = False) -> Held:
    """The occurrence by its id. Raises NotFound when the viewer may not see it.

    With `hold`, whoever else wants to change it waits until this transaction has ended.
    """
    if hold:
        held = select(Meeting).where(Meeting.workspace_id == viewer.workspace_id, Meeting.id == meeting_id)
        tx.execute(held.with_for_update().execution_options(populate_existing=True))
    row = tx.execute(_visible(viewer).where(Meeting.id == meeting_id)).one_or_none()
    if row is None:
        raise NotFound("That meeting is not there any more, or you cannot see it.")
    return Held(*row)


def held_unseen(tx: Tx, meeting: Meeting) -> Held:
    """The same for a scheduler, and for its team's channel: never for one person's eyes."""
    return Held(meeting, tx.get_one(Team, meeting.team_id))


def open_in(tx: Tx, viewer: Viewer, team: Team) -> list[Held]:
    """The meetings of a team that are on now, the one that began last first."""
    chosen = _visible(viewer).where(Team.id == team.id, Meeting.state == MeetingState.OPEN)
    return [Held(*row) for row in tx.execute(chosen.order_by(Meeting.started_at.desc(), Meeting.id.desc()))]


def hold_open_in_channel(tx: Tx, workspace_id: str, channel_id: str) -> Sequence[Meeting]:
    """The meetings that are on in a channel, which nobody else changes until this transaction ends.

    For what happens to them by itself, never for somebody's eyes.
    """
    on = (Meeting.workspace_id == workspace_id, Meeting.channel_id == channel_id, Meeting.state == MeetingState.OPEN)
    chosen = select(Meeting).where(*on).order_by(Meeting.id)
    return tx.scalars(chosen.with_for_update().execution_options(populate_existing=True)).all()


def last_ended(tx: Tx, viewer: Viewer, team: Team) -> Held | None:
    """The meeting of a team that ended last; None before the first."""
    chosen = _visible(viewer).where(Team.id == team.id, Meeting.state == MeetingState.ENDED)
    row = tx.execute(chosen.order_by(Meeting.ended_at.desc(), Meeting.id.desc()).limit(1)).one_or_none()
    return Held(*row) if row else None


def ended_last(tx: Tx, team: Team, *, limit: int) -> Sequence[Meeting]:
    """The meetings of a team that began last and are over, the newest first: never for one person's eyes."""
    its = (Meeting.workspace_id == team.workspace_id, Meeting.team_id == team.id, Meeting.state == MeetingState.ENDED)
    return tx.scalars(
        select(Meeting).where(*its).order_by(Meeting.started_at.desc(), Meeting.id.desc()).limit(limit)
    ).all()


def about_to_begin(tx: Tx, viewer: Viewer, team: Team, *, now: datetime) -> Held | None:
    """The planned meeting of a team whose time is near, or has come, held for this transaction; None without one."""
    chosen = _visible(viewer).where(Team.id == team.id, Meeting.state == MeetingState.PLANNED)
    near = chosen.where(Meeting.starts_at <= now + EARLY, Meeting.ends_at > now)
    first = near.order_by(Meeting.starts_at, Meeting.id).limit(1)
    # It may be begun by its plan in this moment: then it is not planned any more once it can be had.
    row = tx.execute(first.with_for_update(of=Meeting).execution_options(populate_existing=True)).one_or_none()
    return Held(*row) if row else None


def occurrence_of(tx: Tx, planned: TeamMeeting, mark: str) -> Meeting | None:
    """The occurrence of a meeting of that mark, which nobody else changes until this transaction ends.

    For planning, never for somebody's eyes.
    """
    theirs = (Meeting.workspace_id == planned.workspace_id, Meeting.team_meeting_id == planned.id)
    chosen = select(Meeting).where(*theirs, Meeting.mark == mark)
    return tx.scalars(chosen.with_for_update().execution_options(populate_existing=True)).one_or_none()


def agendas_of(tx: Tx, meeting: Meeting) -> Sequence[Delivery]:
    """Every message that was owed to a channel before a meeting, the oldest first, whatever became of it.

    A calendar that moves a meeting can make them several: `Meeting.agenda_key`.
    """
    if meeting.team_meeting_id is None or meeting.mark is None:
        return []
    key = agenda_key(meeting.team_meeting_id, meeting.mark)
    its = or_(Delivery.key == key, Delivery.key.like(f"{key}:%"))
    said = select(Delivery).where(Delivery.workspace_id == meeting.workspace_id, Delivery.kind == Kind.POST, its)
    return tx.scalars(said.order_by(Delivery.id).execution_options(populate_existing=True)).all()


def planned_of(tx: Tx, planned: TeamMeeting) -> Sequence[Meeting]:
    """The occurrences of a meeting that are still to come: for planning, as above."""
    theirs = (Meeting.workspace_id == planned.workspace_id, Meeting.team_meeting_id == planned.id)
    return tx.scalars(select(Meeting).where(*theirs, Meeting.state == MeetingState.PLANNED)).all()


def called_off_of(tx: Tx, planned: TeamMeeting) -> Sequence[Meeting]:
    """Those of its occurrences that its schedule or its calendar called off: for planning, as above."""
    theirs = (Meeting.workspace_id == planned.workspace_id, Meeting.team_meeting_id == planned.id)
    off = (Meeting.state == MeetingState.SKIPPED, Meeting.ended_how == Ended.SCHEDULE)
    return tx.scalars(select(Meeting).where(*theirs, *off)).all()


def steps_due(tx: Tx, *, now: datetime, limit: int) -> Sequence[tuple[str, int]]:
    """The occurrences it is time to look at, as (workspace, id), the longest overdue first: a tick's question."""
    due = select(Meeting.workspace_id, Meeting.id).where(Meeting.next_step_at <= now).order_by(Meeting.next_step_at)
    return [(workspace_id, meeting_id) for workspace_id, meeting_id in tx.execute(due.limit(limit))]


def next_step(tx: Tx) -> datetime | None:
    """The earliest instant at which an occurrence is to be looked at: a tick's question, as above."""
    planned = Meeting.next_step_at
    return tx.scalar(select(planned).where(planned.is_not(None)).order_by(planned).limit(1))


def is_any_followed(tx: Tx, workspace_id: str, *, now: datetime) -> bool:
    """Whether a meeting of a workspace is on, or ended so lately that what is saved now may be among its changes."""
    followed = (Meeting.workspace_id == workspace_id, Meeting.state.in_([MeetingState.OPEN, MeetingState.ENDED]))
    return bool(tx.scalar(select(exists().where(*followed, Meeting.next_step_at > now))))


def lines_of(tx: Tx, meeting: Meeting) -> Sequence[MeetingLine]:
    """Every line of an agenda, in its order, dropped ones too."""
    its = (MeetingLine.workspace_id == meeting.workspace_id, MeetingLine.meeting_id == meeting.id)
    return tx.scalars(select(MeetingLine).where(*its).order_by(MeetingLine.position, MeetingLine.id)).all()


def previous_of(tx: Tx, meeting: Meeting) -> Meeting | None:
    """The same meeting the last time: held, or skipped with an agenda. One that was begun by hand goes by its name."""
    of_meeting = (MeetingLine.workspace_id == Meeting.workspace_id, MeetingLine.meeting_id == Meeting.id)
    with_agenda = and_(Meeting.state == MeetingState.SKIPPED, exists().where(*of_meeting))
    chosen = _same(meeting).where(
        Meeting.starts_at < meeting.starts_at, or_(Meeting.state == MeetingState.ENDED, with_agenda)
    )
    return tx.scalars(chosen.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).limit(1)).one_or_none()


def held_before(tx: Tx, meeting: Meeting) -> Meeting | None:
    """The same meeting the last time that it was held; None before the first."""
    ended = _same(meeting).where(Meeting.starts_at < meeting.starts_at, Meeting.state == MeetingState.ENDED)
    return tx.scalars(ended.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).limit(1)).one_or_none()


def span_of(tx: Tx, meeting: Meeting, *, now: datetime) -> Span | None:
    """What counts as a meeting's as of `now`; None before it began."""
    if meeting.started_at is None:
        return None
    return counted(meeting.started_at, meeting.ended_at, _followed_at(tx, meeting), now=now)


def attendees_of(tx: Tx, meeting: Meeting) -> Sequence[Person]:
    """Who said that they are there, in the order in which they came."""
    came = and_(Person.workspace_id == MeetingAttendance.workspace_id, Person.id == MeetingAttendance.person_id)
    its = (MeetingAttendance.workspace_id == meeting.workspace_id, MeetingAttendance.meeting_id == meeting.id)
    chosen = select(Person).join(MeetingAttendance, came).where(*its)
    return tx.scalars(chosen.order_by(MeetingAttendance.came_at, Person.name, Person.id)).all()


def held_beside(tx: Tx, meeting: Meeting) -> Sequence[str]:
    """The names of the team's other meetings that were on while this one was: what changed counts for each of them."""
    theirs = (Meeting.workspace_id == meeting.workspace_id, Meeting.team_id == meeting.team_id)
    still_on = or_(Meeting.ended_at.is_(None), Meeting.ended_at > meeting.started_at)
    others = select(Meeting.name).where(*theirs, Meeting.id != meeting.id, Meeting.started_at.is_not(None), still_on)
    if meeting.ended_at is not None:
        others = others.where(Meeting.started_at < meeting.ended_at)
    return tx.scalars(others.order_by(Meeting.started_at, Meeting.id)).all()


def can_be_told(tx: Tx, meeting: Meeting) -> bool:
    """Whether Rhythm can speak in a meeting's channel, as far as it knows."""
    channel = tx.get(Channel, (meeting.workspace_id, meeting.channel_id))
    return channel is not None and channel.has_bot and not channel.is_archived


def _followed_at(tx: Tx, meeting: Meeting) -> datetime | None:
    """When the team's next meeting began after this one had ended; None when none has."""
    if meeting.ended_at is None:
        return None
    others = (Meeting.workspace_id == meeting.workspace_id, Meeting.team_id == meeting.team_id)
    later = select(Meeting.started_at).where(*others, Meeting.started_at >= meeting.ended_at, Meeting.id != meeting.id)
    return tx.scalars(later.order_by(Meeting.started_at).limit(1)).one_or_none()


def _same(meeting: Meeting) -> Select[Meeting]:
    theirs = select(Meeting).where(Meeting.workspace_id == meeting.workspace_id, Meeting.team_id == meeting.team_id)
    if meeting.team_meeting_id is not None:
        return theirs.where(Meeting.team_meeting_id == meeting.team_meeting_id)
    return theirs.where(Meeting.team_meeting_id.is_(None), Meeting.name == meeting.name)


def _visible(viewer: Viewer) -> Select[Meeting, Team]:
    of_workspace = select(Meeting, Team).join(Team, _OF_TEAM).where(Meeting.workspace_id == viewer.workspace_id)
    return of_workspace.where(is_visible_to(viewer))
