"""Reading what needs somebody in a team: of its own outcomes, which everybody in its channel may see, and no others.

Of other teams nothing is told but what one of them asked of this one, in its words.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from bot.db.database import Tx
from bot.decisions.queries.debt import InDebt, debt_of_team
from bot.decisions.rules.debt import Debt
from bot.dependencies.model import Dependency
from bot.dependencies.rules import LIVE, DependencyState, lateness
from bot.digests.rules import Concern, Exceptions
from bot.execution.model import Action
from bot.execution.rules import ActionState
from bot.measuring.health import Health
from bot.obstacles.model import Obstacle
from bot.outcomes.model import Outcome
from bot.outcomes.queries import Brief, outcomes_in
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.teams.model import Team

NOBODY = "nobody is named to decide it"

_Seer = aliased(Person)
"""Who sees to an action or an obstacle."""


def exceptions_of(tx: Tx, team: Team, *, today: date) -> Exceptions:
    """What needs somebody in a team on a day, as everybody in its channel may see it."""
    briefs = _live_outcomes(tx, team)
    busy = [brief for brief in briefs if brief.is_busy(today)]
    rest = [brief for brief in briefs if not brief.is_busy(today)]
    debts = debt_of_team(tx, team, today=today)

    def that_are(health: Health) -> tuple[Concern, ...]:
        return _named(brief for brief in rest if brief.health(today) == health)

    return Exceptions(
        busy=_named(busy),
        off_track=that_are(Health.OFF_TRACK),
        at_risk=that_are(Health.AT_RISK),
        stale=that_are(Health.STALE),
        undecided=tuple(_missing(one) for one in debts if Debt.PAST_REVIEW not in one.kinds),
        unreviewed=tuple(_missing(one) for one in debts if Debt.PAST_REVIEW in one.kinds),
        overdue=_overdue(tx, team, today),
        obstacles=_obstacles(tx, team),
        awaited=_awaited(tx, team, today),
        asked=_asked(tx, team),
    )


def digests_due(tx: Tx, *, now: datetime, limit: int) -> Sequence[tuple[str, int]]:
    """The teams whose channels it is time to look at, as (workspace, team), the longest overdue first: a tick's."""
    due = select(Team.workspace_id, Team.id).where(Team.next_digest_at <= now).order_by(Team.next_digest_at)
    return [(workspace_id, team_id) for workspace_id, team_id in tx.execute(due.limit(limit))]


def next_digest_look(tx: Tx) -> datetime | None:
    """The earliest instant at which a digest may be due: a tick's question, as above."""
    planned = Team.next_digest_at
    return tx.scalar(select(planned).where(planned.is_not(None)).order_by(planned).limit(1))


def _live(team: Team) -> Select[Outcome, Team, Person]:
    """The live outcomes of a team."""
    in_workspace = outcomes_in(Viewer(team.workspace_id, ""))
    return in_workspace.where(Outcome.team_id == team.id, Outcome.closed_at.is_(None))


def _live_outcomes(tx: Tx, team: Team) -> list[Brief]:
    rows = tx.execute(_live(team).order_by(Outcome.due_on, Outcome.number))
    return [Brief(outcome, team, owner) for outcome, _, owner in rows]


def _named(briefs: Iterable[Brief]) -> tuple[Concern, ...]:
    return tuple(
        Concern(outcome.statement, brief.owner.name, outcome.key, item_id=outcome.id, outcome_id=outcome.id)
        for brief in briefs
        for outcome in [brief.outcome]
    )


def _missing(one: InDebt) -> Concern:
    """A decision that is missing, or its review."""
    decision, decider = one.brief.decision, one.brief.decider
    who = decider.name if decider is not None and decider.is_active else NOBODY
    due_on = decision.review_on if Debt.PAST_REVIEW in one.kinds else decision.needed_by_on
    return Concern(decision.question, who, decision.key, due_on, item_id=decision.id)


def _overdue(tx: Tx, team: Team, today: date) -> tuple[Concern, ...]:
    of_outcome = and_(Action.workspace_id == Outcome.workspace_id, Action.outcome_id == Outcome.id)
    doer = and_(_Seer.workspace_id == Action.workspace_id, _Seer.id == Action.owner_id)
    chosen = (
        _live(team)
        .join(Action, of_outcome)
        .join(_Seer, doer)
        .where(Action.state == ActionState.OPEN, Action.due_on < today)
        .order_by(Action.due_on, Action.id)
        .with_only_columns(Action, Outcome, _Seer.name)
    )
    rows = tx.execute(chosen)
    return tuple(
        Concern(action.text, who, outcome.key, action.due_on, item_id=action.id, outcome_id=outcome.id)
        for action, outcome, who in rows
    )


def _obstacles(tx: Tx, team: Team) -> tuple[Concern, ...]:
    of_outcome = and_(Obstacle.workspace_id == Outcome.workspace_id, Obstacle.outcome_id == Outcome.id)
    sees_to = and_(_Seer.workspace_id == Obstacle.workspace_id, _Seer.id == Obstacle.owner_id)
    chosen = (
        _live(team)
        .join(Obstacle, of_outcome)
        .join(_Seer, sees_to)
        .where(Obstacle.resolved_at.is_(None))
        .order_by(Obstacle.raised_at, Obstacle.id)
        .with_only_columns(Obstacle, Outcome, _Seer.name)
    )
    return tuple(
        Concern(obstacle.text, who, outcome.key, item_id=obstacle.id, outcome_id=outcome.id)
        for obstacle, outcome, who in tx.execute(chosen)
    )


def _awaited(tx: Tx, team: Team, today: date) -> tuple[Concern, ...]:
    of_outcome = and_(Dependency.workspace_id == Outcome.workspace_id, Dependency.outcome_id == Outcome.id)
    chosen = (
        _live(team)
        .join(Dependency, of_outcome)
        .where(Dependency.state.in_(LIVE))
        .order_by(Dependency.wanted_on, Dependency.id)
        .with_only_columns(Dependency, Outcome, Person.name)
    )
    return tuple(
        Concern(need.text, owner, outcome.key, need.wanted_on, item_id=need.id, outcome_id=outcome.id)
        for need, outcome, owner in tx.execute(chosen)
        if need.state != DependencyState.ACCEPTED or _is_late(need, today)
    )


def _asked(tx: Tx, team: Team) -> tuple[Concern, ...]:
    of_outcome = and_(Outcome.workspace_id == Dependency.workspace_id, Outcome.id == Dependency.outcome_id)
    asker = and_(Person.workspace_id == Dependency.workspace_id, Person.id == Dependency.asked_by)
    chosen = (
        select(Dependency, Person.name)
        .join(Outcome, of_outcome)
        .join(Person, asker)
        .where(
            Dependency.workspace_id == team.workspace_id,
            Dependency.team_id == team.id,
            Dependency.state == DependencyState.ASKED,
            Outcome.closed_at.is_(None),
        )
        .order_by(Dependency.wanted_on, Dependency.id)
    )
    return tuple(Concern(need.text, name, on=need.wanted_on, item_id=need.id) for need, name in tx.execute(chosen))


def _is_late(need: Dependency, today: date) -> bool:
    late = lateness(need.state, wanted_on=need.wanted_on, promised_on=need.promised_on, today=today)
    return late is not None
