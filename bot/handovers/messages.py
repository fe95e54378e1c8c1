"""The words of handovers, and the ids of their buttons and forms."""

from collections.abc import Sequence

from bot.handovers.queries import Offer
from bot.language.words import counted, shorten
from bot.outcomes.messages import outcome_title, show_button, stands, value_or_unknown
from bot.outcomes.model import Outcome
from bot.outcomes.queries import Brief
from bot.outcomes.rules import NOTE_LIMIT
from bot.people.messages import Reader
from bot.people.model import Person
from bot.slack.blocks import Button, button, buttons, context, form, header, person_field, section, text_field
from bot.slack.message import Block, Form, Message
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


def outcome_offered(offer: Offer, *, reader: Reader) -> Message:
    """Asks somebody whether they take an outcome over; rewritten in place once that is settled."""
    outcome = offer.view.outcome
    opening = md(
        "{by} asks you to take over this outcome{until} until you accept.",
        by=offer.by.name,
        until=", and owns it" if _is_by_owner(offer) else f". {offer.view.owner.name} owns it",
    )
    facts = md(
        "{measure}: *{value}*, from {baseline}. Target {target} by {due}.",
        measure=outcome.measure,
        value=value_or_unknown(offer.view.latest_value, outcome, reader),
        baseline=value_or_unknown(outcome.baseline, outcome, reader),
        target=reader.value(outcome.target, outcome.unit),
        due=reader.day(outcome.due_on),
    )
    standing = joined(
        [
            md("*{stands}*", stands=stands(offer.view, reader)),
            md("updated {age}", age=reader.age(outcome.latest_at)) if outcome.latest_at else "",
            offer.view.team.name,
        ]
    )
    said = lines(outcome_title(outcome), facts, standing, _quoted(offer.handover.note))
    return Message(lines(opening, said), [section(opening), section(said), _answers(offer)])


def offer_accepted(offer: Offer) -> Message:
    """Takes the place of an offer that was accepted, or confirms that somebody took the outcome over themselves."""
    outcome = offer.view.outcome
    text = lines(
        _about(md("You own *{key}* now", key=outcome.key), outcome),
        "You are asked how it moves at your next check-in.",
    )
    return Message(text, [section(text, button=show_button(outcome))])


def offer_declined_by_you(offer: Offer) -> Message:
    """Takes the place of an offer that was declined."""
    outcome = offer.view.outcome
    text = lines(
        _about(md("You declined *{key}*", key=outcome.key), outcome),
        md("It stays with {owner} while {team} looks for somebody else.", **_names(offer)),
    )
    return Message(text, [section(text)])


def offer_withdrawn(offer: Offer) -> Message:
    """Takes the place of an offer that was withdrawn."""
    text = md("{by}'s offer of *{key}* was withdrawn. Nothing is needed from you.", **_names(offer))
    return Message(text, [section(text)])


def offer_made(offer: Offer) -> Message:
    """Confirms that somebody is asked."""
    outcome = offer.view.outcome
    text = lines(
        _about(md("{to} is asked whether they take over *{key}*", **_names(offer)), outcome),
        md("It stays with {owner} until they accept. You hear what they say.", **_names(offer)),
    )
    return Message(text, [section(text, button=withdraw_button(offer))])


def offer_taken_back(offer: Offer) -> Message:
    """Confirms that an offer was withdrawn."""
    text = md("The offer of *{key}* to {to} is withdrawn. {owner} owns it.", **_names(offer))
    return Message(text, [section(text, button=offer_button(offer.view.outcome, "Offer to somebody else"))])


def handed_over_line(offer: Offer, *, old_owner: Person) -> Message:
    """Tells the team who owns an outcome from now on."""
    outcome, names = offer.view.outcome, {**_names(offer), "old": old_owner.name}
    if offer.is_taking:
        said = md("{to} takes over *{key}* from {old}", **names)
    elif offer.by.id == old_owner.id:
        said = md("{old} hands *{key}* to {to}", **names)
    else:
        said = md("{by} hands *{key}* from {old} to {to}", **names)
    text = _about(said, outcome)
    return Message(text, [section(text, button=show_button(outcome))])


def handed_over(offer: Offer, *, old_owner: Person, reader: Person) -> Message:
    """Tells the old owner, or who offered it, that an outcome has its new owner."""
    outcome = offer.view.outcome
    did = "took over" if offer.is_taking else "accepted"
    text = lines(
        _about(md("{to} {did} *{key}* and owns it now", did=did, **_names(offer)), outcome),
        "You are not asked about it any more." if reader.id == old_owner.id else "",
    )
    return Message(text, [section(text, button=show_button(outcome))])


