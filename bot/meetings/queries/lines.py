"""Reading the lines of an agenda, with what they are about, as everybody in the team's channel may see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, or_, select

from bot.db.database import Tx
from bot.decisions.model import Decision
from bot.dependencies.model import Dependency
from bot.execution.model import Action
from bot.meetings.model import Meeting, MeetingLine
from bot.meetings.queries.held import lines_of
from bot.meetings.rules.agenda import MOST_CARRIED, Became, LineKind, is_carried
from bot.obstacles.model import Obstacle
from bot.outcomes.model import Outcome
from bot.outcomes.queries import visible_outcomes
from bot.people.queries import people_by_id
from bot.people.rules import Viewer
from bot.teams.model import Team

_Row = TypeVar("_Row")
_CHOICES = 100


@dataclass(frozen=True)
class LineView:
    """A line of an agenda, and what it is about, in words.

    Args:
        key: `OUT-12`, `DEC-3`; empty where there is none to name.
        what: what it is about, as somebody wrote it.
        who: who sees to it, or put the line there; empty for nobody.
    """

    line: MeetingLine
    key: str
    what: str
    who: str

    @property
    def became(self) -> Became | None:
        """What became of it; None for nothing yet."""
        return Became(self.line.became) if self.line.became else None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be talked about."""
        return self.became is None

    @property
    def asks_for_a_choice(self) -> bool:
        """Whether it was carried so often that it is to be done, re-scoped or dropped."""
        return self.line.carried >= MOST_CARRIED and is_carried(self.became)


def lines_seen(tx: Tx, meeting: Meeting) -> list[LineView]:
    """The lines of an agenda that were not dropped, in its order.

    What went to another team meanwhile is not shown any more.
    """
    rows = [line for line in lines_of(tx, meeting) if line.became != Became.DROPPED]
    return _views(tx, meeting, rows)


def words_of(tx: Tx, meeting: Meeting, line_id: int) -> str:
    """What a line is about, as somebody wrote it; empty when it is not shown any more."""
    return next((view.what for view in lines_seen(tx, meeting) if view.line.id == line_id), "")


def outcomes_of(tx: Tx, viewer: Viewer, team: Team) -> dict[str, str]:
    """The live outcomes of a team that a line can be about, for a menu: their ids, and what they say."""
    live = visible_outcomes(viewer).where(Outcome.team_id == team.id, Outcome.closed_at.is_(None))
    chosen = live.with_only_columns(Outcome).order_by(Outcome.due_on, Outcome.number).limit(_CHOICES)
    return {str(outcome.id): f"{outcome.key} {outcome.statement}" for outcome in tx.scalars(chosen)}


def _views(tx: Tx, meeting: Meeting, rows: Sequence[MeetingLine]) -> list[LineView]:
    of_team = and_(Outcome.workspace_id == meeting.workspace_id, Outcome.team_id == meeting.team_id)
    outcomes = _by_id(tx, Outcome, meeting, (row.outcome_id for row in rows), of_team)
    decisions = _by_id(tx, Decision, meeting, (row.decision_id for row in rows), Decision.team_id == meeting.team_id)
    obstacles = _by_id(tx, Obstacle, meeting, (row.obstacle_id for row in rows))
    asked = or_(Dependency.team_id == meeting.team_id, Dependency.outcome_id.in_(list(outcomes)))
    needs = _by_id(tx, Dependency, meeting, (row.dependency_id for row in rows), asked)
    actions = _by_id(tx, Action, meeting, (row.action_id for row in rows))
    named = {row.added_by for row in rows if row.added_by}
    named |= {one.owner_id for some in (outcomes, obstacles, actions) for one in some.values()}
    named |= {one.decider_id for one in decisions.values() if one.decider_id}
    named |= {one.asked_by for one in needs.values()}
    people = people_by_id(tx, Viewer(meeting.workspace_id, ""), named)

    def name(person_id: str | None) -> str:
        return people[person_id].name if person_id in people else ""

    def seen(line: MeetingLine) -> LineView | None:
        outcome = outcomes.get(line.outcome_id or 0)
        key = outcome.key if outcome else ""
        if line.kind == LineKind.OWN:
            return LineView(line, key, line.text, name(line.added_by))
        if decision := decisions.get(line.decision_id or 0):
            return LineView(line, decision.key, decision.question, name(decision.decider_id))
        if need := needs.get(line.dependency_id or 0):
            return LineView(line, key, need.text, name(need.asked_by))
        if outcome is None:
            return None
        for item in (obstacles.get(line.obstacle_id or 0), actions.get(line.action_id or 0)):
            if item is not None:
                return LineView(line, key, item.text, name(item.owner_id))
        return LineView(line, key, outcome.statement, name(outcome.owner_id))

    return [view for view in map(seen, rows) if view is not None]


def _by_id(
    tx: Tx, kind: type[_Row], meeting: Meeting, ids: Iterable[int | None], *wanted: ColumnElement[bool]
) -> dict[int, _Row]:
    table: Any = kind
    wanted_ids = {one for one in ids if one is not None}
    if not wanted_ids:
        return {}
    chosen = select(table).where(table.workspace_id == meeting.workspace_id, table.id.in_(wanted_ids), *wanted)
    return {row.id: row for row in tx.scalars(chosen)}
