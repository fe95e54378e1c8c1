"""Reading outcomes and their results. Every one takes the viewer and shows only what they may see."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from bot.db.database import Tx
from bot.errors import NotFound
from bot.measuring.health import Standing, standing
from bot.outcomes.model import Outcome, Result
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.teams.model import Team
from bot.teams.queries import is_visible_to


@dataclass(frozen=True)
class View:
    """An outcome with what is shown beside it. `results` are those that stand, oldest first: not the replaced ones."""

    outcome: Outcome
    team: Team
    owner: Person
    results: tuple[Result, ...]

    @property
    def latest(self) -> Result | None:
        """The newest result that stands."""
        return self.results[-1] if self.results else None

    @property
    def latest_value(self) -> Decimal:
        """Where the measure stands: the newest result, or the baseline before the first."""
        return self.results[-1].value if self.results else self.outcome.baseline

    def standing(self, today: date, zone: ZoneInfo) -> Standing:
        """How the outcome stands on `today`, a date in `zone`."""
        latest = self.latest
        return standing(
            self.outcome.path,
            latest=latest.value if latest else None,
            measured_on=latest.measured_at.astimezone(zone).date() if latest else None,
            today=today,
        )


def find_outcome(tx: Tx, viewer: Viewer, number: int) -> View:
    """The outcome by that number. Raises NotFound when there is none that the viewer may see."""
    found = _views(tx, _visible(viewer).where(Outcome.number == number))
    if not found:
        raise NotFound(f"There is no OUT-{number} that you can see. /outcome list shows the ones you can.")
    return found[0]


def find_outcome_by_id(tx: Tx, viewer: Viewer, outcome_id: int) -> View:
    """The outcome by its row's id, as buttons carry it. Raises NotFound when the viewer may not see it."""
    found = _views(tx, _visible(viewer).where(Outcome.id == outcome_id))
    if not found:
        raise NotFound("That outcome is not there any more, or you cannot see it.")
    return found[0]


@dataclass(frozen=True)
class Page:
    """Some outcomes of a list, and how many there are in all."""

    views: list[View]
    total: int


PAGE_SIZE = 20


def list_outcomes(
    tx: Tx, viewer: Viewer, *, owner_id: str | None = None, team_ids: Iterable[int] | None = None
) -> Page:
    """The outcomes of an owner, of some teams, or all, that the viewer may see; the soonest due first."""
    wanted: list[ColumnElement[bool]] = []
    if owner_id is not None:
        wanted.append(Outcome.owner_id == owner_id)
    if team_ids is not None:
        wanted.append(Outcome.team_id.in_(list(team_ids)))
    chosen = _visible(viewer).where(*wanted)
    total = tx.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    return Page(_views(tx, chosen.order_by(Outcome.due_on, Outcome.number).limit(PAGE_SIZE)), total)


def outcomes_owned_by(tx: Tx, owner: Viewer) -> list[View]:
    """Every outcome that this person owns and may see."""
    return _views(tx, _visible(owner).where(Outcome.owner_id == owner.person_id).order_by(Outcome.number))


def outcomes_left_by(tx: Tx, gone: Viewer) -> list[View]:
    """Every outcome of an owner who is gone, and so sees nothing any more: for telling their teams."""
    return _views(tx, _in_workspace(gone).where(Outcome.owner_id == gone.person_id).order_by(Outcome.number))


def _visible(viewer: Viewer) -> Select[Outcome, Team, Person]:
    return _in_workspace(viewer).where(is_visible_to(viewer))


def _in_workspace(viewer: Viewer) -> Select[Outcome, Team, Person]:
    return (
        select(Outcome, Team, Person)
        .join(Team, and_(Team.workspace_id == Outcome.workspace_id, Team.id == Outcome.team_id))
        .join(Person, and_(Person.workspace_id == Outcome.workspace_id, Person.id == Outcome.owner_id))
        .where(Outcome.workspace_id == viewer.workspace_id)
    )


def _views(tx: Tx, chosen: Select[Outcome, Team, Person]) -> list[View]:
    rows = tx.execute(chosen).all()
    results = _standing_results(tx, [outcome.id for outcome, _, _ in rows])
    return [View(outcome, team, owner, tuple(results[outcome.id])) for outcome, team, owner in rows]


def _standing_results(tx: Tx, outcome_ids: list[int]) -> dict[int, list[Result]]:
    by_outcome: dict[int, list[Result]] = defaultdict(list)
    if not outcome_ids:
        return by_outcome
    correction = aliased(Result)
    is_replaced = exists().where(correction.workspace_id == Result.workspace_id, correction.replaces_id == Result.id)
    stands = select(Result).where(Result.outcome_id.in_(outcome_ids), ~is_replaced)
    for result in tx.scalars(stands.order_by(Result.measured_at, Result.id)):
        by_outcome[result.outcome_id].append(result)
    return by_outcome


def may_change(tx: Tx, viewer: Viewer, view: View) -> bool:
    """Whether the viewer may log results and edit: the owner, the team's lead, and the workspace's admins may."""
    if viewer.person_id in (view.outcome.owner_id, view.team.lead_id):
        return True
    person = tx.get(Person, (viewer.workspace_id, viewer.person_id))
    return person is not None and person.is_admin
