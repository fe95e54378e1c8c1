"""Lists of decisions, and finding them by words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, select

from bot.db.database import Tx
from bot.decisions.model import Decision
from bot.decisions.queries import DecisionBrief, decisions_by_id
from bot.decisions.rules import NEVER, SEARCH_KIND, DecisionState
from bot.decisions.rules.lists import Filter
from bot.people.rules import Viewer
from bot.search.queries import matching
from bot.teams.queries import visible_team_ids

PAGE_SIZE = 20
MOST_COUNTED = 1_000

_Order = Sequence[SQLColumnExpression[Any]]
_MOST_PRESSING: _Order = (Decision.next_on, Decision.number)
_NEWEST: _Order = (Decision.number.desc(),)

_OPEN = Decision.state == DecisionState.OPEN
# What is in the index that lists are read by says it: of a decided one only a review can still be to come.
_TO_REVIEW = (Decision.state == DecisionState.DECIDED) & (Decision.next_on < NEVER)


@dataclass(frozen=True)
class DecisionPage:
    """Some decisions of a list, from which place on, and how many there are in all: at most MOST_COUNTED."""

    decisions: Sequence[DecisionBrief]
    total: int
    offset: int = 0


def list_decisions(
    tx: Tx,
    viewer: Viewer,
    *,
    today: date,
    decider_id: str | None = None,
    team_ids: Iterable[int] | None = None,
    narrowed: Filter = Filter.OPEN,
    offset: int = 0,
) -> DecisionPage:
    """The decisions of a decider, of some teams, or all, that the viewer may see; what needs somebody soonest first.

    Filter.ALL has the newest first. Filter.OVERDUE is what is open past the day by which it was needed.
    """
    wanted = list(_is(narrowed, today))
    if decider_id is not None:
        wanted.append(Decision.decider_id == decider_id)
    if team_ids is not None:
        wanted.append(Decision.team_id.in_(list(team_ids)))
    return _page(tx, viewer, wanted, _NEWEST if narrowed == Filter.ALL else _MOST_PRESSING, offset)


def search_decisions(tx: Tx, viewer: Viewer, terms: Sequence[str], *, offset: int = 0) -> DecisionPage:
    """The decisions, whatever became of them, in which each of these terms begins a word; the newest first."""
    return _page(tx, viewer, [matching(viewer.workspace_id, SEARCH_KIND, terms, Decision.id)], _NEWEST, offset)


def _is(narrowed: Filter, today: date) -> Iterable[ColumnElement[bool]]:
    if narrowed == Filter.OPEN:
        yield _OPEN
    elif narrowed == Filter.OVERDUE:
        yield from (_OPEN, Decision.next_on < today)
    elif narrowed == Filter.REVIEW:
        yield _TO_REVIEW
    elif narrowed == Filter.WAITING:
        yield _OPEN | _TO_REVIEW


def _page(tx: Tx, viewer: Viewer, wanted: Sequence[ColumnElement[bool]], order: _Order, offset: int) -> DecisionPage:
    """Some of the decisions that are as wanted: all are gone through by an index, and only the page's are read."""
    seen = Decision.team_id.in_(visible_team_ids(tx, viewer))
    chosen = (
        select(Decision.id)
        .where(Decision.workspace_id == viewer.workspace_id, seen, *wanted)
        .order_by(*order)
        .limit(max(MOST_COUNTED, offset + PAGE_SIZE))
    )
    ids = list(tx.scalars(chosen))
    shown = decisions_by_id(tx, viewer, ids[offset : offset + PAGE_SIZE])
    return DecisionPage(shown, min(len(ids), MOST_COUNTED), offset)
