"""Reading check-ins. A check-in is its owner's own, and whose delegate stands in for them on the day it is due."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import and_, select

from bot.absences.queries import absence_on
from bot.checkins.model import CheckIn, CheckInItem
from bot.checkins.rules import State
from bot.db.database import Tx
from bot.errors import NotFound
from bot.execution.queries import Step, due_actions
from bot.outcomes.model import Outcome, Result
from bot.outcomes.queries import View, outcomes_by_id, outcomes_owned_by
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.results.rules import Jump, jump_to


@dataclass(frozen=True)
class Asked:
    """A check-in with the outcomes that it asks about and the owner may still see."""

    checkin: CheckIn
    items: tuple[tuple[CheckInItem, View], ...]
    steps: Mapping[int, Sequence[Step]] = field(default_factory=dict)
    """The owner's actions that were due or overdue in its week, by outcome."""
    instead_of: str = ""
    """The owner's name, as their delegate sees it; empty as they see it themselves."""

    @property
    def open_items(self) -> list[tuple[CheckInItem, View]]:
        """What has not been answered yet."""
        return [(item, view) for item, view in self.items if item.answered_at is None]


def due_people(tx: Tx, *, now: datetime, limit: int) -> Sequence[Viewer]:
    """The people for whom it is time to look whether a check-in is due, the longest overdue first.

    A scheduler's question over all workspaces; what it does for each person, it does as that person.
    """
    due = (
        select(Person.workspace_id, Person.id)
        .where(Person.next_checkin_at <= now)
        .order_by(Person.next_checkin_at)
        .limit(limit)
    )
    return [Viewer(workspace_id, person_id) for workspace_id, person_id in tx.execute(due)]


def next_look_at(tx: Tx) -> datetime | None:
    """The earliest instant at which somebody is to be looked at: a scheduler's question, as above."""
    planned = Person.next_checkin_at
    return tx.scalar(select(planned).where(planned.is_not(None)).order_by(planned).limit(1))


def find_check_in(tx: Tx, viewer: Viewer, checkin_id: int) -> Asked:
    """A check-in of the viewer, or of an owner they stand in for. Raises NotFound for anybody else's."""
    checkin = tx.scalars(
        select(CheckIn).where(CheckIn.workspace_id == viewer.workspace_id, CheckIn.id == checkin_id)
    ).one_or_none()
    if checkin is None or not may_answer(tx, viewer, checkin):
        raise NotFound("That check-in is not yours, or is not there any more.")
    return check_in_seen_by(tx, viewer, checkin)


def may_answer(tx: Tx, viewer: Viewer, checkin: CheckIn) -> bool:
    """Whether a check-in is the viewer's to answer: its owner's always, their delegate's when it was due meanwhile."""
    if viewer == owner_of(checkin):
        return True
    due_on = checkin.due_at.astimezone(tx.get_one(Person, (checkin.workspace_id, checkin.person_id)).zone).date()
    absence = absence_on(tx, owner_of(checkin), due_on)
    return absence is not None and absence.delegate_id == viewer.person_id


def check_in_seen_by(tx: Tx, viewer: Viewer, checkin: CheckIn) -> Asked:
    """A check-in as its owner sees it, or as their delegate does: only with the outcomes that they may see, too."""
    owner = owner_of(checkin)
    asked = _with_items(tx, owner, checkin)
    if viewer == owner:
        return asked
    seen = {brief.outcome.id for brief in outcomes_by_id(tx, viewer, [item.outcome_id for item, _ in asked.items])}
    items = tuple(pair for pair in asked.items if pair[0].outcome_id in seen)
    return replace(asked, items=items, instead_of=tx.get_one(Person, (owner.workspace_id, owner.person_id)).name)


def owner_of(checkin: CheckIn) -> Viewer:
    """Whom a check-in asks how their outcomes move."""
    return Viewer(checkin.workspace_id, checkin.person_id)


def item_of(asked: Asked, outcome_id: int) -> tuple[CheckInItem, View]:
    """One outcome of a check-in. Raises NotFound when it is not in it any more, as after a handover."""
    for item, view in asked.items:
        if item.outcome_id == outcome_id:
            return item, view
    raise NotFound("That outcome is not in this check-in any more. /outcome lists the ones you own.")


