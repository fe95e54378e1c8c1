"""Reading what happened to decisions, line by line."""

from sqlalchemy import Select, and_, select

from bot.db.database import Tx
from bot.decisions.model import Decision, DecisionEvent
from bot.decisions.queries import visible_decisions
from bot.people.model import Person
from bot.people.rules import Viewer


def history_of(tx: Tx, viewer: Viewer, decision_id: int, *, limit: int) -> list[tuple[DecisionEvent, Person]]:
    """The newest lines of a decision's history, with who did each; none when the viewer may not see it."""
    seen = visible_decisions(viewer).where(Decision.id == decision_id).with_only_columns(Decision.id)
    lines = _events(viewer).where(DecisionEvent.decision_id.in_(seen))
    return [(event, by) for event, by in tx.execute(lines.order_by(DecisionEvent.id.desc()).limit(limit))]


def changes_since(tx: Tx, viewer: Viewer, decision_id: int, *, version: int) -> list[tuple[DecisionEvent, Person]]:
    """What happened to a decision after a version, oldest first, with who did it."""
    lines = _events(viewer).where(DecisionEvent.decision_id == decision_id, DecisionEvent.version > version)
    return [(event, by) for event, by in tx.execute(lines.order_by(DecisionEvent.id))]


def _events(viewer: Viewer) -> Select[DecisionEvent, Person]:
    return (
        select(DecisionEvent, Person)
        .join(Person, and_(Person.workspace_id == DecisionEvent.workspace_id, Person.id == DecisionEvent.actor_id))
        .where(DecisionEvent.workspace_id == viewer.workspace_id)
    )
