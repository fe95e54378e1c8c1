"""Reading execution paths. Every one takes the viewer and shows only what they may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from bot.db.database import Tx
from bot.errors import NotFound
from bot.execution.model import Action, NotDoing
from bot.execution.rules import ActionState
from bot.outcomes.model import Outcome
from bot.outcomes.queries import Brief, visible_outcomes
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.search.rules import READS_ALIKE, closest
from bot.teams.model import Team

_DONE_SHOWN = 5

_Owner, _Author = aliased(Person), aliased(Person)
_of_outcome = and_(Action.workspace_id == Outcome.workspace_id, Action.outcome_id == Outcome.id)
_owned = and_(_Owner.workspace_id == Action.workspace_id, _Owner.id == Action.owner_id)
_written = and_(_Author.workspace_id == Action.workspace_id, _Author.id == Action.created_by)


@dataclass(frozen=True)
class Step:
    """An action with who owns it, who wrote it down, and the outcome it drives."""

    action: Action
    owner: Person
    author: Person
    brief: Brief


@dataclass(frozen=True)
class ExecutionPath:
    """What is done for an outcome, and what is not, as one viewer sees it.

    `open` is the soonest due first; `proposed` and `not_doing` the oldest first; `done` the latest few, newest first.
    """

    viewer: Viewer
    open: Sequence[Step] = ()
    proposed: Sequence[Step] = ()
    done: Sequence[Step] = ()
    done_count: int = 0
    not_doing: Sequence[NotDoing] = ()

    def left_undone(self, text: str) -> NotDoing | None:
        """The not-doing line that this text says again, or None."""
        found = closest(text, [(line.id, line.text) for line in self.not_doing], 1, READS_ALIKE)
        return next((line for line in self.not_doing if line.id in found), None)


def path_of_outcome(tx: Tx, viewer: Viewer, outcome_id: int) -> ExecutionPath:
    """The execution path of an outcome; an empty one when the viewer may not see it."""
    here = _steps(viewer).where(Outcome.id == outcome_id)
    ahead = _read(tx, here.where(Action.state.in_([ActionState.OPEN, ActionState.PROPOSED])).order_by(Action.id))
    done = here.where(Action.state == ActionState.DONE)
    return ExecutionPath(
        viewer,
        open=sorted((step for step in ahead if step.action.state == ActionState.OPEN), key=_due),
        proposed=[step for step in ahead if step.action.state == ActionState.PROPOSED],
        done=_read(tx, done.order_by(Action.ended_at.desc(), Action.id.desc()).limit(_DONE_SHOWN)),
        done_count=tx.scalar(select(func.count()).select_from(done.with_only_columns(Action.id).subquery())) or 0,
        not_doing=_not_doing(tx, viewer, outcome_id),
    )


def find_action(tx: Tx, viewer: Viewer, action_id: int) -> Step:
    """The action by its row's id, as buttons carry it. Raises NotFound when the viewer may not see it."""
    found = _read(tx, _steps(viewer).where(Action.id == action_id))
    if not found:
        raise NotFound("That action is not there any more, or you cannot see it.")
    return found[0]


def due_actions(tx: Tx, viewer: Viewer, *, today: date, within_days: int = 7) -> list[Step]:
    """The viewer's open actions of live outcomes that are overdue, or due in so many days; the soonest due first."""
    mine = _steps(viewer).where(
        Action.owner_id == viewer.person_id,
        Action.state == ActionState.OPEN,
        Action.due_on <= today + timedelta(days=within_days),
        Outcome.closed_at.is_(None),
    )
    return _read(tx, mine.order_by(Action.due_on, Action.id))


def proposals_for(tx: Tx, viewer: Viewer) -> list[Step]:
    """The actions that others proposed for the live outcomes the viewer owns; the oldest first."""
    proposed = _steps(viewer).where(
        Outcome.owner_id == viewer.person_id, Outcome.closed_at.is_(None), Action.state == ActionState.PROPOSED
    )
    return _read(tx, proposed.order_by(Action.id))


def actions_done_since(tx: Tx, viewer: Viewer, outcome_id: int, *, since: datetime) -> list[Step]:
    """The actions of an outcome that were done at or after an instant, the oldest first."""
    done = _steps(viewer).where(Outcome.id == outcome_id, Action.state == ActionState.DONE, Action.ended_at >= since)
    return _read(tx, done.order_by(Action.ended_at, Action.id))


def _not_doing(tx: Tx, viewer: Viewer, outcome_id: int) -> list[NotDoing]:
    seen = visible_outcomes(viewer).where(Outcome.id == outcome_id).with_only_columns(Outcome.id)
    chosen = select(NotDoing).where(NotDoing.workspace_id == viewer.workspace_id, NotDoing.outcome_id.in_(seen))
    return list(tx.scalars(chosen.order_by(NotDoing.id)))


def _steps(viewer: Viewer) -> Select[Outcome, Team, Person, Action, Person, Person]:
    """Every action of every outcome the viewer may see, with its people, to narrow down."""
    return (
        visible_outcomes(viewer)
        .join(Action, _of_outcome)
        .join(_Owner, _owned)
        .join(_Author, _written)
        .add_columns(Action, _Owner, _Author)
    )


def _read(tx: Tx, chosen: Select[Outcome, Team, Person, Action, Person, Person]) -> list[Step]:
    return [
        Step(action, owner, author, Brief(outcome, team, outcome_owner))
        for outcome, team, outcome_owner, action, owner, author in tx.execute(chosen)
    ]


def _due(step: Step) -> date:
    return step.action.due_on or date.max
