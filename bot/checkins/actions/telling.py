"""What a team's channel reads of check-ins."""

from datetime import datetime, timedelta

from bot.checkins.messages.channel import unanswered
from bot.checkins.model import CheckIn
from bot.checkins.queries import hold_team, unanswered_in
from bot.db.database import Tx
from bot.outbox.queue import enqueue, revise
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.slack.message import Message
from bot.teams.model import Team

_LINE_LASTS = timedelta(days=2)


def say_in_channel(tx: Tx, team: Team, *, key: str, message: Message, now: datetime) -> None:
    """Says it once in the team's channel; said again under the same key, what is there is rewritten."""
    lasts = now + _LINE_LASTS
    if revise(tx, workspace_id=team.workspace_id, key=key, message=message, now=now, expires_at=lasts) is None:
        enqueue(
            tx,
            workspace_id=team.workspace_id,
            key=key,
            place=team.channel_id,
            message=message,
            due_at=now,
            expires_at=lasts,
            now=now,
        )


def say_unanswered(tx: Tx, owner: Viewer, team: Team, checkin: CheckIn, *, now: datetime) -> None:
    """Says, or says anew, which outcomes of a team have no news from a period: one line for all of its owners."""
    hold_team(tx, team)
    left = unanswered_in(tx, owner, team_id=team.id, period=checkin.period)
    zone = tx.get_one(Person, (owner.workspace_id, owner.person_id)).zone
    asked_on = checkin.due_at.astimezone(zone).date()
    message = unanswered(left, asked_on=asked_on, reader=Reader.for_channel(now, zone))
    say_in_channel(tx, team, key=f"unanswered:{team.id}:{checkin.period}", message=message, now=now)
