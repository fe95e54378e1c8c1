"""What the summary of a meeting says, before it is put into a channel's or a canvas's own markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.decisions.messages import open_word
from bot.decisions.model import DecisionEvent
from bot.decisions.queries import DecisionBrief
from bot.execution.model import Action
from bot.language.words import counted, join_words, one_line, shorten
from bot.meetings.messages.agenda import at, place
from bot.meetings.model import Meeting
from bot.meetings.queries.lines import LineView
from bot.meetings.queries.on_record import Agreed, Changes, Choice, Moved, Other, Step
from bot.meetings.rules.held import Scorecard, write_hours
from bot.obstacles.model import Obstacle
from bot.outcomes.messages import value_or_unknown
from bot.outcomes.messages.form import NAMES
from bot.outcomes.model import Change
from bot.people.messages import Reader

NOTHING_CHANGED = "This meeting changed nothing on record."
MOVED_SINCE, NOT_KNOWN_YET = "Moved since", "told at the next meeting"
"""The figure that stays open until the next meeting begins."""

_MORE, _WHO = 140, 40
"""How many characters of what came of a thing, and of a name, are shown."""

_HAPPENED = {"created": "written down", "owner": "the owner changed", "reopened": "reopened", "comment": "a comment"}


@dataclass(frozen=True)
class Report:
    """Everything that a summary says.

    Args:
        undecided: decisions that were on the agenda, or opened, and still wait for a choice.
        open_lines: the lines that come back the next time.
        next_at: when that is; None when nothing is planned.
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
class Item:
    """One thing that changed, in plain text: what somebody wrote, what came of it, and whose it is.

    Args:
        strong: the first part of what came of it, where it is to stand out.
    """

    key: str
    what: str
    more: str = ""
    strong: str = ""
    about: str = ""


@dataclass(frozen=True)
class Group:
    """Things of one kind."""

    heading: str
    items: Sequence[Item]


def groups_of(report: Report, reader: Reader) -> list[Group]:
    """What changed, by kind; kinds of which there is nothing are left out."""
    changes = report.changes
    groups = [
        Group("Decisions", [_choice(one, reader) for one in changes.decisions]),
        Group("Outcomes moved", [_moved(one, reader) for one in changes.moved if one.has_moved]),
        Group("Measured, and not moved", [_moved(one, reader) for one in changes.moved if not one.has_moved]),
        Group("Actions agreed", [_step(one, reader) for one in changes.agreed]),
        Group("Actions done", [_step(one, reader, dated=False) for one in changes.done]),
        Group("Obstacles raised", [_step(one, reader) for one in changes.raised]),
        Group("Obstacles resolved", [_resolved(one) for one in changes.resolved]),
        Group("Agreed between teams", [_agreed(one, reader) for one in changes.dependencies]),
        Group("Also changed", [_other(one) for one in changes.other]),
        Group("Still undecided", [_undecided(one, reader) for one in report.undecided]),
    ]
    return [group for group in groups if group.items]


def held(meeting: Meeting, reader: Reader) -> str:
    """When a meeting was held: `Tue 3 Mar, 15:00 to 15:45 Berlin time`."""
    began, ended = meeting.started_at or meeting.starts_at, meeting.ended_at or meeting.ends_at
    return f"{reader.day(reader.day_of(began))}, {at(began, reader)} to {at(ended, reader)} {place(meeting.zone)} time"


def card_of(report: Report) -> dict[str, str]:
    """A scorecard in words, each figure by its name."""
    card, moved = report.scorecard, report.meeting.outcomes_moved
    people = counted(card.attendees, "person", "people")
    hours = f"{write_hours(card.attendee_minutes)} ({people}, {counted(card.minutes, 'minute')})"
    return {
        "Decisions": str(card.decisions),
        "Obstacles cleared": str(card.obstacles_cleared),
        "Actions agreed": str(card.actions_agreed),
        "Attendee-hours": hours if card.attendees else "not known, as nobody said that they were there",
        MOVED_SINCE: NOT_KNOWN_YET if moved is None else moved_since(moved),
    }


def moved_since(count: int) -> str:
    """How many outcomes moved until the next meeting began."""
    return counted(count, "outcome") if count else "no outcome"


def _choice(one: Choice, reader: Reader) -> Item:
    decision, choice = one.decision, one.choice
    question, chosen = one_line(decision.question), one_line(choice.choice)
    said = f"“{shorten(chosen, _MORE)}”" if chosen != question else ""
    review = f"review {reader.day(choice.review_on)}" if choice.review_on else ""
    return Item(decision.key, question, said, about=_together(shorten(one.by, _WHO), review))


def _moved(one: Moved, reader: Reader) -> Item:
    outcome = one.view.outcome
    before, after = value_or_unknown(one.before, outcome, reader), value_or_unknown(one.after, outcome, reader)
    target, owner = f"target {reader.value(outcome.target, outcome.unit)}", shorten(one.view.owner.name, _WHO)
    if one.has_moved:
        return Item(outcome.key, outcome.statement, target, strong=f"{before} → {after}", about=owner)
    return Item(outcome.key, outcome.statement, f"at {after}, {target}", about=owner)


def _step(one: Step, reader: Reader, *, dated: bool = True) -> Item:
    due = one.item.due_on if isinstance(one.item, Action) and dated else None
    return Item(one.outcome.key, one.item.text, about=_together(shorten(one.who, _WHO), _by(due, reader)))


def _resolved(one: Step) -> Item:
    resolution = one.item.resolution if isinstance(one.item, Obstacle) else ""
    return Item(one.outcome.key, one.item.text, shorten(one_line(resolution), _MORE))


def _agreed(one: Agreed, reader: Reader) -> Item:
    need = one.dependency
    return Item(one.outcome.key if one.outcome else "", need.text, about=_by(need.promised_on, reader))


def _other(one: Other) -> Item:
    return Item(one.key, one.title, join_words(list(dict.fromkeys(_happened(line) for line in one.lines))))


def _happened(line: Change | DecisionEvent) -> str:
    if isinstance(line, Change) and line.what == "closed":
        return f"closed as {line.after}"
    field = NAMES.get(line.what)
    return _HAPPENED.get(line.what) or (f"{field} changed" if field else line.what)


def _undecided(brief: DecisionBrief, reader: Reader) -> Item:
    decision, decider = brief.decision, brief.decider
    who = f"{shorten(decider.name, _WHO)} decides" if decider else "nobody is named to decide it"
    needed = f"needed by {reader.day(decision.needed_by_on)}" if decision.needed_by_on else ""
    return Item(decision.key, one_line(decision.question), _together(who, needed), strong=open_word(brief, reader))


def _by(day: date | None, reader: Reader) -> str:
    return f"by {reader.day(day)}" if day else ""


def _together(*parts: str) -> str:
    return ", ".join(filter(None, parts))
