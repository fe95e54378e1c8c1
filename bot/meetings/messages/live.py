"""The words of a meeting while it is on: one message, written anew as things happen."""

from collections.abc import Sequence

from bot.language.words import counted, join_words, shorten
from bot.meetings.messages.agenda import at, change_agenda_button, place
from bot.meetings.messages.line import line_words, talk_button, while_talked_about
from bot.meetings.model import Meeting
from bot.meetings.queries.lines import LineView
from bot.meetings.queries.on_record import Changes
from bot.meetings.rules.held import Ended
from bot.people.messages import Reader
from bot.people.model import Person
from bot.slack.blocks import Button, button, buttons, context, section
from bot.slack.message import Block, Message
from bot.slack.mrkdwn import Markup, lines, md

HERE = "meetings.here"
END = "meetings.end"

_SHOWN = 30
_NAMED = 12
"""How many lines, and how many of those who are there, it names."""


def live(
    meeting: Meeting,
    views: Sequence[LineView],
    changes: Changes,
    here: Sequence[Person],
    *,
    moved_since: int | None = None,
    reader: Reader,
) -> Message:
    """A meeting that is on: who is there, its lines with the one that is talked about, and what it has done so far.

    Args:
        moved_since: how many outcomes moved since it was held the last time; None for the first.
    """
    title = lines(_title(meeting, reader), _since(moved_since), _here(here))
    now = talked_about(meeting, views)
    blocks, told = [section(title)], [title]
    for view in views[:_SHOWN]:
        is_now = now is not None and view.line.id == now.line.id
        words = md("*Now:* {words}", words=line_words(view)) if is_now else line_words(view)
        told.append(words)
        blocks += _line_blocks(view, words, is_now=is_now)
    more = len(views) - _SHOWN
    left = [md("And {more}.", more=counted(more, "more line"))] if more > 0 else []
    foot = [*left, tally(changes)]
    blocks += [*map(context, foot), buttons(*_below(meeting))]
    return Message(lines(*told, *foot), blocks)


def over(meeting: Meeting, *, by: str, reader: Reader) -> Message:
    """What is left of the live message once the meeting is over. `by` is empty when nobody ended it."""
    when = at(meeting.ended_at or meeting.ends_at, reader)
    ended = md("*{name}* was over at {when} {zone} time", name=meeting.name, when=when, zone=place(meeting.zone))
    by_itself = "with its huddle" if meeting.ended_how == Ended.HUDDLE else "by its plan, as nobody ended it"
    who = md(", ended by {by}", by=by) if by else md(", {by_itself}", by_itself=by_itself)
    text = md("{ended}{who}. Its summary follows.", ended=ended, who=who)
    return Message(text, [context(text)])


def end_button(meeting: Meeting) -> Button:
    """Ends a meeting, once it was asked whether to."""
    sure = ("End the meeting?", "Its summary is posted here.", "End it", "Not yet")
    return button("End the meeting", END, value=str(meeting.id), confirm=sure)


def talked_about(meeting: Meeting, views: Sequence[LineView]) -> LineView | None:
    """The line that is talked about: the one that was chosen, or the first of which nothing came yet."""
    chosen = (view for view in views if view.line.id == meeting.line_id and view.is_open)
    return next(chosen, next((view for view in views if view.is_open), None))


def tally(changes: Changes) -> Markup:
    """What was written down so far, in one line."""
    counts = {
        "decision": len(changes.decisions),
        "outcome moved": sum(one.has_moved for one in changes.moved),
        "action agreed": len(changes.agreed),
        "obstacle raised": len(changes.raised),
        "obstacle resolved": len(changes.resolved),
    }
    said = [_counted(count, noun) for noun, count in counts.items() if count]
    return md("On record so far: {said}.", said=join_words(said) if said else "nothing yet")


def _counted(count: int, noun: str) -> str:
    first, _, rest = noun.partition(" ")
    return f"{counted(count, first)} {rest}".rstrip()


def _title(meeting: Meeting, reader: Reader) -> Markup:
    since, until = at(meeting.started_at or meeting.starts_at, reader), at(meeting.ends_at, reader)
    said = "*{name}* is on since {since} {zone} time, planned until {until}."
    return md(said, name=meeting.name, since=since, zone=place(meeting.zone), until=until)


def _since(moved: int | None) -> Markup:
    if moved is None:
        return Markup("")
    said = f"{counted(moved, 'outcome')} moved" if moved else "no outcome moved"
    return md("Since it was held the last time, {said}.", said=said)


def _here(here: Sequence[Person]) -> Markup:
    if not here:
        return md("Nobody has said yet that they are here.")
    names = [shorten(person.name, 40) for person in here[:_NAMED]]
    more = len(here) - len(names)
    return md("Here: {names}.", names=join_words([*names, f"{more} more"] if more else names))


def _line_blocks(view: LineView, words: Markup, *, is_now: bool) -> list[Block]:
    if is_now:
        return [section(words), buttons(*while_talked_about(view))]
    return [section(words, button=talk_button(view) if _can_be_talked_about(view) else None)]


def _can_be_talked_about(view: LineView) -> bool:
    return view.is_open or view.line.became == "parked"


def _below(meeting: Meeting) -> list[Button]:
    return [
        button("I am here", HERE, value=str(meeting.id), says="I am here, in this meeting"),
        change_agenda_button(meeting, "Add a line"),
        end_button(meeting),
    ]
