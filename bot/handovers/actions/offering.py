"""Offering an outcome to a new owner, and taking the offer back; nobody answering gives it back to the lead."""

from datetime import datetime, timedelta

from bot.db.database import Tx
from bot.errors import FormRefused, Refused
from bot.handovers.actions.answering import accept_offer, pass_on
from bot.handovers.actions.holding import check_is_open, end, hold, hold_offer, hold_outcome_of
from bot.handovers.actions.telling import key_of, rewrite, tell
from bot.handovers.messages import news
from bot.handovers.model import Handover
from bot.handovers.queries import Offer, find_offer, offer_unseen, open_offer
from bot.handovers.rules import ANSWERED_WITHIN, HandoverState
from bot.outbox.queue import cancel
from bot.outcomes.actions.history import record
from bot.outcomes.actions.writing import check_owner
from bot.outcomes.queries import View, find_outcome_by_id
from bot.outcomes.queries.allowed import check_is_live, check_may_change
from bot.outcomes.rules import NOTE_LIMIT
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.teams.queries import who_hears

_TRY_AGAIN_IN = timedelta(minutes=5)


def offer_outcome(tx: Tx, viewer: Viewer, outcome_id: int, *, to: Person, note: str, now: datetime) -> Offer:
    """Offers an outcome to a new owner; an offer that is still open is withdrawn. Who takes it themselves, has it.

    Raises NotAllowed with who may, Refused when it is closed or the note too long, FormRefused at `person` for somebody
    who owns it, was offered it already, or cannot own it.
    """
    hold(tx, viewer, outcome_id)
    view = find_outcome_by_id(tx, viewer, outcome_id)
    _check_can_pass(tx, viewer, view, to, note)
    earlier = open_offer(tx, viewer, outcome_id)
    if earlier is not None and earlier.to.id == to.id:
        return _offer_again(tx, viewer, earlier, now=now)
    if earlier is not None:
        _withdraw(tx, viewer, earlier, now=now)
    offer = _add(tx, viewer, view, to=to, note=note, now=now)
    if offer.is_taking:
        return pass_on(tx, viewer, offer, now=now)
    asked = news.outcome_offered(offer, reader=Reader.of(to, now))
    tell(tx, offer, asked, about="offered", place=to.id, now=now, lasts=ANSWERED_WITHIN)
    return offer


def withdraw_offer(tx: Tx, viewer: Viewer, handover_id: int, *, now: datetime) -> Offer:
    """Takes an offer back. Raises NotFound, NotAllowed with who may, or Refused when it is answered."""
    offer = hold_offer(tx, viewer, handover_id)
    check_is_open(offer)
    check_may_change(tx, viewer, offer.view, "withdraw the offer")
    _withdraw(tx, viewer, offer, now=now)
    return offer


def return_offer(tx: Tx, of: Viewer, handover_id: int, *, now: datetime) -> bool:
    """Gives an offer that nobody answered back to the lead, once. It can still be accepted.

    Answers False when it is not time after all.
    """
    hold_outcome_of(tx, of, handover_id)
    offer = offer_unseen(tx, of, handover_id)
    due_at = offer.handover.next_return_at
    if due_at is None or due_at > now:
        return False
    offer.handover.next_return_at = None
    tx.flush()
    if offer.view.outcome.closed_at is None:
        place = who_hears(tx, offer.view.team, besides=offer.to.id)
        tell(tx, offer, news.offer_unanswered(offer), about="unanswered", place=place, now=now)
    return True


def postpone(tx: Tx, of: Viewer, handover_id: int, *, now: datetime) -> None:
    """Looks at this offer again a little later, after something went wrong."""
    offer = tx.get(Handover, handover_id)
    if offer is not None and offer.workspace_id == of.workspace_id and offer.next_return_at is not None:
        offer.next_return_at = now + _TRY_AGAIN_IN
        tx.flush()


def _check_can_pass(tx: Tx, viewer: Viewer, view: View, to: Person, note: str) -> None:
    check_may_change(tx, viewer, view, "hand it over")
    check_is_live(view)
    if len(note) > NOTE_LIMIT:
        raise Refused(f"The note is {len(note):,} characters; please stay within {NOTE_LIMIT:,}.")
    if to.id == view.owner.id:
        raise FormRefused({"person": f"{to.name} owns {view.outcome.key} already."})
    check_owner(tx, view.team, to, field="person")


def _offer_again(tx: Tx, viewer: Viewer, earlier: Offer, *, now: datetime) -> Offer:
    """Somebody takes what they were offered; anybody else is not asked twice."""
    if earlier.to.id == viewer.person_id:
        return accept_offer(tx, viewer, earlier.handover.id, now=now)
    key, to = earlier.view.outcome.key, earlier.to.name
    raise FormRefused({"person": f"{key} is offered to {to} already. They have not answered yet."})


def _add(tx: Tx, viewer: Viewer, view: View, *, to: Person, note: str, now: datetime) -> Offer:
    handover = Handover(
        workspace_id=viewer.workspace_id,
        outcome_id=view.outcome.id,
        from_id=view.owner.id,
        to_id=to.id,
        note=note,
        state=HandoverState.OFFERED,
        reason="",
        offered_at=now,
        offered_by=viewer.person_id,
        next_return_at=now + ANSWERED_WITHIN,
    )
    tx.add(handover)
    tx.flush()
    record(tx, viewer, view.outcome, "handover offered", before=view.owner.name, after=to.name, now=now)
    return find_offer(tx, viewer, handover.id)


def _withdraw(tx: Tx, viewer: Viewer, offer: Offer, *, now: datetime) -> None:
    end(tx, offer, HandoverState.WITHDRAWN, now=now)
    record(tx, viewer, offer.view.outcome, "handover withdrawn", before=offer.to.name, now=now)
    key, reason = key_of(offer, "offered"), "The offer was withdrawn."
    if not cancel(tx, workspace_id=viewer.workspace_id, key=key, reason=reason, now=now):
        rewrite(tx, offer, news.offer_withdrawn(offer), now=now)
