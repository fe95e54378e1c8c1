"""What waits for a decision, and what can be said to wait for one: outcomes, and actions of theirs."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, select

from bot.db.database import Tx
from bot.decisions.model import DecisionWait
from bot.execution.model import Action
from bot.execution.rules import ActionState
from bot.outcomes.model import Outcome
from bot.outcomes.queries import Brief, outcomes_in, visible_outcomes
from bot.people.rules import Viewer
from bot.teams.model import Team

MOST_OUTCOMES, MOST_ACTIONS = 60, 40
"""Of each that can be chosen: a menu of Slack's holds 100."""

_of_outcome = and_(Action.workspace_id == Outcome.workspace_id, Action.outcome_id == Outcome.id)


@dataclass(frozen=True)
class Wait:
    """Something that waits for a decision: an outcome, or one of its actions."""

    brief: Brief
    action: Action | None = None

    @property
    def value(self) -> str:
        """How a menu carries it: `o12`, `a7`."""
        return f"a{self.action.id}" if self.action else f"o{self.brief.outcome.id}"

    @property
    def words(self) -> str:
        """How people read it."""
        outcome = self.brief.outcome
        return f"{outcome.key}: {self.action.text}" if self.action else f"{outcome.key} {outcome.statement}"


def waits_of(tx: Tx, viewer: Viewer, decision_id: int, seen: ColumnElement[bool]) -> tuple[Wait, ...]:
    """What waits for a decision, as far as it is `seen`, a condition on teams; the soonest due first."""
    its = select(DecisionWait).where(
        DecisionWait.workspace_id == viewer.workspace_id, DecisionWait.decision_id == decision_id
    )
    rows = list(tx.scalars(its))
    outcomes = outcomes_in(viewer).where(seen, Outcome.id.in_([one.outcome_id for one in rows if one.outcome_id]))
    actions = outcomes_in(viewer).join(Action, _of_outcome).add_columns(Action)
    actions = actions.where(seen, Action.id.in_([one.action_id for one in rows if one.action_id]))
    return (
        *(Wait(Brief(*row)) for row in tx.execute(outcomes.order_by(Outcome.due_on, Outcome.number))),
        *(Wait(Brief(*row), action) for *row, action in tx.execute(actions.order_by(Outcome.due_on, Action.id))),
    )


def waits_to_choose(tx: Tx, viewer: Viewer, *, channel_id: str) -> list[Wait]:
    """What may wait for a decision: live outcomes that the viewer sees, and open actions of them.

    The viewer's own and those of the channel's team first, then the soonest due.
    """
    is_near = (Outcome.owner_id == viewer.person_id) | (Team.channel_id == channel_id)
    order = (is_near.desc(), Outcome.due_on, Outcome.number)
    live = visible_outcomes(viewer).where(Outcome.closed_at.is_(None)).order_by(*order)
    actions = live.join(Action, _of_outcome).where(Action.state == ActionState.OPEN).add_columns(Action)
    return [
        *(Wait(Brief(*row)) for row in tx.execute(live.limit(MOST_OUTCOMES))),
        *(Wait(Brief(*row), action) for *row, action in tx.execute(actions.order_by(Action.id).limit(MOST_ACTIONS))),
    ]


def waits_named(tx: Tx, viewer: Viewer, values: Iterable[str]) -> list[Wait]:
    """Those of what a menu carried that the viewer sees: people can send what they like."""
    wanted = [value for value in values if value[1:].isdecimal() and len(value) < 20]
    outcome_ids = [int(value[1:]) for value in wanted if value[0] == "o"]
    action_ids = [int(value[1:]) for value in wanted if value[0] == "a"]
    outcomes = visible_outcomes(viewer).where(Outcome.id.in_(outcome_ids))
    actions = visible_outcomes(viewer).join(Action, _of_outcome).where(Action.id.in_(action_ids)).add_columns(Action)
    return [
        *(Wait(Brief(*row)) for row in tx.execute(outcomes)),
        *(Wait(Brief(*row), action) for *row, action in tx.execute(actions)),
    ]
