"""The forms of handovers."""

from bot.handovers.messages import DECLINED, OFFERED, offered_to
from bot.handovers.queries import Offer
from bot.outcomes.messages import outcome_title
from bot.outcomes.queries import Brief
from bot.outcomes.rules import NOTE_LIMIT
from bot.people.messages import Reader
from bot.slack.blocks import form, person_field, section, text_field
from bot.slack.message import Form
from bot.slack.mrkdwn import Markup, lines, md


def offer_form(view: Brief, earlier: Offer | None, *, reader: Reader, channel_id: str) -> Form:
    """Chooses who is to own an outcome next. `earlier` is the offer that is still open, if any."""
    outcome = view.outcome
    owned = md("It stays with {owner} until somebody accepts.", owner=view.owner.name)
    blocks = [
        section(lines(outcome_title(outcome), owned, _withdrawn_by_this(earlier, reader))),
        person_field(
            "person", "Who should own it?", hint="They are asked, and can decline. Yourself is an answer too."
        ),
        text_field("note", "What should they know?", limit=NOTE_LIMIT, many_lines=True, optional=True),
    ]
    return form(OFFERED, f"Hand over {outcome.key}", blocks, submit="Offer", carries=f"{outcome.id} {channel_id}")


def decline_form(offer: Offer) -> Form:
    """Asks why somebody declines, if they want to say."""
    outcome = offer.view.outcome
    blocks = [
        section(lines(outcome_title(outcome), md("It stays with {owner}.", owner=offer.view.owner.name))),
        text_field(
            "reason",
            "Why not?",
            hint="The lead reads it, and who offered it to you.",
            limit=NOTE_LIMIT,
            many_lines=True,
            optional=True,
        ),
    ]
    return form(DECLINED, f"Decline {outcome.key}", blocks, submit="Decline", carries=str(offer.handover.id))


def _withdrawn_by_this(earlier: Offer | None, reader: Reader) -> Markup:
    if earlier is None:
        return Markup("")
    return lines(md("{offered} A new offer withdraws that one.", offered=offered_to(earlier, reader)))
