"""Decisions as the card of an outcome shows them."""

from bot.decisions.messages import IN_A_LINE, decision_stands, decision_title, show_button
from bot.decisions.queries import DecisionBrief
from bot.decisions.queries.beside import OfOutcome
from bot.language.words import one_line, shorten
from bot.outcomes.model import Outcome
from bot.people.messages import Reader
from bot.slack.blocks import context, section
from bot.slack.message import Block, Message
from bot.slack.mrkdwn import Markup, joined, lines, md

_ON_CARD = 6
"""One block each, of the eight that a fragment may have."""


def on_card(outcome: Outcome, found: OfOutcome, *, reader: Reader) -> Message:
    """What an outcome waits for, and what was decided to move it, each a click away; nothing when there is neither."""
    entries = [(one, _awaited(one, reader)) for one in found.awaited]
    entries += [(one, _expected(one, outcome, reader)) for one in found.expected]
    if not entries:
        return Message("", [])
    title, shown = md("*Decisions*"), entries[:_ON_CARD]
    more = len(entries) - len(shown)
    rest = md("More of them are in `/decision list all`.") if more else md("")
    blocks: list[Block] = [section(title)]
    blocks += [section(entry, button=show_button(one.decision)) for one, entry in shown]
    blocks += [context(rest)] if rest else []
    return Message(lines(title, *(entry for _, entry in shown), rest), blocks)


def _awaited(one: DecisionBrief, reader: Reader) -> Markup:
    stands = decision_stands(one, reader)
    return lines(decision_title(one.decision, IN_A_LINE), joined(["waits for this", stands]))


def _expected(one: DecisionBrief, outcome: Outcome, reader: Reader) -> Markup:
    """What was chosen, and where its measure is to be by when."""
    decision, choice = one.decision, one.chosen
    if choice is None or choice.effect_value is None or choice.effect_on is None:
        return lines(decision_title(decision, IN_A_LINE), decision_stands(one, reader))
    said = shorten(one_line(choice.choice), IN_A_LINE)
    value, day = reader.value(choice.effect_value, outcome.unit), reader.day(choice.effect_on)
    facts = joined(
        [
            md("“{said}”", said=said) if said != decision.question else "",
            md("expected: {value} by {day}", value=value, day=day),
            "reviewed" if decision.reviewed_at else "",
            one.team.name,
        ]
    )
    return lines(decision_title(decision, IN_A_LINE), facts)
