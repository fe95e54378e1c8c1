"""The form in which somebody says that they are away."""

from datetime import date

from bot.absences.messages import AWAY
from bot.people.messages import Reader
from bot.slack.blocks import date_field, form, person_field, section
from bot.slack.message import Form


def away_form(*, reader: Reader, channel_id: str) -> Form:
    """Asks from when to when, and who is asked instead."""
    today: date = reader.today
    return form(
        AWAY,
        "You are away",
        [
            section("While you are away, nobody asks you about your outcomes. Somebody else can be asked instead."),
            date_field("first", "First day away", initial=today),
            date_field("last", "Last day away", initial=today, hint="You are back on the day after."),
            person_field(
                "delegate",
                "Who is asked instead?",
                hint="They are told by direct message. Leave it empty, and nobody is asked until you are back.",
                optional=True,
            ),
        ],
        carries=channel_id,
    )
