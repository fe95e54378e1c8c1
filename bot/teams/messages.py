"""The words of the teams room, and the ids of its forms."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.slack.blocks import choice_field, context, form, person_field, section, text_field, time_field
from bot.slack.message import Form, Message
from bot.slack.mrkdwn import lines, md
from bot.teams.model import Team
from bot.teams.rules import NAME_LIMIT, WEEKDAYS, Rhythm

SETUP = "teams.setup"


def setup_form(*, channel_id: str, name: str, lead_id: str, rhythm: Rhythm, is_new: bool) -> Form:
    """Makes a channel a team, or changes the team it is."""
    return form(
        SETUP,
        "Set up this team",
        [
            section(
                "Owners of this team's outcomes get one message a week, in their own time zone, asking what moved. "
                "Their answers appear here as one line each."
            ),
            text_field("name", "Team name", initial=name, limit=NAME_LIMIT),
            person_field("lead", "Lead", initial=lead_id, hint="Can change this team and every outcome in it."),
            choice_field(
                "weekday", "Check-in day", {str(n): day for n, day in enumerate(WEEKDAYS)}, initial=str(rhythm.weekday)
            ),
            time_field("time", "Check-in time", initial=f"{rhythm.at:%H:%M}", hint="In each owner's own time zone."),
        ],
        submit="Set up" if is_new else "Save",
        carries=channel_id,
    )


def not_in_channel() -> Form:
    """In place of the setup form, in a channel that Rhythm was not invited to."""
    return form(
        SETUP,
        "Invite Rhythm first",
        [
            section("Rhythm is not in this channel yet, so it could not post the team's updates here."),
            section("Type `/invite @rhythm` in the channel, then `/rhythm setup` again."),
        ],
        submit=None,
    )


def only_in_channels() -> Message:
    """The answer to `/rhythm setup` in a direct message."""
    text = md("A team lives in a channel. Type `/rhythm setup` in the channel where the team talks.")
    return Message(text, [section(text)])


def team_set_up(team: Team, *, lead_name: str, next_at: datetime, zone: ZoneInfo) -> Message:
    """What was saved, read back to the person who saved it."""
    local = next_at.astimezone(zone)
    text = lines(
        md("*{team}* is set up, led by {lead}.", team=team.name, lead=lead_name),
        md(
            "Check-ins go out on {rhythm}, each owner's local time. For you the next one is {day}.",
            rhythm=str(team.rhythm),
            day=f"{local:%A %-d %B at %H:%M}",
        ),
    )
    hint = md("Next: write down what should change. `/outcome new`")
    return Message(lines(text, hint), [section(text), context(hint)])


def team_introduced(team: Team, *, by: str) -> Message:
    """The first thing the channel hears from Rhythm: who set it up, and what it will do here."""
    text = lines(
        md("{by} set up Rhythm for *{team}*.", by=by, team=team.name),
        md(
            "Rhythm keeps track of the outcomes this team is after. Owners are asked once a week what moved, "
            "and each answer appears here as one line. `/outcome new` writes down the first one; `/outcome help` "
            "shows the rest."
        ),
    )
    return Message(text, [section(text)])
