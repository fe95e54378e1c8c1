"""The words of a meeting's summary: short in the channel, complete in its thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.decisions.messages import decision_stands
from bot.decisions.model import DecisionEvent
from bot.decisions.queries import DecisionBrief
from bot.execution.model import Action
from bot.language.words import counted, join_words, one_line, shorten
from bot.meetings.messages.agenda import at
from bot.meetings.messages.history import ASKS, rating_blocks
from bot.meetings.model import Meeting
from bot.meetings.queries.lines import LineView
from bot.meetings.queries.on_record import Agreed, Changes, Choice, Moved, Other, Step
from bot.meetings.rules.held import Scorecard, write_hours
from bot.obstacles.model import Obstacle
from bot.outcomes.messages import value_or_unknown
from bot.outcomes.messages.chart import path_chart
from bot.outcomes.messages.form import NAMES
from bot.outcomes.model import Change
from bot.people.messages import Reader
from bot.slack.blocks import context, fields, section
from bot.slack.message import Block, Message
from bot.slack.mrkdwn import Markup, joined, lines, md

_SHOWN = 4
"""How many things of one kind the channel reads; the thread has all."""
_WHAT, _MORE, _WHO = 100, 140, 40
"""How many characters of a text, of what came of it, and of a name are shown."""
_PARAGRAPH, _PAGE, _BLOCKS = 2_800, 12_000, 40
"""How many characters a section and a message of the thread have, and how many sections."""

_HAPPENED = {"created": "written down", "owner": "the owner changed", "reopened": "reopened", "comment": "a comment"}


@dataclass(frozen=True)
class Report:
    """Everything that a summary says.

    Args:
        undecided: decisions that were on the agenda, or opened, and still wait for a choice.
        open_lines: the lines that come back the next time.
        next_at: when that is; None when nothing is planned.
        attendees: how many said that they were there.
    """

    meeting: Meeting
    changes: Changes
    undecided: Sequence[DecisionBrief]
    open_lines: Sequence[LineView]
    scorecard: Scorecard
    next_at: datetime | None = None
    late: int = 0
    """How many things were written down after its end."""
    beside: Sequence[str] = ()
    """The names of the team's other meetings that were on meanwhile: what changed counts for each of them."""


@dataclass(frozen=True)
class _Group:
    heading: str
    entries: Sequence[Markup]


def summary(report: Report, *, reader: Reader) -> Message:
    """What a meeting did, for its channel: the first few things of each kind, the scorecard, and what comes next."""
    groups = _groups(report, reader)
    title = _title(report, reader)
    blocks: list[Block] = [section(title)]
    told: list[Markup] = [title]
    for group in groups:
        shown = [*group.entries[:_SHOWN], *_more(len(group.entries) - _SHOWN)]
        for paragraph in _paragraphs([md("*{heading}*", heading=group.heading), *shown]):
            blocks.append(section(paragraph))
            told.append(paragraph)
    if most := _most_important(report.changes):
        chart = path_chart(most.view, reader)
        drawn = chart.drawn()
        blocks += [drawn] if drawn else []
        told.append(chart.told(reader))
    card = _scorecard(report.scorecard)
    foot = _foot(report, reader)
    blocks += [fields(card), context(foot), *rating_blocks(report.meeting)]
    told += [lines(*(md("{name}: {value}", name=name, value=value) for name, value in card.items())), foot, ASKS]
    return Message(lines(*told), blocks)


def everything(report: Report, *, reader: Reader) -> list[Message]:
    """The whole summary in as many messages as it takes, for its thread; none where the channel has all of it."""
    groups = _groups(report, reader)
    if all(len(group.entries) <= _SHOWN for group in groups):
        return []
    paragraphs = [
        one for group in groups for one in _paragraphs([md("*{heading}*", heading=group.heading), *group.entries])
    ]
    pages: list[list[Markup]] = [[]]
    for paragraph in paragraphs:
        if pages[-1] and (sum(map(len, pages[-1])) + len(paragraph) > _PAGE or len(pages[-1]) >= _BLOCKS):
            pages.append([])
        pages[-1].append(paragraph)
    return [Message(lines(*page), [*map(section, page)]) for page in pages]


