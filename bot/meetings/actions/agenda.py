"""The lines of an agenda: gathered from what needs somebody, carried over, and changed by people."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.db.database import Tx
from bot.errors import FormRefused, NotAllowed, NotFound, Refused
from bot.meetings.messages.why import why
from bot.meetings.model import Meeting, MeetingLine
from bot.meetings.queries.agenda import found_for
from bot.meetings.queries.held import Held, find_held, lines_of, previous_of
from bot.meetings.rules.agenda import MOST_LINES, TEXT_LIMIT, About, Became, LineKind, carries, is_carried, moved
from bot.meetings.rules.held import MeetingState
from bot.outcomes.queries import find_outcome_by_id
from bot.people.messages import Reader
from bot.people.rules import Viewer
from bot.teams.actions import check_may_change_team, may_change_team
from bot.teams.model import Team


def reader_of(meeting: Meeting, now: datetime) -> Reader:
    """Everybody in a meeting's channel, whose day is that of the meeting's zone."""
    return Reader.for_channel(now, ZoneInfo(meeting.zone))


def gather(tx: Tx, meeting: Meeting, team: Team, *, focus_limit: int, now: datetime) -> None:
    """Brings an agenda up to what needs somebody now. What people added, moved, parked or dropped stays as it is.

    The first time it takes over from the last agenda what nothing came of.

    Args:
        focus_limit: how many live outcomes one person should own at most: for why an outcome has stalled.
    """
    reader, before = reader_of(meeting, now), previous_of(tx, meeting)
    took_place = before is not None and before.state == MeetingState.ENDED
    earlier = list(lines_of(tx, before)) if before else []
    agreed_before = before.ended_at if before and took_place else None
    needs_somebody = found_for(tx, team, today=reader.today, agreed_before=agreed_before, focus_limit=focus_limit)
    found = {one.about.thing: one for one in needs_somebody}
    lines = list(lines_of(tx, meeting))
    for line in lines:
        if line.kind == LineKind.OWN or line.became is not None:
            found.pop(line.about.thing, None)
        elif still := found.pop(line.about.thing, None):
            line.kind, line.why = still.kind, why(still, reader)
        else:
            tx.delete(line)
    counts = carries((one for one in earlier if one.kind != LineKind.OWN), took_place=took_place)
    for thing, one in list(found.items())[: max(0, MOST_LINES - len(lines))]:
        _add(tx, meeting, one.kind, one.about, why=why(one, reader), carried=counts.get(thing, 0) if thing else 0)
    if not lines:
        for old in earlier:
            if old.kind == LineKind.OWN and is_carried(Became(old.became) if old.became else None):
                carried = old.carried + int(took_place)
                _add(tx, meeting, LineKind.OWN, old.about, text=old.text, carried=carried, added_by=old.added_by)


def add_line(tx: Tx, viewer: Viewer, held: Held, text: str, *, outcome_id: int | None = None) -> MeetingLine:
    """Puts a line of somebody's own on an agenda. Whoever sees the team may.

    Raises FormRefused at `text` for no words or too many, Refused once the meeting is over or its agenda is full.
    """
    check_goes_on(held)
    if not text or len(text) > TEXT_LIMIT:
        raise FormRefused({"text": f"Say what to talk about, in at most {TEXT_LIMIT} characters."})
    if len(lines_of(tx, held.meeting)) >= MOST_LINES:
        raise Refused(f"This agenda has {MOST_LINES} lines. Drop one first, or keep it for the next time.")
    if outcome_id is not None:
        _check_outcome(tx, viewer, held, outcome_id)
    return _add(tx, held.meeting, LineKind.OWN, About(outcome_id), text=text, added_by=viewer.person_id)


def drop_line(tx: Tx, viewer: Viewer, line_id: int, *, now: datetime) -> Held:
    """Takes a line off its agenda; it is not carried over. Whoever put it there may, the lead, and the admins.

    Raises NotFound, NotAllowed with who may, Refused once the meeting is over.
    """
    held, line = find_line(tx, viewer, line_id)
    check_goes_on(held)
    if line.added_by != viewer.person_id and not may_change_team(tx, viewer, held.team):
        check_may_change_team(tx, viewer, held.team)
    _note(line, Became.DROPPED, viewer, now)
    tx.flush()
    return held


def move_line(tx: Tx, viewer: Viewer, line_id: int, *, by: int) -> Held:
    """Moves a line up or down its agenda. Raises as `drop_line` does."""
    held, line = find_line(tx, viewer, line_id)
    check_goes_on(held)
    check_may_change_team(tx, viewer, held.team)
    rows = {one.id: one for one in lines_of(tx, held.meeting) if one.became != Became.DROPPED}
    for position, one in enumerate(moved(list(rows), line.id, by=by) if line.id in rows else rows, 1):
        rows[one].position = position
    tx.flush()
    return held


def park_line(tx: Tx, viewer: Viewer, line_id: int, *, now: datetime) -> Held:
    """Leaves a line for the next time. Raises NotFound, Refused while the meeting is not on."""
    held, line = find_line(tx, viewer, line_id)
    _check_is_on(held)
    if is_carried(Became(line.became) if line.became else None):
        _note(line, Became.PARKED, viewer, now)
    tx.flush()
    return held


def talk_about(tx: Tx, viewer: Viewer, line_id: int, *, now: datetime) -> Held:
    """Makes a line the one that is talked about; one that was parked is taken up again.

    Raises NotFound, Refused while the meeting is not on.
    """
    held, line = find_line(tx, viewer, line_id)
    _check_is_on(held)
    if line.became == Became.PARKED:
        line.became, line.became_at, line.became_by = None, None, None
    held.meeting.line_id = line.id
    tx.flush()
    return held


def name_outcome(tx: Tx, viewer: Viewer, line_id: int, outcome_id: int) -> Held:
    """Says which outcome a line of somebody's own is about: one of the meeting's team.

    Raises NotFound, NotAllowed for another team's, Refused once the meeting is over.
    """
    held, line = find_line(tx, viewer, line_id)
    check_goes_on(held)
    _check_outcome(tx, viewer, held, outcome_id)
    if line.kind == LineKind.OWN:
        line.outcome_id = outcome_id
    tx.flush()
    return held


def find_line(tx: Tx, viewer: Viewer, line_id: int) -> tuple[Held, MeetingLine]:
    """A line and its meeting, which nobody else changes until this transaction ends. Raises NotFound."""
    its = (MeetingLine.workspace_id == viewer.workspace_id, MeetingLine.id == line_id)
    meeting_id = tx.scalars(select(MeetingLine.meeting_id).where(*its)).one_or_none()
    if meeting_id is None:
        raise NotFound("That line is not on the agenda any more.")
    held = find_held(tx, viewer, meeting_id, hold=True)
    line = tx.scalars(select(MeetingLine).where(*its).execution_options(populate_existing=True)).one()
    return held, line


def check_goes_on(held: Held) -> None:
    """Raises Refused once a meeting is over or was skipped."""
    if held.meeting.state not in (MeetingState.PLANNED, MeetingState.OPEN):
        raise Refused(f"{held.meeting.name} is over. /meeting agenda shows what comes next.")


def _add(
    tx: Tx,
    meeting: Meeting,
    kind: LineKind,
    about: About,
    *,
    text: str = "",
    why: str = "",
    carried: int = 0,
    added_by: str | None = None,
) -> MeetingLine:
    its = (MeetingLine.workspace_id == meeting.workspace_id, MeetingLine.meeting_id == meeting.id)
    last = select(func.max(MeetingLine.position)).where(*its)
    line = MeetingLine(
        workspace_id=meeting.workspace_id,
        meeting_id=meeting.id,
        position=(tx.scalar(last) or 0) + 1,
        kind=kind,
        outcome_id=about.outcome_id,
        decision_id=about.decision_id,
        obstacle_id=about.obstacle_id,
        dependency_id=about.dependency_id,
        action_id=about.action_id,
        text=text,
        why=why,
        carried=carried,
        added_by=added_by,
    )
    tx.add(line)
    tx.flush()
    return line


def _note(line: MeetingLine, became: Became, viewer: Viewer, now: datetime) -> None:
    line.became, line.became_at, line.became_by = became, now, viewer.person_id


def _check_is_on(held: Held) -> None:
    if not held.is_open:
        check_goes_on(held)
        raise Refused(f"{held.meeting.name} has not begun yet. /meeting start begins it.")


def _check_outcome(tx: Tx, viewer: Viewer, held: Held, outcome_id: int) -> None:
    outcome = find_outcome_by_id(tx, viewer, outcome_id).outcome
    if outcome.team_id != held.team.id:
        # Not everybody in the channel may be allowed to see another team's.
        raise NotAllowed(f"{outcome.key} is another team's. Choose one of {held.team.name}, or leave it out.")
