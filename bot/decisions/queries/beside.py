"""Decisions as other rooms show them: those of an outcome, and those that obstacles need."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from bot.db.database import Tx
from bot.decisions.model import Decision, DecisionChoice, DecisionWait
from bot.decisions.queries import DecisionBrief, briefs_of, visible_decisions
from bot.decisions.rules import DecisionState
from bot.errors import Refused
from bot.execution.model import Action
from bot.obstacles.queries import Answer, ObstacleView, check_stands
from bot.people.rules import Viewer

MOST_SHOWN = 6
"""Of the decisions of an outcome."""


@dataclass(frozen=True)
class OfOutcome:
    """The decisions of an outcome, as far as the viewer may see them."""

    awaited: Sequence[DecisionBrief] = ()
    """The open ones that it waits for, or an action of it does; the soonest needed first."""
    expected: Sequence[DecisionBrief] = ()
    """Those whose choice is to move its measure, the newest first."""


NO_DECISIONS = OfOutcome()


def decisions_of_outcome(tx: Tx, viewer: Viewer, outcome_id: int) -> OfOutcome:
    """What an outcome waits for, and what was decided to move it: at most MOST_SHOWN of each."""
    awaited = _seen(tx, viewer, _awaited_by(tx, viewer, outcome_id), DecisionState.OPEN)
    decided = _seen(tx, viewer, _to_move(tx, viewer, outcome_id), DecisionState.DECIDED)
    expected = [one for one in decided if one.chosen and one.chosen.effect_outcome_id == outcome_id]
    return OfOutcome(
        sorted(awaited, key=lambda one: (one.decision.next_on, one.decision.number))[:MOST_SHOWN],
        sorted(expected, key=lambda one: -one.decision.number)[:MOST_SHOWN],
    )


def _seen(tx: Tx, viewer: Viewer, ids: Sequence[int], state: DecisionState) -> list[DecisionBrief]:
    """Those that the viewer may see. In no order: asked for one, a database goes through all decisions in it."""
    return briefs_of(tx, visible_decisions(viewer).where(Decision.id.in_(ids), Decision.state == state)) if ids else []


def _awaited_by(tx: Tx, viewer: Viewer, outcome_id: int) -> list[int]:
    """The decisions that an outcome or an action of it waits for: asked first, so that no others are gone through."""
    waits = select(DecisionWait.decision_id).where(DecisionWait.workspace_id == viewer.workspace_id)
    actions = select(Action.id).where(Action.workspace_id == viewer.workspace_id, Action.outcome_id == outcome_id)
    its = (DecisionWait.outcome_id == outcome_id, DecisionWait.action_id.in_(actions))
    return [decision_id for one in its for decision_id in tx.scalars(waits.where(one))]


def _to_move(tx: Tx, viewer: Viewer, outcome_id: int) -> list[int]:
    """The decisions of which some version was to move an outcome."""
    choices = select(DecisionChoice.decision_id).where(
        DecisionChoice.workspace_id == viewer.workspace_id, DecisionChoice.effect_outcome_id == outcome_id
    )
    return list(set(tx.scalars(choices)))


def check_can_ask_for(tx: Tx, viewer: Viewer, view: ObstacleView) -> None:
    """Raises Refused, saying which, when a decision was asked for because of this obstacle that has not ended without
    an answer; and when the obstacle is resolved.
    """
    check_stands(view)
    [asked] = with_answers(tx, viewer, [view])
    if asked.answer and not asked.answer.is_over:
        key = asked.answer.key
        raise Refused(f"{key} was asked for because of this obstacle already. /decision show {key} shows it.")


def with_answers(tx: Tx, viewer: Viewer, obstacles: Sequence[ObstacleView]) -> list[ObstacleView]:
    """Obstacles with the newest decision that was asked for because of each, where the viewer may see it."""
    ids = [view.obstacle.id for view in obstacles]
    asked = visible_decisions(viewer).where(Decision.obstacle_id.in_(ids)).order_by(Decision.id)
    answers = {one.decision.obstacle_id: _answer(one) for one in briefs_of(tx, asked)} if ids else {}
    return [replace(view, answer=answers.get(view.obstacle.id)) for view in obstacles]


def _answer(brief: DecisionBrief) -> Answer:
    decision = brief.decision
    is_decided = brief.state == DecisionState.DECIDED
    return Answer(
        decision.id,
        decision.key,
        str(brief.state),
        decider=brief.decider.name if brief.decider else "",
        needed_by_on=decision.needed_by_on,
        choice=brief.chosen.choice if brief.chosen and is_decided else "",
        is_over=not brief.is_open and not is_decided,
    )
