"""The words of a meeting's summary: short in the channel, complete in its thread."""

from collections.abc import Sequence

from bot.language.words import counted, join_words, one_line, shorten
from bot.meetings.messages.agenda import at
from bot.meetings.messages.history import ASKS, rating_blocks
from bot.meetings.messages.report import (
    MOVED_SINCE,
    NOT_KNOWN_YET,
    NOTHING_CHANGED,
    Group,
    Item,
    Report,
    card_of,
    groups_of,
    held,
    moved_since,
)
from bot.meetings.queries.on_record import Changes, Moved
from bot.outcomes.messages.chart import path_chart
from bot.people.messages import Reader
from bot.slack.blocks import context, fields, section
from bot.slack.message import Block, Message
from bot.slack.mrkdwn import Markup, joined, lines, md

_SHOWN = 4
"""How many things of one kind the channel reads; the thread has all."""
_WHAT = 100
"""How many characters of what somebody wrote are shown."""
_PARAGRAPH, _PAGE, _BLOCKS = 2_800, 12_000, 40
"""How many characters a section and a message of the thread have, and how many sections."""


def summary(report: Report, *, reader: Reader) -> Message:
    """What a meeting did, for its channel: the first few things of each kind, the scorecard, and what comes next."""
    title = _title(report, reader)
    blocks: list[Block] = [section(title)]
    told: list[Markup] = [title]
    for group in groups_of(report, reader):
        for paragraph in _paragraphs([*_told(group)[: 1 + _SHOWN], *_more(len(group.items) - _SHOWN)]):
            blocks.append(section(paragraph))
            told.append(paragraph)
    if most := _most_important(report.changes):
        chart = path_chart(most.view, reader)
        drawn = chart.drawn()
        blocks += [drawn] if drawn else []
        told.append(chart.told(reader))
    card = card_of(report)
    foot = _foot(report, reader)
    blocks += [fields(card), context(foot), *rating_blocks(report.meeting)]
    told += [lines(*(md("{name}: {value}", name=name, value=value) for name, value in card.items())), foot, ASKS]
    return Message(lines(*told), blocks)


def with_moved(said: Message, moved: int) -> Message:
    """A summary once it is known how many outcomes moved since; everything else stays as it was said."""
    before, after = f"*{MOVED_SINCE}*\n{NOT_KNOWN_YET}", f"*{MOVED_SINCE}*\n{moved_since(moved)}"

    def filled(block: Block) -> Block:
        cells = [{**cell, "text": after} if cell["text"] == before else cell for cell in block.get("fields", [])]
        return {**block, "fields": cells} if cells else block

    told = said.text.replace(f"{MOVED_SINCE}: {NOT_KNOWN_YET}", f"{MOVED_SINCE}: {moved_since(moved)}")
    return Message(told, [filled(block) for block in said.blocks])


def everything(report: Report, *, reader: Reader) -> list[Message]:
    """The whole summary in as many messages as it takes, for its thread; none where the channel has all of it."""
    groups = groups_of(report, reader)
    if all(len(group.items) <= _SHOWN for group in groups):
        return []
    paragraphs = [one for group in groups for one in _paragraphs(_told(group))]
    pages: list[list[Markup]] = [[]]
    for paragraph in paragraphs:
        if pages[-1] and (sum(map(len, pages[-1])) + len(paragraph) > _PAGE or len(pages[-1]) >= _BLOCKS):
            pages.append([])
        pages[-1].append(paragraph)
    return [Message(lines(*page), [*map(section, page)]) for page in pages]


def _title(report: Report, reader: Reader) -> Markup:
    title = md("*{name}* on {held}", name=report.meeting.name, held=held(report.meeting, reader))
    return title if report.changes else lines(title, NOTHING_CHANGED)


def _told(group: Group) -> list[Markup]:
    return [md("*{heading}*", heading=group.heading), *map(_entry, group.items)]


def _more(count: int) -> list[Markup]:
    return [md("And {count} more; the thread has all of them.", count=count)] if count > 0 else []


def _paragraphs(entries: Sequence[Markup]) -> list[Markup]:
    """The entries below each other, in as few paragraphs as a section's limit allows."""
    paragraphs: list[list[Markup]] = [[]]
    for entry in entries:
        if paragraphs[-1] and sum(len(one) + 1 for one in paragraphs[-1]) + len(entry) > _PARAGRAPH:
            paragraphs.append([])
        paragraphs[-1].append(entry)
    return [lines(*one) for one in paragraphs]


def _most_important(changes: Changes) -> Moved | None:
    """The outcome that moved most of its path."""
    return next((one for one in changes.moved if one.has_moved), None)


def _entry(item: Item) -> Markup:
    """What somebody wrote, what came of it, and whose it is."""
    key = md("*{key}*", key=item.key) if item.key else ""
    named = joined([key, shorten(one_line(item.what), _WHAT)], " ")
    strong = md("*{strong}*", strong=item.strong) if item.strong else ""
    came = joined([strong, item.more], ", ")
    whose = md("({about})", about=item.about) if item.about else ""
    return joined([md("• {said}", said=joined([named, came], " – ")), whose], " ")


def _foot(report: Report, reader: Reader) -> Markup:
    carried, when = len(report.open_lines), report.next_at
    on = reader.day(reader.day_of(when)) if when else ""
    often = sum(view.asks_for_a_choice for view in report.open_lines)
    came = counted(often, "line has", "lines have")
    said = [
        md("The next one is on {day} at {at}.", day=on, at=at(when, reader)) if when else "",
        md("{lines} carried over.", lines=counted(carried, "line is", "lines are")) if carried else "",
        md("{came} come three times or more: do it, re-scope it or drop it.", came=came) if often else "",
        md("{things} of it came in the hour after it.", things=counted(report.late, "thing")) if report.late else "",
        md("At the same time: {names}. What changed counts for each.", names=join_words(report.beside))
        if report.beside
        else "",
        md("`/meeting summary` shows this again."),
    ]
    return joined(said, " ")
