"""Reading everything about one outcome, as far as the viewer may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.absences.queries import Away, absences_in, days_by_status
from bot.absences.rules import Days
from bot.db.database import Tx
from bot.decisions.queries.beside import NO_DECISIONS, OfOutcome, decisions_of_outcome, with_answers
from bot.dependencies.queries import Circle, DependencyView, circles_of, needs_of
from bot.execution.queries import ExecutionPath, path_of_outcome
from bot.handovers.queries import Offer, open_offer
from bot.lessons.queries import LessonView, lessons_of_outcome
from bot.linter.findings import Finding
from bot.measuring.forecast import Forecast, forecast
from bot.obstacles.queries import ObstacleView, obstacles_on
from bot.outcomes.model import Change, Outcome
from bot.outcomes.queries import Brief, View, outcomes_by_id, visible_outcomes
from bot.outcomes.queries.advice import findings_of
from bot.outcomes.queries.allowed import may_change
from bot.outcomes.queries.history import history_of
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.priorities.model import Priority
from bot.priorities.queries import find_priority
from bot.signals.queries import Signals, signals_on

LINES_OF_HISTORY = 8
MOST_PARTS = 5


@dataclass(frozen=True)
class Card:
    """An outcome with what every room knows of it."""

    view: View
    may_change: bool
    forecast: Forecast | None
    signals: Signals | None
    """Why it has stalled; None while it has not."""
    findings: Sequence[Finding]
    priority: Priority | None
    parent: Brief | None
    parts: Sequence[Brief]
    """The live outcomes that are part of it, the soonest due first."""
    rescoped_to: Brief | None
    path: ExecutionPath
    obstacles: Sequence[ObstacleView]
    needs: Sequence[DependencyView]
    circles: Mapping[int, Circle]
    """The circles that its dependencies close, by their ids."""
    offer: Offer | None
    lessons: Sequence[LessonView]
    away: Away | None
    """The owner's absence, while they are away."""
    history: Sequence[tuple[Change, Person]]
    away_by_status: Days | None = None
    """The days on which the owner is away by their Slack status, while they are."""
    decisions: OfOutcome = NO_DECISIONS


def card_of(tx: Tx, viewer: Viewer, view: View, *, today: date, focus_limit: int) -> Card:
    """Everything about an outcome that the viewer has found."""
    outcome = view.outcome
    zone = view.owner.zone
    needs = needs_of(tx, viewer, outcome.id)
    measured = [(result.measured_at.astimezone(zone).date(), result.value) for result in view.results]
    return Card(
        view=view,
        may_change=may_change(tx, viewer, view),
        forecast=forecast(view.path, measured) if outcome.baseline is not None and not outcome.closed_at else None,
        signals=next(iter(signals_on(tx, viewer, [view], today=today, focus_limit=focus_limit)), None),
        findings=findings_of(tx, viewer, [view]).get(outcome.id, ()),
        priority=find_priority(tx, viewer, outcome.priority_id) if outcome.priority_id else None,
        parent=_one(tx, viewer, outcome.parent_id),
        parts=_parts_of(tx, viewer, outcome.id),
        rescoped_to=_one(tx, viewer, outcome.rescoped_to_id),
        path=path_of_outcome(tx, viewer, outcome.id),
        obstacles=with_answers(tx, viewer, obstacles_on(tx, viewer, outcome.id)),
        needs=needs,
        circles=circles_of(tx, viewer, [need.dependency.id for need in needs]),
        offer=open_offer(tx, viewer, outcome.id),
        lessons=lessons_of_outcome(tx, viewer, outcome.id),
        away=_away(tx, outcome, today),
        history=history_of(tx, viewer, outcome.id, limit=LINES_OF_HISTORY),
        away_by_status=_away_by_status(view, today),
        decisions=decisions_of_outcome(tx, viewer, outcome.id),
    )


def _away(tx: Tx, outcome: Outcome, today: date) -> Away | None:
    """The absence that its owner is in; None where nobody would be asked about it anyhow."""
    owner = Viewer(outcome.workspace_id, outcome.owner_id)
    found = [] if outcome.closed_at else absences_in(tx, owner, Days(today, today))
    return next(iter(found), None)


def _away_by_status(view: View, today: date) -> Days | None:
    days = None if view.outcome.closed_at else days_by_status(view.owner)
    return days if days and today in days else None


def _one(tx: Tx, viewer: Viewer, outcome_id: int | None) -> Brief | None:
    return next(iter(outcomes_by_id(tx, viewer, [outcome_id] if outcome_id else [])), None)


def _parts_of(tx: Tx, viewer: Viewer, whole_id: int) -> list[Brief]:
    live = (Outcome.parent_id == whole_id) & Outcome.closed_at.is_(None)
    parts = visible_outcomes(viewer).where(live).with_only_columns(Outcome.id).order_by(Outcome.due_on, Outcome.number)
    return outcomes_by_id(tx, viewer, list(tx.scalars(parts.limit(MOST_PARTS))))
