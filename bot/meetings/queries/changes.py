"""Reading what changed in a team's outcomes and decisions in a span of time: from the records alone.

Whether anybody opened the meeting's messages makes no difference. Of other teams nothing is read but what one of them
asked of this one, in its words, so that everybody in the team's channel may see all of it.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from bot.db.database import Tx
from bot.decisions.model import Decision, DecisionChoice, DecisionEvent
from bot.decisions.queries import DecisionBrief, briefs_of, decisions_in
from bot.decisions.rules import DecisionState
from bot.dependencies.model import Dependency
from bot.dependencies.rules import DependencyState
from bot.execution.model import Action
from bot.execution.rules import ActionState
from bot.meetings.queries.on_record import Agreed, Changes, Choice, Moved, Other, Step
from bot.meetings.rules.held import Span
from bot.obstacles.model import Obstacle
from bot.outcomes.model import Change, Outcome, Result
from bot.outcomes.queries import outcomes_in, views_of
from bot.outcomes.rules import MEETING_ITEM
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.teams.model import Team

_Seer = aliased(Person)

_TOLD_ELSEWHERE = frozenset(
    [
        *("result corrected", "action added", "proposal accepted", "action done"),
        *("obstacle raised", "obstacle resolved", "need accepted", MEETING_ITEM),
    ]
)
"""Lines of an outcome's history that say what its results, actions, obstacles and dependencies say."""
_CHOSEN = frozenset(["decided", "changed", "logged"])
"""Lines of a decision's history that say what its choices say."""
_OUTCOMES_OWN = frozenset(["statement", "measure", "unit", "baseline", "target", "start", "due", "milestones", "why"])
"""Changes of these re-scope an outcome."""


def changes_in(tx: Tx, team: Team, span: Span) -> Changes:
    """Everything that changed in a team's outcomes and decisions in a span of time, as its channel may see it."""
    lines = _lines(tx, team, span)
    events = _events(tx, team, span)
    return Changes(
        decisions=_choices(tx, team, span, [one.id for event, one in events if event.what == "logged"]),
        moved=_moved(tx, team, span, [change for change, _ in lines]),
        agreed=_agreed(tx, team, span, [change for change, _ in lines]),
        done=_steps(tx, team, Action, Action.state == ActionState.DONE, _within(Action.ended_at, span)),
        raised=_steps(tx, team, Obstacle, _within(Obstacle.raised_at, span)),
        resolved=_steps(tx, team, Obstacle, _within(Obstacle.resolved_at, span)),
        dependencies=_dependencies(tx, team, span),
        other=(*_other_lines(lines), *_other_events(events)),
        opened=frozenset(one.id for event, one in events if event.what in {"opened", "reopened"}),
        reviewed=frozenset(one.id for event, one in events if event.what == "reviewed"),
        hands={one.id: change.actor_id for change, one in lines} | _authors(tx, team, span),
        rescoped=frozenset(one.id for change, one in lines if change.what in _OUTCOMES_OWN | {"closed", "reopened"}),
    )


def moved_in(tx: Tx, team: Team, span: Span) -> tuple[Moved, ...]:
    """The outcomes of a team of which results were logged in a span of time, the one that moved most first."""
    return _moved(tx, team, span, [change for change, _ in _lines(tx, team, span)])


def has_changed_since(tx: Tx, team: Team, instant: datetime) -> bool:
    """Whether anything may have changed in a team's outcomes and decisions since then: asked before all of it is read.

    Every change of an action or an obstacle leaves a line in the history of its outcome.
    """
    span = Span(instant, datetime.max.replace(tzinfo=UTC))
    of_outcome, of_decision = Outcome.workspace_id == team.workspace_id, Decision.workspace_id == team.workspace_id
    its = (of_outcome, Outcome.team_id == team.id)
    asked = or_(Outcome.team_id == team.id, Dependency.team_id == team.id)
    news = (
        exists().where(*its, Change.outcome_id == Outcome.id, _within(Change.made_at, span)),
        exists().where(*its, Result.outcome_id == Outcome.id, _within(Result.recorded_at, span)),
        exists().where(
            of_decision,
            Decision.team_id == team.id,
            DecisionEvent.decision_id == Decision.id,
            _within(DecisionEvent.made_at, span),
        ),
        exists().where(of_outcome, Dependency.outcome_id == Outcome.id, asked, _within(Dependency.answered_at, span)),
    )
    return bool(tx.scalar(select(or_(*news))))


