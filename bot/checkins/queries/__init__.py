"""Reading check-ins. A check-in is its owner's own, and of whoever is asked in their place while they are away."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Select, and_, or_, select

from bot.absences.queries import hours_of
from bot.checkins.model import CheckIn, CheckInItem
from bot.checkins.rules import Answer, State
from bot.checkins.rules.slots import Slot, slots_from, when_not_quiet
from bot.db.database import Tx
from bot.errors import NotFound
from bot.execution.queries import Step, due_actions, path_of_outcome
from bot.outcomes.model import Outcome, Result
from bot.outcomes.queries import Brief, View, outcomes_by_id, outcomes_in, outcomes_owned_by, views_of
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.results.rules import Jump, jump_to
from bot.teams.model import Team
from bot.teams.rules import monday_of
from bot.teams.rules.rhythm import WEEKS_MOVED, Rhythm

_KINDS = {"checkin", "snooze", "nudge"}
"""What the keys of messages about one check-in begin with."""


@dataclass(frozen=True)
class Asked:
    """A check-in with the outcomes that it asks about and the owner may still see."""

    checkin: CheckIn
    items: tuple[tuple[CheckInItem, View], ...]
    steps: Mapping[int, Sequence[Step]] = field(default_factory=dict)
    """The owner's actions that were due or overdue in its week, by outcome."""
    instead_of: str = ""
    """The owner's name, for whoever is asked in their place; empty for themselves."""

    @property
    def open_items(self) -> list[tuple[CheckInItem, View]]:
        """What has not been answered yet."""
        return [(item, view) for item, view in self.items if item.answered_at is None]


def hold_check_in(tx: Tx, viewer: Viewer, checkin_id: int) -> CheckIn:
    """A check-in of the viewer's, which nobody else changes until this transaction ends. Raises NotFound.

    A second click waits, and then sees what the first one said.
    """
    mine = _check_ins(viewer).where(CheckIn.id == checkin_id).with_for_update()
    return _found(tx.scalars(mine.execution_options(populate_existing=True)).one_or_none())


def claim_check_in(tx: Tx, owner: Viewer, checkin_id: int) -> CheckIn | None:
    """The same for a scheduler, which leaves alone what somebody else is at: None then."""
    mine = _check_ins(owner).where(CheckIn.id == checkin_id).with_for_update(skip_locked=True)
    return tx.scalars(mine.execution_options(populate_existing=True)).one_or_none()


def find_check_in(tx: Tx, viewer: Viewer, checkin_id: int) -> Asked:
    """A check-in of the viewer, or one in which they are asked for its owner. Raises NotFound for anybody else's."""
    found = tx.scalars(_check_ins(viewer).where(CheckIn.id == checkin_id)).one_or_none()
    return seen_by(tx, viewer, _found(found))


def seen_by(tx: Tx, viewer: Viewer, checkin: CheckIn) -> Asked:
    """A check-in as its owner sees it; as anybody else does, only with the outcomes that they may see as well."""
    asked = _with_items(tx, checkin)
    if viewer == checkin.owner:
        return asked
    seen = {brief.outcome.id for brief in outcomes_by_id(tx, viewer, [item.outcome_id for item, _ in asked.items])}
    items = tuple(pair for pair in asked.items if pair[0].outcome_id in seen)
    return replace(asked, items=items, instead_of=_person(tx, checkin.owner).name)


def item_of(asked: Asked, outcome_id: int) -> tuple[CheckInItem, View]:
    """One outcome of a check-in. Raises NotFound when it is not in it any more, as after a handover."""
    for item, view in asked.items:
        if item.outcome_id == outcome_id:
            return item, view
    raise NotFound("That outcome is not in this check-in any more. /outcome lists the ones you own.")


def check_in_with_key(tx: Tx, viewer: Viewer, key: str) -> Asked | None:
    """The viewer's check-in that was sent, or reminded of, under this key; None for the key of anything else."""
    kind, person_id, period, *_ = [*key.split(":"), "", ""]
    if kind not in _KINDS:
        return None
    theirs = _check_ins(viewer).where(CheckIn.person_id == person_id, CheckIn.period == period)
    checkin = tx.scalars(theirs).one_or_none()
    return None if checkin is None else seen_by(tx, viewer, checkin)


