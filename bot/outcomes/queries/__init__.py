"""Reading outcomes and their results. Every one takes the viewer and shows only what they may see."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from bot.db.database import Tx
from bot.errors import NotFound
from bot.language.values import write_value
from bot.measuring.health import STALE_AFTER_PERIODS, Health, Standing, health_on, standing
from bot.measuring.paths import Milestone as PathMilestone
from bot.measuring.paths import Path
from bot.outcomes.model import Milestone, Outcome, Result
from bot.outcomes.rules import Filter
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.priorities.model import Priority
from bot.search.queries import matching
from bot.teams.model import Team
from bot.teams.queries import is_visible_to, visible_team_ids

SEARCH_KIND = "outcome"

# What is the same each time is put together once: that takes longer than the database does to answer.
_OUTCOMES = (
    select(Outcome, Team, Person)
    .join(Team, and_(Team.workspace_id == Outcome.workspace_id, Team.id == Outcome.team_id))
    .join(Person, and_(Person.workspace_id == Outcome.workspace_id, Person.id == Outcome.owner_id))
)
_correction = aliased(Result)
_RESULTS = (
    select(Result)
    .join(Outcome, and_(Outcome.workspace_id == Result.workspace_id, Outcome.id == Result.outcome_id))
    .where(
        Outcome.id.in_(bindparam("ids", expanding=True)),
        ~exists().where(_correction.workspace_id == Result.workspace_id, _correction.replaces_id == Result.id),
    )
    .order_by(Result.measured_at, Result.id)
)
_MILESTONES = (
    select(Milestone)
    .join(Outcome, and_(Outcome.workspace_id == Milestone.workspace_id, Outcome.id == Milestone.outcome_id))
    .where(Outcome.id.in_(bindparam("ids", expanding=True)))
    .order_by(Milestone.due_on)
)


@dataclass(frozen=True)
class Brief:
    """An outcome as a list shows it: with its team and its owner, without its results."""

    outcome: Outcome
    team: Team
    owner: Person

    @property
    def latest_value(self) -> Decimal | None:
        """Where the measure stands: the newest result, or the baseline before the first; None when neither is known."""
        latest = self.outcome.latest_value
        return self.outcome.baseline if latest is None else latest

    def health(self, today: date) -> Health:
        """How the outcome stands on a day."""
        return health_on(self.outcome.turns, today)

    def is_busy(self, today: date) -> bool:
        """Whether it is effort without movement on that day."""
        begins, ends = self.outcome.busy_from_on, self.outcome.busy_to_on
        return begins is not None and ends is not None and begins <= today <= ends


@dataclass(frozen=True)
class View(Brief):
    """An outcome with all its results that stand, oldest first: not the replaced ones."""

    results: tuple[Result, ...]
    milestones: tuple[PathMilestone, ...] = ()

    @property
    def path(self) -> Path:
        """From where to where, from when to when, and by which milestones."""
        return path_of(self.outcome, self.milestones)

    @property
    def latest(self) -> Result | None:
        """The newest result that stands."""
        return self.results[-1] if self.results else None

    def standing(self, today: date) -> Standing:
        """How the outcome stands on a day, with the numbers that say so."""
        outcome, periods = self.outcome, self.team.rhythm.period_days
        return standing(
            self.path,
            latest=outcome.latest_value,
            measured_on=outcome.latest_on,
            today=today,
            stale_after_days=STALE_AFTER_PERIODS * periods,
        )


def find_outcome(tx: Tx, viewer: Viewer, number: int) -> View:
    """The outcome by that number. Raises NotFound when there is none that the viewer may see."""
    found = views_of(tx, visible_outcomes(viewer).where(Outcome.number == number))
    if not found:
        raise NotFound(f"There is no OUT-{number} that you can see. /outcome list shows the ones you can.")
    return found[0]


def find_outcome_by_id(tx: Tx, viewer: Viewer, outcome_id: int, *, hold: bool = False) -> View:
    """The outcome by its row's id, as buttons carry it. Raises NotFound when the viewer may not see it.

    With `hold`, whoever else wants to change it waits until this transaction has ended.
    """
    if hold:
        held = select(Outcome.id).where(Outcome.workspace_id == viewer.workspace_id, Outcome.id == outcome_id)
        tx.execute(held.with_for_update())
    found = views_of(tx, visible_outcomes(viewer).where(Outcome.id == outcome_id))
    if not found:
        raise NotFound("That outcome is not there any more, or you cannot see it.")
    return found[0]


@dataclass(frozen=True)
class Page:
    """Some outcomes of a list, from which place on, and how many there are in all: at most MOST_COUNTED."""

    views: Sequence[Brief]
    total: int
    offset: int = 0


PAGE_SIZE = 20
MOST_COUNTED = 1_000


def list_outcomes(
    tx: Tx,
    viewer: Viewer,
    *,
    today: date,
    owner_id: str | None = None,
    team_ids: Iterable[int] | None = None,
    narrowed: Filter | None = None,
    offset: int = 0,
) -> Page:
    """The live outcomes of an owner, of some teams, or all, that the viewer may see; the soonest due first.

    `narrowed` keeps those that are so on `today`; DONE asks for the closed ones instead.
    """
    wanted = [is_narrowed_to(narrowed, today)]
    if owner_id is not None:
        wanted.append(Outcome.owner_id == owner_id)
    if team_ids is not None:
        wanted.append(Outcome.team_id.in_(list(team_ids)))
    return _page(tx, viewer, wanted, offset)


def search_outcomes(tx: Tx, viewer: Viewer, terms: Sequence[str], *, offset: int = 0) -> Page:
    """The outcomes, live or closed, in which each of these terms begins a word; see `bot.search.rules.terms`."""
    return _page(tx, viewer, [matching(viewer.workspace_id, SEARCH_KIND, terms, Outcome.id)], offset)


def outcomes_by_id(tx: Tx, viewer: Viewer, ids: Sequence[int]) -> list[Brief]:
    """Those of `ids` that the viewer may see, in the order of `ids`."""
    rows = tx.execute(visible_outcomes(viewer).where(Outcome.id.in_(ids)))
    found = {outcome.id: Brief(outcome, team, owner) for outcome, team, owner in rows}
    return [found[one] for one in ids if one in found]


def outcomes_owned_by(tx: Tx, owner: Viewer) -> list[View]:
    """Every live outcome that this person owns and may see."""
    return _by_number(views_of(tx, visible_outcomes(owner).where(*_owned_live(owner))))


def outcomes_left_by(tx: Tx, gone: Viewer) -> list[View]:
    """Every live outcome of an owner who is gone, and so sees nothing any more: for telling their teams."""
    return _by_number(views_of(tx, outcomes_in(gone).where(*_owned_live(gone))))


def live_count(tx: Tx, viewer: Viewer, *, owner_id: str, besides: int | None = None) -> int:
    """How many live outcomes somebody owns, those the viewer cannot see among them, without the one named `besides`."""
    wanted = [*_owned_live(Viewer(viewer.workspace_id, owner_id))]
    if besides is not None:
        wanted.append(Outcome.id != besides)
    return tx.scalar(select(func.count()).select_from(Outcome).where(*wanted)) or 0


def is_part_of(tx: Tx, outcome: Outcome, whole_id: int) -> bool:
    """Whether an outcome is the one by that id, or part of it through however many others."""
    part: Outcome | None = outcome
    seen: set[int] = set()
    while part is not None and part.id not in seen:
        if part.id == whole_id:
            return True
        seen.add(part.id)
        part = tx.get(Outcome, part.parent_id) if part.parent_id else None
    return False


def path_of(outcome: Outcome, milestones: tuple[PathMilestone, ...]) -> Path:
    """The path of an outcome. Until a baseline is known nothing is measured against it, and the target stands in."""
    baseline = outcome.target if outcome.baseline is None else outcome.baseline
    return Path(baseline, outcome.target, outcome.starts_on, outcome.due_on, milestones)


def described(tx: Tx, view: View) -> dict[str, str]:
    """What an outcome says, field by field, as its history writes it."""
    outcome = view.outcome
    priority = tx.get(Priority, outcome.priority_id) if outcome.priority_id else None
    parent = tx.get(Outcome, outcome.parent_id) if outcome.parent_id else None
    return {
        "statement": outcome.statement,
        "measure": outcome.measure,
        "unit": outcome.unit.words,
        "baseline": "" if outcome.baseline is None else write_value(outcome.baseline, outcome.unit, locale="en-US"),
        "target": write_value(outcome.target, outcome.unit, locale="en-US"),
        "start": outcome.starts_on.isoformat(),
        "due": outcome.due_on.isoformat(),
        "milestones": "; ".join(
            f"{one.on}: {write_value(one.value, outcome.unit, locale='en-US')}" for one in view.milestones
        ),
        "team": view.team.name,
        "priority": priority.name if priority else "",
        "parent": parent.key if parent else "",
        "why": outcome.why,
    }


def visible_outcomes(viewer: Viewer) -> Select[Outcome, Team, Person]:
    """Every outcome the viewer may see, with its team and owner, for a room to narrow down or to join."""
    return outcomes_in(viewer).where(is_visible_to(viewer))


def outcomes_in(viewer: Viewer) -> Select[Outcome, Team, Person]:
    """Every outcome of the viewer's workspace: for a scheduler, never for somebody's eyes."""
    return _OUTCOMES.where(Outcome.workspace_id == viewer.workspace_id)


def is_narrowed_to(narrowed: Filter | None, today: date) -> ColumnElement[bool]:
    """The condition of a filter, or of being live: the same as `health_on` and `Brief.is_busy` say, in SQL."""
    if narrowed == Filter.DONE:
        return Outcome.closed_at.is_not(None)
    live = Outcome.closed_at.is_(None)
    if narrowed is None:
        return live
    if narrowed == Filter.BUSY:
        return live & (Outcome.busy_from_on <= today) & (Outcome.busy_to_on >= today)
    measured = live & Outcome.latest_on.is_not(None) & Outcome.is_achieved.is_(False)
    is_stale = Outcome.stale_on <= today
    if narrowed == Filter.STALE:
        return measured & is_stale
    measured &= or_(Outcome.stale_on.is_(None), Outcome.stale_on > today)
    is_off_track = Outcome.off_track_on <= today
    if narrowed == Filter.OFF_TRACK:
        return measured & is_off_track
    is_not_yet = or_(Outcome.off_track_on.is_(None), Outcome.off_track_on > today)
    return measured & is_not_yet & (Outcome.at_risk_on <= today)


def outcomes_to_refresh(tx: Tx, *, now: datetime, limit: int) -> list[int]:
    """The outcomes whose rows are to be derived anew, the longest due first: a scheduler's question."""
    due = select(Outcome.id).where(Outcome.next_refresh_at <= now).order_by(Outcome.next_refresh_at).limit(limit)
    return list(tx.scalars(due))


