"""Reading people. Everybody in a workspace may know who is in it."""

from sqlalchemy import select

from bot.db.database import Tx
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.slack.typed import as_read, people_in


def find_person(tx: Tx, viewer: Viewer, person_id: str) -> Person | None:
    """The person by that id in the viewer's workspace, or None while Rhythm has not met them."""
    return tx.get(Person, (viewer.workspace_id, person_id))


def people_by_id(tx: Tx, viewer: Viewer, ids: set[str]) -> dict[str, Person]:
    """Those of `ids` that Rhythm has met."""
    found = tx.scalars(select(Person).where(Person.workspace_id == viewer.workspace_id, Person.id.in_(ids)))
    return {person.id: person for person in found}


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
