"""The words of the results room."""

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.outcomes.queries import View
from bot.results import messages
from bot.results.messages import From, Typed
from bot.results.queries import Logged
from bot.results.rules import Jump
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
LOGGED = [Logged(result, "Olga Ortiz") for result in reversed(WORKING.results)]
TYPED = Typed("800%", "It works", "7", "yesterday")
JUMP = Jump(Decimal(8), Decimal(800))
MESSAGE = From("C1", "1774857600.000100")
OUTCOMES = [WORKING, view(number=3, statement="Support answers within an hour")]


def said(n: int, shown: View = WORKING, *, before: str = "9", replaced: str = "") -> Message:
    """What is said of the nth result of an outcome, as logged, or as the correction of another value."""
    wrong = copy(shown.results[n])
    wrong.value = Decimal(replaced or 0)
    return messages.result_logged(
        shown, shown.results[n], before=Decimal(before), reader=READER, replaced=wrong if replaced else None
    )


def a_day_later() -> Message:
    return messages.result_logged(
        WORKING, WORKING.results[-1], before=Decimal(9), reader=replace(READER, today=date(2026, 3, 31))
    )


MESSAGES: dict[str, Callable[[], Message]] = {
    "result_logged": lambda: said(-1),
    "result_logged_for_yesterday": a_day_later,
    "result_logged_between_others": lambda: said(0, before="9.5"),
    "result_corrected": lambda: said(0, before="9.5", replaced="85"),
    "result_corrected_the_latest": lambda: said(-1, before="95", replaced="95"),
    "nothing_to_log": messages.nothing_to_log,
}
FORMS: dict[str, Callable[[], Form]] = {
    "result_form": lambda: messages.result_form(WORKING, reader=READER, channel_id="C1", logged=LOGGED),
    "result_form_first": lambda: messages.result_form(view(), reader=READER, channel_id="", typed=Typed("9%")),
    "result_form_asks": lambda: messages.result_form(
        WORKING, reader=READER, channel_id="C1", logged=LOGGED, typed=TYPED, jump=JUMP
    ),
    "from_message": lambda: messages.from_message_form(OUTCOMES, MESSAGE, typed=Typed(note="We are at 9.5% now")),
    "from_message_asks": lambda: messages.from_message_form(
        OUTCOMES, MESSAGE, chosen="3", typed=TYPED, question=messages.jump_question(JUMP, WORKING, READER)
    ),
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "result_logged": lambda: said(-1, extreme(), before="-1"),
    "result_corrected": lambda: said(0, extreme(), replaced="-1"),
}


def test_forms_fit_at_their_limits() -> None:
    shown = extreme()
    typed = Typed("1" * 60, "n" * 1_500, "10", "9" * 60)
    logged = [Logged(result, "N" * 200) for result in shown.results] * 2
    form = messages.result_form(
        shown, reader=READER, channel_id="C" * 11, logged=logged[:20], typed=typed, jump=Jump(Decimal(1), Decimal(2))
    )
    outcomes = [extreme(n) for n in range(1, 101)]
    for drawn in (form, messages.from_message_form(outcomes, From("C" * 11, "1" * 10 + ".000100"), typed=typed)):
        assert len(drawn.view["blocks"]) <= 100
        assert len(drawn.view["title"]["text"]) <= 24
        assert len(drawn.view.get("private_metadata", "")) <= 3_000
