"""What was said of a check-in follows what its owner answers."""

from datetime import datetime, timedelta

from bot.checkins import messages
from bot.checkins.messages import reminders
from bot.checkins.queries import Asked
from bot.db.database import Tx
from bot.outbox.queue import revise, withhold
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.slack.message import Message

UPDATED_ALREADY = "Everything due was already updated in this period."
_REWRITING_LASTS = timedelta(days=2)


def rewrite(tx: Tx, owner: Viewer, asked: Asked, *, now: datetime) -> None:
    """Brings the check-in and its reminders up to date; what is not sent yet is withheld once all is answered."""
    reader = Reader.of(tx.get_one(Person, (owner.workspace_id, owner.person_id)), now)
    for key, message in _said_of(asked, reader, now).items():
        if not asked.open_items and withhold(
            tx, workspace_id=owner.workspace_id, key=key, reason=UPDATED_ALREADY, now=now
        ):
            continue
        revise(
            tx,
            workspace_id=owner.workspace_id,
            key=key,
            message=message,
            now=now,
            expires_at=now + _REWRITING_LASTS,
        )


def _said_of(asked: Asked, reader: Reader, now: datetime) -> dict[str, Message]:
    """Every message about a check-in as it now reads, by its key."""
    checkin = asked.checkin
    snoozed_until = checkin.snoozed_until if checkin.snoozed_until and checkin.snoozed_until > now else None
    return {
        checkin.key: messages.check_in(asked, reader=reader, snoozed_until=snoozed_until),
        **{key: reminders.snooze_over(asked, reader=reader) for key in checkin.snooze_keys},
        **{
            key: reminders.nudge(asked, number, reader=reader) for number, key in enumerate(checkin.nudge_keys, start=1)
        },
    }
