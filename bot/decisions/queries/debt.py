"""Reading decision debt: which decisions are missing, since when, what each blocks, and whether it grows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from bot.db.database import Tx
from bot.decisions.model import Decision, DecisionWait
from bot.decisions.queries import DecisionBrief, briefs_of, decisions_by_id, decisions_in, standing_of
from bot.decisions.queries.trend import debt_trend
from bot.decisions.rules.debt import Debt, age_days, heaviest_first, kinds_on
from bot.execution.model import Action
from bot.outcomes.model import Outcome
from bot.people.queries import people_by_id
from bot.people.rules import Viewer
from bot.teams.model import Team
from bot.teams.queries import is_visible_to, visible_team_ids, visible_teams, zone_of

PAGE_SIZE = 8
MOST_COUNTED = 1_000
_MOST_NAMED = 3

_of_action = and_(Action.workspace_id == DecisionWait.workspace_id, Action.id == DecisionWait.action_id)


@dataclass(frozen=True)
class InDebt:
    """A decision that is missing, or not reviewed: why, for how many days, and what waits for it."""

    brief: DecisionBrief
    kinds: tuple[Debt, ...]
    days: int
    blocks: Sequence[str] = ()
    """The keys of the outcomes that wait for it, or of whose actions do, as far as they are seen."""


@dataclass(frozen=True)
class DebtPage:
    """Some of the debt in a scope: what blocks the most first, then the oldest. At most MOST_COUNTED are counted."""

    debts: Sequence[InDebt]
    total: int
    offset: int
    by_team: Sequence[tuple[str, int]]
    by_decider: Sequence[tuple[str, int]]
    """Names with how many, the most first; those without a decider are under an empty name."""
    trend: Sequence[int]
    """How many there were at the end of this weekday of the last weeks, the oldest first, and now."""


def debt_page(
    tx: Tx,
    viewer: Viewer,
    *,
    today: date,
    team_ids: Iterable[int] | None = None,
    decider_id: str | None = None,
    offset: int = 0,
) -> DebtPage:
    """The debt of some teams, of a decider, or all, as far as the viewer may see it."""
    scope = _scope(tx, viewer, team_ids, decider_id)
    found = tx.execute(
        select(Decision.id, Decision.debt_from_on, Decision.team_id, Decision.decider_id)
        .where(*scope, Decision.debt_from_on <= today)
        .order_by(Decision.debt_from_on, Decision.number)
        .limit(MOST_COUNTED)
    ).all()
    blocks = _blocks(tx, viewer, [id_ for id_, *_ in found], is_visible_to(viewer))
    ages = {id_: age_days(first, today) for id_, first, *_ in found if first is not None}
    order = heaviest_first(ages, {id_: len(keys) for id_, keys in blocks.items()})
    shown = decisions_by_id(tx, viewer, order[offset : offset + PAGE_SIZE])
    teams, deciders = Counter(row[2] for row in found), Counter(row[3] or "" for row in found)
    return DebtPage(
        [_in_debt(tx, brief, today, blocks.get(brief.decision.id, ())) for brief in shown],
        len(found),
        offset,
        _named(teams, {team.id: team.name for team in visible_teams(tx, viewer)}),
        _named(deciders, {one.id: one.name for one in people_by_id(tx, viewer, set(deciders)).values()}),
        debt_trend(tx, viewer.workspace_id, scope, today=today),
    )


def debt_of_team(tx: Tx, team: Team, *, today: date) -> list[InDebt]:
    """A team's debt with as much of other teams as everybody in its channel may see: nothing. The oldest first."""
    of = Viewer(team.workspace_id, "")
    mine = decisions_in(of).where(Decision.team_id == team.id, Decision.debt_from_on <= today)
    briefs = briefs_of(tx, mine.order_by(Decision.debt_from_on, Decision.number).limit(MOST_COUNTED))
    blocks = _blocks(tx, of, [brief.decision.id for brief in briefs], Team.id == team.id)
    return [_in_debt(tx, brief, today, blocks.get(brief.decision.id, ())) for brief in briefs]


def debt_of_led_teams(tx: Tx, viewer: Viewer, *, today: date) -> list[tuple[Team, list[InDebt]]]:
    """The debt of the teams that the viewer leads and sees, by their names; teams without any are left out."""
    led = select(Team).where(Team.lead_id == viewer.person_id, is_visible_to(viewer)).order_by(Team.name, Team.id)
    found = [(team, debt_of_team(tx, team, today=today)) for team in tx.scalars(led)]
    return [(team, debts) for team, debts in found if debts]


def _scope(tx: Tx, viewer: Viewer, team_ids: Iterable[int] | None, decider_id: str | None) -> list[ColumnElement[bool]]:
    seen = visible_team_ids(tx, viewer)
    chosen = seen if team_ids is None else [one for one in team_ids if one in set(seen)]
    scope = [Decision.workspace_id == viewer.workspace_id, Decision.team_id.in_(chosen)]
    return scope if decider_id is None else [*scope, Decision.decider_id == decider_id]


def _in_debt(tx: Tx, brief: DecisionBrief, today: date, blocks: Sequence[str]) -> InDebt:
    standing = standing_of(brief.decision, brief.decider, zone_of(tx, brief.team))
    first = brief.decision.debt_from_on or today
    return InDebt(brief, kinds_on(standing, today), age_days(first, today), blocks)


def _blocks(tx: Tx, of: Viewer, ids: Sequence[int], seen: ColumnElement[bool]) -> dict[int, list[str]]:
    """The outcomes that wait for decisions, or of whose actions do, as far as they are `seen`: a condition on teams."""
    found: dict[int, list[str]] = defaultdict(list)
    if not ids:
        return found
    waits = (
        select(DecisionWait.decision_id, Outcome.number)
        .outerjoin(Action, _of_action)
        .join(
            Outcome,
            and_(
                Outcome.workspace_id == DecisionWait.workspace_id,
                Outcome.id == func.coalesce(DecisionWait.outcome_id, Action.outcome_id),
            ),
        )
        .join(Team, and_(Team.workspace_id == Outcome.workspace_id, Team.id == Outcome.team_id))
        .where(DecisionWait.workspace_id == of.workspace_id, DecisionWait.decision_id.in_(ids), seen)
        .distinct()
        .order_by(DecisionWait.decision_id, Outcome.number)
    )
    for decision_id, number in tx.execute(waits):
        found[decision_id].append(f"OUT-{number}")
    return found


def _named(counts: Mapping[Any, int], names: Mapping[Any, str]) -> list[tuple[str, int]]:
    told = [(names.get(key, ""), count) for key, count in counts.items()]
    return sorted(told, key=lambda one: (-one[1], one[0]))[:_MOST_NAMED]