def still_open(tx: Tx, team: Team, decision_ids: Iterable[int]) -> list[DecisionBrief]:
    """Those of some decisions of a team that still wait for a choice, the most pressing first."""
    wanted = _decisions(team).where(Decision.id.in_(list(decision_ids)), Decision.state == DecisionState.OPEN)
    return briefs_of(tx, wanted.order_by(Decision.next_on, Decision.number))


def standing_at(results: Iterable[Result], instant: datetime) -> Decimal | None:
    """Where a measure stood by what had been recorded before an instant; None before the first result.

    `results` are all of an outcome's, those that were replaced too.
    """
    known = [one for one in results if one.recorded_at < instant]
    replaced = {one.replaces_id for one in known}
    standing = [one for one in known if one.id not in replaced]
    return max(standing, key=lambda one: (one.measured_at, one.id)).value if standing else None


def _within(column: Any, span: Span) -> ColumnElement[bool]:
    return and_(column >= span.since, column < span.until)


def _outcomes(team: Team) -> Select[Outcome, Team, Person]:
    return outcomes_in(Viewer(team.workspace_id, "")).where(Outcome.team_id == team.id)


def _decisions(team: Team) -> Select[Decision, Team, Person]:
    return decisions_in(Viewer(team.workspace_id, "")).where(Decision.team_id == team.id)


def _choices(tx: Tx, team: Team, span: Span, logged: Iterable[int]) -> tuple[Choice, ...]:
    """What was decided in a span of time, and what was `logged` in it, whenever it had been decided."""
    of_decision = and_(DecisionChoice.workspace_id == Decision.workspace_id, DecisionChoice.decision_id == Decision.id)
    of_span = or_(_within(DecisionChoice.made_at, span), Decision.id.in_(list(logged)))
    made = _decisions(team).join(DecisionChoice, of_decision).where(of_span)
    made = made.join(_Seer, and_(_Seer.workspace_id == DecisionChoice.workspace_id, _Seer.id == DecisionChoice.made_by))
    rows = tx.execute(made.with_only_columns(Decision, _Seer.name, DecisionChoice).order_by(DecisionChoice.version))
    newest = {decision.id: Choice(decision, choice, who) for decision, who, choice in rows}
    return tuple(sorted(newest.values(), key=lambda one: one.decision.number))


def _moved(tx: Tx, team: Team, span: Span, lines: Iterable[Change]) -> tuple[Moved, ...]:
    of_outcome = and_(Result.workspace_id == Outcome.workspace_id, Result.outcome_id == Outcome.id)
    logged = _outcomes(team).join(Result, of_outcome).where(_within(Result.recorded_at, span))
    ids = list(tx.scalars(logged.with_only_columns(Outcome.id).distinct()))
    if not ids:
        return ()
    by_outcome: dict[int, list[Result]] = defaultdict(list)
    theirs = select(Result).where(Result.workspace_id == team.workspace_id, Result.outcome_id.in_(ids))
    for row in tx.scalars(theirs):
        by_outcome[row.outcome_id].append(row)
    # What it started from was not known until then.
    fresh = {line.outcome_id for line in lines if line.what == "baseline" and not line.before}
    moved = []
    for view in views_of(tx, _outcomes(team).where(Outcome.id.in_(ids))):
        results, outcome = by_outcome[view.outcome.id], view.outcome
        before, after = standing_at(results, span.since), standing_at(results, span.until)
        started_from = None if outcome.id in fresh else outcome.baseline
        moved.append(Moved(view, started_from if before is None else before, after))
    return tuple(sorted(moved, key=lambda one: (not one.has_moved, -one.share, one.view.outcome.number)))


