"""The words of My week and of the App Home."""

from dataclasses import dataclass
from datetime import datetime

from bot.checkins.messages import item_buttons, item_lines
from bot.checkins.queries import Asked
from bot.outcomes.messages import outcome_entry, show_button
from bot.outcomes.messages.form import NEW_BUTTON
from bot.outcomes.queries import Page
from bot.people.messages import Reader
from bot.slack.blocks import button, buttons, context, divider, header, home, section
from bot.slack.message import Block, HomeView, Message
from bot.slack.mrkdwn import Markup, joined, lines, md

REFRESH = "home.refresh"
WEEK_SHORTCUT = "home.week_shortcut"

_MOST_WAITING = 10
"""Two blocks each, beside the outcomes, of the fifty that a message may have."""


@dataclass(frozen=True)
class Week:
    """What one person's week holds, and who reads it."""

    asked: Asked | None
    owned: Page
    next_at: datetime | None
    reader: Reader


def my_week(week: Week) -> Message:
    """What needs this person now, what they own, and when Rhythm asks them next."""
    asked, owned, reader = week.asked, week.owned, week.reader
    needed = _needed(asked, reader)
    owned_entries = [outcome_entry(view, reader) for view in owned.views]
    title = md("*Your outcomes:* {count}", count=f"{owned.total:,}" if owned.total else "none yet")
    more = owned.total - len(owned.views)
    rest = f"Only the {len(owned.views)} due soonest are shown." if more else ""
    when = joined([rest, _next_line(week.next_at, reader)], " ")
    blocks: list[Block] = [header("My week")]
    blocks += _needed_blocks(asked, reader)
    blocks += [divider(), section(title)]
    for view, entry in zip(owned.views, owned_entries, strict=True):
        blocks.append(section(entry, button=show_button(view.outcome)))
    blocks.append(context(when))
    return Message(lines("My week", needed, title, *owned_entries, when), blocks)


def home_view(week: Week) -> HomeView:
    """My week, as the App Home shows it, with what can be begun from here."""
    shown = my_week(week).blocks
    begin = buttons(
        button("New outcome", NEW_BUTTON, style="primary"),
        button("Refresh", REFRESH),
    )
    help_line = context(md("`/outcome help` and `/rhythm help` list what you can type. Only you can see this page."))
    return home([shown[0], begin, *shown[1:], help_line])


def what_i_read() -> Message:
    """The answer to a message that Rhythm does not understand, so that nobody waits for one."""
    text = lines(
        "I only understand commands, buttons and answers to a check-in, so I could not do anything with that message.",
        md("`/rhythm` shows your week, `/outcome result OUT-12 42` logs a result, and `/outcome help` lists the rest."),
    )
    return Message(text, [section(text)])


def _needed(asked: Asked | None, reader: Reader) -> Markup:
    if asked is None or not asked.open_items:
        return md("Nothing needs you right now.")
    waiting = [item_lines(item, view, reader) for item, view in asked.open_items[:_MOST_WAITING]]
    return lines(_waiting_title(asked), *waiting)


def _needed_blocks(asked: Asked | None, reader: Reader) -> list[Block]:
    if asked is None or not asked.open_items:
        return [section(_needed(asked, reader))]
    blocks = [section(_waiting_title(asked))]
    for item, view in asked.open_items[:_MOST_WAITING]:
        blocks += [section(item_lines(item, view, reader)), item_buttons(item, view)]
    return blocks


def _waiting_title(asked: Asked) -> Markup:
    if len(asked.open_items) <= _MOST_WAITING:
        return md("*Waiting for your update*")
    return md("*Waiting for your update:* {most} of {all}", most=_MOST_WAITING, all=len(asked.open_items))


def _next_line(next_at: datetime | None, reader: Reader) -> str:
    if next_at is None:
        return "No check-in is planned for you: you own no outcome yet."
    local = next_at.astimezone(reader.zone)
    return f"Next check-in: {reader.day(local.date())} at {local:%H:%M}, your time."
