"""What waits for one person, for My week and App Home."""

from collections.abc import Sequence

from bot.decisions.messages import decide_button, decision_entry
from bot.decisions.messages.review import review_button
from bot.decisions.queries import DecisionBrief
from bot.people.messages import Reader
from bot.slack.blocks import context, section
from bot.slack.message import Message
from bot.slack.mrkdwn import lines, md

_MOST = 6
"""One block each, of the eight that a fragment may have."""


def my_decisions(decisions: Sequence[DecisionBrief], *, reader: Reader) -> Message:
    """What a person has to decide and to review, each a click away; nothing when there is nothing."""
    if not decisions:
        return Message("", [])
    title, shown = md("*Yours to decide or to review*"), decisions[:_MOST]
    entries = [decision_entry(brief, reader) for brief in shown]
    more = len(decisions) - len(shown)
    rest = md("And {more} more: `/decision list mine`.", more=more) if more else md("")
    offered = [decide_button(one.decision) if one.is_open else review_button(one.decision) for one in shown]
    blocks = [section(title)]
    blocks += [section(entry, button=button) for entry, button in zip(entries, offered, strict=True)]
    blocks += [context(rest)] if rest else []
    return Message(lines(title, *entries, rest), blocks)
