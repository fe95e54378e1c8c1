"""Whose decision it is time to look at, and what its decider was told of Rhythm's own accord."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.db.database import Tx
from bot.decisions.model import Decision, DecisionEvent
from bot.decisions.rules.reminders import Word
from bot.outbox.model import Delivery
from bot.outbox.rules import Kind
from bot.people.rules import Viewer

_MADE_DECIDER = ("opened", "reopened", "decider")
"""The lines of history after which somebody knows that they are to decide."""


@dataclass(frozen=True)
class Due:
    """A decision that is to be looked at, and who decides it: nobody when `decider` is None."""

    workspace_id: str
    decision_id: int
    decider: Viewer | None


def words_due(tx: Tx, *, now: datetime, limit: int) -> list[Due]:
    """The decisions whose deciders may be told something, the longest due first: a tick's, for nobody's eyes."""
    due = select(Decision.workspace_id, Decision.id, Decision.decider_id).where(Decision.next_word_at <= now)
    rows = tx.execute(due.order_by(Decision.next_word_at).limit(limit))
    return [Due(workspace_id, id_, Viewer(workspace_id, who) if who else None) for workspace_id, id_, who in rows]


def next_word_look(tx: Tx) -> datetime | None:
    """The earliest instant at which a decider may have to be told something: a tick's question, as above."""
    planned = Decision.next_word_at
    return tx.scalar(select(planned).where(planned.is_not(None)).order_by(planned).limit(1))


def claim_decision(tx: Tx, workspace_id: str, decision_id: int) -> Decision | None:
    """A decision, held until this transaction ends; None while somebody else is at it."""
    row = select(Decision).where(Decision.workspace_id == workspace_id, Decision.id == decision_id)
    return tx.scalars(row.with_for_update(skip_locked=True)).one_or_none()


def known_since(tx: Tx, decision: Decision) -> datetime:
    """Since when its decider knows that it is theirs to decide."""
    told = select(func.max(DecisionEvent.made_at)).where(
        DecisionEvent.workspace_id == decision.workspace_id,
        DecisionEvent.decision_id == decision.id,
        DecisionEvent.what.in_(_MADE_DECIDER),
    )
    return tx.scalar(told) or decision.created_at


def words_said(tx: Tx, decision: Decision) -> list[Delivery]:
    """What was said of a decision of Rhythm's own accord, to whomever, whatever became of it."""
    begins = f"decision:D{decision.id}:"
    said = select(Delivery).where(
        Delivery.workspace_id == decision.workspace_id,
        Delivery.kind == Kind.POST,
        # A range, which the index of the keys answers; ";" is what follows ":".
        Delivery.key >= begins,
        Delivery.key < f"{begins[:-1]};",
    )
    return [one for one in tx.scalars(said) if one.key.removeprefix(begins).partition(":")[0] in list(Word)]


def is_rewritten(tx: Tx, delivery: Delivery) -> bool:
    """Whether a message that was sent has been rewritten, or is to be."""
    follows = select(Delivery.id).where(
        Delivery.workspace_id == delivery.workspace_id,
        Delivery.follows_id == delivery.id,
        Delivery.kind == Kind.UPDATE,
    )
    return tx.scalar(follows.limit(1)) is not None
