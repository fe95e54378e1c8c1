"""Who is told of a handover, once, and under which key."""

from datetime import datetime, timedelta

from bot.db.database import Tx
from bot.handovers.queries import Offer
from bot.outbox.queue import enqueue, revise
from bot.people.model import Person
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.slack.message import Message
from bot.teams.queries import find_team

_NEWS_LASTS = timedelta(days=2)


def key_of(offer: Offer, about: str) -> str:
    """The key of a message about a handover: `handover:7:offered`."""
    return f"handover:{offer.handover.id}:{about}"


def tell(
    tx: Tx, offer: Offer, message: Message, *, about: str, place: str, now: datetime, lasts: timedelta = _NEWS_LASTS
) -> None:
    """Owes one message about a handover."""
    enqueue(
        tx,
        workspace_id=offer.handover.workspace_id,
        key=key_of(offer, about),
        place=place,
        message=message,
        due_at=now,
        expires_at=now + lasts,
        now=now,
    )


def rewrite(tx: Tx, offer: Offer, message: Message, *, now: datetime) -> None:
    """What was said to the person it was offered to says what became of it."""
    revise(
        tx,
        workspace_id=offer.handover.workspace_id,
        key=key_of(offer, "offered"),
        message=message,
        now=now,
        expires_at=now + _NEWS_LASTS,
    )


def is_told(tx: Tx, offer: Offer, person: Person) -> bool:
    """Whether news of the outcome may reach somebody: they are here, and can see its team."""
    viewer = Viewer(offer.handover.workspace_id, person.id)
    known = find_person(tx, viewer, person.id)
    return known is not None and known.is_active and find_team(tx, viewer, offer.view.team.id) is not None
