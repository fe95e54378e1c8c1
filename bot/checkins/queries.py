"""Reading check-ins. A check-in is its owner's own."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import InstrumentedAttribute

from bot.checkins.model import CheckIn, CheckInItem
from bot.checkins.rules import Answer, State
from bot.db.database import Tx
from bot.errors import NotFound
from bot.execution.queries import Step, due_actions, path_of_outcome
from bot.outcomes.model import Outcome, Result
from bot.outcomes.queries import Brief, View, outcomes_in, outcomes_owned_by
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.results.rules import Jump, jump_to
from bot.teams.model import Team

_KINDS = {"checkin", "snooze", "nudge"}
"""What the keys of messages about one check-in begin with."""


@dataclass(frozen=True)
class Asked:
    """A check-in with the outcomes that it asks about and the owner may still see."""

    checkin: CheckIn
    items: tuple[tuple[CheckInItem, View], ...]
    steps: Mapping[int, Sequence[Step]] = field(default_factory=dict)
    """The owner's actions that were due or overdue in its week, by outcome."""

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


def hold_check_in(tx: Tx, owner: Viewer, checkin_id: int) -> CheckIn:
    """A check-in of this owner, which nobody else changes until this transaction ends. Raises NotFound.

    A second click waits, and then sees what the first one said.
    """
    mine = _check_ins(owner).where(CheckIn.id == checkin_id).with_for_update()
    return _found(tx.scalars(mine.execution_options(populate_existing=True)).one_or_none())


def claim_check_in(tx: Tx, owner: Viewer, checkin_id: int) -> CheckIn | None:
    """The same for a scheduler, which leaves alone what somebody else is at: None then."""
    mine = _check_ins(owner).where(CheckIn.id == checkin_id).with_for_update(skip_locked=True)
    return tx.scalars(mine.execution_options(populate_existing=True)).one_or_none()


def find_check_in(tx: Tx, owner: Viewer, checkin_id: int) -> Asked:
    """A check-in of this owner. Raises NotFound for anybody else's."""
    return _with_items(tx, owner, _found(tx.scalars(_check_ins(owner).where(CheckIn.id == checkin_id)).one_or_none()))


def item_of(asked: Asked, outcome_id: int) -> tuple[CheckInItem, View]:
    """One outcome of a check-in. Raises NotFound when it is not in it any more, as after a handover."""
    for item, view in asked.items:
        if item.outcome_id == outcome_id:
            return item, view
    raise NotFound("That outcome is not in this check-in any more. /outcome lists the ones you own.")


def check_in_with_key(tx: Tx, owner: Viewer, key: str) -> Asked | None:
    """The owner's check-in that was sent, or reminded of, under this key; None for the key of anything else."""
    kind, person_id, period, *_ = [*key.split(":"), "", ""]
    if kind not in _KINDS or person_id != owner.person_id:
        return None
    checkin = tx.scalars(_check_ins(owner).where(CheckIn.period == period)).one_or_none()
    return None if checkin is None else _with_items(tx, owner, checkin)


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
class Due:
    """A check-in that something is to be done about."""

    owner: Viewer
    checkin_id: int


def nudges_due(tx: Tx, *, now: datetime, limit: int) -> list[Due]:
    """The check-ins for which it is time to look whether to nudge, the longest overdue first.

    A scheduler's question, which has no viewer; so are the three below.
    """
    return _due(tx, CheckIn.next_nudge_at, now, limit)


def next_nudge_look(tx: Tx) -> datetime | None:
    """When to look next whether somebody is to be nudged."""
    return _soonest(tx, CheckIn.next_nudge_at)


def closes_due(tx: Tx, *, now: datetime, limit: int) -> list[Due]:
    """The check-ins that are to be closed, the longest overdue first."""
    return _due(tx, CheckIn.next_close_at, now, limit)


def next_close_look(tx: Tx) -> datetime | None:
    """When a check-in is to be closed next."""
    return _soonest(tx, CheckIn.next_close_at)


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


def hold_team(tx: Tx, team: Team) -> None:
    """Lets one at a time say what a team's channel reads of all its owners."""
    tx.execute(select(Team.id).where(Team.workspace_id == team.workspace_id, Team.id == team.id).with_for_update())


@dataclass(frozen=True)
class Elsewhere:
    """A result that was logged by other means while its check-in was open."""

    owner: Viewer
    checkin_id: int
    outcome_id: int


def answered_elsewhere(tx: Tx, *, now: datetime, limit: int) -> list[Elsewhere]:
    """Unanswered items of open check-ins whose outcome has got a result since: a scheduler's question, as above."""
    # Few check-ins are open, of all that there ever were: they are found first, whatever a planner thinks.
    asked = (
        select(CheckIn.workspace_id, CheckIn.person_id, CheckIn.decided_at, CheckIn.id, CheckInItem.outcome_id)
        .join(
            CheckInItem,
            and_(CheckInItem.workspace_id == CheckIn.workspace_id, CheckInItem.checkin_id == CheckIn.id),
        )
        .where(CheckIn.closes_at > now, CheckInItem.answered_at.is_(None))
        .cte("asked")
        .prefix_with("MATERIALIZED")
        .c
    )
    newest = (
        select(asked.workspace_id, asked.person_id, asked.id, asked.outcome_id)
        .distinct()
        .join(Result, and_(Result.workspace_id == asked.workspace_id, Result.outcome_id == asked.outcome_id))
        .join(Outcome, and_(Outcome.workspace_id == Result.workspace_id, Outcome.id == Result.outcome_id))
        .where(
            # What was handed over or closed meanwhile is not this check-in's any more.
            Outcome.owner_id == asked.person_id,
            Outcome.closed_at.is_(None),
            Result.recorded_at >= asked.decided_at,
        )
        .limit(limit)
    )
    return [
        Elsewhere(Viewer(workspace_id, person_id), checkin_id, outcome_id)
        for workspace_id, person_id, checkin_id, outcome_id in tx.execute(newest)
    ]


def _due(tx: Tx, planned: InstrumentedAttribute[datetime | None], now: datetime, limit: int) -> list[Due]:
    due = select(CheckIn.workspace_id, CheckIn.person_id, CheckIn.id).where(planned <= now)
    return [
        Due(Viewer(workspace_id, person_id), checkin_id)
        for workspace_id, person_id, checkin_id in tx.execute(due.order_by(planned).limit(limit))
    ]


def _soonest(tx: Tx, planned: InstrumentedAttribute[datetime | None]) -> datetime | None:
    return tx.scalar(select(planned).where(planned.is_not(None)).order_by(planned).limit(1))


def _check_ins(owner: Viewer) -> Select[CheckIn]:
    return select(CheckIn).where(CheckIn.workspace_id == owner.workspace_id, CheckIn.person_id == owner.person_id)


def _found(checkin: CheckIn | None) -> CheckIn:
    if checkin is None:
        raise NotFound("That check-in is not yours, or is not there any more.")
    return checkin


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


def own_steps(tx: Tx, owner: Viewer, outcome_id: int) -> list[Step]:
    """The owner's own open actions of one outcome, the soonest due first."""
    path = path_of_outcome(tx, owner, outcome_id)
    return [step for step in path.open if step.action.owner_id == owner.person_id]
