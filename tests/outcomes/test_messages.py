"""The words of the outcomes room."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from bot.outcomes import messages
from bot.outcomes.messages import closing, form, lists
from bot.outcomes.queries import Page
from bot.slack.message import Form, Message
from bot.slack.mrkdwn import channel_link
from tests.outcomes.samples import READER, closed, extreme, view
from tests.slack.every_message import (
    test_as_it_is_read,
    test_at_its_limits_a_message_still_fits_and_pings_nobody,
    test_the_payload,
    test_the_text_says_every_word_that_the_blocks_say,
)
from tests.slack.reading import read

__all__ = [
    "test_as_it_is_read",
    "test_at_its_limits_a_message_still_fits_and_pings_nobody",
    "test_the_payload",
    "test_the_text_says_every_word_that_the_blocks_say",
]

WORKING = view("8.5", "9", "9.5", note="The onboarding email shipped")
TEAMS = {1: "Growth", 2: "R&D"}

MESSAGES: dict[str, Callable[[], Message]] = {
    "outcome_logged": lambda: form.outcome_logged(WORKING, reader=READER),
    "outcome_list": lambda: lists.outcome_list(
        Page([WORKING, view(number=3), view("11.9", number=4)], 25), title="Your outcomes", empty="", reader=READER
    ),
    "outcome_list_empty": lambda: lists.outcome_list(
        Page([], 0), title="Your outcomes", empty="<!channel> owns no outcome that you can see.", reader=READER
    ),
    "outcome_closed": lambda: closing.outcome_closed(closed(WORKING), by="Olga Ortiz", reader=READER),
    "outcome_reopened": lambda: closing.outcome_reopened(WORKING, by="Olga Ortiz"),
    "no_team_yet": form.no_team_yet,
    "not_a_team_channel": lambda: lists.not_a_team_channel(channel_link("C1")),
}
FORMS: dict[str, Callable[[], Form]] = {
    "new_form": lambda: form.new_form(statement="", teams=TEAMS, team_id=2, owner_id="UOLGA", channel_id="C1"),
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "outcome_logged": lambda: form.outcome_logged(extreme(), reader=READER),
    "outcome_list": lambda: lists.outcome_list(
        Page([extreme(n) for n in range(1, 21)], 1_000), title="&" * 80, empty="", reader=READER
    ),
    "outcome_closed": lambda: closing.outcome_closed(closed(extreme()), by="&" * 200, reader=READER),
}


def test_forms_fit_at_their_limits() -> None:
    teams = dict.fromkeys(range(150), "R&D " + "x" * 90)
    new = form.new_form(statement="<" * 300, teams=teams, team_id=149, owner_id="UOLGA", channel_id="C1")
    assert len(new.view["blocks"]) <= 100
    assert len(new.view.get("private_metadata", "")) <= 3_000
    assert "R&D xxx" in read(new)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ("0", "0%"),
        ("0.005", "0%"),
        ("0.333", "33%"),
        ("-0.5", "-50%"),
        ("9.99", "999%"),
        ("10", "over 999%"),
        ("-99", "below -999%"),
    ],
)
def test_a_share_is_a_whole_percentage(share: str, said: str) -> None:
    assert messages.percent(Decimal(share)) == said
