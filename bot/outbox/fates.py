"""What became of deliveries, without their words: for the people they concern, and for operators. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, not_, or_, select

from bot.db.database import Tx
from bot.outbox.conditions import at, is_unknown
from bot.outbox.model import Delivery
from bot.outbox.rules import PENDING, TERMINAL, UNKNOWN, Kind, State, lease_has_run_out


@dataclass(frozen=True)
class Fate:
    """One delivery, and where it stands. What it says is never read: that is its reader's alone."""

    workspace_id: str
    key: str
    kind: Kind
    place: str
    state: State
    due_at: datetime
    expires_at: datetime
    next_try_at: datetime
    leased_until: datetime | None
    attempts: int
    channel: str | None
    ts: str | None
    sent_at: datetime | None
    ended_at: datetime | None
    reason: str | None

    def is_unknown(self, now: datetime) -> bool:
        """Whether it was posted, or not: Slack's answer never came."""
        return self.state == State.POSTING and lease_has_run_out(self.leased_until, now)

    def standing(self, now: datetime) -> str:
        """Its state, or *unknown*."""
        return UNKNOWN if self.is_unknown(now) else self.state


_COLUMNS = tuple(getattr(Delivery, field.name) for field in fields(Fate))
"""What is read of a row."""


def fates_at(
    tx: Tx, *, workspace_id: str, places: Collection[str], since: datetime, offset: int = 0, limit: int = 20
) -> list[Fate]:
    """What was, is or will be sent to these channels and people, due at that time or later; the latest due first.

    Rewritings of a message are left out, unless they came to nothing.
    """
    chosen = select(*_COLUMNS).where(*_told(workspace_id, places, since))
    newest = chosen.order_by(Delivery.due_at.desc(), Delivery.id.desc()).offset(offset).limit(limit)
    return [Fate(*row) for row in tx.execute(newest)]


def tally(tx: Tx, *, workspace_id: str, places: Collection[str], since: datetime) -> dict[State, int]:
    """How many of those stand where; a state with none is left out."""
    chosen = select(Delivery.state, func.count()).where(*_told(workspace_id, places, since)).group_by(Delivery.state)
    return dict(tx.execute(chosen).all())


def fates_standing(
    tx: Tx,
    *,
    standings: Collection[str] = (),
    workspace_id: str | None = None,
    prefix: str = "",
    limit: int = 50,
    now: datetime,
) -> list[Fate]:
    """For operators: what has not ended first, the longest due at the top; then what has, the newest first.

    Args:
        standings: any of `rules.STANDINGS`; none means all.
        workspace_id: one workspace's only.
        prefix: how the keys begin.
    """
    narrowed = [Delivery.key.startswith(prefix, autoescape=True)] if prefix else []
    if workspace_id is not None:
        narrowed.append(Delivery.workspace_id == workspace_id)
    if standings:
        narrowed.append(or_(*map(_stands, standings)))
    chosen = select(*_COLUMNS).where(*narrowed)
    open_first = chosen.where(Delivery.state.in_(PENDING)).order_by(Delivery.due_at, Delivery.id)
    found = tx.execute(open_first.limit(limit), at(now)).all()
    ended = chosen.where(Delivery.state.in_(TERMINAL)).order_by(Delivery.id.desc()).limit(limit - len(found))
    return [Fate(*row) for row in (*found, *tx.execute(ended, at(now)))]


def _stands(standing: str) -> ColumnElement[bool]:
    if standing == UNKNOWN:
        return is_unknown()
    in_state = Delivery.state == State(standing)
    return and_(in_state, not_(is_unknown())) if standing == State.POSTING else in_state


def _told(workspace_id: str, places: Collection[str], since: datetime) -> tuple[ColumnElement[bool], ...]:
    worth_telling = or_(Delivery.kind == Kind.POST, Delivery.state.in_((State.FAILED, State.EXPIRED)))
    return (
        Delivery.workspace_id == workspace_id,
        Delivery.place.in_(places),
        Delivery.due_at >= since,
        worth_telling,
    )
