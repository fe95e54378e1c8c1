"""How a sender takes hold of rows and writes to them. Private to the outbox.

A claim is a lease: a token and an instant until which others leave the row alone. Every later write compares the state
and the token, so that a sender whose lease was lost changes nothing. Lanes are claimed before rows: the workspace
served least recently goes first, however many messages another one has due.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select, update

from bot.db.database import Tx
from bot.outbox.conditions import NOW, OPENS_BY, at, is_open, is_parent, lease_ran_out, moments, parent, ready
from bot.outbox.model import Delivery, DirectChannel, Lane
from bot.outbox.queue import ensure_lane
from bot.outbox.rules import (
    LEASE,
    Kind,
    Pace,
    Rate,
    State,
    after_a_call,
    is_person,
    lane_of_place,
    may_become,
    opens_at,
)

_AS_IS = {"synchronize_session": False}  # no row is in the session when these statements change it


@dataclass
class Held:
    """A row in one sender's hands."""

    id: int
    workspace_id: str
    key: str
    uid: str
    kind: Kind
    place: str
    due_at: datetime
    attempts: int
    token: str
    state: State
    channel: str | None
    """Where it goes; None for a person whose direct channel is not known yet."""
    parent_uid: str | None
    parent_ts: str | None
    plain: bool


def claim_due(tx: Tx, *, pace: Pace, now: datetime) -> Held | None:
    """Leases the next message that may be sent now, and spends its slots in the lanes. None when there is none."""
    known = moments(pace, now)
    lane = tx.execute(_NEXT_LANE, known).scalar_one_or_none()
    if lane is None:
        return None
    kind = Kind(lane.name)
    in_lane = {**known, "workspace": lane.workspace_id, "kind": kind}
    held = _take(tx, _NEXT_IN_LANE, in_lane, State.LEASED, now)
    if held is not None:
        lane.next_at = after_a_call(lane.next_at, now, pace.of_kind(kind))
        if kind == Kind.POST:
            _spend(tx, held.workspace_id, lane_of_place(held.place), pace.channel_posts, now)
        tx.flush()
    return held


def claim_unknown(tx: Tx, *, now: datetime) -> Held | None:
    """Leases the next message whose fate is to be looked up now: posting, but past its answer."""
    return _take(tx, _NEXT_UNKNOWN, at(now), State.POSTING, now)


def take_slot(tx: Tx, workspace_id: str, name: str, rate: Rate, now: datetime) -> datetime | None:
    """Spends one call of a lane; None when that was possible, else the instant from which it will be."""
    ensure_lane(tx, workspace_id, name, now)
    lane = _lane(tx, workspace_id, name)
    opening = opens_at(lane.next_at, lane.blocked_until, rate)
    if opening > now:
        return opening
    lane.next_at = after_a_call(lane.next_at, now, rate)
    tx.flush()
    return None


def block_lane(tx: Tx, workspace_id: str, name: str, until: datetime, now: datetime) -> None:
    """Lets no call through the lane before `until`: Slack said so."""
    ensure_lane(tx, workspace_id, name, now)
    lane = _lane(tx, workspace_id, name)
    lane.blocked_until = until if lane.blocked_until is None else max(until, lane.blocked_until)
    tx.flush()


def move(tx: Tx, held: Held, after: State, **values: Any) -> bool:
    """Writes to a held row, unless it is no longer this sender's. Answers whether it was.

    Raises ValueError for a step the states do not allow.
    """
    return _write(tx, held, after, (), values)


def owe_again(tx: Tx, held: Held, *, next_try_at: datetime, now: datetime, **values: Any) -> bool:
    """Gives a row that is certainly not out back to be tried again, or ends it if it was cancelled meanwhile."""
    freed = {"lease_token": None, "leased_until": None}
    again = {**freed, "next_try_at": next_try_at, **values}
    if _write(tx, held, State.OWED, (Delivery.end_as.is_(None),), again):
        return True
    endings = (State.CANCELLED, State.WITHHELD)
    return any(_write(tx, held, end, (Delivery.end_as == end,), {**freed, "ended_at": now}) for end in endings)


