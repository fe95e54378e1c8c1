"""Reading decisions. A decision is its team's: whoever may see the team may see it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, select

from bot.db.database import Tx
from bot.decisions.model import (
    Decision,
    DecisionChoice,
    DecisionEvent,
    DecisionHeard,
    DecisionObjection,
    DecisionOption,
    DecisionReview,
)
from bot.decisions.queries.waiting import Wait, waits_of
from bot.decisions.rules import DecisionState
from bot.decisions.rules.debt import SETTLED, Standing
from bot.decisions.rules.options import Option
from bot.errors import NotFound
from bot.obstacles.model import Obstacle
from bot.outcomes.model import Outcome
from bot.outcomes.queries import Brief, outcomes_in
from bot.people.model import Person
from bot.people.queries import people_by_id
from bot.people.rules import Viewer
from bot.teams.model import Team
from bot.teams.queries import is_visible_to

Part = TypeVar("Part", DecisionOption, DecisionHeard, DecisionObjection, DecisionChoice, DecisionReview)

_DECISIONS = (
    select(Decision, Team, Person)
    .join(Team, and_(Team.workspace_id == Decision.workspace_id, Team.id == Decision.team_id))
    .join(Person, and_(Person.workspace_id == Decision.workspace_id, Person.id == Decision.decider_id), isouter=True)
)


@dataclass(frozen=True)
class DecisionBrief:
    """A decision as a list shows it: with its team, who decides, and what was chosen last."""

    decision: Decision
    team: Team
    decider: Person | None
    chosen: DecisionChoice | None
    """The newest version of the choice: what stands, or what stood until it was reopened; None before the first."""

    @property
    def state(self) -> DecisionState:
        """Where it stands."""
        return DecisionState(self.decision.state)

    @property
    def is_open(self) -> bool:
        """Whether it waits for a choice."""
        return self.state == DecisionState.OPEN


@dataclass(frozen=True)
class DecisionView(DecisionBrief):
    """A decision with everything that belongs to it, as far as its viewer may see it."""

    opened_by: Person
    options: tuple[Option, ...] = ()
    heard: tuple[Person, ...] = ()
    """Who is heard, by name."""
    waits: tuple[Wait, ...] = ()
    choices: tuple[DecisionChoice, ...] = ()
    """Every version, the oldest first."""
    objections: tuple[DecisionObjection, ...] = ()
    """To every version, the oldest first."""
    reviews: tuple[DecisionReview, ...] = ()
    people: dict[str, Person] = field(default_factory=dict)
    """Everybody whom the parts name, by id."""
    outcomes: dict[int, Brief] = field(default_factory=dict)
    """The outcomes whose measures the choices were to move, by id."""
    obstacle: Obstacle | None = None
    """The one that it was asked for because of."""
    obstacle_to: Outcome | None = None
    superseded_by: Decision | None = None
    takes_place_of: tuple[Decision, ...] = ()
    is_logged: bool = False
    """Whether its first choice was written down for somebody else, by who opened it."""

    def logger_of(self, choice: DecisionChoice) -> Person | None:
        """Who wrote a choice down that somebody else had made; None when who made it did."""
        return self.opened_by if self.is_logged and choice.version == 1 else None

    def name_of(self, person_id: str) -> str:
        """How somebody whom the parts name is called."""
        return self.people[person_id].name if person_id in self.people else "Somebody"


def visible_decisions(viewer: Viewer) -> Select[Decision, Team, Person]:
    """Every decision the viewer may see, with its team and its decider, who may be None, to narrow down or to join."""
    return decisions_in(viewer).where(is_visible_to(viewer))


def decisions_in(viewer: Viewer) -> Select[Decision, Team, Person]:
    """Every decision of the viewer's workspace: for a scheduler, never for somebody's eyes."""
    return _DECISIONS.where(Decision.workspace_id == viewer.workspace_id)


def find_decision(tx: Tx, viewer: Viewer, number: int) -> DecisionView:
    """The decision by that number. Raises NotFound when there is none that the viewer may see."""
    found = _view(tx, viewer, visible_decisions(viewer).where(Decision.number == number), is_visible_to(viewer))
    if found is None:
        raise NotFound(f"There is no DEC-{number} that you can see. /decision list shows the ones you can.")
    return found


def find_decision_by_id(tx: Tx, viewer: Viewer, decision_id: int, *, hold: bool = False) -> DecisionView:
    """The decision by its row's id, as buttons carry it. Raises NotFound when the viewer may not see it.

    With `hold`, whoever else wants to change it waits until this transaction has ended.
    """
    if hold:
        held = select(Decision.id).where(Decision.workspace_id == viewer.workspace_id, Decision.id == decision_id)
        tx.execute(held.with_for_update())
    found = _view(tx, viewer, visible_decisions(viewer).where(Decision.id == decision_id), is_visible_to(viewer))
    if found is None:
        raise NotFound("That decision is not there any more, or you cannot see it.")
    return found


def decision_unseen(tx: Tx, of: Viewer, decision_id: int) -> DecisionView:
    """The decision by its row's id in this workspace, with what everybody in its channel may see.

    For a scheduler and for its team's channel, never for one person's eyes.
    """
    its_team = Team.id.in_(select(Decision.team_id).where(Decision.id == decision_id))
    found = _view(tx, of, decisions_in(of).where(Decision.id == decision_id), its_team)
    assert found is not None
    return found


def briefs_of(tx: Tx, chosen: Select[Decision, Team, Person]) -> list[DecisionBrief]:
    """The decisions that a statement chooses, each with the newest version of its choice."""
    rows = [(decision, team, decider) for decision, team, decider in tx.execute(chosen)]
    newest = _newest_choices(tx, [decision.id for decision, _, _ in rows])
    return [DecisionBrief(decision, team, decider, newest.get(decision.id)) for decision, team, decider in rows]


def decisions_by_id(tx: Tx, viewer: Viewer, ids: Sequence[int]) -> list[DecisionBrief]:
    """Those of `ids` that the viewer may see, in the order of `ids`."""
    found = {one.decision.id: one for one in briefs_of(tx, visible_decisions(viewer).where(Decision.id.in_(ids)))}
    return [found[one] for one in ids if one in found]


def standing_of(decision: Decision, decider: Person | None, zone: ZoneInfo) -> Standing:
    """What of a decision makes it debt or does not; days are those of `zone`, its team's.

    Somebody whose account was deactivated decides nothing any more.
    """

    def day_of(instant: datetime) -> date:
        return instant.astimezone(zone).date()

    if decision.state == DecisionState.OPEN:
        return Standing(
            opened_on=day_of(decision.reopened_at or decision.created_at),
            has_decider=decider is not None and decider.is_active,
            needed_by_on=decision.needed_by_on,
            reopened_on=day_of(decision.reopened_at) if decision.reopened_at and not decision.evidence else None,
        )
    if decision.state == DecisionState.DECIDED and decision.reviewed_at is None:
        return Standing(review_on=decision.review_on)
    return SETTLED


def _newest_choices(tx: Tx, ids: Sequence[int]) -> dict[int, DecisionChoice]:
    newest = select(DecisionChoice).join(
        Decision,
        and_(
            Decision.workspace_id == DecisionChoice.workspace_id,
            Decision.id == DecisionChoice.decision_id,
            Decision.choice_version == DecisionChoice.version,
        ),
    )
    return {one.decision_id: one for one in tx.scalars(newest.where(Decision.id.in_(ids)))} if ids else {}


def _view(
    tx: Tx, viewer: Viewer, chosen: Select[Decision, Team, Person], seen: ColumnElement[bool]
) -> DecisionView | None:
    """The one decision that a statement chooses, with as much around it as is `seen`: a condition on teams."""
    row = tx.execute(chosen.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        return None
    decision, team, decider = row
    choices = _parts(tx, decision, DecisionChoice, DecisionChoice.version)
    objections = _parts(tx, decision, DecisionObjection, DecisionObjection.objected_at)
    reviews = _parts(tx, decision, DecisionReview, DecisionReview.version)
    options = _parts(tx, decision, DecisionOption, DecisionOption.position)
    heard = {one.person_id for one in _parts(tx, decision, DecisionHeard, DecisionHeard.person_id)}
    named = {decision.created_by, *heard, *(one.made_by for one in choices)}
    named |= {one.person_id for one in objections} | {one.reviewed_by for one in reviews}
    people = people_by_id(tx, viewer, named)
    others = outcomes_in(viewer).where(seen, Outcome.id.in_([one.effect_outcome_id for one in choices]))
    obstacle_to, obstacle = _obstacle(tx, viewer, decision, seen)
    beside = decisions_in(viewer).where(seen).with_only_columns(Decision)
    replaced = tx.scalars(beside.where(Decision.superseded_by_id == decision.id))
    return DecisionView(
        decision,
        team,
        decider,
        choices[-1] if choices else None,
        opened_by=people[decision.created_by],
        options=tuple(Option(one.text, one.pro, one.con) for one in options),
        heard=tuple(sorted((people[one] for one in heard), key=lambda one: (one.name, one.id))),
        waits=waits_of(tx, viewer, decision.id, seen),
        choices=choices,
        objections=objections,
        reviews=reviews,
        people=people,
        outcomes={outcome.id: Brief(outcome, of, owner) for outcome, of, owner in tx.execute(others)},
        obstacle=obstacle,
        obstacle_to=obstacle_to,
        superseded_by=tx.scalars(beside.where(Decision.id == decision.superseded_by_id)).one_or_none(),
        # Sorted here: asked for an order, SQLite goes through all decisions in it.
        takes_place_of=tuple(sorted(replaced, key=lambda one: one.number)),
        is_logged=bool(choices) and choices[0].made_by != decision.created_by and _is_logged(tx, decision),
    )


def _is_logged(tx: Tx, decision: Decision) -> bool:
    """Whether it was written down after it had been made."""
    its = (DecisionEvent.workspace_id == decision.workspace_id, DecisionEvent.decision_id == decision.id)
    return bool(tx.scalar(select(exists().where(*its, DecisionEvent.what == "logged"))))


def _obstacle(
    tx: Tx, viewer: Viewer, decision: Decision, seen: ColumnElement[bool]
) -> tuple[Outcome, Obstacle] | tuple[None, None]:
    """The obstacle that a decision was asked for because of, and the outcome it stands in the way of; if it is seen."""
    if decision.obstacle_id is None:
        return None, None
    of_outcome = and_(Obstacle.workspace_id == Outcome.workspace_id, Obstacle.outcome_id == Outcome.id)
    chosen = outcomes_in(viewer).join(Obstacle, of_outcome).where(seen, Obstacle.id == decision.obstacle_id)
    found = tx.execute(chosen.with_only_columns(Outcome, Obstacle)).one_or_none()
    return (found[0], found[1]) if found else (None, None)


def _parts(tx: Tx, decision: Decision, kind: type[Part], order: object) -> tuple[Part, ...]:
    """The rows of one kind that belong to a decision, as they are now: some are written past the session."""
    its = (kind.workspace_id == decision.workspace_id, kind.decision_id == decision.id)
    chosen = select(kind).where(*its).order_by(order)  # type: ignore[arg-type]  # a column of it
    return tuple(tx.scalars(chosen.execution_options(populate_existing=True)))
