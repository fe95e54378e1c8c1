"""What the rest of the house asks of the outbox: owe a message, rewrite it, stop it.

Every one takes the caller's transaction, so that the fact and the message it owes are saved together or not at all.
"""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select, update

from bot.db.database import Tx, insert
from bot.outbox.model import LONGEST_KEY, Delivery, Lane
from bot.outbox.rules import ENDED_UNSENT, REPLACED, Kind, State
from bot.slack.message import Message


def enqueue(
    tx: Tx,
    *,
    workspace_id: str,
    key: str,
    place: str,
    message: Message,
    due_at: datetime,
    expires_at: datetime,
    now: datetime,
    thread_of: str | None = None,
) -> Delivery:
    """Owes one message, once for ever under this key.

    The same key again refreshes content, place and times while nobody has tried to send it; after that, and after it
    was cancelled, the row is returned as it stands. Safe against another transaction doing the same.

    Args:
        place: a channel, or a person for a direct message.
        expires_at: when it stops being of use; unsent by then, it is recorded as expired.
        thread_of: the key of the delivery in whose thread it goes; it waits for that one, and goes where that one went.

    Raises ValueError for a key over 200 characters, LookupError when `thread_of` names no delivery.
    """
    if len(key) > LONGEST_KEY:
        raise ValueError(f"a delivery's key has at most {LONGEST_KEY} characters")
    follows = None if thread_of is None else _delivery(tx, workspace_id, thread_of)
    if thread_of is not None and follows is None:
        raise LookupError(f"no delivery has the key {thread_of}")
    fresh: dict[str, Any] = {
        "place": place if follows is None else follows.place,
        "follows_id": None if follows is None else follows.id,
        "text": message.text,
        "blocks": message.blocks,
        "plain": False,
        "due_at": due_at,
        "expires_at": expires_at,
        "next_try_at": due_at,
    }
    ensure_lane(tx, workspace_id, Kind.POST, now)
    row = insert(tx, Delivery).values(**fresh, **_new(workspace_id, key, Kind.POST, now))
    untouched = (Delivery.state == State.OWED) & (Delivery.attempts == 0)
    tx.execute(row.on_conflict_do_update(index_elements=["workspace_id", "key"], set_=fresh, where=untouched))
    return _delivery_there(tx, workspace_id, key)


def revise(
    tx: Tx, *, workspace_id: str, key: str, message: Message, now: datetime, expires_at: datetime
) -> Delivery | None:
    """Owes a rewriting of the message posted under `key`, and replaces an earlier one still owed.

    A message still owed itself simply gets the new content. Answers the delivery that now carries the content, or
    None when there is nothing to rewrite: no such message, or it ended without being sent.
    """
    original = _delivery(tx, workspace_id, key, lock=True)
    if original is None or original.state in ENDED_UNSENT:
        return None
    if original.state == State.OWED:
        original.text, original.blocks, original.plain = message.text, message.blocks, False
        tx.flush()
        return original
    updates = (Delivery.workspace_id == workspace_id, Delivery.follows_id == original.id, Delivery.kind == Kind.UPDATE)
    replaced = {"state": State.CANCELLED, "reason": REPLACED, "ended_at": now}
    tx.execute(update(Delivery).where(*updates, Delivery.state == State.OWED).values(**replaced))
    number = tx.execute(select(func.count()).select_from(Delivery).where(*updates)).scalar_one() + 1
    revision = Delivery(
        **_new(workspace_id, f"{key}#r{number}", Kind.UPDATE, now),
        place=original.place,
        follows_id=original.id,
        text=message.text,
        blocks=message.blocks,
        due_at=now,
        expires_at=expires_at,
        next_try_at=now,
    )
    ensure_lane(tx, workspace_id, Kind.UPDATE, now)
    tx.add(revision)
    tx.flush()
    return revision


def cancel(tx: Tx, *, workspace_id: str, key: str, reason: str, now: datetime) -> bool:
    """Stops a message that is no longer true. Answers whether it was stopped for certain.

    False when there is none, when it has ended already, or when it may already be on its way: then it is not tried
    again, should it turn out not to have arrived.
    """
    return _end(tx, workspace_id, key, State.CANCELLED, reason=reason, now=now)


def withhold(tx: Tx, *, workspace_id: str, key: str, reason: str, now: datetime) -> bool:
    """Keeps back a message that is true but not wanted now: its person is away, say. Answers as `cancel` does."""
    return _end(tx, workspace_id, key, State.WITHHELD, reason=reason, now=now)


def ensure_lane(tx: Tx, workspace_id: str, name: str, now: datetime) -> None:
    """Makes sure the lane has its row."""
    row = {"workspace_id": workspace_id, "name": str(name), "next_at": now}
    tx.execute(insert(tx, Lane).values(row).on_conflict_do_nothing())


def _end(tx: Tx, workspace_id: str, key: str, ending: State, *, reason: str, now: datetime) -> bool:
    delivery = _delivery(tx, workspace_id, key, lock=True)
    if delivery is None:
        return False
    stopped = delivery.state in {State.OWED, State.LEASED}
    if stopped:
        delivery.state, delivery.reason, delivery.ended_at = ending, reason, now
        delivery.lease_token, delivery.leased_until = None, None
    elif delivery.state == State.POSTING:
        delivery.end_as, delivery.reason = ending, reason
    tx.flush()
    return stopped


def _delivery(tx: Tx, workspace_id: str, key: str, *, lock: bool = False) -> Delivery | None:
    query = select(Delivery).where(Delivery.workspace_id == workspace_id, Delivery.key == key)
    if lock:
        query = query.with_for_update()
    return tx.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()


def _delivery_there(tx: Tx, workspace_id: str, key: str) -> Delivery:
    delivery = _delivery(tx, workspace_id, key)
    assert delivery is not None
    return delivery


def _new(workspace_id: str, key: str, kind: Kind, now: datetime) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "key": key,
        "uid": uuid4().hex,
        "kind": kind,
        "state": State.OWED,
        "created_at": now,
        "attempts": 0,
        "looks": 0,
        "look_page": "",
    }
