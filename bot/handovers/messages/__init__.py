"""The words of handovers that other rooms show too, and the ids of their buttons and forms."""

from collections.abc import Sequence

from bot.handovers.queries import Offer
from bot.language.words import counted, shorten
from bot.outcomes.messages import outcome_title, show_button
from bot.outcomes.model import Outcome
from bot.people.messages import Reader
from bot.slack.blocks import Button, button, buttons, context, section
from bot.slack.message import Block, Message
from bot.slack.mrkdwn import Markup, joined, lines, md

OFFER = "handovers.offer"
OFFERED = "handovers.offered"
ACCEPT = "handovers.accept"
DECLINE = "handovers.decline"
DECLINED = "handovers.declined"
WITHDRAW = "handovers.withdraw"

_MOST_OFFERS = 3
"""Shown in one's week, at two blocks each."""


def offer_button(outcome: Outcome, label: str = "Hand over") -> Button:
    """Opens the form in which an outcome is offered to a new owner: for any room's messages."""
    return button(label, OFFER, value=str(outcome.id), says=f"{label}: {outcome.key}")


def withdraw_button(offer: Offer) -> Button:
    """Takes an offer back."""
    says = f"Withdraw the offer of {offer.view.outcome.key}"
    return button("Withdraw", WITHDRAW, value=str(offer.handover.id), says=says)


def on_card(offer: Offer | None, *, reader: Reader, may_change: bool) -> Message:
    """What an outcome's card says of the offer that is open: a fragment, empty when there is none."""
    if offer is None:
        return Message("", [])
    text = offered_to(offer, reader)
    return Message(text, [section(text, button=withdraw_button(offer) if may_change else None)])


def my_offers(offers: Sequence[Offer], *, reader: Reader) -> Message:
    """What waits for somebody's answer, in their week: a fragment of at most eight blocks, empty when nothing does."""
    if not offers:
        return Message("", [])
    title, shown, more = "Offered to you", offers[:_MOST_OFFERS], len(offers) - _MOST_OFFERS
    rest = f"{counted(more, 'more offer')} to answer after these." if more > 0 else ""
    said = [_offer_entry(offer, reader) for offer in shown]
    blocks = [section(md("*{title}*", title=title))]
    for offer, entry in zip(shown, said, strict=True):
        blocks += [section(entry), answers(offer)]
    if rest:
        blocks.append(context(rest))
    return Message(lines(md("*{title}*", title=title), *said, rest), blocks)


def answers(offer: Offer) -> Block:
    """Accept, decline, or look at it first."""
    key, value = offer.view.outcome.key, str(offer.handover.id)
    return buttons(
        button("Accept", ACCEPT, value=value, style="primary", says=f"Accept {key}"),
        button("Decline", DECLINE, value=value, says=f"Decline {key}"),
        show_button(offer.view.outcome),
    )


def offered_to(offer: Offer, reader: Reader) -> Markup:
    """To whom an outcome is offered, and since when."""
    return md("Offered to *{to}* {age}.", age=reader.age(offer.handover.offered_at), **names_in(offer))


def quoted(text: str) -> Markup:
    """Somebody's own words; nothing when there are none."""
    return md("“{text}”", text=text) if text else Markup("")


def names_in(offer: Offer) -> dict[str, str]:
    """What a sentence about an offer may name: `key`, `to`, `by`, `owner`, `team`."""
    view = offer.view
    return {
        "key": view.outcome.key,
        "to": offer.to.name,
        "by": offer.by.name,
        "owner": view.owner.name,
        "team": view.team.name,
    }


def is_by_owner(offer: Offer) -> bool:
    """Whether it is the owner who offers it."""
    return offer.by.id == offer.view.owner.id


def _offer_entry(offer: Offer, reader: Reader) -> Markup:
    outcome = offer.view.outcome
    of = "" if is_by_owner(offer) else f" from {offer.view.owner.name}"
    return lines(
        outcome_title(outcome, 140),
        joined(
            [
                md("{by} asks you to take it over{of}", of=of, by=offer.by.name),
                reader.age(offer.handover.offered_at),
                md("due {due}", due=reader.day(outcome.due_on)),
            ]
        ),
        quoted(shorten(offer.handover.note, 300)),
    )