def next_refresh_at(tx: Tx) -> datetime | None:
    """The earliest instant at which an outcome's row is to be derived anew: a scheduler's question, as above."""
    planned = Outcome.next_refresh_at
    return tx.scalar(select(planned).where(planned.is_not(None)).order_by(planned).limit(1))


def results_of(tx: Tx, outcome_ids: Sequence[int]) -> dict[int, list[Result]]:
    """The results that stand of some outcomes the caller has already found, oldest first."""
    by_outcome: dict[int, list[Result]] = defaultdict(list)
    if outcome_ids:
        for result in tx.scalars(_RESULTS, {"ids": list(outcome_ids)}):
            by_outcome[result.outcome_id].append(result)
    return by_outcome


def milestones_of(tx: Tx, outcome_ids: Sequence[int]) -> dict[int, tuple[PathMilestone, ...]]:
    """The milestones of some outcomes the caller has already found, the soonest first."""
    by_outcome: dict[int, tuple[PathMilestone, ...]] = {}
    if outcome_ids:
        for row in tx.scalars(_MILESTONES, {"ids": list(outcome_ids)}):
            by_outcome[row.outcome_id] = (*by_outcome.get(row.outcome_id, ()), PathMilestone(row.due_on, row.value))
    return by_outcome


def _owned_live(owner: Viewer) -> tuple[ColumnElement[bool], ...]:
    return (
        Outcome.workspace_id == owner.workspace_id,
        Outcome.owner_id == owner.person_id,
        Outcome.closed_at.is_(None),
    )