def _groups(report: Report, reader: Reader) -> list[_Group]:
    changes = report.changes
    groups = [
        _Group("Decisions", [_choice(one, reader) for one in changes.decisions]),
        _Group("Outcomes moved", [_moved(one, reader) for one in changes.moved if one.has_moved]),
        _Group("Measured, and not moved", [_moved(one, reader) for one in changes.moved if not one.has_moved]),
        _Group("Actions agreed", [_step(one, reader) for one in changes.agreed]),
        _Group("Actions done", [_step(one, reader, dated=False) for one in changes.done]),
        _Group("Obstacles raised", [_step(one, reader) for one in changes.raised]),
        _Group("Obstacles resolved", [_resolved(one) for one in changes.resolved]),
        _Group("Agreed between teams", [_agreed(one, reader) for one in changes.dependencies]),
        _Group("Also changed", [_other(one) for one in changes.other]),
        _Group("Still undecided", [_undecided(one, reader) for one in report.undecided]),
    ]
    return [group for group in groups if group.entries]


def _title(report: Report, reader: Reader) -> Markup:
    meeting = report.meeting
    began, ended = meeting.started_at or meeting.starts_at, meeting.ended_at or meeting.ends_at
    title = md(
        "*{name}* on {day}, {began} to {ended}",
        name=meeting.name,
        day=reader.day(reader.day_of(began)),
        began=at(began, reader),
        ended=at(ended, reader),
    )
    if not report.changes:
        return lines(title, "This meeting changed nothing on record.")
    return title


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


def _choice(one: Choice, reader: Reader) -> Markup:
    decision, choice = one.decision, one.choice
    question, chosen = one_line(decision.question), one_line(choice.choice)
    said = md("“{chosen}”", chosen=shorten(chosen, _MORE)) if chosen != question else ""
    review = md("review {day}", day=reader.day(choice.review_on)) if choice.review_on else ""
    return _entry(decision.key, question, said, about=joined([shorten(one.by, _WHO), review], ", "))


def _moved(one: Moved, reader: Reader) -> Markup:
    outcome = one.view.outcome
    before, after = value_or_unknown(one.before, outcome, reader), value_or_unknown(one.after, outcome, reader)
    target = md("target {target}", target=reader.value(outcome.target, outcome.unit))
    arrow = md("*{before} → {after}*", before=before, after=after) if one.has_moved else md("at {after}", after=after)
    owner = shorten(one.view.owner.name, _WHO)
    return _entry(outcome.key, outcome.statement, joined([arrow, target], ", "), about=owner)


def _step(one: Step, reader: Reader, *, dated: bool = True) -> Markup:
    due = one.item.due_on if isinstance(one.item, Action) and dated else None
    by = md("by {day}", day=reader.day(due)) if due else ""
    return _entry(one.outcome.key, one.item.text, about=joined([shorten(one.who, _WHO), by], ", "))


def _resolved(one: Step) -> Markup:
    resolution = one.item.resolution if isinstance(one.item, Obstacle) else ""
    return _entry(one.outcome.key, one.item.text, shorten(one_line(resolution), _MORE))


def _agreed(one: Agreed, reader: Reader) -> Markup:
    need = one.dependency
    by = md("by {day}", day=reader.day(need.promised_on)) if need.promised_on else ""
    return _entry(one.outcome.key if one.outcome else "", need.text, about=by)


def _other(one: Other) -> Markup:
    happened = list(dict.fromkeys(_happened(line) for line in one.lines))
    return _entry(one.key, one.title, join_words(happened))


def _happened(line: Change | DecisionEvent) -> str:
    if isinstance(line, Change) and line.what == "closed":
        return f"closed as {line.after}"
    field = NAMES.get(line.what)
    return _HAPPENED.get(line.what) or (f"{field} changed" if field else line.what)


def _undecided(brief: DecisionBrief, reader: Reader) -> Markup:
    return _entry(brief.decision.key, one_line(brief.decision.question), decision_stands(brief, reader))


def _entry(key: str, what: str, more: str = "", *, about: str = "") -> Markup:
    """What somebody wrote, what came of it, and whose it is."""
    named = joined([md("*{key}*", key=key) if key else "", shorten(one_line(what), _WHAT)], " ")
    whose = md("({about})", about=about) if about else ""
    return joined([md("• {said}", said=joined([named, more], " – ")), whose], " ")


def _scorecard(card: Scorecard) -> dict[str, str]:
    people = counted(card.attendees, "person", "people")
    hours = f"{write_hours(card.attendee_minutes)} ({people}, {counted(card.minutes, 'minute')})"
    return {
        "Decisions": str(card.decisions),
        "Obstacles cleared": str(card.obstacles_cleared),
        "Actions agreed": str(card.actions_agreed),
        "Attendee-hours": hours if card.attendees else "not known, as nobody said that they were there",
        "Moved since": "told at the next meeting",
    }


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