def given_result(item: CheckInItem, view: View) -> Result | None:
    """The result that answered this item, as it stands; None before, and once it was corrected by other means."""
    return next((result for result in view.results if result.id == item.result_id), None)


def results_before(item: CheckInItem, view: View) -> Sequence[Result]:
    """The outcome's results before the one that answered this item; all of them while none did."""
    given = given_result(item, view)
    return view.results if given is None else view.results[: view.results.index(given)]


def needs_why(item: CheckInItem, view: View) -> bool:
    """Whether to answer now that nothing changed needs a word why: nothing else was logged since it was said before."""
    before = results_before(item, view)
    return item.answer != Answer.NO_CHANGE and bool(before) and before[-1].source == Answer.NO_CHANGE


def jump_of_answer(item: CheckInItem, view: View, value: Decimal, *, now: datetime) -> Jump | None:
    """The jump that an answer would be, or that changing the answer given before would be; None when it is none."""
    earlier = given_result(item, view)
    return jump_to(view, value, at=earlier.measured_at if earlier else now, replaces=earlier)


def open_check_in(tx: Tx, owner: Viewer, *, now: datetime) -> Asked | None:
    """The owner's own check-in whose period has not closed, or None."""
    return next((asked for asked in open_check_ins(tx, owner, now=now) if not asked.instead_of), None)


def open_check_ins(tx: Tx, viewer: Viewer, *, now: datetime) -> list[Asked]:
    """The check-ins whose period has not closed: the viewer's own first, then those in which they are asked instead."""
    checkins = tx.scalars(
        _check_ins(viewer).where(CheckIn.state == State.ASKED, CheckIn.closes_at > now).order_by(CheckIn.due_at.desc())
    )
    return [seen_by(tx, viewer, one) for one in sorted(checkins, key=lambda one: one.owner != viewer)]


def next_ask_at(tx: Tx, owner: Person, *, now: datetime) -> datetime | None:
    """When an owner will be asked next, as far as it is known now; None while there is nothing to ask them."""
    viewer, zone = Viewer(owner.workspace_id, owner.id), owner.zone
    views = outcomes_owned_by(tx, viewer)
    this_week = monday_of(now.astimezone(zone).date())
    for slot, closes_at in slots_from(rhythms_of(views), this_week - timedelta(weeks=WEEKS_MOVED), zone):
        hours = hours_of(tx, owner, slot.rhythm.workdays, now=now)
        chance = when_not_quiet(slot, hours=hours, closes_at=closes_at, now=now)
        if chance and asked_in(slot, views) and not is_decided(tx, viewer, slot.period):
            return chance.opens_at
    return None


def rhythms_of(views: Iterable[View]) -> list[Rhythm]:
    """The rhythms by which an owner is asked, each once, in the order of their outcomes: it parts those that tie."""
    return list(dict.fromkeys(view.team.live_rhythm for view in views))


def asked_in(slot: Slot, views: Iterable[View]) -> list[View]:
    """The outcomes that a slot asks about: of the teams whose rhythm strikes, written down before it."""
    return [one for one in views if one.team.live_rhythm in slot.strikes and one.outcome.created_at < slot.at]


def is_decided(tx: Tx, owner: Viewer, period: str) -> bool:
    """Whether this owner was asked in that period, or it was recorded why not."""
    found = tx.scalar(
        select(CheckIn.id).where(
            CheckIn.workspace_id == owner.workspace_id,
            CheckIn.person_id == owner.person_id,
            CheckIn.period == period,
        )
    )
    return found is not None


def unanswered_in(tx: Tx, viewer: Viewer, *, team_id: int, period: str) -> list[Brief]:
    """The live outcomes of a team of which a closed period has brought no news yet, for that team's channel."""
    unanswered = (
        outcomes_in(viewer)
        .join(
            CheckInItem,
            and_(CheckInItem.workspace_id == Outcome.workspace_id, CheckInItem.outcome_id == Outcome.id),
        )
        .join(CheckIn, and_(CheckIn.workspace_id == CheckInItem.workspace_id, CheckIn.id == CheckInItem.checkin_id))
        .where(
            Outcome.team_id == team_id,
            Outcome.closed_at.is_(None),
            Outcome.owner_id == CheckIn.person_id,
            Person.is_active,
            CheckIn.period == period,
            CheckIn.state == State.UNANSWERED,
            CheckInItem.answered_at.is_(None),
        )
        .order_by(Outcome.number)
    )
    return [Brief(outcome, team, owner) for outcome, team, owner in tx.execute(unanswered)]


