"""Holding a handover: of two changes at once, the later one sees what the first one did."""

from datetime import datetime

from sqlalchemy import select

from bot.db.database import Tx
from bot.errors import NotAllowed, NotFound, Refused
from bot.handovers.queries import Offer, find_offer, outcome_of_offer
from bot.handovers.rules import HandoverState
from bot.outcomes.model import Outcome
from bot.outcomes.queries.allowed import check_is_live
from bot.people.rules import Viewer


def hold(tx: Tx, viewer: Viewer, outcome_id: int) -> None:
    """Lets one change of who owns an outcome through at a time."""
    held = select(Outcome).where(Outcome.workspace_id == viewer.workspace_id, Outcome.id == outcome_id)
    tx.execute(held.with_for_update().execution_options(populate_existing=True))


def hold_outcome_of(tx: Tx, viewer: Viewer, handover_id: int) -> None:
    """The same, by an offer of it. Raises NotFound when there is no such offer."""
    outcome_id = outcome_of_offer(tx, viewer, handover_id)
    if outcome_id is None:
        raise NotFound("That offer is not there any more.")
    hold(tx, viewer, outcome_id)


def hold_offer(tx: Tx, viewer: Viewer, handover_id: int) -> Offer:
    """The offer, held. Raises NotFound when the viewer cannot see its outcome."""
    hold_outcome_of(tx, viewer, handover_id)
    return find_offer(tx, viewer, handover_id)


def check_is_answerable(viewer: Viewer, offer: Offer) -> None:
    """Raises NotAllowed for anybody else's offer, Refused when it is answered or the outcome closed."""
    if viewer.person_id != offer.to.id:
        raise NotAllowed(f"{offer.view.outcome.key} was offered to {offer.to.name}; only they can answer.")
    check_is_open(offer)


def check_is_open(offer: Offer) -> None:
    """Raises Refused, saying what became of it, unless the offer still waits for an answer."""
    key, state = offer.view.outcome.key, offer.handover.state
    if state == HandoverState.ACCEPTED:
        raise Refused(f"{offer.to.name} accepted {key} already.")
    if state == HandoverState.DECLINED:
        raise Refused(f"{offer.to.name} declined {key} already. {offer.view.owner.name} owns it.")
    if state == HandoverState.WITHDRAWN:
        raise Refused(f"The offer of {key} was withdrawn meanwhile. {offer.view.owner.name} owns it.")
    check_is_live(offer.view)


def end(tx: Tx, offer: Offer, state: HandoverState, *, now: datetime) -> None:
    """Notes what became of an offer."""
    handover = offer.handover
    handover.state, handover.answered_at, handover.next_return_at = state, now, None
    tx.flush()
