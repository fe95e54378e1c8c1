"""The words of the obstacles room."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.obstacles import messages
from bot.obstacles.queries import Answer
from bot.slack.message import Form, Message
from tests.obstacles.samples import LINK, lesson, obstacle, worst
from tests.outcomes.samples import NOW, READER, extreme, view
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

SOLVED = obstacle(resolution="The export runs in the background now")
SEVERAL = [
    obstacle(days=40, needs_decision=True, number=1),
    obstacle("Legal has not answered", days=1, number=2, link=LINK, may_resolve=False),
    *(obstacle("Another one", days=0, number=n) for n in range(3, 10)),
]
ANSWERS = [
    obstacle(number=1, answer=Answer(3, "DEC-3", "open", "Lea Lind", date(2026, 4, 3))),
    obstacle(number=2, needs_decision=True, answer=Answer(4, "DEC-4", "open"), may_resolve=False),
    obstacle(number=3, needs_decision=True, answer=Answer(5, "DEC-5", "decided", choice="Raise them by 10%")),
    obstacle(number=4, needs_decision=True, answer=Answer(6, "DEC-6", "withdrawn", is_over=True), may_resolve=False),
]
LESSONS = [lesson("Slow exports were always the database, never the network"), lesson("Ask the vendor by phone")]
WORST_LESSON = lesson("<" * 600)
OUTCOMES = [view(number=12).outcome, view(number=3, statement="Refunds fall").outcome]

MESSAGES: dict[str, Callable[[], Message]] = {
    "obstacle_raised": lambda: messages.obstacle_raised(obstacle(days=0), reader=READER),
    "obstacle_raised_from_a_message": lambda: messages.obstacle_raised(
        obstacle(days=0, link=LINK, needs_decision=True, may_resolve=False), reader=READER
    ),
    "obstacle_raised_with_lessons": lambda: messages.obstacle_raised(obstacle(days=0), LESSONS, reader=READER),
    "obstacle_changed": lambda: messages.obstacle_changed(obstacle(), reader=READER),
    "obstacle_resolved": lambda: messages.obstacle_resolved(SOLVED, reader=READER),
    "nothing_to_choose": messages.nothing_to_choose,
    "on_card": lambda: messages.on_card(SEVERAL, reader=READER),
    "my_obstacles": lambda: messages.my_obstacles(SEVERAL, reader=READER),
    "my_obstacles_that_wait_for_decisions": lambda: messages.my_obstacles(ANSWERS, reader=READER),
}
FORMS: dict[str, Callable[[], Form]] = {
    "raise_form": lambda: messages.raise_form(OUTCOMES[0], LESSONS, reader=READER, channel_id="C1"),
    "raise_from_message_form": lambda: messages.raise_from_message_form(
        OUTCOMES, text="Seven tickets about the same export error", place="C1 1700000000.000100", reader=READER
    ),
    "change_form": lambda: messages.change_form(obstacle(needs_decision=True), channel_id="C1"),
    "resolve_form": lambda: messages.resolve_form(obstacle(), reader=READER, channel_id=""),
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "obstacle_raised": lambda: messages.obstacle_raised(worst(), [WORST_LESSON] * 3, reader=READER),
    "obstacle_changed": lambda: messages.obstacle_changed(worst(), reader=READER),
    "obstacle_resolved": lambda: messages.obstacle_resolved(worst(), reader=READER),
    "on_card": lambda: messages.on_card([worst(n) for n in range(30)], reader=READER),
    "my_obstacles": lambda: messages.my_obstacles([worst(n) for n in range(30)], reader=READER),
}


@pytest.mark.parametrize("fragment", [messages.on_card, messages.my_obstacles])
def test_a_fragment_is_nothing_or_at_most_eight_blocks(fragment: Callable[..., Message]) -> None:
    assert fragment([], reader=READER) == Message("", [])
    assert len(fragment([worst(n) for n in range(30)], reader=READER).blocks) <= 8


def test_only_those_who_may_are_offered_to_resolve() -> None:
    shown = messages.on_card([obstacle(may_resolve=False)], reader=READER)
    assert "accessory" not in shown.blocks[1]
    assert shown.blocks[0] != shown.blocks[1]


@pytest.mark.parametrize(
    ("days", "said"), [(0, "raised today"), (1, "open for 1 day"), (9, "open for 9 days"), (40, "open for 5 weeks")]
)
def test_an_obstacle_says_how_long_it_has_stood(days: int, said: str) -> None:
    assert said in messages.obstacle_line(obstacle(days=days), READER)


def test_one_raised_in_a_zone_where_it_is_tomorrow_was_raised_today() -> None:
    ahead = obstacle()
    ahead.obstacle.raised_at = NOW + timedelta(days=1)
    assert "raised today" in messages.obstacle_line(ahead, READER)


def test_forms_fit_at_their_limits() -> None:
    outcomes = [extreme(n).outcome for n in range(1, 131)]
    for shown in (
        messages.raise_form(outcomes[0], [WORST_LESSON] * 3, reader=READER, channel_id="C" * 11),
        messages.raise_from_message_form(
            outcomes, text="<" * 40_000, place="C" * 11 + " 1700000000.000100", reader=READER
        ),
        messages.change_form(worst(), channel_id="C" * 11),
        messages.resolve_form(worst(), reader=READER, channel_id="C" * 11),
    ):
        assert len(shown.view["blocks"]) <= 100
        assert len(shown.view["private_metadata"]) <= 3_000
        assert read(shown)