@dataclass(frozen=True)
class Answered:
    """One outcome of a closed period with what was answered, and by whom."""

    item: CheckInItem
    view: View
    by: Person


def answered_in(tx: Tx, viewer: Viewer, *, team_id: int, period: str) -> list[Answered]:
    """The outcomes of a team of which a period brought news, for that team's channel."""
    items = _items_in(team_id, period, viewer).where(CheckInItem.answered_at.is_not(None))
    found = {item.outcome_id: item for item in tx.scalars(items)}
    if not found:
        return []
    views = views_of(tx, outcomes_in(viewer).where(Outcome.id.in_(found)).order_by(Outcome.number))
    answers = [(item := found[view.outcome.id], view, _author(item, view)) for view in views]
    return [Answered(item, view, tx.get_one(Person, (viewer.workspace_id, by))) for item, view, by in answers]


def _author(item: CheckInItem, view: View) -> str:
    given = given_result(item, view)
    return given.author_id if given else view.owner.id


def _items_in(team_id: int, period: str, viewer: Viewer) -> Select[CheckInItem]:
    """What a period asked about a team's outcomes."""
    return (
        select(CheckInItem)
        .join(CheckIn, and_(CheckIn.workspace_id == CheckInItem.workspace_id, CheckIn.id == CheckInItem.checkin_id))
        .join(
            Outcome,
            and_(Outcome.workspace_id == CheckInItem.workspace_id, Outcome.id == CheckInItem.outcome_id),
        )
        .where(CheckIn.workspace_id == viewer.workspace_id, CheckIn.period == period, Outcome.team_id == team_id)
        .order_by(CheckInItem.answered_at)
    )


def hold_team(tx: Tx, team: Team) -> None:
    """Lets one at a time say what a team's channel reads of all its owners."""
    tx.execute(select(Team.id).where(Team.workspace_id == team.workspace_id, Team.id == team.id).with_for_update())


def _check_ins(viewer: Viewer) -> Select[CheckIn]:
    """Those of which they are the owner, or asked in the owner's place."""
    theirs = or_(CheckIn.person_id == viewer.person_id, CheckIn.asked_id == viewer.person_id)
    return select(CheckIn).where(CheckIn.workspace_id == viewer.workspace_id, theirs)


def _found(checkin: CheckIn | None) -> CheckIn:
    if checkin is None:
        raise NotFound("That check-in is not yours, or is not there any more.")
    return checkin


def _with_items(tx: Tx, checkin: CheckIn) -> Asked:
    """Everything in it that is its owner's still, and live."""
    views = {view.outcome.id: view for view in outcomes_owned_by(tx, checkin.owner)}
    items = tx.scalars(
        select(CheckInItem)
        .where(CheckInItem.workspace_id == checkin.workspace_id, CheckInItem.checkin_id == checkin.id)
        .order_by(CheckInItem.outcome_id)
        .execution_options(populate_existing=True)
    )
    pairs = tuple((item, views[item.outcome_id]) for item in items if item.outcome_id in views)
    return Asked(checkin, pairs, steps_due(tx, checkin))


def steps_due(tx: Tx, checkin: CheckIn) -> dict[int, list[Step]]:
    """The owner's open actions that are overdue or due within a week of a check-in, by outcome."""
    zone = _person(tx, checkin.owner).zone
    by_outcome: dict[int, list[Step]] = defaultdict(list)
    for step in due_actions(tx, checkin.owner, today=checkin.due_at.astimezone(zone).date()):
        by_outcome[step.brief.outcome.id].append(step)
    return by_outcome


def own_steps(tx: Tx, viewer: Viewer, outcome_id: int) -> list[Step]:
    """The viewer's own open actions of one outcome, the soonest due first."""
    path = path_of_outcome(tx, viewer, outcome_id)
    return [step for step in path.open if step.action.owner_id == viewer.person_id]


def _person(tx: Tx, viewer: Viewer) -> Person:
    return tx.get_one(Person, (viewer.workspace_id, viewer.person_id))