def check_in_with_key(tx: Tx, viewer: Viewer, key: str) -> Asked | None:
    """The check-in that was sent under this key, if it is the viewer's to answer; None for the key of anything else."""
    kind, person_id, period = [*key.split(":"), "", ""][:3]
    checkin = tx.scalars(
        select(CheckIn).where(
            CheckIn.workspace_id == viewer.workspace_id,
            CheckIn.person_id == person_id,
            CheckIn.period == period,
        )
    ).one_or_none()
    if kind != "checkin" or checkin is None or not may_answer(tx, viewer, checkin):
        return None
    return check_in_seen_by(tx, viewer, checkin)


def given_result(item: CheckInItem, view: View) -> Result | None:
    """The result that answered this item, as it stands; None before, and once it was corrected by other means."""
    return next((result for result in view.results if result.id == item.result_id), None)


def jump_of_answer(item: CheckInItem, view: View, value: Decimal, *, now: datetime) -> Jump | None:
    """The jump that an answer would be, or that changing the answer given before would be; None when it is none."""
    earlier = given_result(item, view)
    return jump_to(view, value, at=earlier.measured_at if earlier else now, replaces=earlier)


def open_check_in(tx: Tx, owner: Viewer, *, now: datetime) -> Asked | None:
    """The owner's check-in whose period has not closed, or None."""
    checkin = tx.scalars(
        select(CheckIn)
        .where(
            CheckIn.workspace_id == owner.workspace_id,
            CheckIn.person_id == owner.person_id,
            CheckIn.state == State.ASKED,
            CheckIn.closes_at > now,
        )
        .order_by(CheckIn.due_at.desc())
        .limit(1)
    ).one_or_none()
    return None if checkin is None else _with_items(tx, owner, checkin)


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


@dataclass(frozen=True)
class Elsewhere:
    """A result that was logged by other means while its check-in was open."""

    owner: Viewer
    checkin_id: int
    outcome_id: int


def answered_elsewhere(tx: Tx, *, now: datetime, limit: int) -> list[Elsewhere]:
    """Unanswered items of open check-ins whose outcome has got a result since: a scheduler's question, as above."""
    newest = (
        select(
            CheckIn.workspace_id,
            CheckIn.person_id,
            CheckInItem.checkin_id,
            CheckInItem.outcome_id,
        )
        .distinct()
        .join(
            CheckInItem,
            and_(CheckInItem.workspace_id == CheckIn.workspace_id, CheckInItem.checkin_id == CheckIn.id),
        )
        .join(
            Result,
            and_(Result.workspace_id == CheckIn.workspace_id, Result.outcome_id == CheckInItem.outcome_id),
        )
        .join(Outcome, and_(Outcome.workspace_id == Result.workspace_id, Outcome.id == Result.outcome_id))
        .where(
            CheckIn.closes_at > now,
            CheckInItem.answered_at.is_(None),
            # What was handed over or closed meanwhile is not this check-in's any more.
            Outcome.owner_id == CheckIn.person_id,
            Outcome.closed_at.is_(None),
            Result.recorded_at >= CheckIn.decided_at,
        )
        .limit(limit)
    )
    return [
        Elsewhere(Viewer(workspace_id, person_id), checkin_id, outcome_id)
        for workspace_id, person_id, checkin_id, outcome_id in tx.execute(newest)
    ]


def _with_items(tx: Tx, owner: Viewer, checkin: CheckIn) -> Asked:
    views = {view.outcome.id: view for view in outcomes_owned_by(tx, owner)}
    items = tx.scalars(
        select(CheckInItem)
        .where(CheckInItem.workspace_id == checkin.workspace_id, CheckInItem.checkin_id == checkin.id)
        .order_by(CheckInItem.outcome_id)
        .execution_options(populate_existing=True)
    )
    pairs = tuple((item, views[item.outcome_id]) for item in items if item.outcome_id in views)
    return Asked(checkin, pairs, steps_due(tx, owner, checkin))


def steps_due(tx: Tx, owner: Viewer, checkin: CheckIn) -> dict[int, list[Step]]:
    """The owner's open actions that are overdue or due within a week of a check-in, by outcome."""
    zone = tx.get_one(Person, (owner.workspace_id, owner.person_id)).zone
    by_outcome: dict[int, list[Step]] = defaultdict(list)
    for step in due_actions(tx, owner, today=checkin.due_at.astimezone(zone).date()):
        by_outcome[step.brief.outcome.id].append(step)
    return by_outcome
