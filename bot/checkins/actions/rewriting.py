"""What was said of a check-in follows what its owner answers."""

from datetime import datetime, timedelta

from bot.checkins import messages
from bot.checkins.messages import reminders
from bot.checkins.model import CheckIn
from bot.checkins.queries import Asked, seen_by
from bot.db.database import Tx
from bot.outbox.queries import delivery_with_key
from bot.outbox.queue import revise, withhold
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.slack.message import Message

UPDATED_ALREADY = "Everything due was already updated in this period."
NOTHING_LEFT = "The outcomes it asked about were closed or handed over."
_REWRITING_LASTS = timedelta(days=2)


def rewrite(tx: Tx, checkin: CheckIn, *, now: datetime) -> None:
    """Brings the check-in and its reminders up to date, each for whoever has it.

    What is not sent yet is withheld once nothing in it is open any more.
    """
    for key in (checkin.key, *checkin.snooze_keys, *checkin.nudge_keys):
        delivery = delivery_with_key(tx, workspace_id=checkin.workspace_id, key=key)
        if delivery is not None:
            has_it = tx.get_one(Person, (checkin.workspace_id, delivery.place))
            _rewrite(tx, seen_by(tx, Viewer(checkin.workspace_id, has_it.id), checkin), key, has_it, now=now)


def _rewrite(tx: Tx, asked: Asked, key: str, has_it: Person, *, now: datetime) -> None:
    workspace_id, reason = has_it.workspace_id, UPDATED_ALREADY if asked.items else NOTHING_LEFT
    if not asked.open_items and withhold(tx, workspace_id=workspace_id, key=key, reason=reason, now=now):
        return
    message, lasts = _as_it_reads(asked, key, Reader.of(has_it, now), now), now + _REWRITING_LASTS
    revise(tx, workspace_id=workspace_id, key=key, message=message, now=now, expires_at=lasts)


def _as_it_reads(asked: Asked, key: str, reader: Reader, now: datetime) -> Message:
    checkin = asked.checkin
    if key in checkin.nudge_keys:
        return reminders.nudge(asked, checkin.nudge_keys.index(key) + 1, reader=reader)
    if key in checkin.snooze_keys:
        return reminders.snooze_over(asked, reader=reader)
    snoozed_until = checkin.snoozed_until if checkin.snoozed_until and checkin.snoozed_until > now else None
    return messages.check_in(asked, reader=reader, snoozed_until=snoozed_until)