def _page(tx: Tx, viewer: Viewer, wanted: Sequence[ColumnElement[bool]], offset: int) -> Page:
    """Some of the outcomes that are as wanted: all are gone through by an index alone, and only the page's are read."""
    chosen = (
        select(Outcome.id)
        .where(Outcome.workspace_id == viewer.workspace_id, Outcome.team_id.in_(visible_team_ids(tx, viewer)), *wanted)
        .order_by(Outcome.due_on, Outcome.number)
        .limit(max(MOST_COUNTED, offset + PAGE_SIZE))
    )
    ids = list(tx.scalars(chosen))
    return Page(outcomes_by_id(tx, viewer, ids[offset : offset + PAGE_SIZE]), min(len(ids), MOST_COUNTED), offset)


def _by_number(views: list[View]) -> list[View]:
    """Put in order here: asked for it, SQLite reads a workspace's every outcome in the order of their numbers."""
    return sorted(views, key=lambda view: view.outcome.number)


def views_of(tx: Tx, chosen: Select[Outcome, Team, Person]) -> list[View]:
    """The outcomes that a statement chooses, with their results and milestones."""
    rows = tx.execute(chosen).all()
    ids = [outcome.id for outcome, _, _ in rows]
    results, milestones = results_of(tx, ids), milestones_of(tx, ids)
    return [
        View(outcome, team, owner, tuple(results[outcome.id]), milestones.get(outcome.id, ()))
        for outcome, team, owner in rows
    ]
