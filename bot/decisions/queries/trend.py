"""Whether decision debt grows: how much there was on this weekday of the last weeks."""

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, case, func, select

from bot.db.database import Tx
from bot.decisions.model import Decision, DecisionChoice, DecisionEvent
from bot.decisions.rules.debt import History, debt_over, weeks_back
from bot.decisions.rules.history import Happened, stood
from bot.teams.queries import zones_of

WEEKS = 8
"""How far back it goes, today among them."""


def debt_trend(tx: Tx, workspace_id: str, scope: Collection[ColumnElement[bool]], *, today: date) -> list[int]:
    """How many decisions of a scope were debt on this weekday of the last weeks, the oldest first, and today.

    Of those to which nothing happened in these weeks the row says it; of the others, their history does.
    """
    days = weeks_back(today, WEEKS)
    since = datetime.combine(days[0] - timedelta(days=1), time(0), UTC)
    lately = (DecisionEvent.workspace_id == workspace_id) & (DecisionEvent.made_at >= since)
    touched = Decision.id.in_(select(DecisionEvent.decision_id).where(lately))
    counts = [func.sum(case((Decision.debt_from_on <= day, 1), else_=0)) for day in days]
    resting = tx.execute(select(*counts).where(*scope, ~touched, Decision.debt_from_on <= today)).one()
    moving = debt_over(histories_of(tx, [*scope, touched]), days)
    return [(still or 0) + moved for still, moved in zip(resting, moving, strict=True)]


def histories_of(tx: Tx, chosen: Collection[ColumnElement[bool]]) -> list[History]:
    """How decisions stood, each in the days of its team."""
    decisions = list(tx.scalars(select(Decision).where(*chosen)))
    events, reviews = _events(tx, chosen), _reviews(tx, chosen)
    zones = zones_of(tx, {decision.team_id for decision in decisions})
    return [
        stood(
            [
                Happened(made_at.astimezone(zones[decision.team_id]).date(), what, before, after)
                for made_at, what, before, after in events[decision.id]
            ],
            has_decider=decision.decider_id is not None,
            needed_by_on=decision.needed_by_on,
            reviews_on=reviews[decision.id],
        )
        for decision in decisions
    ]


def _events(tx: Tx, chosen: Collection[ColumnElement[bool]]) -> dict[int, list[tuple[datetime, str, str, str]]]:
    found: dict[int, list[tuple[datetime, str, str, str]]] = defaultdict(list)
    its = and_(DecisionEvent.workspace_id == Decision.workspace_id, DecisionEvent.decision_id == Decision.id)
    told = (DecisionEvent.decision_id, DecisionEvent.made_at, DecisionEvent.what, DecisionEvent.before)
    lines = select(*told, DecisionEvent.after).join(Decision, its).where(*chosen).order_by(DecisionEvent.id)
    for decision_id, made_at, what, before, after in tx.execute(lines):
        found[decision_id].append((made_at, what, before, after))
    return found


def _reviews(tx: Tx, chosen: Collection[ColumnElement[bool]]) -> dict[int, list[date | None]]:
    """When each version of the choices was to be reviewed."""
    found: dict[int, list[date | None]] = defaultdict(list)
    its = and_(DecisionChoice.workspace_id == Decision.workspace_id, DecisionChoice.decision_id == Decision.id)
    versions = select(DecisionChoice.decision_id, DecisionChoice.review_on).join(Decision, its)
    for decision_id, review_on in tx.execute(versions.where(*chosen).order_by(DecisionChoice.version)):
        found[decision_id].append(review_on)
    return found
