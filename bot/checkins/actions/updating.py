"""Answering for one outcome in a form: where it stands, what is in the way, and which actions are done, all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.checkins.actions.answering import answer
from bot.db.database import Tx
from bot.errors import FormRefused
from bot.execution.actions import end_action
from bot.execution.rules import EffectSeen, Ending
from bot.obstacles.actions import Told, raise_obstacle
from bot.obstacles.queries import ObstacleView
from bot.obstacles.rules import TEXT_LIMIT
from bot.people.rules import Viewer
from bot.results.actions import Measured


@dataclass(frozen=True)
class Update:
    """An owner's whole answer for one outcome.

    `obstacle` may be empty; `done` are the ids of actions that are done, `seen` what was seen of their effect.
    """

    measured: Measured
    obstacle: str = ""
    needs_decision: bool = False
    done: Sequence[int] = ()
    seen: EffectSeen = EffectSeen.NOT_YET


def update_outcome(
    tx: Tx, viewer: Viewer, *, checkin_id: int, outcome_id: int, update: Update, now: datetime
) -> ObstacleView | None:
    """Takes an owner's whole answer; the obstacle is theirs to see to. Answers the obstacle, if there is one.

    Raises as `answer`, `raise_obstacle` and `end_action` do; FormRefused, a sentence a field, for an obstacle that is
    too long, or a decision that is needed for nothing.
    """
    _check_obstacle(update)
    view = answer(tx, viewer, checkin_id=checkin_id, outcome_id=outcome_id, measured=update.measured, now=now)
    told = Told(update.obstacle, view.owner, update.needs_decision)
    raised = raise_obstacle(tx, viewer, view, told, now=now) if update.obstacle else None
    for action_id in update.done:
        end_action(tx, viewer, action_id, Ending(update.seen), now=now)
    return raised


def _check_obstacle(update: Update) -> None:
    if update.needs_decision and not update.obstacle:
        raise FormRefused({"obstacle": "Say what has to be decided, and what waits for it."})
    if len(update.obstacle) > TEXT_LIMIT:
        much = f"This is {len(update.obstacle):,} characters; please stay within {TEXT_LIMIT:,}."
        raise FormRefused({"obstacle": much})
