"""The words of My week and of the App Home."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.checkins.rules import Answer
from bot.home.messages import Week, home_view, my_week, what_i_read
from bot.outcomes.queries import Page
from bot.slack.blocks import notice
from bot.slack.message import HomeView, Message
from tests.checkins.test_messages import FRESH, MOVED, STILL, asked, item
from tests.outcomes.samples import READER, extreme
from tests.slack.every_message import (
    test_as_it_is_read,
    test_the_payload,
    test_the_text_says_every_word_that_the_blocks_say,
)
from tests.slack.reading import read

__all__ = ["test_as_it_is_read", "test_the_payload", "test_the_text_says_every_word_that_the_blocks_say"]

NEXT = datetime(2026, 4, 6, 9, tzinfo=UTC)

WEEKS: dict[str, Callable[[], Week]] = {
    "empty": lambda: Week(None, Page([], 0), None, READER),
    "quiet": lambda: Week(asked(item(MOVED, Answer.UPDATED)), Page([MOVED], 1), NEXT, READER),
    "busy": lambda: Week(asked(item(FRESH), item(STILL)), Page([FRESH, MOVED, STILL], 3), NEXT, READER),
    "full": lambda: Week(
        asked(*(item(extreme(n)) for n in range(1, 21))), Page([extreme(n) for n in range(1, 21)], 31), NEXT, READER
    ),
}


MESSAGES: dict[str, Callable[[], Message]] = {
    "my_week_empty": lambda: my_week(WEEKS["empty"]()),
    "my_week_quiet": lambda: my_week(WEEKS["quiet"]()),
    "my_week_busy": lambda: my_week(WEEKS["busy"]()),
    "what_i_read": what_i_read,
}
FORMS: dict[str, Callable[[], HomeView]] = {
    "home_empty": lambda: home_view(WEEKS["empty"]()),
    "home_busy": lambda: home_view(WEEKS["busy"]()),
}


@pytest.mark.parametrize("name", WEEKS)
def test_a_week_fits_whatever_is_in_it(name: str) -> None:
    week = WEEKS[name]()
    message = my_week(week)
    assert len(message.blocks) <= 50
    assert len(message.text) <= 40_000
    assert len(home_view(week).view["blocks"]) <= 100
    assert len(notice("My week", message).view["blocks"]) <= 100
    assert "<!" not in message.text + str(message.blocks)


def test_a_full_week_says_how_much_of_it_is_shown() -> None:
    seen = read(my_week(WEEKS["full"]()))
    assert "10 of 20" in seen
    assert "Only the 20 due soonest are shown." in seen
