"""Reading priorities. They are the company's: everybody in it may see them, its guests may not."""

from sqlalchemy import ColumnElement, and_, exists, select

from bot.db.database import Tx
from bot.errors import NotAllowed
from bot.people.model import Person
from bot.people.queries import find_admin, find_person
from bot.people.rules import Viewer
from bot.priorities.model import Priority


def is_priority_visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """The visibility rule, for a statement that reads from `priority`."""
    is_full_member = exists().where(
        Person.workspace_id == viewer.workspace_id, Person.id == viewer.person_id, Person.is_guest.is_(False)
    )
    return and_(Priority.workspace_id == viewer.workspace_id, is_full_member)


def live_priorities(tx: Tx, viewer: Viewer) -> list[Priority]:
    """The priorities that are not retired, the first one first; none for a guest."""
    live = select(Priority).where(is_priority_visible_to(viewer), Priority.retired_at.is_(None))
    return list(tx.scalars(live.order_by(Priority.position, Priority.id)))


def find_priority(tx: Tx, viewer: Viewer, priority_id: int) -> Priority | None:
    """The priority by that id, live or retired, if the viewer may see it."""
    chosen = select(Priority).where(Priority.id == priority_id, is_priority_visible_to(viewer))
    return tx.scalars(chosen).one_or_none()


def may_change_priorities(tx: Tx, viewer: Viewer) -> bool:
    """Whether the viewer may add, edit, order and retire priorities: the workspace's admins may."""
    person = find_person(tx, viewer, viewer.person_id)
    return person is not None and person.is_admin


def check_may_change_priorities(tx: Tx, viewer: Viewer) -> None:
    """Raises NotAllowed, saying who may, unless the viewer may change priorities."""
    if not may_change_priorities(tx, viewer):
        raise NotAllowed(f"Priorities are the company's. {who_may_change(tx, viewer)} can change them.")


def who_may_change(tx: Tx, viewer: Viewer) -> str:
    """Who may change priorities, to begin a sentence with: an admin by name where one is known."""
    admin = find_admin(tx, viewer)
    return f"{admin.name} or another admin" if admin else "An admin of this workspace"
