"""The words of the teams room, and the ids of its forms."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.slack.blocks import choice_field, context, form, person_field, section, text_field, time_field
from bot.slack.message import Block, Form, Message
from bot.slack.mrkdwn import Markup, lines, md
from bot.teams.model import Team
from bot.teams.rules import NAME_LIMIT
from bot.teams.rules.recurrence import WEEKDAYS
from bot.teams.rules.rhythm import SUGGESTED, Rhythm

SETUP = "teams.setup"


def setup_form(*, channel_id: str, name: str, lead_id: str, rhythm: Rhythm | None) -> Form:
    """Makes a channel a team; or changes the team it is, whose rhythm has a form of its own."""
    return form(
        SETUP,
        "Set up this team",
        [
            section(
                "Owners of this team's outcomes get a direct message that asks what moved, in their own time zone. "
                "Their answers appear here, in one thread a period."
            ),
            text_field("name", "Team name", initial=name, limit=NAME_LIMIT),
            person_field("lead", "Lead", initial=lead_id, hint="Can change this team and every outcome in it."),
            *(_first_rhythm() if rhythm is None else [section(_how_to_change(rhythm))]),
        ],
        submit="Save" if rhythm else "Set up",
        carries=channel_id,
    )


def _first_rhythm() -> list[Block]:
    weekdays = {str(n): day for n, day in enumerate(WEEKDAYS)}
    return [
        choice_field("weekday", "Weekly check-in on", weekdays, initial=str(SUGGESTED.recurrence.weekday)),
        time_field(
            "time",
            "At",
            initial=f"{SUGGESTED.at:%H:%M}",
            hint="In each owner's own time zone. /rhythm schedule has everything else: other weeks, holidays, hours.",
        ),
    ]


def _how_to_change(rhythm: Rhythm) -> Markup:
    return md("Check-ins go out {rhythm}. `/rhythm schedule` changes that.", rhythm=str(rhythm))


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
            "Check-ins go out {rhythm}, {zone}. For you the next one is {day}.",
            rhythm=str(team.rhythm),
            zone=whose_time(team.rhythm),
            day=f"{local:%A %-d %B at %H:%M}",
        ),
    )
    hint = md("Next: write down what should change. `/outcome new`")
    return Message(lines(text, hint), [section(text), context(hint)])


def whose_time(rhythm: Rhythm) -> str:
    """Whose clock a rhythm goes by."""
    return f"at the same moment for everybody ({rhythm.zone})" if rhythm.zone else "each owner's local time"


def team_introduced(team: Team, *, by: str) -> Message:
    """The first thing the channel hears from Rhythm: who set it up, and what it will do here."""
    text = lines(
        md("{by} set up Rhythm for *{team}*.", by=by, team=team.name),
        md(
            "Rhythm keeps track of the outcomes this team is after. Owners are asked regularly what moved, "
            "and each answer appears here, in one thread a period. `/outcome new` writes down the first one; "
            "`/outcome help` shows the rest."
        ),
    )
    return Message(text, [section(text)])
