"""Reading obstacles. An obstacle is seen by those who see the outcome it stands in the way of."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import aliased

from bot.db.database import Tx
from bot.errors import NotAllowed, NotFound, Refused
from bot.obstacles.model import Obstacle
from bot.outcomes.model import Outcome
from bot.outcomes.queries import Brief, visible_outcomes
from bot.outcomes.queries.allowed import may_change
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.teams.model import Team

MOST_CHOICES = 100

_sees_to = aliased(Person)
_of_outcome = and_(Obstacle.workspace_id == Outcome.workspace_id, Obstacle.outcome_id == Outcome.id)
_seen_to = and_(_sees_to.workspace_id == Obstacle.workspace_id, _sees_to.id == Obstacle.owner_id)


@dataclass(frozen=True)
class Answer:
    """The decision that was asked for because of an obstacle, as the decisions room tells of it.

    Args:
        decider: the name of who decides it; empty while nobody does.
        choice: what was chosen; empty while it is open, and when it ended without.
    """

    decision_id: int
    key: str
    state: str
    decider: str = ""
    needed_by_on: date | None = None
    choice: str = ""
    is_over: bool = False
    """Whether it ended without an answer, so that another one may be asked for."""


@dataclass(frozen=True)
class ObstacleView:
    """An obstacle as somebody sees it: with its outcome, who sees to it, and whether this viewer may say it is gone."""

    obstacle: Obstacle
    brief: Brief
    owner: Person
    may_resolve: bool
    answer: Answer | None = None
    """The decision that was asked for because of it; None also where nobody looked, as this room cannot."""


def find_obstacle(tx: Tx, viewer: Viewer, obstacle_id: int) -> ObstacleView:
    """The obstacle by its id. Raises NotFound when there is none that the viewer may see."""
    found = _obstacles(tx, viewer, Obstacle.id == obstacle_id)
    if not found:
        raise NotFound("That obstacle is not there any more, or you cannot see it.")
    return found[0]


def obstacles_on(tx: Tx, viewer: Viewer, outcome_id: int) -> list[ObstacleView]:
    """What stands in the way of an outcome now, the oldest first."""
    return _obstacles(tx, viewer, Obstacle.outcome_id == outcome_id, Obstacle.resolved_at.is_(None))


def obstacles_of(tx: Tx, viewer: Viewer) -> list[ObstacleView]:
    """What the viewer sees to and still stands in the way of a live outcome, the oldest first."""
    mine = (Obstacle.owner_id == viewer.person_id, Obstacle.resolved_at.is_(None), Outcome.closed_at.is_(None))
    return _obstacles(tx, viewer, *mine)


def may_change_obstacle(viewer: Viewer, view: ObstacleView) -> bool:
    """Whether the viewer may reword it or give it to somebody else: whoever raised it may, too."""
    return view.may_resolve or view.obstacle.raised_by == viewer.person_id


def check_may_resolve(view: ObstacleView) -> None:
    """Raises NotAllowed, saying who may, unless the viewer of this view may resolve it."""
    if not view.may_resolve:
        raise NotAllowed(_who_may(view, "say that this is resolved"))


def check_may_change_obstacle(viewer: Viewer, view: ObstacleView) -> None:
    """Raises NotAllowed, saying who may, unless the viewer may change it."""
    if not may_change_obstacle(viewer, view):
        raise NotAllowed(_who_may(view, "change this, and so can whoever raised it"))


def check_stands(view: ObstacleView) -> None:
    """Raises Refused, with what resolved it, when it is resolved already."""
    if view.obstacle.resolved_at is not None:
        raise Refused(f"This is resolved already: {view.obstacle.resolution}")


def outcomes_to_choose(tx: Tx, viewer: Viewer, channel_id: str) -> list[Outcome]:
    """The live outcomes that words in a channel may be about: the viewer's own, then those of its team, then the rest.

    At most MOST_CHOICES; in each part the soonest due first.
    """
    is_mine, is_here = Outcome.owner_id == viewer.person_id, Team.channel_id == channel_id
    live = visible_outcomes(viewer).where(Outcome.closed_at.is_(None))
    order = (is_mine.desc(), is_here.desc(), Outcome.due_on, Outcome.number)
    return list(tx.scalars(live.with_only_columns(Outcome).order_by(*order).limit(MOST_CHOICES)))


def _who_may(view: ObstacleView, doing: str) -> str:
    outcome = view.brief
    who = dict.fromkeys([view.owner.name, outcome.owner.name])
    return f"{', '.join(who)}, the lead of {outcome.team.name} or an admin can {doing}."


def _obstacles(tx: Tx, viewer: Viewer, *wanted: ColumnElement[bool]) -> list[ObstacleView]:
    chosen = (
        visible_outcomes(viewer)
        .join(Obstacle, _of_outcome)
        .join(_sees_to, _seen_to)
        .add_columns(Obstacle, _sees_to)
        .where(*wanted)
        .order_by(Obstacle.raised_at, Obstacle.id)
    )
    return [
        _seen(tx, viewer, obstacle, Brief(outcome, team, owner), person)
        for outcome, team, owner, obstacle, person in tx.execute(chosen)
    ]


def _seen(tx: Tx, viewer: Viewer, obstacle: Obstacle, brief: Brief, owner: Person) -> ObstacleView:
    may_resolve = obstacle.owner_id == viewer.person_id or may_change(tx, viewer, brief)
    return ObstacleView(obstacle, brief, owner, may_resolve)
