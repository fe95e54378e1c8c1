"""The words of My week and of the App Home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.checkins.messages import item_buttons, item_lines
from bot.checkins.queries import Asked
from bot.dependencies.messages import my_dependencies
from bot.dependencies.queries import DependencyView
from bot.execution.messages import my_actions
from bot.execution.queries import Step
from bot.handovers.messages import my_offers
from bot.handovers.queries import Offer
from bot.obstacles.messages import my_obstacles
from bot.obstacles.queries import ObstacleView
from bot.outcomes.messages import outcome_entry, show_button
from bot.outcomes.messages.form import NEW_BUTTON
from bot.outcomes.queries import Page
from bot.people.messages import Reader
from bot.slack.blocks import button, buttons, context, divider, header, home, section
from bot.slack.drawing import LONGEST_TEXT, cut
from bot.slack.message import Block, HomeView, Message
from bot.slack.mrkdwn import Markup, joined, lines, md

REFRESH = "home.refresh"
WEEK_SHORTCUT = "home.week_shortcut"

_MOST_WAITING = 5
"""Two blocks each, of the fifty that a message may have."""
_IN_MESSAGE, _AT_HOME = 50, 95
"""Blocks, of which the outcomes take what the rest leaves."""


@dataclass(frozen=True)
class Week:
    """What one person's week holds, and who reads it."""

    asked: Asked | None
    owned: Page
    actions: Sequence[Step]
    proposals: Sequence[Step]
    offers: Sequence[Offer]
    needs: Sequence[DependencyView]
    obstacles: Sequence[ObstacleView]
    next_at: datetime | None
    reader: Reader


def my_week(week: Week, *, most_blocks: int = _IN_MESSAGE) -> Message:
    """What needs this person now, what they own, and when Rhythm asks them next."""
    reader, parts = week.reader, _parts(week)
    needed = _needed(week)
    blocks: list[Block] = [header("My week"), *_needed_blocks(week)]
    for part in parts:
        blocks += part.blocks
    blocks += [divider(), section(title := _owned_title(week.owned))]
    shown = week.owned.views[: max(0, most_blocks - len(blocks) - 1)]
    entries = [outcome_entry(view, reader) for view in shown]
    blocks += [section(entry, button=show_button(view.outcome)) for view, entry in zip(shown, entries, strict=True)]
    rest = f"Only the {len(shown)} due soonest are shown." if week.owned.total > len(shown) else ""
    when = joined([rest, _next_line(week.next_at, reader)], " ")
    blocks.append(context(when))
    text = lines("My week", needed, *(part.text for part in parts), title, *entries, when)
    return Message(cut(text, LONGEST_TEXT), blocks)


def home_view(week: Week) -> HomeView:
    """My week, as the App Home shows it, with what can be begun from here."""
    shown = my_week(week, most_blocks=_AT_HOME).blocks
    begin = buttons(
        button("New outcome", NEW_BUTTON, style="primary"),
        button("Refresh", REFRESH),
    )
    help_line = context(md("`/outcome help` and `/rhythm help` list what you can type. Only you can see this page."))
    return home([shown[0], begin, *shown[1:], help_line])


def _parts(week: Week) -> list[Message]:
    """What else needs this person, each as its room draws it."""
    reader = week.reader
    parts = [
        my_offers(week.offers, reader=reader),
        my_actions(week.actions, week.proposals, reader=reader),
        my_dependencies(week.needs, reader=reader),
        my_obstacles(week.obstacles, reader=reader),
    ]
    return [part for part in parts if part.blocks]


def _owned_title(owned: Page) -> Markup:
    return md("*Your outcomes:* {count}", count=f"{owned.total:,}" if owned.total else "none yet")


def what_i_read() -> Message:
    """The answer to a message that Rhythm does not understand, so that nobody waits for one."""
    text = lines(
        "I only understand commands, buttons and answers to a check-in, so I could not do anything with that message.",
        md("`/rhythm` shows your week, `/outcome result OUT-12 42` logs a result, and `/outcome help` lists the rest."),
    )
    return Message(text, [section(text)])


def _needed(week: Week) -> Markup:
    waiting = week.asked.open_items if week.asked else []
    if week.asked is None or not waiting:
        return Markup("") if _parts(week) else md("Nothing needs you right now.")
    entries = [item_lines(item, view, week.reader) for item, view in waiting[:_MOST_WAITING]]
    return lines(_waiting_title(week.asked), *entries)


def _needed_blocks(week: Week) -> list[Block]:
    waiting = week.asked.open_items if week.asked else []
    if week.asked is None or not waiting:
        said = _needed(week)
        return [section(said)] if said else []
    blocks = [section(_waiting_title(week.asked))]
    for item, view in waiting[:_MOST_WAITING]:
        blocks += [section(item_lines(item, view, week.reader)), item_buttons(item, view)]
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
