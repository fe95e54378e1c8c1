"""Reading handovers. An offer is as visible as its outcome is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased

from bot.db.database import Tx
from bot.errors import NotFound
from bot.handovers.model import Handover
from bot.handovers.rules import HandoverState
from bot.outcomes.model import Outcome
from bot.outcomes.queries import Brief, outcomes_in, visible_outcomes
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.teams.model import Team

_to, _by = aliased(Person), aliased(Person)
_of_outcome = and_(Handover.workspace_id == Outcome.workspace_id, Handover.outcome_id == Outcome.id)
_asked = and_(_to.workspace_id == Handover.workspace_id, _to.id == Handover.to_id)
_offering = and_(_by.workspace_id == Handover.workspace_id, _by.id == Handover.offered_by)


@dataclass(frozen=True)
class Offer:
    """A handover with its outcome, whom it is offered to, and who offers it."""

    handover: Handover
    view: Brief
    to: Person
    by: Person

    @property
    def is_taking(self) -> bool:
        """Whether somebody took the outcome over themselves, and nobody was asked."""
        return self.by.id == self.to.id


def find_offer(tx: Tx, viewer: Viewer, handover_id: int) -> Offer:
    """The offer by its row's id, whatever became of it. Raises NotFound when the viewer may not see its outcome."""
    found = _offers(tx, visible_outcomes(viewer), Handover.id == handover_id)
    if not found:
        raise NotFound("That offer is not there any more, or you cannot see its outcome.")
    return found[0]


def offer_unseen(tx: Tx, of: Viewer, handover_id: int) -> Offer:
    """The offer by its row's id in this workspace: for a scheduler, never for somebody's eyes."""
    [found] = _offers(tx, outcomes_in(of), Handover.id == handover_id)
    return found


def open_offer(tx: Tx, viewer: Viewer, outcome_id: int) -> Offer | None:
    """The offer of an outcome that waits for an answer; None when there is none that the viewer may see."""
    found = _offers(tx, visible_outcomes(viewer), *_is_open(), Handover.outcome_id == outcome_id)
    return found[0] if found else None


def offers_to(tx: Tx, viewer: Viewer) -> list[Offer]:
    """The offers that wait for the viewer's answer, the oldest first."""
    return _offers(tx, visible_outcomes(viewer), *_is_open(), Handover.to_id == viewer.person_id)


def times_handed_over(tx: Tx, viewer: Viewer, outcome_ids: Iterable[int]) -> dict[int, int]:
    """How often each of some outcomes the caller has already found went to another owner, by the outcome's id."""
    went = (
        select(Handover.outcome_id, func.count())
        .where(
            Handover.workspace_id == viewer.workspace_id,
            Handover.outcome_id.in_(list(outcome_ids)),
            Handover.state == HandoverState.ACCEPTED,
        )
        .group_by(Handover.outcome_id)
    )
    return dict(tx.execute(went).all())


def outcome_of_offer(tx: Tx, viewer: Viewer, handover_id: int) -> int | None:
    """Which outcome an offer is about, by id: for holding it before the offer is read."""
    return tx.scalar(
        select(Handover.outcome_id).where(Handover.workspace_id == viewer.workspace_id, Handover.id == handover_id)
    )


def unanswered_offers(tx: Tx, *, now: datetime, limit: int) -> Sequence[tuple[Viewer, int]]:
    """The offers that have waited long enough, with whom each was offered to: a scheduler's question."""
    due = (
        select(Handover.workspace_id, Handover.to_id, Handover.id)
        .where(Handover.next_return_at <= now)
        .order_by(Handover.next_return_at)
        .limit(limit)
    )
    return [(Viewer(workspace_id, to_id), handover_id) for workspace_id, to_id, handover_id in tx.execute(due)]


def next_return_at(tx: Tx) -> datetime | None:
    """When the next offer will have waited long enough: a scheduler's question, as above."""
    planned = Handover.next_return_at
    return tx.scalar(select(planned).where(planned.is_not(None)).order_by(planned).limit(1))


def _is_open() -> tuple[ColumnElement[bool], ...]:
    return Handover.state == HandoverState.OFFERED, Outcome.closed_at.is_(None)


def _handed(outcomes: Select[Outcome, Team, Person]) -> Select[Outcome, Team, Person]:
    return outcomes.join(Handover, _of_outcome)


def _offers(tx: Tx, outcomes: Select[Outcome, Team, Person], *wanted: ColumnElement[bool]) -> list[Offer]:
    rows = tx.execute(
        _handed(outcomes)
        .join(_to, _asked)
        .join(_by, _offering)
        .add_columns(Handover, _to, _by)
        .where(*wanted)
        .order_by(Handover.id)
    )
    return [
        Offer(handover, Brief(outcome, team, owner), asked, offering)
        for outcome, team, owner, handover, asked, offering in rows
    ]
