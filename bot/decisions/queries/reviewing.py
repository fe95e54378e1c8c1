"""Reading what was expected of a choice beside what came, and how well somebody's confidence foretold it."""

from dataclasses import dataclass

from sqlalchemy import and_, select

from bot.db.database import Tx
from bot.decisions.model import DecisionChoice, DecisionReview
from bot.decisions.queries import DecisionView
from bot.decisions.rules import Verdict
from bot.decisions.rules.effects import Effect, Prediction, effect
from bot.measuring.calibration import Calibration, calibration
from bot.outcomes.model import Outcome
from bot.outcomes.queries import View, views_of, visible_outcomes
from bot.people.messages import Reader
from bot.people.rules import Viewer

CAME_TRUE = {Verdict.AS_EXPECTED: True, Verdict.BETTER: True, Verdict.WORSE: False}
"""Whether what was expected came, by the verdict. What nobody can tell is not counted."""


@dataclass(frozen=True)
class Foretold:
    """A choice with the outcome whose measure it was to move, and what came of it by today.

    `effect` is None where nobody knew where the measure stood when it was decided.
    """

    choice: DecisionChoice
    view: View
    effect: Effect | None


def foretold(tx: Tx, viewer: Viewer, decision: DecisionView, reader: Reader) -> Foretold | None:
    """What was expected of the measure of the choice that stands, and what it did since, in the reader's days.

    None when nothing was expected of a measure, or the viewer may not see whose it is.
    """
    choice = decision.chosen
    if choice is None or choice.effect_value is None or choice.effect_on is None:
        return None
    found = views_of(tx, visible_outcomes(viewer).where(Outcome.id == choice.effect_outcome_id))
    return Foretold(choice, found[0], effect_so_far(choice, found[0], reader)) if found else None


def calibration_of(tx: Tx, viewer: Viewer) -> tuple[Calibration | None, int]:
    """How well the viewer's own confidence foretold what came, and how many of their choices that is told from.

    A choice counts once it is reviewed with a verdict that says whether it came; it is theirs when they made it,
    whoever wrote it down.
    The calibration is None for too few.
    """
    mine = (
        select(DecisionChoice.confidence, DecisionReview.verdict)
        .join(
            DecisionReview,
            and_(
                DecisionReview.workspace_id == DecisionChoice.workspace_id,
                DecisionReview.decision_id == DecisionChoice.decision_id,
                DecisionReview.version == DecisionChoice.version,
            ),
        )
        .where(
            DecisionChoice.workspace_id == viewer.workspace_id,
            DecisionChoice.made_by == viewer.person_id,
            DecisionChoice.confidence.is_not(None),
            DecisionReview.verdict.in_(CAME_TRUE),
        )
    )
    stated = [
        (confidence, CAME_TRUE[Verdict(verdict)]) for confidence, verdict in tx.execute(mine) if confidence is not None
    ]
    return calibration(stated), len(stated)


def effect_so_far(choice: DecisionChoice, view: View, reader: Reader) -> Effect | None:
    """What came of a choice by today; None where nobody knew where the measure stood when it was made."""
    if choice.effect_from is None or choice.effect_value is None or choice.effect_on is None:
        return None
    prediction = Prediction(choice.effect_from, choice.effect_value, reader.day_of(choice.made_at), choice.effect_on)
    # The value of when it was decided may have been logged on that very day.
    since = [one for one in view.results if one.measured_at > choice.made_at]
    return effect(prediction, [(reader.day_of(one.measured_at), one.value) for one in since], reader.today)
