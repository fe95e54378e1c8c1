"""What becomes of rows by the mere passing of time. Private to the outbox; every replica does it, a batch at a time."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_, select, update

from bot.db.database import Tx
from bot.db.types import UtcDateTime
from bot.outbox.conditions import NOW, at, lease_ran_out, newer_update, parent_is
from bot.outbox.model import Delivery, Lane
from bot.outbox.rules import ENDED_UNSENT, LONGEST_LANE_WAIT, LONGEST_WAIT, ORPHANED, REPLACED, State, reason_expired

_BATCH = 50


def tidy(tx: Tx, *, now: datetime) -> int:
    """Frees what a vanished sender had leased, ends what is no longer of use. Answers how many rows it changed."""
    return sum(
        (
            _free_abandoned(tx, now),
            _expire(tx, now),
            _drop(tx, _REPLACED, REPLACED, now),
            _drop(tx, _ORPHANED, ORPHANED, now),
            _mend_times(tx, now),
        )
    )


def _free_abandoned(tx: Tx, now: datetime) -> int:
    freed = {"state": State.OWED, "lease_token": None, "leased_until": None, "next_try_at": now}
    return _change(tx, [row.id for row in tx.execute(_ABANDONED, at(now))], freed)


def _expire(tx: Tx, now: datetime) -> int:
    expired = tx.execute(_EXPIRED, at(now)).all()
    for row in expired:
        reason = reason_expired(row.reason)
        _change(tx, [row.id], {"state": State.EXPIRED, "reason": reason, "ended_at": now})
    return len(expired)


def _drop(tx: Tx, pointless: Any, reason: str, now: datetime) -> int:
    rows = tx.execute(pointless, at(now)).all()
    return _change(tx, [row.id for row in rows], {"state": State.CANCELLED, "reason": reason, "ended_at": now})


def _mend_times(tx: Tx, now: datetime) -> int:
    """Forgets waits that only a wrong clock, since set right, can have written."""
    furthest = {"furthest": now + LONGEST_WAIT, "furthest_lane": now + LONGEST_LANE_WAIT}
    stuck = tx.execute(_STUCK, furthest).all()
    tx.execute(_SET_LANES_RIGHT, {"now": now, **furthest}, execution_options={"synchronize_session": False})
    return _change(tx, [row.id for row in stuck], {"next_try_at": now})


def _some(rows: ColumnElement[bool]) -> Any:
    columns = (Delivery.id, Delivery.reason)
    return select(*columns).where(rows).limit(_BATCH).with_for_update(of=Delivery, skip_locked=True)


def _change(tx: Tx, ids: list[int], values: dict[str, Any]) -> int:
    if ids:
        tx.execute(update(Delivery).where(Delivery.id.in_(ids)).values(**values))
    return len(ids)


_FOLLOWER_DUE = and_(Delivery.state == State.OWED, Delivery.next_try_at <= NOW, Delivery.follows_id.is_not(None))
_ABANDONED = _some(and_(Delivery.state == State.LEASED, lease_ran_out()))
_EXPIRED = _some(and_(Delivery.state == State.OWED, Delivery.expires_at <= NOW))
_REPLACED = _some(and_(_FOLLOWER_DUE, newer_update()))
_ORPHANED = _some(and_(_FOLLOWER_DUE, parent_is(*ENDED_UNSENT)))

_FURTHEST = bindparam("furthest", type_=UtcDateTime())
_FURTHEST_LANE = bindparam("furthest_lane", type_=UtcDateTime())
_TRIED = or_(and_(Delivery.state == State.OWED, Delivery.attempts > 0), Delivery.state == State.POSTING)
_STUCK = _some(and_(_TRIED, Delivery.next_try_at > _FURTHEST))
_SET_LANES_RIGHT = (
    update(Lane)
    .where(or_(Lane.next_at > _FURTHEST_LANE, Lane.blocked_until > _FURTHEST))
    .values(next_at=NOW, blocked_until=None)
)
