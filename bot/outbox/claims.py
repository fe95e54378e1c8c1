"""How a sender takes hold of rows and writes to them. Private to the outbox.

A claim is a lease: a token and an instant until which others leave the row alone. Every later write compares the state
and the token, so that a sender whose lease was lost changes nothing. Lanes are claimed before rows: the workspace
served least recently goes first, however many messages another one has due.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Row, and_, bindparam, exists, func, or_, select, update

from bot.db.database import Tx, insert
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

AT_ONCE = 20
"""How many messages one claim takes at most. A process that is killed leaves as many to be looked for."""

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


def claim_due(tx: Tx, *, pace: Pace, now: datetime) -> list[Held]:
    """Leases the next messages that may be sent now, and spends their slots in the lanes. None when there are none.

    They are of one lane and for different places, `AT_ONCE` at most, and no more than the pace lets through at once.
    """
    known = moments(pace, now)
    lane = tx.execute(_NEXT_LANE, known).scalar_one_or_none()
    if lane is None:
        return []
    kind = Kind(lane.name)
    rows = tx.execute(_NEXT_IN_LANE, {**known, "workspace": lane.workspace_id, "kind": kind}).all()
    fitting = _fitting(lane, _one_a_place(rows) if kind == Kind.POST else rows, pace.of_kind(kind), now)
    if kind == Kind.POST:
        _spend(tx, lane.workspace_id, [lane_of_place(row.place) for row in fitting], pace.channel_posts, now)
    tx.flush()
    return _lease(tx, fitting, State.LEASED, now)


def claim_unknown(tx: Tx, *, now: datetime) -> Held | None:
    """Leases the next message whose fate is to be looked up now: posting, but past its answer."""
    rows = tx.execute(_NEXT_UNKNOWN, at(now)).all()
    return next(iter(_lease(tx, rows, State.POSTING, now)), None)


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


def move_all(
    tx: Tx, batch: Sequence[Held], after: State, own: Mapping[int, dict[str, Any]], **values: Any
) -> list[Held]:
    """The same for rows of one claim that stand alike. Answers those that were still this sender's.

    Args:
        own: the values that are each row's own, by its id; the same columns for all.
    """
    if not batch:
        return []
    _check(batch[0].state, after)
    state, token = batch[0].state, batch[0].token
    held_so = (Delivery.state == state, Delivery.lease_token == token)
    still = select(Delivery.id).where(Delivery.id.in_([held.id for held in batch]), *held_so).with_for_update()
    ids = set(tx.scalars(still))
    mine = [held for held in batch if held.id in ids]
    if mine:
        columns = {name: bindparam(f"own_{name}", type_=Delivery.__table__.c[name].type) for name in own[mine[0].id]}
        change = update(Delivery).where(Delivery.id == bindparam("row"), *held_so)
        rows = [{"row": held.id, **{f"own_{name}": value for name, value in own[held.id].items()}} for held in mine]
        tx.connection().execute(change.values(state=after, **columns, **values), rows)
    for held in mine:
        held.state = after
    return mine


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
    _check(held.state, after)
    mine = (Delivery.id == held.id, Delivery.state == held.state, Delivery.lease_token == held.token)
    change = update(Delivery).where(*mine, *conditions).values(state=after, **values).returning(Delivery.id)
    done = tx.execute(change, execution_options=_AS_IS)
    if done.scalar_one_or_none() is None:
        return False
    held.state = after
    return True


def _check(before: State, after: State) -> None:
    if after != before and not may_become(before, after):
        raise ValueError(f"a delivery that is {before} cannot become {after}")


def _one_a_place(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """The first row of each place: two in the same moment would be one too many for its lane."""
    return list({row.place: row for row in reversed(rows)}.values())[::-1]


def _fitting(lane: Lane, rows: Sequence[Row[Any]], rate: Rate, now: datetime) -> list[Row[Any]]:
    """The first rows, as many as the lane lets through now; spends their slots."""
    fitting = []
    for row in rows:
        if opens_at(lane.next_at, lane.blocked_until, rate) > now:
            break
        lane.next_at = after_a_call(lane.next_at, now, rate)
        fitting.append(row)
    return fitting


def _lease(tx: Tx, rows: Sequence[Row[Any]], state: State, now: datetime) -> list[Held]:
    if not rows:
        return []
    token, attempt = uuid4().hex, int(state == State.LEASED)
    lease = {"state": state, "lease_token": token, "leased_until": now + LEASE, "attempts": Delivery.attempts + attempt}
    tx.execute(
        update(Delivery).where(Delivery.id.in_([row.id for row in rows])).values(**lease), execution_options=_AS_IS
    )
    return [_held(row, row.attempts + attempt, token, state) for row in rows]


def _held(row: Row[Any], attempts: int, token: str, state: State) -> Held:
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


def _first(count: int, *conditions: ColumnElement[bool]) -> Any:
    first = _columns().where(*conditions).order_by(Delivery.next_try_at, Delivery.id).limit(count)
    return first.with_for_update(of=Delivery, skip_locked=True)


def _next_lane() -> Any:
    open_lanes = or_(*(and_(Lane.name == kind.value, is_open(Lane, OPENS_BY[kind])) for kind in Kind))
    in_lane = and_(Delivery.workspace_id == Lane.workspace_id, Delivery.kind == Lane.name)
    due = exists().where(in_lane, ready()).correlate(Lane)
    return select(Lane).where(open_lanes, due).order_by(Lane.next_at).limit(1).with_for_update(skip_locked=True)


_NEXT_LANE = _next_lane()
_NEXT_IN_LANE = _first(
    AT_ONCE,
    Delivery.workspace_id == bindparam("workspace"),
    Delivery.kind == bindparam("kind", type_=Delivery.kind.type),
    ready(),
)
_NEXT_UNKNOWN = _first(1, Delivery.state == State.POSTING, lease_ran_out(), Delivery.next_try_at <= NOW)


def _lane(tx: Tx, workspace_id: str, name: str) -> Lane:
    query = select(Lane).where(Lane.workspace_id == workspace_id, Lane.name == name).with_for_update()
    return tx.execute(query.execution_options(populate_existing=True)).scalar_one()


def _spend(tx: Tx, workspace_id: str, names: Sequence[str], rate: Rate, now: datetime) -> None:
    """Spends a call of each of these lanes. Whoever does so holds the workspace's own lane, so nobody else does."""
    if not names:
        return
    so_far = select(Lane.name, Lane.next_at).where(Lane.workspace_id == workspace_id, Lane.name.in_(names))
    next_at = {lane.name: lane.next_at for lane in tx.execute(so_far)}
    spent = insert(tx, Lane)
    again = spent.on_conflict_do_update(
        index_elements=["workspace_id", "name"], set_={"next_at": spent.excluded.next_at}
    )
    lanes = [{"name": name, "next_at": after_a_call(next_at.get(name, now), now, rate)} for name in names]
    tx.execute(again, [{"workspace_id": workspace_id, **lane} for lane in lanes])


def _own_channel(place: str) -> str | None:
    """A channel is its own address; a person's must be asked for."""
    return None if is_person(place) else place
