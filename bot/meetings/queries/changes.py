"""Reading what changed in a team's outcomes and decisions in a span of time: from the records alone.

Whether anybody opened the meeting's messages makes no difference. Of other teams nothing is read but what one of them
asked of this one, in its words, so that everybody in the team's channel may see all of it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
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
from bot.meetings.rules.agenda import About, Became
from bot.meetings.rules.held import Span
from bot.obstacles.model import Obstacle
from bot.outcomes.model import Change, Outcome, Result
from bot.outcomes.queries import View, outcomes_in, views_of
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.teams.model import Team

_Seer = aliased(Person)

_TOLD_ELSEWHERE = frozenset(
    [
        *("result corrected", "action added", "proposal accepted", "action done"),
        *("obstacle raised", "obstacle resolved", "need accepted"),
    ]
)
"""Lines of an outcome's history that say what its results, actions, obstacles and dependencies say."""
_CHOSEN = frozenset(["decided", "changed", "logged"])
"""Lines of a decision's history that say what its choices say."""
_OUTCOMES_OWN = frozenset(["statement", "measure", "unit", "baseline", "target", "start", "due", "milestones", "why"])
"""Changes of these re-scope an outcome."""


@dataclass(frozen=True)
class Choice:
    """A decision, and the newest version of its choice that was made."""

    decision: Decision
    choice: DecisionChoice
    by: str


@dataclass(frozen=True)
class Moved:
    """An outcome of which results were logged: where its measure stood before, and where it stands after them."""

    view: View
    before: Decimal | None
    after: Decimal | None

    @property
    def has_moved(self) -> bool:
        """Whether it stands elsewhere than before."""
        return self.before != self.after

    @property
    def share(self) -> Decimal:
        """How much of the path it moved, up or down: what the most important one is found by."""
        return abs(self.progress)

    @property
    def progress(self) -> Decimal:
        """How much of the path it came closer to its target; negative when it fell behind, 0 when that is not known."""
        if self.before is None or self.after is None or self.view.outcome.baseline is None:
            return Decimal(0)
        return self.view.path.progress(self.after) - self.view.path.progress(self.before)


@dataclass(frozen=True)
class Step:
    """An action or an obstacle with its outcome, and who sees to it."""

    item: Action | Obstacle
    outcome: Outcome
    who: str


@dataclass(frozen=True)
class Agreed:
    """Something that one team promised another; `outcome` is None where it is another team's."""

    dependency: Dependency
    outcome: Outcome | None


@dataclass(frozen=True)
class Other:
    """What else was changed about an outcome or a decision, line by line of its history."""

    key: str
    title: str
    lines: tuple[Change | DecisionEvent, ...]


@dataclass(frozen=True)
class Changes:
    """Everything that changed in a span of time. Each record is in one of these."""

    decisions: tuple[Choice, ...] = ()
    moved: tuple[Moved, ...] = ()
    """The one that moved most of its path first; those that stand where they stood are last."""
    agreed: tuple[Step, ...] = ()
    done: tuple[Step, ...] = ()
    raised: tuple[Step, ...] = ()
    resolved: tuple[Step, ...] = ()
    dependencies: tuple[Agreed, ...] = ()
    other: tuple[Other, ...] = ()
    opened: frozenset[int] = frozenset()
    """The decisions that were opened or reopened, by id."""
    rescoped: frozenset[int] = field(default=frozenset())
    """The outcomes that were edited or closed, by id."""

    def __bool__(self) -> bool:
        return any([*self._told, self.other])

    @property
    def _told(self) -> list[tuple[Any, ...]]:
        steps: list[tuple[Any, ...]] = [self.agreed, self.done, self.raised, self.resolved]
        return [self.decisions, self.moved, *steps, self.dependencies]

    @property
    def count(self) -> int:
        """How many things changed."""
        return sum(map(len, self._told)) + sum(len(one.lines) for one in self.other)

    def became(self, about: About, what: str) -> Became | None:
        """What became of a line about something, in these words; None for nothing yet.

        A decision that answers the line's own words, as its form offers them, is that line decided.
        """
        if any(about.decision_id == one.decision.id or what == one.decision.question for one in self.decisions):
            return Became.DECIDED
        itself = {
            Became.OBSTACLE: about.obstacle_id in {one.item.id for one in self.resolved},
            Became.DONE: about.action_id in {one.item.id for one in self.done},
            Became.ANSWERED: about.dependency_id in {one.dependency.id for one in self.dependencies},
        }
        if ended := next((became for became, is_so in itself.items() if is_so), None):
            return ended
        return self._of_outcome(about)

    def _of_outcome(self, about: About) -> Became | None:
        """What was done for the outcome of a line: for an obstacle an action, for the outcome itself all of it."""
        outcome = about.outcome_id
        is_itself = about == About(outcome)
        came = {
            Became.ACTION: outcome in {one.outcome.id for one in self.agreed} and (is_itself or about.obstacle_id),
            Became.RESULT: is_itself and outcome in {one.view.outcome.id for one in self.moved},
            Became.OBSTACLE: is_itself and outcome in {one.outcome.id for one in self.raised},
            Became.RESCOPED: is_itself and outcome in self.rescoped,
        }
        return next((became for became, is_so in came.items() if is_so), None)


def changes_in(tx: Tx, team: Team, span: Span) -> Changes:
    """Everything that changed in a team's outcomes and decisions in a span of time, as its channel may see it."""
    lines = _lines(tx, team, span)
    events = _events(tx, team, span)
    return Changes(
        decisions=_choices(tx, team, span),
        moved=_moved(tx, team, span, [change for change, _ in lines]),
        agreed=_agreed(tx, team, span, [change for change, _ in lines]),
        done=_steps(tx, team, Action, Action.state == ActionState.DONE, _within(Action.ended_at, span)),
        raised=_steps(tx, team, Obstacle, _within(Obstacle.raised_at, span)),
        resolved=_steps(tx, team, Obstacle, _within(Obstacle.resolved_at, span)),
        dependencies=_dependencies(tx, team, span),
        other=(*_other_lines(lines), *_other_events(events)),
        opened=frozenset(one.id for event, one in events if event.what in {"opened", "reopened"}),
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


def _choices(tx: Tx, team: Team, span: Span) -> tuple[Choice, ...]:
    of_decision = and_(DecisionChoice.workspace_id == Decision.workspace_id, DecisionChoice.decision_id == Decision.id)
    made = _decisions(team).join(DecisionChoice, of_decision).where(_within(DecisionChoice.made_at, span))
    rows = tx.execute(made.with_only_columns(Decision, Person.name, DecisionChoice).order_by(DecisionChoice.version))
    newest = {decision.id: Choice(decision, choice, who or "") for decision, who, choice in rows}
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