def _authors(tx: Tx, team: Team, span: Span) -> dict[int, str]:
    """Who logged the newest result of each outcome in a span of time."""
    of_outcome = and_(Result.workspace_id == Outcome.workspace_id, Result.outcome_id == Outcome.id)
    logged = _outcomes(team).join(Result, of_outcome).where(_within(Result.recorded_at, span))
    rows = tx.execute(logged.with_only_columns(Outcome.id, Result.author_id).order_by(Result.id))
    return dict(rows.all())


def _agreed(tx: Tx, team: Team, span: Span, lines: Iterable[Change]) -> tuple[Step, ...]:
    """Actions that were added, and proposals that were accepted, unless they were dropped since."""
    accepted = [
        and_(Action.outcome_id == line.outcome_id, Action.text == line.after)
        for line in lines
        if line.what == "proposal accepted"
    ]
    stands = Action.state.in_([ActionState.OPEN, ActionState.DONE])
    return _steps(tx, team, Action, stands, or_(_within(Action.created_at, span), *accepted))


def _steps(tx: Tx, team: Team, kind: Any, *wanted: ColumnElement[bool]) -> tuple[Step, ...]:
    of_outcome = and_(kind.workspace_id == Outcome.workspace_id, kind.outcome_id == Outcome.id)
    sees_to = and_(_Seer.workspace_id == kind.workspace_id, _Seer.id == kind.owner_id)
    chosen = _outcomes(team).join(kind, of_outcome).join(_Seer, sees_to).where(*wanted)
    rows = tx.execute(chosen.with_only_columns(kind, Outcome, _Seer.name).order_by(kind.id))
    return tuple(Step(item, outcome, who) for item, outcome, who in rows)


def _dependencies(tx: Tx, team: Team, span: Span) -> tuple[Agreed, ...]:
    of_outcome = and_(Dependency.workspace_id == Outcome.workspace_id, Dependency.outcome_id == Outcome.id)
    stands = Dependency.state.in_([DependencyState.ACCEPTED, DependencyState.DELIVERED])
    concerns = or_(Outcome.team_id == team.id, Dependency.team_id == team.id)
    chosen = (
        select(Dependency, Outcome)
        .join(Outcome, of_outcome)
        .where(Dependency.workspace_id == team.workspace_id, stands, concerns, _within(Dependency.answered_at, span))
        .order_by(Dependency.id)
    )
    return tuple(Agreed(one, outcome if outcome.team_id == team.id else None) for one, outcome in tx.execute(chosen))


def _lines(tx: Tx, team: Team, span: Span) -> list[tuple[Change, Outcome]]:
    of_outcome = and_(Change.workspace_id == Outcome.workspace_id, Change.outcome_id == Outcome.id)
    chosen = _outcomes(team).join(Change, of_outcome).where(_within(Change.made_at, span))
    rows = tx.execute(chosen.with_only_columns(Change, Outcome).order_by(Outcome.number, Change.id))
    return [(change, outcome) for change, outcome in rows]


def _other_lines(lines: Iterable[tuple[Change, Outcome]]) -> list[Other]:
    by_outcome: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change, outcome in lines:
        if change.what not in _TOLD_ELSEWHERE:
            by_outcome[outcome.key, outcome.statement].append(change)
    return [Other(key, title, tuple(its)) for (key, title), its in by_outcome.items()]


def _events(tx: Tx, team: Team, span: Span) -> list[tuple[DecisionEvent, Decision]]:
    of_decision = and_(DecisionEvent.workspace_id == Decision.workspace_id, DecisionEvent.decision_id == Decision.id)
    chosen = _decisions(team).join(DecisionEvent, of_decision).where(_within(DecisionEvent.made_at, span))
    rows = tx.execute(chosen.with_only_columns(DecisionEvent, Decision).order_by(Decision.number, DecisionEvent.id))
    return [(event, decision) for event, decision in rows]


def _other_events(events: Iterable[tuple[DecisionEvent, Decision]]) -> list[Other]:
    by_decision: dict[tuple[str, str], list[DecisionEvent]] = defaultdict(list)
    for event, decision in events:
        if event.what not in _CHOSEN:
            by_decision[decision.key, decision.question].append(event)
    return [Other(key, title, tuple(its)) for (key, title), its in by_decision.items()]
