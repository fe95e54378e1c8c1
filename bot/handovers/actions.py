"""What changes in the handovers room: an outcome is offered, and the offer accepted, declined, withdrawn or given back.

Each first holds the outcome, so that of two at once the later one sees what the first one did.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.db.database import Tx
from bot.errors import FormRefused, NotAllowed, NotFound, Refused
from bot.handovers import messages
from bot.handovers.model import Handover
from bot.handovers.queries import Offer, find_offer, offer_unseen, open_offer, outcome_of_offer
from bot.handovers.rules import ANSWERED_WITHIN, HandoverState
from bot.outbox.queue import cancel, enqueue, revise
from bot.outcomes.actions.history import record
from bot.outcomes.actions.writing import change_owner, check_owner
from bot.outcomes.model import Outcome
from bot.outcomes.queries import View, check_is_live, check_may_change, find_outcome_by_id
from bot.outcomes.rules import NOTE_LIMIT
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.slack.message import Message
from bot.teams.queries import find_team, who_hears

_NEWS_LASTS = timedelta(days=2)
_TRY_AGAIN_IN = timedelta(minutes=5)


def offer_outcome(tx: Tx, viewer: Viewer, outcome_id: int, *, to: Person, note: str, now: datetime) -> Offer:
    """Offers an outcome to a new owner; an offer that is still open is withdrawn. Who takes it themselves, has it.

    Raises NotAllowed with who may, Refused when it is closed or the note too long, FormRefused at `person` for somebody
    who owns it, was offered it already, or cannot own it.
    """
    _hold(tx, viewer, outcome_id)
    view = find_outcome_by_id(tx, viewer, outcome_id)
    _check_can_pass(tx, viewer, view, to, note)
    earlier = open_offer(tx, viewer, outcome_id)
    if earlier is not None and earlier.to.id == to.id:
        return _offer_again(tx, viewer, earlier, now=now)
    if earlier is not None:
        _withdraw(tx, viewer, earlier, now=now)
    offer = _add(tx, viewer, view, to=to, note=note, now=now)
    if offer.is_taking:
        return _pass_on(tx, viewer, offer, now=now)
    asked = messages.outcome_offered(offer, reader=Reader.of(to, now))
    _tell(tx, offer, asked, about="offered", place=to.id, now=now, lasts=ANSWERED_WITHIN)
    return offer


def accept_offer(tx: Tx, viewer: Viewer, handover_id: int, *, now: datetime) -> Offer:
    """Makes the viewer the owner of what they were offered. Answers the offer as it then stands.

    Raises NotFound when they cannot see it, NotAllowed for anybody else's, Refused when it is answered or the outcome
    closed.
    """
    offer = _hold_offer(tx, viewer, handover_id)
    check_is_answerable(viewer, offer)
    accepted = _pass_on(tx, viewer, offer, now=now)
    _rewrite(tx, accepted, messages.offer_accepted(accepted), now=now)
    return accepted


def decline_offer(tx: Tx, viewer: Viewer, handover_id: int, *, reason: str, now: datetime) -> Offer:
    """Leaves an outcome with its owner, and gives the question back to the lead, and to whoever offered it.

    Raises as `accept_offer` does, and Refused when the reason is too long.
    """
    offer = _hold_offer(tx, viewer, handover_id)
    check_is_answerable(viewer, offer)
    if len(reason) > NOTE_LIMIT:
        raise Refused(f"The reason is {len(reason):,} characters; please stay within {NOTE_LIMIT:,}.")
    offer.handover.reason = reason
    _end(tx, offer, HandoverState.DECLINED, now=now)
    record(tx, viewer, offer.view.outcome, "handover declined", before=offer.to.name, after=reason, now=now)
    _rewrite(tx, offer, messages.offer_declined_by_you(offer), now=now)
    declined, place = messages.offer_declined(offer), who_hears(tx, offer.view.team, besides=offer.to.id)
    _tell(tx, offer, declined, about="declined", place=place, now=now)
    if place != offer.by.id and _is_told(tx, offer, offer.by):
        _tell(tx, offer, declined, about=f"declined:{offer.by.id}", place=offer.by.id, now=now)
    return offer


def withdraw_offer(tx: Tx, viewer: Viewer, handover_id: int, *, now: datetime) -> Offer:
    """Takes an offer back. Raises NotFound, NotAllowed with who may, or Refused when it is answered."""
    offer = _hold_offer(tx, viewer, handover_id)
    check_may_change(tx, viewer, offer.view, "withdraw the offer")
    _check_is_open(offer)
    _withdraw(tx, viewer, offer, now=now)
    return offer


def return_offer(tx: Tx, of: Viewer, handover_id: int, *, now: datetime) -> bool:
    """Gives an offer that nobody answered back to the lead, once. It can still be accepted.

    Answers False when it is not time after all.
    """
    _hold_outcome_of(tx, of, handover_id)
    offer = offer_unseen(tx, of, handover_id)
    due_at = offer.handover.next_return_at
    if due_at is None or due_at > now:
        return False
    offer.handover.next_return_at = None
    tx.flush()
    if offer.view.outcome.closed_at is None:
        place = who_hears(tx, offer.view.team, besides=offer.to.id)
        _tell(tx, offer, messages.offer_unanswered(offer), about="unanswered", place=place, now=now)
    return True


def check_is_answerable(viewer: Viewer, offer: Offer) -> None:
    """Raises NotAllowed for anybody else's offer, Refused when it is answered or the outcome closed."""
    if viewer.person_id != offer.to.id:
        raise NotAllowed(f"{offer.view.outcome.key} was offered to {offer.to.name}; only they can answer.")
    _check_is_open(offer)


