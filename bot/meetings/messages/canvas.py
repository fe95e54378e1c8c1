"""The words of a channel's canvas: what the team's newest meetings did, on one page."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.words import counted, join_words, one_line, shorten
from bot.meetings.messages.report import NOTHING_CHANGED, Group, Item, Report, groups_of, held, moved_since
from bot.meetings.model import Meeting
from bot.meetings.rules.held import write_hours
from bot.people.messages import Reader
from bot.slack.markdown import bold, bulleted, heading, plain, table
from bot.teams.model import Team

_WHAT, _SHOWN = 140, 100
"""How many characters of what somebody wrote are shown, and how many things of one kind."""
_FITS = 1_000_000
"""How many characters the page has at most; Slack takes 1,048,576."""

_HEAD = ("Meeting", "Decided", "Cleared", "Agreed", "Hours", "Moved since")


@dataclass(frozen=True)
class Written:
    """A meeting that is over, as the canvas has it."""

    report: Report
    here: Sequence[str]
    """The names of those who said that they were there."""
    reader: Reader
    """Everybody in the channel, by the meeting's own clock."""


def title_of(team: Team) -> str:
    """What the canvas is called."""
    return f"Meetings of {team.name}"


def page(team: Team, written: Sequence[Written]) -> str:
    """The whole canvas, in Markdown: the scorecards of the newest meetings, then what each did, the newest first.

    As many as fit.
    """
    about = (
        "Rhythm writes this page after each meeting, and again when something is added to one. It replaces the whole "
        "page: notes of your own are safe in the channel or in another canvas."
    )
    parts = [plain(about)]
    if written:
        parts.append(table(_HEAD, [_row(one.report.meeting, one.reader) for one in written]))
    else:
        parts.append(plain("No meeting has been held with Rhythm yet."))
    left = _FITS - len(_page(parts))
    for told in map(_page, map(_told, written)):
        left -= len(told)
        if left < 0:
            break
        parts.append(told)
    return _page(parts)


def _page(parts: Sequence[str]) -> str:
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _row(meeting: Meeting, reader: Reader) -> list[str]:
    day = reader.day(reader.day_of(meeting.started_at or meeting.starts_at))
    hours = write_hours(meeting.attendee_minutes) if meeting.attendee_minutes is not None else "not known"
    moved = "not known yet" if meeting.outcomes_moved is None else moved_since(meeting.outcomes_moved)
    counts = (meeting.decisions or 0, meeting.obstacles_cleared or 0, meeting.actions_agreed or 0)
    return [f"{day}: {meeting.name}", *map(str, counts), hours, moved]


def _told(one: Written) -> list[str]:
    report, reader = one.report, one.reader
    groups = [text for group in groups_of(report, reader) for text in _group(group)]
    carried = counted(len(report.open_lines), "line was", "lines were")
    return [
        heading(2, f"{report.meeting.name} on {held(report.meeting, reader)}"),
        *([plain(f"Here: {join_words(list(one.here))}.")] if one.here else []),
        *(groups if report.changes else [plain(NOTHING_CHANGED), *groups]),
        *([plain(f"{carried} carried over.")] if report.open_lines else []),
    ]


def _group(group: Group) -> list[str]:
    more = len(group.items) - _SHOWN
    entries = [*map(_entry, group.items[:_SHOWN]), *([plain(f"and {more} more")] if more > 0 else [])]
    return [heading(3, group.heading), bulleted(entries)]


def _entry(item: Item) -> str:
    named = " ".join(filter(None, [bold(item.key), plain(shorten(one_line(item.what), _WHAT))]))
    came = ", ".join(filter(None, [bold(item.strong), plain(item.more)]))
    said = " – ".join(filter(None, [named, came]))
    return f"{said} ({plain(item.about)})" if item.about else said
