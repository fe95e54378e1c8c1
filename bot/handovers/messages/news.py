"""What people are told of a handover: the offer itself, and what became of it."""

from bot.handovers.messages import answers, is_by_owner, names_in, offer_button, quoted, withdraw_button
from bot.handovers.queries import Offer
from bot.language.words import shorten
from bot.outcomes.messages import outcome_title, show_button, stands, value_or_unknown
from bot.outcomes.model import Outcome
from bot.people.messages import Reader
from bot.people.model import Person
from bot.slack.blocks import buttons, section
from bot.slack.message import Message
from bot.slack.mrkdwn import Markup, joined, lines, md


def outcome_offered(offer: Offer, *, reader: Reader) -> Message:
    """Asks somebody whether they take an outcome over; rewritten in place once that is settled."""
    outcome = offer.view.outcome
    opening = md(
        "{by} asks you to take over this outcome{until} until you accept.",
        by=offer.by.name,
        until=", and owns it" if is_by_owner(offer) else f". {offer.view.owner.name} owns it",
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
    said = lines(outcome_title(outcome), facts, standing, quoted(offer.handover.note))
    return Message(lines(opening, said), [section(opening), section(said), answers(offer)])


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
        md("It stays with {owner} while {team} looks for somebody else.", **names_in(offer)),
    )
    return Message(text, [section(text)])


def offer_withdrawn(offer: Offer) -> Message:
    """Takes the place of an offer that was withdrawn."""
    text = md("{by}'s offer of *{key}* was withdrawn. Nothing is needed from you.", **names_in(offer))
    return Message(text, [section(text)])


def offer_made(offer: Offer) -> Message:
    """Confirms that somebody is asked."""
    outcome = offer.view.outcome
    text = lines(
        _about(md("{to} is asked whether they take over *{key}*", **names_in(offer)), outcome),
        md("It stays with {owner} until they accept. You hear what they say.", **names_in(offer)),
    )
    return Message(text, [section(text, button=withdraw_button(offer))])


def offer_taken_back(offer: Offer) -> Message:
    """Confirms that an offer was withdrawn."""
    text = md("The offer of *{key}* to {to} is withdrawn. {owner} owns it.", **names_in(offer))
    return Message(text, [section(text, button=offer_button(offer.view.outcome, "Offer to somebody else"))])


def handed_over_line(offer: Offer, *, old_owner: Person) -> Message:
    """Tells the team who owns an outcome from now on."""
    outcome, names = offer.view.outcome, {**names_in(offer), "old": old_owner.name}
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
        _about(md("{to} {did} *{key}* and owns it now", did=did, **names_in(offer)), outcome),
        "You are not asked about it any more." if reader.id == old_owner.id else "",
    )
    return Message(text, [section(text, button=show_button(outcome))])


def offer_declined(offer: Offer) -> Message:
    """Gives the question who owns an outcome back to its team's lead."""
    said = md("{to} declined to take over *{key}*", **names_in(offer))
    return _given_back(offer, said, "Please offer it to somebody else, or leave it there.")


def offer_unanswered(offer: Offer) -> Message:
    """The same, when nobody answered."""
    names = names_in(offer)
    if not offer.to.is_active:
        said = md("{to}'s account was deactivated before they answered whether they take over *{key}*", **names)
        return _given_back(offer, said, "Please offer it to somebody else, or leave it there.")
    said = md("{to} has not answered in a week whether they take over *{key}*", **names)
    return _given_back(offer, said, md("{to} can still accept; or offer it to somebody else.", **names))


def _given_back(offer: Offer, said: Markup, what_next: str) -> Message:
    view = offer.view
    if view.owner.is_active:
        stays = joined([md("It stays with {owner}.", **names_in(offer)), what_next], " ")
    else:
        stays = md("{owner} is gone, so nobody is asked about it. Please offer it to somebody else.", **names_in(offer))
    text = lines(_about(said, view.outcome), quoted(offer.handover.reason), stays)
    return Message(text, [section(text), buttons(offer_button(view.outcome, "Offer to somebody else"))])


def _about(sentence: Markup, outcome: Outcome) -> Markup:
    """What is said of an outcome by its key, with its statement behind."""
    return md("{sentence}: {statement}", sentence=sentence, statement=shorten(outcome.statement, 140))
