"""What people read of a team's pause."""

from collections.abc import Iterable
from datetime import timedelta

from bot.people.messages import Reader
from bot.slack.blocks import section
from bot.slack.message import Message
from bot.slack.mrkdwn import Markup, joined, lines, md
from bot.teams.model import Team


def team_paused(team: Team, *, reader: Reader) -> Message:
    """Confirms a pause: what is not sent, and until when."""
    last = team.paused_to_on
    if last is None:
        ends = md("It lasts until `/rhythm resume` is typed here.")
    else:
        goes_on = reader.day(last + timedelta(days=1))
        ends = md("It goes on by itself on {day}; `/rhythm resume` ends the pause before.", day=goes_on)
    text = lines(
        md("*{paused}*", paused=_paused(team, reader)),
        "No check-in and no reminder about its outcomes is sent in that time. "
        "Results can be logged as ever, and what people ask of each other still arrives.",
        ends,
    )
    return Message(text, [section(text)])


def team_resumed(team: Team) -> Message:
    """Confirms that a team's rhythm goes on."""
    text = md("*{team} goes on.* Its owners are asked again at their next check-in.", team=team.name)
    return Message(text, [section(text)])


def pauses_said(teams: Iterable[Team], *, reader: Reader) -> Markup:
    """What somebody's week says of the teams that pause today; empty when none does."""
    paused = {team.id: team for team in teams if team.is_paused_on(reader.today)}
    return joined([_paused(team, reader) for team in sorted(paused.values(), key=lambda team: team.name)], " ")


def _paused(team: Team, reader: Reader) -> Markup:
    if team.paused_to_on is None:
        return md("{team} is paused.", team=team.name)
    return md("{team} is paused until {day}.", team=team.name, day=reader.day(team.paused_to_on))
