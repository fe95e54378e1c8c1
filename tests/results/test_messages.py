"""The words of the results room."""

from collections.abc import Callable
from decimal import Decimal

from bot.results import messages
from bot.slack.message import Form, Message
from tests.outcomes.samples import READER, extreme, view
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

WORKING = view("8.5", "9", "9.5", note="The onboarding email shipped")

MESSAGES: dict[str, Callable[[], Message]] = {
    "result_logged": lambda: messages.result_logged(WORKING, before=Decimal(9), reader=READER),
}
FORMS: dict[str, Callable[[], Form]] = {
    "result_form": lambda: messages.result_form(WORKING, reader=READER, channel_id="C1"),
    "result_form_first": lambda: messages.result_form(view(), reader=READER, channel_id="", value="9%"),
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "result_logged": lambda: messages.result_logged(extreme(), before=Decimal(-1), reader=READER),
}


def test_forms_fit_at_their_limits() -> None:
    form = messages.result_form(extreme(), reader=READER, channel_id="C" * 11, value="1" * 60)
    assert len(form.view["blocks"]) <= 100
    assert len(form.view["title"]["text"]) <= 24
    assert len(form.view.get("private_metadata", "")) <= 3_000
