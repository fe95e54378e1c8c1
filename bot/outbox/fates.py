"""What became of deliveries, without their words: for the people they concern, and for operators. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from bot.db.database import Tx
from bot.outbox.model import Delivery
from bot.outbox.rules import Kind, State, lease_has_run_out


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


COLUMNS = tuple(getattr(Delivery, field.name) for field in fields(Fate))
"""What is read of a row."""


def fates_at(
    tx: Tx, *, workspace_id: str, places: Collection[str], since: datetime, offset: int = 0, limit: int = 20
) -> list[Fate]:
    """What was, is or will be sent to these channels and people, due at that time or later; the latest due first.

    Rewritings of a message are left out, unless they came to nothing.
    """
    chosen = select(*COLUMNS).where(*_told(workspace_id, places, since))
    newest = chosen.order_by(Delivery.due_at.desc(), Delivery.id.desc()).offset(offset).limit(limit)
    return [Fate(*row) for row in tx.execute(newest)]


def tally(tx: Tx, *, workspace_id: str, places: Collection[str], since: datetime) -> dict[State, int]:
    """How many of those stand where; a state with none is left out."""
    chosen = select(Delivery.state, func.count()).where(*_told(workspace_id, places, since)).group_by(Delivery.state)
    return dict(tx.execute(chosen).all())


def _told(workspace_id: str, places: Collection[str], since: datetime) -> tuple[ColumnElement[bool], ...]:
    worth_telling = or_(Delivery.kind == Kind.POST, Delivery.state.in_((State.FAILED, State.EXPIRED)))
    return (
        Delivery.workspace_id == workspace_id,
        Delivery.place.in_(places),
        Delivery.due_at >= since,
        worth_telling,
    )
