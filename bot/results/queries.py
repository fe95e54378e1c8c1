"""Reading results, and which outcomes somebody may log one for."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, false, or_, true

from bot.db.database import Tx
from bot.outcomes.model import Outcome, Result
from bot.outcomes.queries import Brief, View, visible_outcomes
from bot.people.model import Person
from bot.people.queries import people_by_id
from bot.people.rules import Viewer
from bot.teams.model import Team

MOST_OFFERED = 20
"""How many results a form offers to correct."""
_MOST_CHOICES = 100


@dataclass(frozen=True)
class Logged:
    """A result, and the name of who logged it."""

    result: Result
    by: str


def newest_results(tx: Tx, viewer: Viewer, view: View) -> Sequence[Logged]:
    """The newest results that stand of an outcome the viewer may see, the newest first: those that can be corrected."""
    newest = view.results[: -MOST_OFFERED - 1 : -1]
    people = people_by_id(tx, viewer, {result.author_id for result in newest})
    return [Logged(one, people[one.author_id].name if one.author_id in people else "") for one in newest]


def find_result(tx: Tx, view: View, result_id: int) -> Result | None:
    """The result of this outcome by that id, whether it stands or was replaced; None for any other id."""
    found = tx.get(Result, result_id)
    mine = found is not None and (found.workspace_id, found.outcome_id) == (view.outcome.workspace_id, view.outcome.id)
    return found if mine else None


def outcomes_to_log(tx: Tx, person: Person, channel_id: str) -> list[Brief]:
    """The live outcomes that somebody may log results for, at most 100: their own first, then the channel's team's."""
    viewer = Viewer(person.workspace_id, person.id)
    is_mine = Outcome.owner_id == person.id
    may_for_all = true() if person.is_admin else false()
    in_my_charge = (Team.channel_id == channel_id) & or_(Team.lead_id == person.id, may_for_all)
    chosen = visible_outcomes(viewer).where(Outcome.closed_at.is_(None), is_mine | in_my_charge)
    ordered = chosen.order_by(case((is_mine, 0), else_=1), Outcome.number).limit(_MOST_CHOICES)
    return [Brief(outcome, team, owner) for outcome, team, owner in tx.execute(ordered)]
