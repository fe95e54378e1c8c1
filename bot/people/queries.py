"""Reading people. Everybody in a workspace may know who is in it."""

from datetime import datetime

from sqlalchemy import Select, and_, bindparam, func, select

from bot.db.database import Tx
from bot.db.types import UtcDateTime
from bot.outbox.model import Delivery
from bot.outbox.rules import REFUSED_PERSON, State
from bot.people.model import Person
from bot.people.rules import STILL_TO_FOLLOW, Viewer
from bot.slack.typed import as_read, people_in


def find_person(tx: Tx, viewer: Viewer, person_id: str) -> Person | None:
    """The person by that id in the viewer's workspace, or None while Rhythm has not met them."""
    return tx.get(Person, (viewer.workspace_id, person_id))


def people_by_id(tx: Tx, viewer: Viewer, ids: set[str]) -> dict[str, Person]:
    """Those of `ids` that Rhythm has met."""
    found = tx.scalars(select(Person).where(Person.workspace_id == viewer.workspace_id, Person.id.in_(ids)))
    return {person.id: person for person in found}


def people_to_look_up(tx: Tx, *, seen_before: datetime) -> list[Viewer]:
    """Of each workspace the one person to look up next: a tick's question, for nobody's eyes.

    First whoever was found to have left, come back or moved, and nobody did anything about it yet; then whoever a
    message could not be sent to since they were looked up; then whoever will be asked something and was not looked up
    since `seen_before`, the longest ago first.
    """
    seen = {"seen_before": seen_before}
    waiting = [Viewer(*row) for query in _TO_LOOK_UP for row in tx.execute(query, seen)]
    return list({person.workspace_id: person for person in waiting}.values())


def find_admin(tx: Tx, viewer: Viewer) -> Person | None:
    """An admin of the viewer's workspace to name to somebody who needs one; None while Rhythm has met none."""
    admins = select(Person).where(
        Person.workspace_id == viewer.workspace_id, Person.is_admin, Person.is_active, Person.is_bot.is_(False)
    )
    return tx.scalars(admins.order_by(Person.name, Person.id).limit(1)).one_or_none()


def said_in(tx: Tx, viewer: Viewer, text: str) -> str:
    """A message's text as people read it, with the names of those it mentions and Rhythm has met."""
    names = {person.id: person.name for person in people_by_id(tx, viewer, people_in(text)).values()}
    return as_read(text, names)


_SEEN_BEFORE = bindparam("seen_before", type_=UtcDateTime())


def _to_look_up() -> tuple[Select[str, str], ...]:
    """Whoever is to be looked up, the most urgent last. Built once: a tick asks every two seconds."""
    refused = (
        select(Person.workspace_id, Person.id)
        .join(Delivery, and_(Delivery.workspace_id == Person.workspace_id, Delivery.place == Person.id))
        .where(
            Delivery.state == State.FAILED,
            Delivery.reason.in_(REFUSED_PERSON),
            Delivery.ended_at > Person.refreshed_at,
            Person.is_active,
        )
        .order_by(Delivery.ended_at.desc())
    )
    turn = func.row_number().over(partition_by=Person.workspace_id, order_by=Person.refreshed_at)
    is_stale = Person.next_checkin_at.is_not(None) & (Person.refreshed_at < _SEEN_BEFORE)
    stale = select(Person.workspace_id, Person.id, turn.label("turn")).where(Person.is_active, is_stale).subquery()
    longest_ago = select(stale.c.workspace_id, stale.c.id).where(stale.c.turn == 1)
    found = select(Person.workspace_id, Person.id).where(Person.refreshed_at == STILL_TO_FOLLOW)
    return longest_ago, refused, found


_TO_LOOK_UP = _to_look_up()
