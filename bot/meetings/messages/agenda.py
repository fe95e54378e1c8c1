"""The words of an agenda: what the channel is told before a meeting, and the form in which its lines are changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.language.words import counted
from bot.meetings.messages.line import choices, line_words, one_click
from bot.meetings.model import Meeting, MeetingLine
from bot.meetings.queries.lines import LineView
from bot.meetings.rules import write_minutes
from bot.meetings.rules.agenda import TEXT_LIMIT
from bot.people.messages import Reader
from bot.slack.blocks import Button, button, buttons, choice_field, context, form, overflow, section, text_field
from bot.slack.message import Block, Form, Message
from bot.slack.mrkdwn import Markup, joined, lines, md

CHANGE_AGENDA = "meetings.change_agenda"
ADD_LINE = "meetings.add_line"
OUTCOME = "meetings.outcome"
LINE_MENU = "meetings.line_menu"
SKIP = "meetings.skip"

UP, DOWN, OFF = "up", "down", "off"
"""What the lead chooses for a line."""

_COMES_BACK = "What is open comes back the next time."
_SHOWN = 15
"""Of each line two blocks at most: a message has fifty."""


def agenda(meeting: Meeting, views: Sequence[LineView], *, reader: Reader) -> Message:
    """What a channel is told before a meeting: when it begins, and only what needs talking about."""
    begins, nothing = _begins(meeting, reader), md("Nothing on record needs a discussion. Consider skipping it.")
    if not views:
        return Message(lines(begins, nothing), [section(begins), section(nothing), buttons(*_below(meeting))])
    shown, more = views[:_SHOWN], views[_SHOWN:]
    told = [md("{place}. {words}", place=n, words=line_words(view)) for n, view in enumerate(shown, 1)]
    blocks = [section(begins)]
    for view, text in zip(shown, told, strict=True):
        blocks += _line_blocks(view, text)
    left = [md("And {more}.", more=counted(len(more), "more line"))] if more else []
    blocks += [*map(context, left), buttons(*_below(meeting))]
    return Message(lines(begins, *told, *left), blocks)


def skipped(meeting: Meeting, *, by: str, reader: Reader) -> Message:
    """That a meeting does not take place this time."""
    said = md("*{name}*{on} is skipped, says {by}.", by=by, **_when(meeting, reader))
    text = joined([said, _COMES_BACK], " ")
    return Message(text, [context(text)])


def agenda_form(
    meeting: Meeting, views: Sequence[LineView], outcomes: Mapping[str, str], *, may_change: bool, viewer_id: str
) -> Form:
    """The lines of an agenda, for the lead to put in order and to drop, and a field in which anybody adds one.

    Args:
        outcomes: the team's live ones that a line can be about, by their ids.
    """
    blocks: list[Block] = [section(md("*{name}*", name=meeting.name))]
    for place, view in enumerate(views, 1):
        offered = _menu(view, may_change=may_change, is_theirs=view.line.added_by == viewer_id)
        menu = overflow(LINE_MENU, offered) if offered else None
        blocks.append(section(md("{place}. {words}", place=place, words=line_words(view)), menu=menu))
    blocks += [
        text_field("text", "Add a line", placeholder="What should be talked about?", limit=TEXT_LIMIT),
        *([choice_field("outcome", "About which outcome?", outcomes, optional=True)] if outcomes else []),
    ]
    return form(ADD_LINE, "Agenda", blocks, submit="Add", carries=str(meeting.id))


def outcome_form(line: MeetingLine, outcomes: Mapping[str, str]) -> Form:
    """Asks which outcome a line of somebody's own is about."""
    asked = section(md("“{text}”", text=line.text))
    if not outcomes:
        none = section(md("This team has no live outcome yet. `/outcome new` writes one down."))
        return form(OUTCOME, "Name its outcome", [asked, none], submit=None)
    field = choice_field("outcome", "About which outcome?", outcomes)
    return form(OUTCOME, "Name its outcome", [asked, field], carries=str(line.id))


def change_agenda_button(meeting: Meeting, label: str = "Change the agenda") -> Button:
    """Opens the form of an agenda."""
    return button(label, CHANGE_AGENDA, value=str(meeting.id))


def _line_blocks(view: LineView, text: Markup) -> list[Block]:
    if view.asks_for_a_choice:
        return [section(text), buttons(*choices(view))]
    return [section(text, button=one_click(view) if view.is_open else None)]


def _below(meeting: Meeting) -> list[Button]:
    sure = ("Skip it?", f"It does not take place this time. {_COMES_BACK}", "Skip it", "Keep it")
    return [
        change_agenda_button(meeting),
        button("Skip it", SKIP, value=str(meeting.id), says="Skip this meeting", confirm=sure),
    ]


def _begins(meeting: Meeting, reader: Reader) -> Markup:
    minutes = round((meeting.ends_at - meeting.starts_at).total_seconds() / 60)
    return md(
        "*{name}* begins{on} at {at} {zone} time ({minutes}).", minutes=write_minutes(minutes), **_when(meeting, reader)
    )


def _when(meeting: Meeting, reader: Reader) -> dict[str, str]:
    return {
        "name": meeting.name,
        "on": "" if meeting.held_on == reader.today else f" on {meeting.held_on:%A}",
        "at": at(meeting.starts_at, reader),
        "zone": place(meeting.zone),
    }


def at(instant: datetime, reader: Reader) -> str:
    """A time of day in the channel's zone."""
    return f"{instant.astimezone(reader.zone):%H:%M}"


def day_of(meeting: Meeting) -> str:
    """The day on which a meeting is: `Tuesday 3 March`."""
    return f"{meeting.held_on:%A} {meeting.held_on.day} {meeting.held_on:%B}"


def place(zone: str) -> str:
    """A zone as people say it: `New York` of `America/New_York`."""
    return zone.rpartition("/")[2].replace("_", " ")


def _menu(view: LineView, *, may_change: bool, is_theirs: bool) -> dict[str, str]:
    drop = {f"{OFF} {view.line.id}": "Drop"}
    if may_change:
        return {f"{UP} {view.line.id}": "Move up", f"{DOWN} {view.line.id}": "Move down", **drop}
    return drop if is_theirs else {}
