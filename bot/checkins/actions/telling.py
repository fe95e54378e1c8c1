"""What a team's channel reads of check-ins: each answer in the period's thread, or all of them at its end."""

from datetime import date, datetime, timedelta

from bot.checkins.messages import channel as messages
from bot.checkins.model import CheckIn, CheckInItem
from bot.checkins.queries import answered_in, hold_team, unanswered_in
from bot.checkins.rules import State
from bot.db.database import Tx
from bot.outbox.queries import delivery_with_key
from bot.outbox.queue import enqueue, revise
from bot.outcomes.queries import View
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.slack.message import Message
from bot.teams.model import Team
from bot.teams.rules.rhythm import Telling

_LINE_LASTS = timedelta(days=2)


def say_answer(tx: Tx, viewer: Viewer, checkin: CheckIn, item: CheckInItem, view: View, *, now: datetime) -> None:
    """Tells the channel of an answer, or of the change of one; whoever's answers are collected, reads it at the end."""
    team = view.team
    if team.answers == Telling.COLLECTED:
        if delivery_with_key(tx, workspace_id=team.workspace_id, key=_collected_key(team, checkin)) is not None:
            _say_collected(tx, team, checkin, now=now)
        return
    person = tx.get_one(Person, (viewer.workspace_id, viewer.person_id))
    reader = Reader.for_channel(now, person.zone)
    line = messages.answer_line(item, view, by=messages.by_line(person, view), reader=reader)
    if not _say_anew(tx, team, key=item.line_key, message=line, now=now):
        thread = f"answers:{team.id}:{checkin.period}"
        _say(tx, team, key=thread, message=messages.answers_begin(_asked_on(tx, checkin), reader=reader), now=now)
        _say(tx, team, key=item.line_key, message=line, now=now, thread_of=thread)
    if checkin.state == State.UNANSWERED:
        _say_unanswered(tx, team, checkin, now=now)


def say_closed(tx: Tx, team: Team, checkin: CheckIn, *, is_silent: bool, now: datetime) -> None:
    """Tells the channel that the period of a check-in is over: what was answered if that is collected, else what not.

    `is_silent`: whether this check-in brought no news of one of the team's outcomes.
    """
    if team.answers == Telling.COLLECTED:
        _say_collected(tx, team, checkin, now=now)
    elif is_silent:
        _say_unanswered(tx, team, checkin, now=now)


def _say_unanswered(tx: Tx, team: Team, checkin: CheckIn, *, now: datetime) -> None:
    """Says, or says anew, which outcomes of a team have no news from a period: one line for all of its owners."""
    hold_team(tx, team)
    left = unanswered_in(tx, checkin.owner, team_id=team.id, period=checkin.period)
    message = messages.unanswered(left, asked_on=_asked_on(tx, checkin), reader=_reader(tx, checkin, now))
    key = f"unanswered:{team.id}:{checkin.period}"
    if not _say_anew(tx, team, key=key, message=message, now=now):
        _say(tx, team, key=key, message=message, now=now)


def _say_collected(tx: Tx, team: Team, checkin: CheckIn, *, now: datetime) -> None:
    """Says, or says anew, all that a period brought: one post for all of the team's owners."""
    hold_team(tx, team)
    answered = answered_in(tx, checkin.owner, team_id=team.id, period=checkin.period)
    left = unanswered_in(tx, checkin.owner, team_id=team.id, period=checkin.period)
    if not answered and not left:
        return
    reader = _reader(tx, checkin, now)
    message = messages.collected(answered, left, asked_on=_asked_on(tx, checkin), reader=reader)
    key = _collected_key(team, checkin)
    if not _say_anew(tx, team, key=key, message=message, now=now):
        _say(tx, team, key=key, message=message, now=now)


def _say_anew(tx: Tx, team: Team, *, key: str, message: Message, now: datetime) -> bool:
    """Rewrites what was said under a key; answers False where nothing was, or what was ended unsent."""
    lasts = now + _LINE_LASTS
    return revise(tx, workspace_id=team.workspace_id, key=key, message=message, now=now, expires_at=lasts) is not None


def _say(tx: Tx, team: Team, *, key: str, message: Message, now: datetime, thread_of: str | None = None) -> None:
    enqueue(
        tx,
        workspace_id=team.workspace_id,
        key=key,
        place=team.channel_id,
        message=message,
        due_at=now,
        expires_at=now + _LINE_LASTS,
        now=now,
        thread_of=thread_of,
    )


def _collected_key(team: Team, checkin: CheckIn) -> str:
    return f"collected:{team.id}:{checkin.period}"


def _reader(tx: Tx, checkin: CheckIn, now: datetime) -> Reader:
    return Reader.for_channel(now, _owner(tx, checkin).zone)


def _asked_on(tx: Tx, checkin: CheckIn) -> date:
    return checkin.due_at.astimezone(_owner(tx, checkin).zone).date()


def _owner(tx: Tx, checkin: CheckIn) -> Person:
    return tx.get_one(Person, (checkin.workspace_id, checkin.person_id))
