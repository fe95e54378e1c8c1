"""Reading what happened to an outcome: who changed what of it."""

from sqlalchemy import and_, select

from bot.db.database import Tx
from bot.outcomes.model import Change, Outcome
from bot.outcomes.queries import visible_outcomes
from bot.people.model import Person
from bot.people.rules import Viewer


def history_of(tx: Tx, viewer: Viewer, outcome_id: int, *, limit: int) -> list[tuple[Change, Person]]:
    """The newest lines of an outcome's history, with who made each; none when the viewer may not see it."""
    seen = visible_outcomes(viewer).where(Outcome.id == outcome_id).with_only_columns(Outcome.id)
    lines = (
        select(Change, Person)
        .join(Person, and_(Person.workspace_id == Change.workspace_id, Person.id == Change.actor_id))
        .where(Change.workspace_id == viewer.workspace_id, Change.outcome_id.in_(seen))
        .order_by(Change.id.desc())
        .limit(limit)
    )
    return [(change, person) for change, person in tx.execute(lines)]


def changes_since(tx: Tx, viewer: Viewer, outcome_id: int, *, version: int) -> list[tuple[Change, Person]]:
    """What was edited after a version, oldest first, with who did it."""
    lines = (
        select(Change, Person)
        .join(Person, and_(Person.workspace_id == Change.workspace_id, Person.id == Change.actor_id))
        .where(Change.workspace_id == viewer.workspace_id, Change.outcome_id == outcome_id, Change.version > version)
        .order_by(Change.id)
    )
    return [(change, person) for change, person in tx.execute(lines)]
