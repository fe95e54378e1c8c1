"""Answering an offer: accepting it makes a new owner, declining it gives the question back to the lead."""

from datetime import datetime

from bot.db.database import Tx
from bot.errors import Refused
from bot.handovers.actions.holding import check_is_answerable, end, hold_offer
from bot.handovers.actions.telling import is_told, rewrite, tell
from bot.handovers.messages import news
from bot.handovers.queries import Offer, find_offer
from bot.handovers.rules import HandoverState
from bot.outcomes.actions.history import record
from bot.outcomes.actions.writing import change_owner
from bot.outcomes.queries import find_outcome_by_id
from bot.outcomes.rules import NOTE_LIMIT
from bot.people.rules import Viewer
from bot.teams.queries import who_hears


def accept_offer(tx: Tx, viewer: Viewer, handover_id: int, *, now: datetime) -> Offer:
    """Makes the viewer the owner of what they were offered. Answers the offer as it then stands.

    Raises NotFound when they cannot see it, NotAllowed for anybody else's, Refused when it is answered or the outcome
    closed.
    """
    offer = hold_offer(tx, viewer, handover_id)
    check_is_answerable(viewer, offer)
    accepted = pass_on(tx, viewer, offer, now=now)
    rewrite(tx, accepted, news.offer_accepted(accepted), now=now)
    return accepted


def decline_offer(tx: Tx, viewer: Viewer, handover_id: int, *, reason: str, now: datetime) -> Offer:
    """Leaves an outcome with its owner, and gives the question back to the lead, and to whoever offered it.

    Raises as `accept_offer` does, and Refused when the reason is too long.
    """
    offer = hold_offer(tx, viewer, handover_id)
    check_is_answerable(viewer, offer)
    if len(reason) > NOTE_LIMIT:
        raise Refused(f"The reason is {len(reason):,} characters; please stay within {NOTE_LIMIT:,}.")
    offer.handover.reason = reason
    end(tx, offer, HandoverState.DECLINED, now=now)
    record(tx, viewer, offer.view.outcome, "handover declined", before=offer.to.name, after=reason, now=now)
    rewrite(tx, offer, news.offer_declined_by_you(offer), now=now)
    declined, place = news.offer_declined(offer), who_hears(tx, offer.view.team, besides=offer.to.id)
    tell(tx, offer, declined, about="declined", place=place, now=now)
    if place != offer.by.id and is_told(tx, offer, offer.by):
        tell(tx, offer, declined, about=f"declined:{offer.by.id}", place=offer.by.id, now=now)
    return offer


def pass_on(tx: Tx, viewer: Viewer, offer: Offer, *, now: datetime) -> Offer:
    """The outcome changes hands; its team is told in a line, the old owner and who offered it in a quiet message."""
    before = find_outcome_by_id(tx, viewer, offer.view.outcome.id)
    end(tx, offer, HandoverState.ACCEPTED, now=now)
    record(tx, viewer, before.outcome, "handover accepted", before=before.owner.name, after=offer.to.name, now=now)
    change_owner(tx, viewer, before, owner=offer.to, now=now)
    line = news.handed_over_line(offer, old_owner=before.owner)
    tell(tx, offer, line, about="accepted", place=before.team.channel_id, now=now)
    for person in {one.id: one for one in (before.owner, offer.by)}.values():
        if person.id != offer.to.id and is_told(tx, offer, person):
            message = news.handed_over(offer, old_owner=before.owner, reader=person)
            tell(tx, offer, message, about=f"accepted:{person.id}", place=person.id, now=now)
    return find_offer(tx, viewer, offer.handover.id)
