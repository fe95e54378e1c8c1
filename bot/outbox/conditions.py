"""The rules of deliveries and lanes, said so that the database can answer them. Private to the outbox.

Statements made of these are built once, and executed with the `moments` of the day: building one takes longer than
answering it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, not_, or_
from sqlalchemy.orm import aliased

from bot.db.types import UtcDateTime
from bot.outbox.model import Delivery, Lane
from bot.outbox.rules import LEASE, PENDING, Kind, Pace, State

NOW = bindparam("now", type_=UtcDateTime())
_PLACE_OPENS_BY = bindparam("place_opens_by", type_=UtcDateTime())
_NO_LEASE_BEYOND = bindparam("no_lease_beyond", type_=UtcDateTime())
OPENS_BY = {kind: bindparam(f"{kind.value}_opens_by", type_=UtcDateTime()) for kind in Kind}
"""For each kind of call, until when its lane may be spent ahead of time."""


def moments(pace: Pace, now: datetime) -> dict[str, datetime]:
    """The instants that the conditions compare with, under their names."""
    return {
        **at(now),
        "place_opens_by": now + pace.channel_posts.tolerance,
        **{f"{kind.value}_opens_by": now + pace.of_kind(kind).tolerance for kind in Kind},
    }


def at(now: datetime) -> dict[str, datetime]:
    """The same, for conditions that know of no pace."""
    return {"now": now, "no_lease_beyond": now + 2 * LEASE}


parent = aliased(Delivery, name="parent")
is_parent = and_(parent.workspace_id == Delivery.workspace_id, parent.id == Delivery.follows_id)

_sibling = aliased(Delivery, name="sibling")
_is_other_update = and_(
    Delivery.kind == Kind.UPDATE,
    _sibling.workspace_id == Delivery.workspace_id,
    _sibling.follows_id == Delivery.follows_id,
    _sibling.kind == Kind.UPDATE,
    _sibling.id != Delivery.id,
)
_place_lane = aliased(Lane, name="place_lane")
_is_place_lane = and_(
    _place_lane.workspace_id == Delivery.workspace_id, _place_lane.name == f"{Kind.POST}:" + Delivery.place
)


def ready() -> ColumnElement[bool]:
    """Whether a row may be sent now, as far as the row, what it follows and its place's lane are concerned."""
    place_is_closed = _there_is(_place_lane, _is_place_lane, not_(is_open(_place_lane, _PLACE_OPENS_BY)))
    return and_(
        Delivery.state == State.OWED,
        Delivery.next_try_at <= NOW,
        Delivery.expires_at > NOW,
        or_(Delivery.follows_id.is_(None), parent_is(State.SENT)),
        or_(Delivery.kind == Kind.UPDATE, not_(place_is_closed)),
        not_(another_update_in_hand()),
        not_(newer_update()),
    )


def another_update_in_hand() -> ColumnElement[bool]:
    """Whether another update of the same message is on its way: the newest must be the last to arrive."""
    return _there_is(_sibling, _is_other_update, _sibling.state.in_((State.LEASED, State.POSTING)))


def newer_update() -> ColumnElement[bool]:
    """Whether a newer update of the same message makes this one pointless."""
    live = (*PENDING, State.SENT)
    return _there_is(_sibling, _is_other_update, _sibling.id > Delivery.id, _sibling.state.in_(live))


def parent_is(*states: State) -> ColumnElement[bool]:
    """Whether the message this one goes with is in one of these states."""
    return _there_is(parent, is_parent, parent.state.in_(states))


def is_open(lane: Any, opens_by: BindParameter[datetime]) -> ColumnElement[bool]:
    """`rules.opens_at(lane) <= now`."""
    unblocked = or_(lane.blocked_until.is_(None), lane.blocked_until <= NOW)
    return and_(lane.next_at <= opens_by, unblocked)


def lease_ran_out() -> ColumnElement[bool]:
    """`rules.lease_has_run_out`."""
    until = Delivery.leased_until
    return or_(until.is_(None), until <= NOW, until > _NO_LEASE_BEYOND)


def is_unknown() -> ColumnElement[bool]:
    """Whether a row was posted, or not: Slack's answer never came, and nobody is waiting for it any more."""
    return and_(Delivery.state == State.POSTING, lease_ran_out())


def _there_is(other: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(*conditions).correlate_except(other)