def _write(
    tx: Tx, held: Held, after: State, conditions: tuple[ColumnElement[bool], ...], values: dict[str, Any]
) -> bool:
    if after != held.state and not may_become(held.state, after):
        raise ValueError(f"a delivery that is {held.state} cannot become {after}")
    mine = (Delivery.id == held.id, Delivery.state == held.state, Delivery.lease_token == held.token)
    change = update(Delivery).where(*mine, *conditions).values(state=after, **values).returning(Delivery.id)
    done = tx.execute(change, execution_options=_AS_IS)
    if done.scalar_one_or_none() is None:
        return False
    held.state = after
    return True


def _take(tx: Tx, query: Any, known: dict[str, Any], state: State, now: datetime) -> Held | None:
    row = tx.execute(query, known).one_or_none()
    if row is None:
        return None
    token = uuid4().hex
    attempts = row.attempts + (state == State.LEASED)
    lease = {"state": state, "lease_token": token, "leased_until": now + LEASE, "attempts": attempts}
    tx.execute(update(Delivery).where(Delivery.id == row.id).values(**lease), execution_options=_AS_IS)
    known = {**row._mapping, "attempts": attempts, "channel": row.channel or _own_channel(row.place)}
    return Held(**known, token=token, state=state)


def _columns() -> Any:
    """What a sender needs to know; not the content, so that a row with unreadable content does not stop the rest."""
    known = (Delivery.id, Delivery.workspace_id, Delivery.key, Delivery.uid, Delivery.kind, Delivery.place)
    own = (Delivery.due_at, Delivery.attempts, Delivery.plain)
    channel = func.coalesce(parent.channel, DirectChannel.channel, Delivery.channel).label("channel")
    parents = (parent.uid.label("parent_uid"), parent.ts.label("parent_ts"))
    return (
        select(*known, *own, *parents, channel)
        .outerjoin(parent, is_parent)
        .outerjoin(
            DirectChannel,
            and_(
                DirectChannel.workspace_id == Delivery.workspace_id,
                DirectChannel.person_id == Delivery.place,
            ),
        )
    )


def _first(*conditions: ColumnElement[bool]) -> Any:
    first = _columns().where(*conditions).order_by(Delivery.next_try_at, Delivery.id).limit(1)
    return first.with_for_update(of=Delivery, skip_locked=True)


def _next_lane() -> Any:
    open_lanes = or_(*(and_(Lane.name == kind.value, is_open(Lane, OPENS_BY[kind])) for kind in Kind))
    in_lane = and_(Delivery.workspace_id == Lane.workspace_id, Delivery.kind == Lane.name)
    due = exists().where(in_lane, ready()).correlate(Lane)
    return select(Lane).where(open_lanes, due).order_by(Lane.next_at).limit(1).with_for_update(skip_locked=True)


_NEXT_LANE = _next_lane()
_NEXT_IN_LANE = _first(
    Delivery.workspace_id == bindparam("workspace"),
    Delivery.kind == bindparam("kind", type_=Delivery.kind.type),
    ready(),
)
_NEXT_UNKNOWN = _first(Delivery.state == State.POSTING, lease_ran_out(), Delivery.next_try_at <= NOW)


def _lane(tx: Tx, workspace_id: str, name: str) -> Lane:
    query = select(Lane).where(Lane.workspace_id == workspace_id, Lane.name == name).with_for_update()
    return tx.execute(query.execution_options(populate_existing=True)).scalar_one()


def _spend(tx: Tx, workspace_id: str, name: str, rate: Rate, now: datetime) -> None:
    ensure_lane(tx, workspace_id, name, now)
    lane = _lane(tx, workspace_id, name)
    lane.next_at = after_a_call(lane.next_at, now, rate)


def _own_channel(place: str) -> str | None:
    """A channel is its own address; a person's must be asked for."""
    return None if is_person(place) else place
