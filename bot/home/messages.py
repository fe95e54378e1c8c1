"""The words of My week and of the App Home."""

from dataclasses import dataclass
from datetime import datetime

from bot.checkins.messages import item_buttons, item_lines
from bot.checkins.queries import Asked
from bot.language.words import counted
from bot.outcomes.messages import NEW_BUTTON, SHOW, Reader, outcome_entry
from bot.outcomes.queries import Page
from bot.slack.blocks import button, buttons, context, divider, header, home, section
from bot.slack.message import Block, HomeView, Message
from bot.slack.mrkdwn import Markup, lines, md

REFRESH = "home.refresh"
WEEK_SHORTCUT = "home.week_shortcut"


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
    title = md("*Your outcomes:* {count}", count=counted(owned.total, "outcome"))
    when = _next_line(week.next_at, reader)
    blocks: list[Block] = [header("My week")]
    blocks += _needed_blocks(asked, reader)
    blocks += [divider(), section(title)]
    for view, entry in zip(owned.views, owned_entries, strict=True):
        show = button("Show", SHOW, value=str(view.outcome.id), says=f"Show {view.outcome.key}")
        blocks.append(section(entry, button=show))
    blocks.append(context(when))
    return Message(lines("My week", needed, title, *owned_entries, when), blocks[:50])


def home_view(week: Week) -> HomeView:
    """My week, as the App Home shows it, with what can be begun from here."""
    shown = my_week(week).blocks
    begin = buttons(
        button("New outcome", NEW_BUTTON, style="primary"),
        button("Refresh", REFRESH),
    )
    help_line = context(md("`/outcome help` and `/rhythm help` list what you can type. Only you can see this page."))
    return home([shown[0], begin, *shown[1:], help_line])


def _needed(asked: Asked | None, reader: Reader) -> Markup:
    if asked is None or not asked.open_items:
        return md("Nothing needs you right now.")
    waiting = [item_lines(item, view, reader) for item, view in asked.open_items]
    return lines(md("*Waiting for your update*"), *waiting)


def _needed_blocks(asked: Asked | None, reader: Reader) -> list[Block]:
    if asked is None or not asked.open_items:
        return [section(_needed(asked, reader))]
    blocks = [section(md("*Waiting for your update*"))]
    for item, view in asked.open_items[:10]:
        blocks += [section(item_lines(item, view, reader)), item_buttons(item, view)]
    return blocks


def _next_line(next_at: datetime | None, reader: Reader) -> str:
    if next_at is None:
        return "No check-in is planned for you: you own no outcome yet."
    local = next_at.astimezone(reader.zone)
    return f"Next check-in: {reader.day(local.date())} at {local:%H:%M}, your time."
