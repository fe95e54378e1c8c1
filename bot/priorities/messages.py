"""The words of the priorities room, and the ids of its forms and buttons."""

from collections.abc import Sequence

from bot.priorities.model import Priority
from bot.priorities.rules import AT_BEST, NAME_LIMIT, PERIOD_LIMIT
from bot.slack.blocks import button, buttons, context, form, header, section, text_field
from bot.slack.message import Block, Form, Message
from bot.slack.mrkdwn import Markup, lines, md

NEW = "priorities.new"
EDIT_FORM = "priorities.edit_form"
ADD = "priorities.add"
EDIT = "priorities.edit"
MOVE_UP = "priorities.move_up"
RETIRE = "priorities.retire"

_TITLE = "What the company is after"
_SURE = ("Retire this priority?", "It leaves this list. Outcomes that serve it keep it.", "Retire", "Keep")
_COUNTS = ("six", "seven", "eight", "nine", "ten", "eleven", "twelve")
"""From one more than AT_BEST to AT_MOST."""


def priority_list(priorities: Sequence[Priority], *, may_change: bool) -> Message:
    """The live priorities, the first one first; with buttons for who may change them."""
    entries = [
        md("*{place}. {name}* – {period}", place=place, name=priority.name, period=priority.period)
        for place, priority in enumerate(priorities, start=1)
    ]
    many = _many(len(priorities))
    blocks = [header(_TITLE)]
    if may_change:
        for place, (priority, entry) in enumerate(zip(priorities, entries, strict=True), start=1):
            blocks += [section(entry), _changes(priority, place)]
        blocks.append(buttons(button("Add a priority", ADD)))
    else:
        blocks.append(section(lines(*entries)))
    if many:
        blocks.append(context(many))
    return Message(lines(_TITLE, *entries, many), blocks)


def _changes(priority: Priority, place: int) -> Block:
    carried = str(priority.id)
    edit = button("Edit", EDIT, value=carried, says=f"Edit priority {place}")
    up = button("Move up", MOVE_UP, value=carried, says=f"Move priority {place} up")
    retire = button("Retire", RETIRE, value=carried, says=f"Retire priority {place}", confirm=_SURE)
    return buttons(edit, retire) if place == 1 else buttons(edit, up, retire)


def none_yet(*, may_change: bool, who_may: str) -> Message:
    """The list while nothing is on it."""
    first = md("No priority is written down yet.")
    if may_change:
        text = lines(first, md("Three to five, for a quarter or two, keep a company pointed the same way."))
        return Message(text, [section(text), buttons(button("Add a priority", ADD, style="primary"))])
    text = md("{first} {who} can add the first.", first=first, who=who_may)
    return Message(text, [section(text)])


def not_for_guests() -> Message:
    """The answer to a guest."""
    text = md("Priorities are shown to full members only. `/outcome list all` shows the outcomes of your channels.")
    return Message(text, [section(text)])


def new_form(*, name: str, channel_id: str) -> Form:
    """Adds a priority."""
    return form(NEW, "New priority", _fields(name, ""), carries=channel_id)


def edit_form(priority: Priority, *, channel_id: str) -> Form:
    """Changes what a priority says."""
    blocks = _fields(priority.name, priority.period)
    return form(EDIT_FORM, "Edit priority", blocks, carries=f"{priority.id} {channel_id}")


def _fields(name: str, period: str) -> list[Block]:
    return [
        text_field(
            "name",
            "What is the company after?",
            initial=name,
            hint="What should become true, in a few words: “Customers stay longer”.",
            limit=NAME_LIMIT,
            focus=True,
        ),
        text_field("period", "For when?", initial=period, placeholder="Q1 2027", limit=PERIOD_LIMIT),
    ]


def priority_added(priority: Priority, *, count: int) -> Message:
    """What was saved, read back. `count`: how many are live now."""
    text = lines(
        md("*{name}* is now a priority for {period}.", name=priority.name, period=priority.period),
        _many(count) or md("Outcomes can be aligned to it from now on."),
    )
    return Message(text, [section(text)])


def priority_edited(priority: Priority) -> Message:
    """What was saved, read back."""
    text = md("Saved: *{name}* – {period}.", name=priority.name, period=priority.period)
    return Message(text, [section(text)])


def _many(count: int) -> Markup | str:
    """A word on it when there are more than a company can follow."""
    if count <= AT_BEST:
        return ""
    return md("That is {count}. Three to five keep a company pointed the same way.", count=_COUNTS[count - AT_BEST - 1])
