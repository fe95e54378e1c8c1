"""Lists of decisions."""

from collections.abc import Sequence

from bot.decisions.messages import TURN_BACK, TURN_ON, decision_entry, show_button
from bot.decisions.queries import DecisionBrief
from bot.decisions.queries.lists import MOST_COUNTED, PAGE_SIZE, DecisionPage
from bot.decisions.rules.lists import Asked, Filter
from bot.language.words import counted
from bot.people.messages import Reader
from bot.slack.blocks import Button, button, buttons, context, header, section
from bot.slack.message import Block, Message
from bot.slack.mrkdwn import Markup, escape, lines, md

SUCH = {
    Filter.OPEN: "open",
    Filter.OVERDUE: "overdue",
    Filter.REVIEW: "to be reviewed",
    Filter.WAITING: "open or to be reviewed",
    Filter.ALL: "",
}
"""What a list is narrowed to, as people say it."""


def decision_list(page: DecisionPage, *, title: str, empty: str, reader: Reader, asked: Asked | None = None) -> Message:
    """Decisions, one below the other. With `asked` there are buttons to the pages beside it."""
    if not page.decisions:
        return Message(escape(empty), [section(empty)])
    heading = f"{title}: {_count(page)}"
    place = _place(page)
    entries = [decision_entry(brief, reader) for brief in page.decisions]
    blocks = [header(heading), *_with_buttons(page.decisions, entries)]
    if place:
        blocks.append(context(place))
    if asked and (turns := _turns(page, asked)):
        blocks.append(buttons(*turns))
    return Message(lines(heading, *entries, place), blocks)


def search_result(page: DecisionPage, query: str, *, reader: Reader) -> Message:
    """What a search found: the first decisions, and how to find fewer."""
    shown = DecisionPage(page.decisions, len(page.decisions))
    found = decision_list(shown, title=f"Found for “{query[:60]}”", empty="", reader=reader)
    if page.total <= len(page.decisions):
        return found
    total = f"{MOST_COUNTED:,} or more" if page.total >= MOST_COUNTED else f"{page.total:,}"
    hint = f"These are {len(page.decisions)} of {total}, the newest first. Another word narrows it."
    return Message(lines(found.text, hint), [*found.blocks, context(hint)])


def nothing_found(query: str) -> Message:
    """The answer to a search that finds nothing."""
    text = lines(
        md("No decision that you can see has all of these words: “{query}”.", query=query[:100]),
        "Try fewer words, or the beginning of one.",
    )
    return Message(text, [section(text)])


def not_a_team_channel(channel: Markup) -> Message:
    """The answer to a list of a channel that is no team's home."""
    text = md("{channel} is no team's home that you can see. `/rhythm setup` there makes it one.", channel=channel)
    return Message(text, [section(text)])


def _with_buttons(decisions: Sequence[DecisionBrief], entries: Sequence[Markup]) -> list[Block]:
    return [section(entry, button=show_button(brief.decision)) for brief, entry in zip(decisions, entries, strict=True)]


def _count(page: DecisionPage) -> str:
    return f"{MOST_COUNTED:,} or more" if page.total >= MOST_COUNTED else counted(page.total, "decision")


def _place(page: DecisionPage) -> str:
    """Where in a long list this page is: `21–40 of 57`."""
    if page.total <= len(page.decisions) and not page.offset:
        return ""
    total = "many" if page.total >= MOST_COUNTED else f"{page.total:,}"
    return f"{page.offset + 1:,}–{page.offset + len(page.decisions):,} of {total}."


def _turns(page: DecisionPage, asked: Asked) -> list[Button]:
    size = len(page.decisions)
    turns = []
    if page.offset:
        turns.append(button("Previous", TURN_BACK, value=str(asked.at(max(0, page.offset - PAGE_SIZE)))))
    if page.offset + size < page.total or (page.total >= MOST_COUNTED and size == PAGE_SIZE):
        turns.append(button("Next", TURN_ON, value=str(asked.at(page.offset + PAGE_SIZE))))
    return turns
