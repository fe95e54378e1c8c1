"""The words of the sources room."""

from collections.abc import Callable

from bot.slack.message import Form, Message
from bot.sources import messages
from bot.sources.model import Token
from bot.sources.queries import Held
from bot.sources.rules.tokens import MOST_TOKENS
from tests.outcomes.samples import NASTY, NOW, READER, person, team
from tests.slack.every_message import (
    test_as_it_is_read,
    test_at_its_limits_a_message_still_fits_and_pings_nobody,
    test_the_payload,
    test_the_text_says_every_word_that_the_blocks_say,
)

__all__ = [
    "test_as_it_is_read",
    "test_at_its_limits_a_message_still_fits_and_pings_nobody",
    "test_the_payload",
    "test_the_text_says_every_word_that_the_blocks_say",
]

LONG = (NASTY * 9)[:60]


def held(name: str = "The nightly export", *, is_used: bool = True, by: str = "Lea Lind") -> Held:
    """A token of Growth."""
    token = Token(
        workspace_id="T1",
        id=1,
        team_id=1,
        name=name,
        secret_hash="0" * 64,
        ending="x7Qa",
        created_at=NOW,
        created_by="ULEAD",
        last_used_at=NOW if is_used else None,
        next_request_at=NOW,
    )
    return Held(token, person(by, "ULEAD"))


def settings(*tokens: Held, may_change: bool = True, team_name: str = "Growth", lead: str = "Lea Lind") -> Message:
    return messages.team_settings(team(team_name), tokens, lead_name=lead, may_change=may_change, reader=READER)


MESSAGES: dict[str, Callable[[], Message]] = {
    "settings": lambda: settings(held(), held("R&D's sheet", is_used=False)),
    "settings_empty": settings,
    "settings_to_look_at": lambda: settings(held(), may_change=False),
    "settings_are_a_teams": messages.settings_are_a_teams,
    "token_revoked": lambda: messages.token_revoked(held().token),
}
FORMS: dict[str, Callable[[], Form]] = {
    "create_form": lambda: messages.create_form(team()),
    "token_created": lambda: messages.token_created("rhythm_" + "AbC-_9" * 7 + "Z", "The nightly export"),
    "token_created_before": messages.token_created_before,
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "settings": lambda: settings(*[held(LONG, by="&" * 200)] * MOST_TOKENS, team_name="&" * 80),
    "settings_to_look_at": lambda: settings(
        *[held(LONG, by=NASTY * 4)] * MOST_TOKENS, may_change=False, team_name=NASTY * 2, lead="<" * 200
    ),
    "token_revoked": lambda: messages.token_revoked(held(LONG).token),
}


def test_forms_fit_at_their_limits() -> None:
    for form in (messages.create_form(team("<" * 80)), messages.token_created("rhythm_" + "a" * 43, "<" * 60)):
        assert len(form.view["title"]["text"]) <= 24
        assert all(len(block.get("text", {}).get("text", "")) <= 3_000 for block in form.view["blocks"])


def test_the_example_does_not_repeat_the_token() -> None:
    token = "rhythm_" + "AbC-_9" * 7 + "Z"
    assert str(messages.token_created(token, "x").view).count(token) == 1
