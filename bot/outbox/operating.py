"""What an operator may change by hand, in the caller's transaction. The row's reason says who did it."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import select

from bot.db.database import Tx
from bot.errors import NotFound, Refused
from bot.outbox.model import Delivery
from bot.outbox.queue import cancel
from bot.outbox.rules import (
    ENDED_UNSENT,
    LOOK_AFTER,
    REVIVABLE,
    TERMINAL,
    Kind,
    State,
    reason_called_off,
    reason_retried,
)

log = structlog.get_logger(__name__)


def retry(tx: Tx, *, workspace_id: str, key: str, by: str, lasts: timedelta, now: datetime) -> Delivery:
    """Owes a message again that failed or expired, for `lasts` from now at least.

    What was ever on its way to Slack is looked for first, as after any posting whose answer never came: it is not
    posted again unless two looks do not find it.

    Raises NotFound, and Refused with the reason for a message that is out, may be, is still tried or is not wanted.
    """
    row = _held(tx, workspace_id, key)
    _check_may_retry(tx, row)
    posted_at = row.intent_at if row.kind == Kind.POST else None
    row.reason = reason_retried(by, row.state, row.reason)
    row.state = State.OWED if posted_at is None else State.POSTING
    row.next_try_at = now if posted_at is None else max(now, posted_at + LOOK_AFTER)
    row.expires_at = max(row.expires_at, now + lasts)
    row.looks, row.last_look_at, row.ended_at = 0, None, None
    tx.flush()
    log.info("retried by hand", workspace=workspace_id, delivery=key, by=by, state=row.state)
    return row


def call_off(tx: Tx, *, workspace_id: str, key: str, by: str, now: datetime) -> bool:
    """Cancels a message that is still owed. Answers whether that is certain.

    False for one that may be on its way: then it is not tried again, should it turn out not to have arrived.
    Raises NotFound, and Refused for a message that has ended.
    """
    row = _held(tx, workspace_id, key)
    if row.state in TERMINAL:
        raise Refused(f"{key} is {row.state} already: there is nothing left to cancel.")
    stopped = cancel(tx, workspace_id=workspace_id, key=key, reason=reason_called_off(by), now=now)
    log.info("cancelled by hand", workspace=workspace_id, delivery=key, by=by, certain=stopped)
    return stopped


def workspace_of(tx: Tx, key: str, named: str | None) -> str:
    """The workspace whose delivery has this key: the one `named`, or the only one that has it.

    Raises NotFound, and Refused when several have it.
    """
    found = sorted(tx.scalars(select(Delivery.workspace_id).where(Delivery.key == key)))
    if named is not None:
        found = [workspace_id for workspace_id in found if workspace_id == named]
    if not found:
        raise NotFound(f"No delivery{f' of {named}' if named else ''} has the key {key}.")
    if len(found) > 1:
        raise Refused(f"Several workspaces have the key {key}: {', '.join(found)}. Say which with --workspace.")
    return found[0]


def _check_may_retry(tx: Tx, row: Delivery) -> None:
    if row.state == State.SENT:
        raise Refused(f"{row.key} was sent. Rhythm never sends a message twice.")
    if row.state in (State.OWED, State.LEASED):
        raise Refused(f"{row.key} is owed, and is tried by itself: {row.reason or 'nothing stands in its way'}.")
    if row.state == State.POSTING:
        raise Refused(f"{row.key} may be out. Rhythm looks for it, and sends it again only if it is not there.")
    if row.state not in REVIVABLE or row.end_as is not None:
        raise Refused(f"{row.key} is not wanted any more: {row.reason or row.end_as or row.state}")
    first = tx.get(Delivery, row.follows_id) if row.follows_id else None
    if first is not None and first.state in ENDED_UNSENT:
        raise Refused(f"{row.key} goes with {first.key}, which was not sent. Retry that one first.")


def _held(tx: Tx, workspace_id: str, key: str) -> Delivery:
    query = select(Delivery).where(Delivery.workspace_id == workspace_id, Delivery.key == key).with_for_update()
    row = tx.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
    if row is None:
        raise NotFound(f"No delivery of {workspace_id} has the key {key}.")
    return row
