"""What is said of where a team's decisions are announced."""

from bot.slack.blocks import context, section
from bot.slack.message import Message
from bot.slack.mrkdwn import Markup, channel_link, lines, md
from bot.teams.model import Team


def announced_there(team: Team, place: Markup | None, *, is_new: bool) -> Message:
    """Where it is; `is_new` says that this was just chosen."""
    now = "from now on " if is_new else ""
    if place is None:
        said = md("The decisions of *{team}* are {now}announced nowhere.", team=team.name, now=now)
    else:
        said = md("The decisions of *{team}* are {now}announced in {place}.", team=team.name, now=now, place=place)
    how = "" if is_new else md("`/rhythm decisions here`, `#channel` or `off` changes that.")
    text = lines(said, how)
    return Message(text, [section(text)])


def place_changed(team: Team, channel_id: str | None, *, by: str) -> Message:
    """Tells the team's channel, quietly, where its decisions are announced from now on."""
    where = md("in {place}", place=channel_link(channel_id)) if channel_id else "nowhere"
    text = md("{by} chose: the decisions of *{team}* are announced {where}.", by=by, team=team.name, where=where)
    return Message(text, [context(text)])
