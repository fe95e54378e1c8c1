"""The words of the teams room."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.slack.message import Form, Message
from bot.teams import messages
from bot.teams.rules import NAME_LIMIT
from bot.teams.rules.rhythm import Rhythm
from tests.outcomes.samples import team
from tests.slack.every_message import (
    test_as_it_is_read,
    test_the_payload,
    test_the_text_says_every_word_that_the_blocks_say,
)
from tests.slack.reading import read

__all__ = [
    "test_as_it_is_read",
    "test_the_payload",
    "test_the_text_says_every_word_that_the_blocks_say",
]

NEXT = datetime(2026, 3, 30, 7, tzinfo=UTC)
RHYTHM = Rhythm.weekly(4, time(16, 30))

MESSAGES: dict[str, Callable[[], Message]] = {
    "only_in_channels": messages.only_in_channels,
    "team_set_up": lambda: messages.team_set_up(
        team("R&D"), lead_name="Lea", next_at=NEXT, zone=ZoneInfo("Europe/Berlin")
    ),
    "team_introduced": lambda: messages.team_introduced(team("R&D"), by="Lea"),
}
FORMS: dict[str, Callable[[], Form]] = {
    "setup_form_new": lambda: messages.setup_form(channel_id="C1", name="growth", lead_id="ULEAD", rhythm=None),
    "setup_form_again": lambda: messages.setup_form(channel_id="C1", name="R&D", lead_id="ULEAD", rhythm=RHYTHM),
    "not_in_channel": messages.not_in_channel,
}


def test_a_name_at_its_limit_fits_and_pings_nobody() -> None:
    named = team(("<!channel>&" * 10)[:NAME_LIMIT])
    for message in (
        messages.team_set_up(named, lead_name="<!here>" * 28, next_at=NEXT, zone=ZoneInfo("UTC")),
        messages.team_introduced(named, by="<!here>" * 28),
    ):
        assert "<!" not in message.text + str(message.blocks)
    form = messages.setup_form(channel_id="C1", name=named.name, lead_id="ULEAD", rhythm=RHYTHM)
    assert named.name in read(form)
    assert len(form.view["title"]["text"]) <= 24