def postpone(tx: Tx, of: Viewer, handover_id: int, *, now: datetime) -> None:
    """Looks at this offer again a little later, after something went wrong."""
    offer = tx.get(Handover, handover_id)
    if offer is not None and offer.workspace_id == of.workspace_id and offer.next_return_at is not None:
        offer.next_return_at = now + _TRY_AGAIN_IN
        tx.flush()


def _hold(tx: Tx, viewer: Viewer, outcome_id: int) -> None:
    held = select(Outcome).where(Outcome.workspace_id == viewer.workspace_id, Outcome.id == outcome_id)
    tx.execute(held.with_for_update().execution_options(populate_existing=True))


def _hold_outcome_of(tx: Tx, viewer: Viewer, handover_id: int) -> None:
    outcome_id = outcome_of_offer(tx, viewer, handover_id)
    if outcome_id is None:
        raise NotFound("That offer is not there any more.")
    _hold(tx, viewer, outcome_id)


def _hold_offer(tx: Tx, viewer: Viewer, handover_id: int) -> Offer:
    _hold_outcome_of(tx, viewer, handover_id)
    return find_offer(tx, viewer, handover_id)


def _check_is_open(offer: Offer) -> None:
    key, state = offer.view.outcome.key, offer.handover.state
    if state == HandoverState.ACCEPTED:
        raise Refused(f"{offer.to.name} accepted {key} already.")
    if state == HandoverState.DECLINED:
        raise Refused(f"{offer.to.name} declined {key} already. {offer.view.owner.name} owns it.")
    if state == HandoverState.WITHDRAWN:
        raise Refused(f"The offer of {key} was withdrawn meanwhile. {offer.view.owner.name} owns it.")
    check_is_live(offer.view)


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


def _end(tx: Tx, offer: Offer, state: HandoverState, *, now: datetime) -> None:
    handover = offer.handover
    handover.state, handover.answered_at, handover.next_return_at = state, now, None
    tx.flush()


def _withdraw(tx: Tx, viewer: Viewer, offer: Offer, *, now: datetime) -> None:
    _end(tx, offer, HandoverState.WITHDRAWN, now=now)
    record(tx, viewer, offer.view.outcome, "handover withdrawn", before=offer.to.name, now=now)
    key, reason = _key(offer, "offered"), "The offer was withdrawn."
    if not cancel(tx, workspace_id=viewer.workspace_id, key=key, reason=reason, now=now):
        _rewrite(tx, offer, messages.offer_withdrawn(offer), now=now)


def _pass_on(tx: Tx, viewer: Viewer, offer: Offer, *, now: datetime) -> Offer:
    """The outcome changes hands; its team is told in a line, the old owner and who offered it in a quiet message."""
    before = find_outcome_by_id(tx, viewer, offer.view.outcome.id)
    _end(tx, offer, HandoverState.ACCEPTED, now=now)
    record(tx, viewer, before.outcome, "handover accepted", before=before.owner.name, after=offer.to.name, now=now)
    change_owner(tx, viewer, before, owner=offer.to, now=now)
    line = messages.handed_over_line(offer, old_owner=before.owner)
    _tell(tx, offer, line, about="accepted", place=before.team.channel_id, now=now)
    for person in {one.id: one for one in (before.owner, offer.by)}.values():
        if person.id != offer.to.id and _is_told(tx, offer, person):
            message = messages.handed_over(offer, old_owner=before.owner, reader=person)
            _tell(tx, offer, message, about=f"accepted:{person.id}", place=person.id, now=now)
    return find_offer(tx, viewer, offer.handover.id)


def _is_told(tx: Tx, offer: Offer, person: Person) -> bool:
    """Whether news of the outcome may reach somebody: they are here, and can see its team."""
    viewer = Viewer(offer.handover.workspace_id, person.id)
    known = find_person(tx, viewer, person.id)
    return known is not None and known.is_active and find_team(tx, viewer, offer.view.team.id) is not None


def _key(offer: Offer, about: str) -> str:
    return f"handover:{offer.handover.id}:{about}"


def _tell(
    tx: Tx, offer: Offer, message: Message, *, about: str, place: str, now: datetime, lasts: timedelta = _NEWS_LASTS
) -> None:
    enqueue(
        tx,
        workspace_id=offer.handover.workspace_id,
        key=_key(offer, about),
        place=place,
        message=message,
        due_at=now,
        expires_at=now + lasts,
        now=now,
    )


def _rewrite(tx: Tx, offer: Offer, message: Message, *, now: datetime) -> None:
    """What was said to the person it was offered to says what became of it."""
    revise(
        tx,
        workspace_id=offer.handover.workspace_id,
        key=_key(offer, "offered"),
        message=message,
        now=now,
        expires_at=now + _NEWS_LASTS,
    )
