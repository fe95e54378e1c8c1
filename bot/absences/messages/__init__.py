"""The words of absences that other rooms show too, and the ids of their button and form."""

from collections.abc import Sequence
from datetime import date

from bot.absences.queries import Away
from bot.absences.rules import Days
from bot.language.words import counted
from bot.people.messages import Reader
from bot.slack.blocks import Button, button, section
from bot.slack.message import Message
from bot.slack.mrkdwn import Markup, joined, lines, md

AWAY = "absences.away"
BACK = "absences.back"
GO_AWAY = "absences.go_away"

_MOST = 3


def when(days: Days, reader: Reader) -> str:
    """The days as a sentence goes on with them: `until Sun 15 Mar`, `from Mon 9 Mar to Sun 15 Mar`, `on Mon 9 Mar`."""
    if days.first <= reader.today:
        return "today" if days.last == reader.today else f"until {reader.day(days.last)}"
    if days.first == days.last:
        return f"on {reader.day(days.first)}"
    return f"from {reader.day(days.first)} to {reader.day(days.last)}"


def back_button(away: Away, reader: Reader) -> Button:
    """Ends an absence, or calls off one that has not begun."""
    has_begun = away.days.first <= reader.today
    says = "I am back" if has_begun else f"I am not away {when(away.days, reader)}"
    return button("Back" if has_begun else "Call off", BACK, value=str(away.absence.id), says=says)


def away_words(away: Away, reader: Reader) -> str:
    """What is said behind the name of an owner who is away: `away until Sun 15 Mar; Max is asked instead`."""
    asked = f"{away.delegate.name} is" if away.delegate else "nobody is"
    return f"away {when(away.days, reader)}; {asked} asked instead"


def away_by_status_words(days: Days, reader: Reader) -> str:
    """The same of an owner whose Slack status says it: `away until Sun 15 Mar, says their Slack status`."""
    until = f" until {reader.day(days.last)}" if days.last < date.max else ""
    return f"away{until}, says their Slack status"


def my_absences(
    ahead: Sequence[Away], standing_in: Sequence[Away], *, by_status: Days | None = None, reader: Reader
) -> Message:
    """What somebody's week says of it: a fragment of one block at most, empty when they are there for themselves.

    `ahead`: their own absences that are not over; `standing_in`: those of others, in which they are asked instead;
    `by_status`: the days on which they are away by their Slack status.
    """
    text = lines(_mine(ahead, reader), _status(by_status, reader), _theirs(standing_in, reader))
    button = back_button(ahead[0], reader) if ahead else None
    return Message(text, [section(text, button=button)] if text else [])


def _mine(ahead: Sequence[Away], reader: Reader) -> Markup:
    if not ahead:
        return Markup("")
    away, more = ahead[0], len(ahead) - 1
    asked = f"{away.delegate.name} is asked instead of you." if away.delegate else "Nobody is asked instead of you."
    rest = f"You planned {counted(more, 'more absence')} after that." if more else ""
    return joined([md("*You are away {when}.*", when=when(away.days, reader)), asked, rest], " ")


def _status(days: Days | None, reader: Reader) -> Markup:
    """That Rhythm goes by somebody's status; empty where it says nothing of today."""
    if days is None or reader.today not in days:
        return Markup("")
    until = md("until {day}", day=reader.day(days.last)) if days.last < date.max else ""
    says = joined([md("*Your Slack status says that you are away*"), until], " ")
    return md(
        "{says}: nobody asks you {then}. Clear it, or type `/rhythm back`, and you are asked again.",
        says=says,
        then="until then" if until else "as long as it does",
    )


def _theirs(standing_in: Sequence[Away], reader: Reader) -> Markup:
    if not standing_in:
        return Markup("")
    told = [
        md("{name} is away {when}.", name=away.person.name, when=when(away.days, reader))
        for away in standing_in[:_MOST]
    ]
    more = len(standing_in) - _MOST
    rest = f"So are {counted(more, 'other')}." if more > 0 else ""
    return joined(["You stand in for others:", *told, rest], " ")
