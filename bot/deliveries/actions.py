"""Messages of Rhythm's own accord: so many in somebody's week, and no more."""

from datetime import datetime, time

from bot.db.database import Tx
from bot.deliveries.rules import UNASKED_FOR, week_is_full
from bot.outbox.queries import count_for
from bot.outbox.queue import enqueue, withhold
from bot.outbox.rules import reason_late
from bot.people.model import Person
from bot.slack.message import Message
from bot.teams.rules import instant_of, monday_of


def ask(
    tx: Tx,
    person: Person,
    *,
    key: str,
    message: Message,
    due_at: datetime,
    expires_at: datetime,
    most_a_week: int,
    late_because: str = "",
    now: datetime,
) -> bool:
    """Owes somebody a message that they did not ask for; once their week has as many as it may, keeps it back.

    Answers whether it is owed. What was kept back can still be answered in My week, which lists it. `late_because` says
    what had to happen since it was due, where something had: `Do Not Disturb ended`.
    """
    monday = monday_of(now.astimezone(person.zone).date())
    owed = enqueue(
        tx,
        workspace_id=person.workspace_id,
        key=key,
        place=person.id,
        message=message,
        due_at=due_at,
        expires_at=expires_at,
        now=now,
    )
    if late_because:
        owed.reason = reason_late(late_because)
    since = instant_of(monday, time(0), person.zone)
    told = count_for(tx, workspace_id=person.workspace_id, place=person.id, keys=UNASKED_FOR, since=since)
    if told <= most_a_week:
        return True
    withhold(tx, workspace_id=person.workspace_id, key=key, reason=week_is_full(most_a_week), now=now)
    return False
