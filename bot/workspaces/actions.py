"""What changes in the workspaces room."""

from datetime import datetime

from sqlalchemy import delete

from bot.db.database import Tx, insert
from bot.workspaces.model import Counter, Gesture, Workspace


def remember_workspace(tx: Tx, *, workspace_id: str, name: str, bot_user_id: str, now: datetime) -> Workspace:
    """Notes the workspace that the bot's token belongs to; a later start refreshes its name."""
    workspace = tx.get(Workspace, workspace_id)
    if workspace is None:
        workspace = Workspace(id=workspace_id, created_at=now)
        tx.add(workspace)
    workspace.name, workspace.bot_user_id = name, bot_user_id
    tx.flush()
    return workspace


def next_number(tx: Tx, *, workspace_id: str, kind: str) -> int:
    """The next number of its kind, from 1. Two transactions never get the same one; a rolled-back one leaves no gap."""
    first = insert(tx, Counter).values(workspace_id=workspace_id, kind=kind, last=1)
    count = first.on_conflict_do_update(
        index_elements=["workspace_id", "kind"], set_={"last": Counter.last + 1}
    ).returning(Counter.last)
    number: int = tx.execute(count).scalar_one()
    return number


def is_first_time(tx: Tx, *, workspace_id: str, gesture: str, now: datetime) -> bool:
    """Whether this gesture of a person is new, noting it.

    Slack, a network or a quick finger can deliver the same form or message twice; the second is then not acted upon.
    Of two transactions at once, the later one waits for the first.

    Args:
        gesture: what makes it the same one: a view's id and hash, or a message's `client_msg_id`.
    """
    note = insert(tx, Gesture).values(workspace_id=workspace_id, gesture=gesture[:255], heard_at=now)
    return tx.execute(note.on_conflict_do_nothing().returning(Gesture.gesture)).one_or_none() is not None


def forget_gestures(tx: Tx, *, before: datetime) -> int:
    """Drops the gestures heard before then, which nobody will repeat. Answers how many."""
    return len(tx.execute(delete(Gesture).where(Gesture.heard_at < before).returning(Gesture.gesture)).all())
