"""What changes in the obstacles room. Each change leaves a line in the history of the outcome."""

from dataclasses import dataclass
from datetime import datetime

from bot.db.database import Tx
from bot.errors import FormRefused
from bot.obstacles.model import Obstacle
from bot.obstacles.queries import (
    ObstacleView,
    check_may_change_obstacle,
    check_may_resolve,
    check_stands,
    find_obstacle,
)
from bot.obstacles.rules import TEXT_LIMIT
from bot.outcomes.actions.history import record
from bot.outcomes.actions.writing import check_owner
from bot.outcomes.queries import Brief, find_outcome_by_id
from bot.outcomes.queries.allowed import check_is_live
from bot.people.model import Person
from bot.people.rules import Viewer


@dataclass(frozen=True)
class Told:
    """An obstacle as somebody told it: what it is, who sees to it, and whether it needs a decision."""

    text: str
    owner: Person
    needs_decision: bool = False


def raise_obstacle(tx: Tx, viewer: Viewer, brief: Brief, told: Told, *, link: str = "", now: datetime) -> ObstacleView:
    """Writes down what stands in an outcome's way. Whoever can see the outcome may.

    Args:
        link: the message it was raised from, or empty.

    Raises FormRefused for words that are missing or too many and for somebody who cannot see to it, Refused when the
    outcome is closed.
    """
    check_is_live(brief)
    _check(tx, brief, told)
    obstacle = Obstacle(
        workspace_id=viewer.workspace_id,
        outcome_id=brief.outcome.id,
        text=told.text,
        owner_id=told.owner.id,
        needs_decision=told.needs_decision,
        link=link,
        raised_at=now,
        raised_by=viewer.person_id,
        resolution="",
    )
    tx.add(obstacle)
    tx.flush()
    record(tx, viewer, brief.outcome, "obstacle raised", after=_written(told), now=now)
    return find_obstacle(tx, viewer, obstacle.id)


def change_obstacle(tx: Tx, viewer: Viewer, obstacle_id: int, told: Told, *, now: datetime) -> ObstacleView:
    """Rewords an obstacle, gives it to somebody else, or says whether it needs a decision.

    Raises NotAllowed with who may, Refused once it is resolved, FormRefused as `raise_obstacle` does.
    """
    view = _held(tx, viewer, obstacle_id)
    check_may_change_obstacle(viewer, view)
    check_stands(view)
    _check(tx, view.brief, told)
    obstacle = view.obstacle
    before = _written(Told(obstacle.text, view.owner, obstacle.needs_decision))
    obstacle.text, obstacle.owner_id, obstacle.needs_decision = told.text, told.owner.id, told.needs_decision
    tx.flush()
    if before != _written(told):
        record(tx, viewer, view.brief.outcome, "obstacle changed", before=before, after=_written(told), now=now)
    return find_obstacle(tx, viewer, obstacle_id)


def resolve_obstacle(tx: Tx, viewer: Viewer, obstacle_id: int, resolution: str, *, now: datetime) -> ObstacleView:
    """Says what resolved an obstacle: activity on its outcome.

    Raises NotAllowed with who may, Refused once it is resolved, FormRefused without a word on what resolved it.
    """
    view = _held(tx, viewer, obstacle_id)
    check_may_resolve(view)
    check_stands(view)
    _check_words("resolution", resolution, "Say what resolved it, so that the next one who meets it knows.")
    obstacle, outcome = view.obstacle, find_outcome_by_id(tx, viewer, view.obstacle.outcome_id, hold=True).outcome
    obstacle.resolved_at, obstacle.resolved_by, obstacle.resolution = now, viewer.person_id, resolution
    tx.flush()
    record(tx, viewer, outcome, "obstacle resolved", before=obstacle.text, after=resolution, now=now)
    return find_obstacle(tx, viewer, obstacle_id)


def _held(tx: Tx, viewer: Viewer, obstacle_id: int) -> ObstacleView:
    """The obstacle as it is now, and nobody else's to change until this transaction ends."""
    view = find_obstacle(tx, viewer, obstacle_id)
    tx.refresh(view.obstacle, with_for_update=True)
    return view


def _check(tx: Tx, brief: Brief, told: Told) -> None:
    _check_words("text", told.text, "Say what stands in the way.")
    if told.owner.id != brief.owner.id:
        check_owner(tx, brief.team, told.owner)


def _check_words(field: str, words: str, missing: str) -> None:
    if not words:
        raise FormRefused({field: missing})
    if len(words) > TEXT_LIMIT:
        raise FormRefused({field: f"This is {len(words):,} characters; please stay within {TEXT_LIMIT:,}."})


def _written(told: Told) -> str:
    """An obstacle as the history writes it."""
    decision = "; needs a decision" if told.needs_decision else ""
    return f"{told.text} ({told.owner.name} sees to it{decision})"
