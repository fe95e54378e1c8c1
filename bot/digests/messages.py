"""The words for what needs somebody in a team."""

from collections.abc import Sequence

from bot.digests.rules import Concern, Exceptions
from bot.language.words import shorten
from bot.people.messages import Reader
from bot.slack.blocks import context, section
from bot.slack.message import Message
from bot.slack.mrkdwn import Markup, joined, lines, md
from bot.teams.model import Team

_IN_LINE = 3
"""How many things one line names."""
_WHAT, _WHO = 70, 40
"""How many characters of a text and of a name it shows."""


def weekly_digest(team: Team, found: Exceptions, *, reader: Reader) -> Message:
    """What needs somebody this week; its first line is about effort without movement, even where there is none."""
    first = [] if found.busy else [md("*Effort without movement:* none")]
    told = [*first, *exception_lines(found, reader)]
    foot = md("What needs somebody in {team} this week. `/rhythm schedule` says when this comes.", team=team.name)
    return Message(lines(*told, foot), [*map(section, told), context(foot)])


def exception_lines(found: Exceptions, reader: Reader) -> list[Markup]:
    """A line for each way in which something needs somebody; names are said, and nobody is notified."""
    by_heading = {
        "Effort without movement": found.busy,
        "Off track": found.off_track,
        "At risk": found.at_risk,
        "Stale": found.stale,
        "Decisions needed": found.undecided,
        "Decisions to review": found.unreviewed,
        "Actions overdue": found.overdue,
        "Obstacles open": found.obstacles,
        "Waiting for other teams": found.awaited,
        "Others wait for an answer": found.asked,
    }
    return [_line(heading, concerns, reader) for heading, concerns in by_heading.items() if concerns]


def _line(heading: str, concerns: Sequence[Concern], reader: Reader) -> Markup:
    named = [_entry(concern, reader) for concern in concerns[:_IN_LINE]]
    more = len(concerns) - len(named)
    return md("*{heading}:* {all}", heading=heading, all=joined([*named, f"and {more} more" if more else ""], "; "))


def _entry(concern: Concern, reader: Reader) -> Markup:
    what = joined([concern.key, shorten(concern.what, _WHAT)], " ")
    about = [shorten(concern.who, _WHO), f"due {reader.day(concern.on)}" if concern.on else ""]
    return md("{what} ({about})", what=what, about=joined(about, ", "))
