"""The words in which an owner is reminded of a check-in."""

from dataclasses import replace
from datetime import datetime

from bot.checkins.messages import (
    all_said,
    away_button,
    fitting,
    how_to_reply,
    instead_of,
    item_buttons,
    item_lines,
    snooze_menu,
)
from bot.checkins.queries import Asked
from bot.checkins.rules.reminders import MOST_NUDGES
from bot.language.words import counted
from bot.people.messages import Reader
from bot.slack.blocks import buttons, context, divider, section
from bot.slack.message import Block, Message
from bot.slack.mrkdwn import Markup, joined, lines, md


def snooze_over(asked: Asked, *, reader: Reader) -> Message:
    """What an owner put off, at the time they chose; rewritten as they answer."""
    return _still_open(asked, md("You asked to come back to your check-in now. {left}.", left=_left(asked)), reader)


def nudge(asked: Asked, number: int, *, reader: Reader) -> Message:
    """A reminder that nothing came yet; the last one says so. Rewritten as its owner answers."""
    still = "Their check-in is still open" if asked.instead_of else "Your check-in is still open"
    opening = "I ask about this one last time" if number == MOST_NUDGES else still
    return _still_open(asked, md("{opening}: {left}.", opening=opening, left=_left(asked)), reader)


def snoozed(until: datetime, *, reader: Reader) -> Message:
    """When a snoozed check-in comes back, said to whoever snoozed it."""
    local = until.astimezone(reader.zone)
    day = "today" if local.date() == reader.today else f"on {reader.day(local.date())}"
    text = md(
        "I come back to this {day} at {time}, your time. You can answer before that, too.",
        day=day,
        time=f"{local:%H:%M}",
    )
    return Message(text, [section(text)])


def _still_open(asked: Asked, opening: Markup, reader: Reader) -> Message:
    """Everything in a check-in that has no answer yet, to be answered here."""
    waiting = replace(asked, items=tuple(asked.open_items))
    if not waiting.items:
        said = all_said(asked)
        return Message(said, [section(said)])
    shown, rest = fitting(waiting)
    parts = [item_lines(item, view, reader, asked.steps.get(item.outcome_id, ())) for item, view in shown]
    opening = joined([instead_of(asked), opening], " ")
    blocks: list[Block] = [section(opening)]
    for (item, view), said in zip(shown, parts, strict=True):
        blocks += [divider(), section(said), item_buttons(item, view)]
    closing = lines(how_to_reply(waiting), rest)
    return Message(
        lines(opening, *parts, closing), [*blocks, buttons(snooze_menu(asked), *away_button(asked)), context(closing)]
    )


def _left(asked: Asked) -> str:
    left = len(asked.open_items)
    return f"{counted(left, 'outcome')} {'waits' if left == 1 else 'wait'} for your answer"
