"""What changes in the priorities room. Only admins may."""

from datetime import datetime

from bot.db.database import Tx
from bot.errors import Refused
from bot.people.rules import Viewer
from bot.priorities.model import Priority
from bot.priorities.queries import check_may_change_priorities, live_priorities
from bot.priorities.rules import AT_MOST, read_name, read_period
from bot.workspaces.actions import next_number


def add_priority(tx: Tx, viewer: Viewer, *, name: str, period: str, now: datetime) -> Priority:
    """Adds a priority below the others.

    Raises NotAllowed with who may, Refused when there are too many, FormRefused for a name or a period.
    """
    check_may_change_priorities(tx, viewer)
    # Taking the number first has two admins add one after the other, so that the second sees the first one's name.
    position = next_number(tx, workspace_id=viewer.workspace_id, kind="priority")
    live = live_priorities(tx, viewer)
    if len(live) >= AT_MOST:
        raise Refused(f"There are {len(live)} priorities already. Retire one before you add another.")
    priority = Priority(
        workspace_id=viewer.workspace_id,
        name=read_name(name, [other.name for other in live]),
        period=read_period(period),
        position=position,
        created_at=now,
        created_by=viewer.person_id,
    )
    tx.add(priority)
    tx.flush()
    return priority


def edit_priority(tx: Tx, viewer: Viewer, priority: Priority, *, name: str, period: str) -> None:
    """Changes what a priority says. Raises as `add_priority` does, and Refused when it is retired."""
    check_may_change_priorities(tx, viewer)
    _check_is_live(priority)
    others = [other.name for other in live_priorities(tx, viewer) if other.id != priority.id]
    priority.name, priority.period = read_name(name, others), read_period(period)
    tx.flush()


def retire_priority(tx: Tx, viewer: Viewer, priority: Priority, *, now: datetime) -> None:
    """Takes a priority off the list; the outcomes that serve it keep it.

    Raises NotAllowed with who may, Refused when it is retired already.
    """
    check_may_change_priorities(tx, viewer)
    _check_is_live(priority)
    priority.retired_at = now
    tx.flush()


def move_up(tx: Tx, viewer: Viewer, priority: Priority) -> None:
    """Puts a priority before the one above it; the first one stays.

    Raises NotAllowed with who may, Refused when it is retired.
    """
    check_may_change_priorities(tx, viewer)
    _check_is_live(priority)
    before = [other for other in live_priorities(tx, viewer) if other.position < priority.position]
    if before:
        above = before[-1]
        above.position, priority.position = priority.position, above.position
        tx.flush()


def _check_is_live(priority: Priority) -> None:
    if priority.retired_at is not None:
        raise Refused(f"{priority.name} is retired. /rhythm priorities shows the ones that count now.")
