"""What was done for an outcome, and what came of it."""

from datetime import date, datetime

from sqlalchemy import select

from bot.db.database import Tx
from bot.measuring.effort import Effort, effort
from bot.outcomes.model import Change, Outcome, Result
from bot.outcomes.queries import View
from bot.outcomes.rules import ACTIVITY, ANSWERS


def activity_of(tx: Tx, outcome: Outcome, results: tuple[Result, ...]) -> list[datetime]:
    """When somebody did something for it, oldest first: results with a note or as an answer, and lines of ACTIVITY.

    The caller has found the outcome, and its results that stand.
    """
    done = select(Change.made_at).where(
        Change.workspace_id == outcome.workspace_id, Change.outcome_id == outcome.id, Change.what.in_(ACTIVITY)
    )
    told = [result.measured_at for result in results if result.note or result.source in ANSWERS]
    return sorted([*told, *tx.scalars(done)])


def effort_of(tx: Tx, view: View, today: date) -> Effort | None:
    """The effort and the movement of its last four periods, by the owner's calendar; None while it is too young."""
    zone = view.owner.zone
    measured = [(result.measured_at.astimezone(zone).date(), result.value) for result in view.results]
    activity = [at.astimezone(zone).date() for at in activity_of(tx, view.outcome, view.results)]
    period_days = view.team.rhythm.period_days
    return effort(view.path, measured, activity, today, view.outcome.starts_on, period_days=period_days)
