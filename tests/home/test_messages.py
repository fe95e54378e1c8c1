"""The words of My week and of the App Home."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.checkins.rules import Answer
from bot.home.messages import Week, home_view, my_week
from bot.outcomes.queries import Page
from bot.slack.blocks import notice
from tests.checkins.test_messages import FRESH, MOVED, STILL, asked, item
from tests.outcomes.samples import READER, extreme
from tests.slack.reading import read, untold

NEXT = datetime(2026, 4, 6, 9, tzinfo=UTC)

WEEKS: dict[str, Callable[[], Week]] = {
    "empty": lambda: Week(None, Page([], 0), None, READER),
    "quiet": lambda: Week(asked(item(MOVED, Answer.UPDATED)), Page([MOVED], 1), NEXT, READER),
    "busy": lambda: Week(asked(item(FRESH), item(STILL)), Page([FRESH, MOVED, STILL], 3), NEXT, READER),
    "full": lambda: Week(
        asked(*(item(extreme(n)) for n in range(1, 21))), Page([extreme(n) for n in range(1, 21)], 31), NEXT, READER
    ),
}


@pytest.mark.parametrize("name", ["empty", "quiet", "busy"])
def test_the_payload(name: str, snapshot: SnapshotAssertion) -> None:
    week = WEEKS[name]()
    assert {"text": my_week(week).text, "blocks": my_week(week).blocks, "home": home_view(week).view} == snapshot


@pytest.mark.parametrize("name", ["empty", "quiet", "busy"])
def test_as_it_is_read(name: str, snapshot: SnapshotAssertion) -> None:
    assert read(home_view(WEEKS[name]())) == snapshot


@pytest.mark.parametrize("name", WEEKS)
def test_the_text_says_every_word_that_the_blocks_say(name: str) -> None:
    if name != "full":
        assert untold(my_week(WEEKS[name]())) == set()


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