def offer_declined(offer: Offer) -> Message:
    """Gives the question who owns an outcome back to its team's lead."""
    said = md("{to} declined to take over *{key}*", **_names(offer))
    return _given_back(offer, said, "Please offer it to somebody else, or leave it there.")


def offer_unanswered(offer: Offer) -> Message:
    """The same, when nobody answered."""
    names = _names(offer)
    if not offer.to.is_active:
        said = md("{to}'s account was deactivated before they answered whether they take over *{key}*", **names)
        return _given_back(offer, said, "Please offer it to somebody else, or leave it there.")
    said = md("{to} has not answered in a week whether they take over *{key}*", **names)
    return _given_back(offer, said, md("{to} can still accept; or offer it to somebody else.", **names))


def on_card(offer: Offer | None, *, reader: Reader, may_change: bool) -> Message:
    """What an outcome's card says of the offer that is open: a fragment, empty when there is none."""
    if offer is None:
        return Message("", [])
    text = _offered_to(offer, reader)
    return Message(text, [section(text, button=withdraw_button(offer) if may_change else None)])


def my_offers(offers: Sequence[Offer], *, reader: Reader) -> Message:
    """What waits for somebody's answer, in their week: a fragment of at most eight blocks, empty when nothing does."""
    if not offers:
        return Message("", [])
    title, shown, more = "Offered to you", offers[:_MOST_OFFERS], len(offers) - _MOST_OFFERS
    rest = f"{counted(more, 'more offer')} to answer after these." if more > 0 else ""
    said = [_offer_entry(offer, reader) for offer in shown]
    blocks = [header(title)]
    for offer, entry in zip(shown, said, strict=True):
        blocks += [section(entry), _answers(offer)]
    if rest:
        blocks.append(context(rest))
    return Message(lines(title, *said, rest), blocks)


def withdraw_button(offer: Offer) -> Button:
    """Takes an offer back."""
    says = f"Withdraw the offer of {offer.view.outcome.key}"
    return button("Withdraw", WITHDRAW, value=str(offer.handover.id), says=says)


def _answers(offer: Offer) -> Block:
    key, value = offer.view.outcome.key, str(offer.handover.id)
    return buttons(
        button("Accept", ACCEPT, value=value, style="primary", says=f"Accept {key}"),
        button("Decline", DECLINE, value=value, says=f"Decline {key}"),
        show_button(offer.view.outcome),
    )


def _offer_entry(offer: Offer, reader: Reader) -> Markup:
    outcome = offer.view.outcome
    of = "" if _is_by_owner(offer) else f" from {offer.view.owner.name}"
    return lines(
        outcome_title(outcome, 140),
        joined(
            [
                md("{by} asks you to take it over{of}", of=of, by=offer.by.name),
                reader.age(offer.handover.offered_at),
                md("due {due}", due=reader.day(outcome.due_on)),
            ]
        ),
        _quoted(shorten(offer.handover.note, 300)),
    )


def _given_back(offer: Offer, said: Markup, what_next: str) -> Message:
    view = offer.view
    if view.owner.is_active:
        stays = joined([md("It stays with {owner}.", **_names(offer)), what_next], " ")
    else:
        stays = md("{owner} is gone, so nobody is asked about it. Please offer it to somebody else.", **_names(offer))
    text = lines(_about(said, view.outcome), _quoted(offer.handover.reason), stays)
    return Message(text, [section(text), buttons(offer_button(view.outcome, "Offer to somebody else"))])


def _offered_to(offer: Offer, reader: Reader) -> Markup:
    return md("Offered to *{to}* {age}.", age=reader.age(offer.handover.offered_at), **_names(offer))


def _withdrawn_by_this(earlier: Offer | None, reader: Reader) -> Markup:
    if earlier is None:
        return Markup("")
    return lines(md("{offered} A new offer withdraws that one.", offered=_offered_to(earlier, reader)))


def _about(sentence: Markup, outcome: Outcome) -> Markup:
    """What is said of an outcome by its key, with its statement behind."""
    return md("{sentence}: {statement}", sentence=sentence, statement=shorten(outcome.statement, 140))


def _is_by_owner(offer: Offer) -> bool:
    return offer.by.id == offer.view.owner.id


def _quoted(text: str) -> Markup:
    return md("“{text}”", text=text) if text else Markup("")


def _names(offer: Offer) -> dict[str, str]:
    view = offer.view
    return {
        "key": view.outcome.key,
        "to": offer.to.name,
        "by": offer.by.name,
        "owner": view.owner.name,
        "team": view.team.name,
    }
