"""What a meeting's channel reads of it: the live message, and the summary. Each is posted once and then rewritten."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.db.database import Tx
from bot.meetings.actions.agenda import reader_of
from bot.meetings.messages.live import live, over
from bot.meetings.messages.report import Report
from bot.meetings.messages.summary import everything, summary, with_moved
from bot.meetings.model import Meeting, TeamMeeting
from bot.meetings.queries.ahead import takes_place, times_ahead
from bot.meetings.queries.changes import changes_in, still_open
from bot.meetings.queries.held import Held, attendees_of, can_be_told, held_before, held_beside, span_of
from bot.meetings.queries.lines import LineView, lines_seen
from bot.meetings.queries.on_record import Changes
from bot.meetings.rules.agenda import is_carried, is_settled
from bot.meetings.rules.held import Scorecard, ends_by_itself_at, minutes_between
from bot.outbox.queries import content_under
from bot.outbox.queue import enqueue, revise, withhold
from bot.outcomes.actions.history import record
from bot.outcomes.model import Outcome
from bot.outcomes.rules import MEETING_ITEM
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.slack.message import Message

OUT_OF_REACH = "The channel is archived, or Rhythm is not in it any more."

_SUMMARY_LASTS = timedelta(days=1)


def tell_live(tx: Tx, held: Held, *, now: datetime) -> None:
    """Owes the channel the message of a meeting that is on, or brings it up to date."""
    meeting, changes = held.meeting, _changes(tx, held, now=now)
    settle(tx, held, changes, now=now)
    message = _live(tx, held, changes, now=now)
    _say(tx, meeting, meeting.live_key, message, now=now, expires_at=ends_by_itself_at(meeting.ends_at))


def live_message(tx: Tx, held: Held, *, now: datetime) -> Message:
    """A meeting that is on, as its channel reads it."""
    return _live(tx, held, _changes(tx, held, now=now), now=now)


def tell_summary(tx: Tx, held: Held, *, now: datetime) -> None:
    """Owes the channel the summary of a meeting that is over, or brings it up to date; writes its scorecard down."""
    meeting, reader = held.meeting, reader_of(held.meeting, now)
    changes = _changes(tx, held, now=now)
    settle(tx, held, changes, now=now)
    report = _report(tx, held, changes, now=now)
    _keep_scorecard(meeting, report.scorecard, changes.count)
    expires_at = (meeting.ended_at or now) + _SUMMARY_LASTS
    _say(tx, meeting, meeting.summary_key, summary(report, reader=reader), now=now, expires_at=expires_at)
    for number, page in enumerate(everything(report, reader=reader), 1):
        key = f"{meeting.summary_key}:all:{number}"
        _say(tx, meeting, key, page, now=now, expires_at=expires_at, thread_of=meeting.summary_key)
    if not can_be_told(tx, meeting):
        withhold(tx, workspace_id=meeting.workspace_id, key=meeting.summary_key, reason=OUT_OF_REACH, now=now)


def tell_moved(tx: Tx, meeting: Meeting, moved: int, *, now: datetime) -> None:
    """Fills in, in the summary of a meeting that is over, how many outcomes moved until the next one began."""
    said = content_under(tx, workspace_id=meeting.workspace_id, key=meeting.summary_key)
    if said is not None:
        _say(tx, meeting, meeting.summary_key, with_moved(said, moved), now=now, expires_at=now + _SUMMARY_LASTS)


def summary_message(tx: Tx, held: Held, *, now: datetime) -> Message:
    """The summary of a meeting that is over, as its channel reads it."""
    return summary(report_of(tx, held, now=now), reader=reader_of(held.meeting, now))


def tell_over(tx: Tx, held: Held, *, now: datetime) -> None:
    """Rewrites the live message of a meeting that is over."""
    meeting = held.meeting
    by = find_person(tx, Viewer(meeting.workspace_id, ""), meeting.ended_by) if meeting.ended_by else None
    message, expires_at = over(meeting, by=by.name if by else "", reader=reader_of(meeting, now)), now + _SUMMARY_LASTS
    revise(tx, workspace_id=meeting.workspace_id, key=meeting.live_key, message=message, now=now, expires_at=expires_at)


def report_of(tx: Tx, held: Held, *, now: datetime) -> Report:
    """Everything that the summary of a meeting that is over says, read from the records."""
    return _report(tx, held, _changes(tx, held, now=now), now=now)


def settle(tx: Tx, held: Held, changes: Changes, *, now: datetime) -> None:
    """Writes down what became of the lines, as the records say; what somebody dropped stays dropped.

    That a meeting did something about an outcome is in the outcome's history, once, and counts as activity.
    """
    views = lines_seen(tx, held.meeting)
    before = _settled(views)
    for view in views:
        line, became = view.line, changes.became(view.line.about, view.what)
        if became is not None and line.became != became:
            line.became, line.became_at, line.became_by = became, now, None
    tx.flush()
    for outcome_id in sorted(_settled(views) - before):
        _note_item(tx, held.meeting, outcome_id, changes, now=now)


def _settled(views: Iterable[LineView]) -> set[int]:
    """The outcomes about which one of the lines is, that the meeting did something about."""
    return {view.line.outcome_id for view in views if view.line.outcome_id and is_settled(view.became)}


def _note_item(tx: Tx, meeting: Meeting, outcome_id: int, changes: Changes, *, now: datetime) -> None:
    outcome = tx.get_one(Outcome, outcome_id, with_for_update=True, populate_existing=True)
    by = changes.hands.get(outcome_id) or meeting.started_by or outcome.owner_id
    record(tx, Viewer(meeting.workspace_id, by), outcome, MEETING_ITEM, after=meeting.name, now=now)


def _changes(tx: Tx, held: Held, *, now: datetime) -> Changes:
    span = span_of(tx, held.meeting, now=now)
    return changes_in(tx, held.team, span) if span else Changes()


def _live(tx: Tx, held: Held, changes: Changes, *, now: datetime) -> Message:
    meeting = held.meeting
    here, before = attendees_of(tx, meeting), held_before(tx, meeting)
    return live(
        meeting,
        lines_seen(tx, meeting),
        changes,
        here,
        moved_since=before.outcomes_moved if before else None,
        reader=reader_of(meeting, now),
    )


def _report(tx: Tx, held: Held, changes: Changes, *, now: datetime) -> Report:
    meeting, views = held.meeting, lines_seen(tx, held.meeting)
    asked = {view.line.decision_id for view in views if view.line.decision_id} | changes.opened
    began, ended = meeting.started_at or meeting.starts_at, meeting.ended_at or now
    return Report(
        meeting,
        changes,
        undecided=still_open(tx, held.team, asked),
        open_lines=[view for view in views if is_carried(view.became)],
        scorecard=Scorecard(
            decisions=len(changes.decisions),
            obstacles_cleared=len(changes.resolved),
            actions_agreed=len(changes.agreed),
            attendees=len(attendees_of(tx, meeting)),
            minutes=minutes_between(began, ended),
        ),
        next_at=_next_at(tx, held, now=now),
        late=_late(tx, held, changes.count, now=now),
        beside=held_beside(tx, meeting),
    )


def _keep_scorecard(meeting: Meeting, card: Scorecard, changed: int) -> None:
    meeting.decisions, meeting.obstacles_cleared = card.decisions, card.obstacles_cleared
    meeting.actions_agreed = card.actions_agreed
    meeting.other_changes = changed - card.decisions - card.obstacles_cleared - card.actions_agreed
    meeting.attendee_minutes = card.attendee_minutes if card.attendees else None


def _late(tx: Tx, held: Held, count: int, *, now: datetime) -> int:
    """How many of `count` things were written down once it was over."""
    ended_at = held.meeting.ended_at
    if not count or ended_at is None or now <= ended_at:
        return 0
    return max(0, count - _changes(tx, held, now=ended_at).count)


def _next_at(tx: Tx, held: Held, *, now: datetime) -> datetime | None:
    meeting = held.meeting
    planned = tx.get(TeamMeeting, meeting.team_meeting_id) if meeting.team_meeting_id else None
    if planned is None or planned.ended_at is not None:
        return None
    ahead = times_ahead(tx, planned, held.team).ahead(after=max(now, meeting.starts_at))
    return next((one.begins_at for one in ahead if takes_place(held.team, one)), None)


def _say(
    tx: Tx,
    meeting: Meeting,
    key: str,
    message: Message,
    *,
    now: datetime,
    expires_at: datetime,
    thread_of: str | None = None,
) -> None:
    """Owes a message once, and rewrites it when it says something else by now."""
    said = content_under(tx, workspace_id=meeting.workspace_id, key=key)
    if said is None:
        enqueue(
            tx,
            workspace_id=meeting.workspace_id,
            key=key,
            place=meeting.channel_id,
            message=message,
            due_at=now,
            expires_at=expires_at,
            now=now,
            thread_of=thread_of,
        )
    elif said != message:
        lasts = max(expires_at, now + _SUMMARY_LASTS)
        revise(tx, workspace_id=meeting.workspace_id, key=key, message=message, now=now, expires_at=lasts)
