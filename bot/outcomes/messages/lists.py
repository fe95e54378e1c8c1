"""Lists of outcomes."""

from bot.language.words import counted
from bot.outcomes.messages import outcome_entry, show_button
from bot.outcomes.queries import Page
from bot.people.messages import Reader
from bot.slack.blocks import context, header, section
from bot.slack.message import Message
from bot.slack.mrkdwn import Markup, escape, lines, md


def outcome_list(page: Page, *, title: str, empty: str, reader: Reader) -> Message:
    """Outcomes, one below the other, the soonest due first."""
    if not page.views:
        return Message(escape(empty), [section(empty)])
    entries = [outcome_entry(view, reader) for view in page.views]
    heading = f"{title}: {counted(page.total, 'outcome')}"
    more = page.total - len(page.views)
    rest = f"{_more(more)} due later. Narrow the list with a person or a channel." if more else ""
    blocks = [header(heading)]
    blocks += [
        section(entry, button=show_button(view.outcome)) for view, entry in zip(page.views, entries, strict=True)
    ]
    if rest:
        blocks.append(context(rest))
    return Message(lines(heading, *entries, rest), blocks)


def _more(count: int) -> str:
    return "1 more is" if count == 1 else f"{count:,} more are"


def not_a_team_channel(channel: Markup) -> Message:
    """The answer to a list of a channel that is no team's home."""
    text = md("{channel} is no team's home that you can see. `/rhythm setup` there makes it one.", channel=channel)
    return Message(text, [section(text)])
