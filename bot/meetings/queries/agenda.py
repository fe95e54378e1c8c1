"""Reading what an agenda has of its own accord: what needs somebody, as everybody in the team's channel may see it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Select, and_, or_, select

from bot.checkins.model import CheckIn, CheckInItem
from bot.checkins.rules import State as CheckInState
from bot.db.database import Tx
from bot.decisions.model import Decision
from bot.decisions.queries import DecisionBrief, briefs_of, decisions_in
from bot.decisions.rules import DecisionState
from bot.dependencies.model import Dependency
from bot.digests.queries import exceptions_of
from bot.digests.rules import Concern
from bot.execution.model import Action
from bot.execution.rules import ActionState
from bot.measuring.forecast import Forecast, forecast
from bot.meetings.rules.agenda import About, LineKind, first_of_each
from bot.obstacles.model import Obstacle
from bot.outcomes.model import Outcome
from bot.outcomes.queries import View, outcomes_in, views_of
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.signals.queries import Signals, signals_on
from bot.teams.model import Team

DECISIONS_AHEAD = timedelta(days=14)
"""How long before the day by which it is needed an open decision is on an agenda."""


@dataclass(frozen=True)
class Found:
    """Something that needs somebody, and the facts that say why. Of these, those of its kind are there."""

    kind: LineKind
    about: About
    view: View | None = None
    signals: Signals | None = None
    """Where its outcome has stalled."""
    forecast: Forecast | None = None
    decision: DecisionBrief | None = None
    review: Decision | None = None
    """A decision that is past its review."""
    obstacle: Obstacle | None = None
    dependency: Dependency | None = None
    asker: str = ""
    action: Action | None = None
    period: str = ""
    """The period that was not answered for."""


def found_for(tx: Tx, team: Team, *, today: date, agreed_before: datetime | None, focus_limit: int) -> list[Found]:
    """What an agenda of a team has on a day, in its order, each thing once.

    Args:
        agreed_before: when the last meeting was over: actions without a day that are older are carried over.
        focus_limit: how many live outcomes one person should own at most.
    """
    concerns = exceptions_of(tx, team, today=today)
    views = {view.outcome.id: view for view in views_of(tx, _live(team))}
    stalled = signals_on(tx, Viewer(team.workspace_id, ""), list(views.values()), today=today, focus_limit=focus_limit)
    by_health = {
        LineKind.EFFORT: concerns.busy,
        LineKind.OFF_TRACK: concerns.off_track,
        LineKind.AT_RISK: concerns.at_risk,
        LineKind.STALE: concerns.stale,
    }
    found = first_of_each(
        [
            *(one for kind, some in by_health.items() for one in _by_health(kind, some, views)),
            *_decisions(tx, team, today),
            *_reviews(tx, concerns.unreviewed),
            *_obstacles(tx, concerns.obstacles),
            *_needs(tx, LineKind.NEED, concerns.awaited),
            *_needs(tx, LineKind.ASKED, concerns.asked),
            *_actions(tx, team, concerns.overdue, agreed_before),
            *_unanswered(tx, team, views),
        ]
    )
    why = {one.view.outcome.id: one for one in stalled}
    return [replace(one, signals=why.get(one.view.outcome.id)) if one.view else one for one in found]


def _live(team: Team) -> Select[Outcome, Team, Person]:
    theirs = outcomes_in(Viewer(team.workspace_id, "")).where(Outcome.team_id == team.id)
    return theirs.where(Outcome.closed_at.is_(None)).order_by(Outcome.due_on, Outcome.number)


def _by_health(kind: LineKind, concerns: Iterable[Concern], views: dict[int, View]) -> Iterator[Found]:
    for one in concerns:
        view = views[one.item_id]
        zone = view.owner.zone
        measured = [(result.measured_at.astimezone(zone).date(), result.value) for result in view.results]
        known = view.outcome.baseline is not None
        yield Found(kind, About(one.item_id), view, forecast=forecast(view.path, measured) if known else None)


def _decisions(tx: Tx, team: Team, today: date) -> Iterator[Found]:
    soon = or_(Decision.needed_by_on.is_(None), Decision.needed_by_on <= today + DECISIONS_AHEAD)
    theirs = decisions_in(Viewer(team.workspace_id, "")).where(Decision.team_id == team.id)
    # `next_on` of an open one is the day by which it is needed; without one it comes last.
    chosen = theirs.where(Decision.state == DecisionState.OPEN, soon).order_by(Decision.next_on, Decision.number)
    for brief in briefs_of(tx, chosen):
        yield Found(LineKind.DECISION, About(decision_id=brief.decision.id), decision=brief)


def _reviews(tx: Tx, concerns: Sequence[Concern]) -> Iterator[Found]:
    rows = {row.id: row for row in tx.scalars(select(Decision).where(Decision.id.in_(_ids(concerns))))}
    for one in concerns:
        yield Found(LineKind.REVIEW, About(decision_id=one.item_id), review=rows[one.item_id])


def _obstacles(tx: Tx, concerns: Sequence[Concern]) -> Iterator[Found]:
    rows = {row.id: row for row in tx.scalars(select(Obstacle).where(Obstacle.id.in_(_ids(concerns))))}
    for one in concerns:
        yield Found(LineKind.OBSTACLE, About(one.outcome_id, obstacle_id=one.item_id), obstacle=rows[one.item_id])


def _needs(tx: Tx, kind: LineKind, concerns: Sequence[Concern]) -> Iterator[Found]:
    rows = {row.id: row for row in tx.scalars(select(Dependency).where(Dependency.id.in_(_ids(concerns))))}
    for one in concerns:
        about = About(one.outcome_id, dependency_id=one.item_id)
        yield Found(kind, about, dependency=rows[one.item_id], asker=one.who)


def _actions(tx: Tx, team: Team, overdue: Sequence[Concern], agreed_before: datetime | None) -> Iterator[Found]:
    """Those that are overdue, and those without a day that are older than the last meeting."""
    rows = {row.id: row for row in tx.scalars(select(Action).where(Action.id.in_(_ids(overdue))))}
    carried: list[Action] = []
    if agreed_before is not None:
        of_outcome = and_(Action.workspace_id == Outcome.workspace_id, Action.outcome_id == Outcome.id)
        undated = (Action.state == ActionState.OPEN, Action.due_on.is_(None), Action.created_at < agreed_before)
        chosen = _live(team).join(Action, of_outcome).with_only_columns(Action).order_by(None).order_by(Action.id)
        carried = list(tx.scalars(chosen.where(*undated)))
    for action in (*(rows[one.item_id] for one in overdue), *carried):
        yield Found(LineKind.ACTION, About(action.outcome_id, action_id=action.id), action=action)


def _unanswered(tx: Tx, team: Team, views: dict[int, View]) -> Iterator[Found]:
    """Live outcomes whose owner's last check-in closed without an answer, and of which nothing was heard since."""
    of_item = and_(CheckIn.workspace_id == CheckInItem.workspace_id, CheckIn.id == CheckInItem.checkin_id)
    of_outcome = and_(Outcome.workspace_id == CheckInItem.workspace_id, Outcome.id == CheckInItem.outcome_id)
    # One that is still open, or of an earlier owner, says nothing.
    is_known = or_(CheckIn.state != CheckInState.ASKED, CheckInItem.answered_at.is_not(None))
    asked = (
        select(CheckInItem.outcome_id, CheckInItem.answered_at, CheckIn.state, CheckIn.period, CheckIn.decided_at)
        .join(CheckIn, of_item)
        .join(Outcome, of_outcome)
        .where(CheckInItem.workspace_id == team.workspace_id, CheckInItem.outcome_id.in_(list(views)))
        .where(Outcome.owner_id == CheckIn.person_id, is_known)
        .order_by(CheckIn.due_at)
    )
    newest = {row.outcome_id: row for row in tx.execute(asked)}
    for outcome_id, view in views.items():
        row = newest.get(outcome_id)
        if row is None or row.answered_at is not None or row.state != CheckInState.UNANSWERED:
            continue
        if view.outcome.latest_at is None or view.outcome.latest_at < row.decided_at:
            yield Found(LineKind.UNANSWERED, About(outcome_id), view, period=row.period)


def _ids(concerns: Iterable[Concern]) -> list[int]:
    return [one.item_id for one in concerns]
