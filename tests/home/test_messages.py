"""The words of My week and of the App Home."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.checkins.queries import Asked
from bot.checkins.rules import Answer
from bot.home.messages import Week, home_view, my_week, what_i_read
from bot.outbox.rules import State
from bot.outcomes.queries import Page
from bot.slack.blocks import notice
from bot.slack.message import HomeView, Message
from tests.absences.samples import MARCUS, away, worst_away
from tests.checkins.test_messages import FRESH, MOVED, STILL, asked, item
from tests.decisions.reviews import in_debt
from tests.decisions.samples import asked as decision_asked
from tests.decisions.samples import made as decision_made
from tests.decisions.samples import worst as worst_decision
from tests.deliveries.samples import fate
from tests.dependencies.samples import need
from tests.dependencies.samples import worst as worst_need
from tests.execution.samples import extreme_step, proposed, step
from tests.handovers.test_messages import offer
from tests.obstacles.samples import obstacle
from tests.obstacles.samples import worst as worst_obstacle
from tests.outcomes.samples import READER, extreme, team
from tests.slack.every_message import (
    test_as_it_is_read,
    test_the_payload,
    test_the_text_says_every_word_that_the_blocks_say,
)
from tests.slack.reading import read

__all__ = ["test_as_it_is_read", "test_the_payload", "test_the_text_says_every_word_that_the_blocks_say"]

NEXT = datetime(2026, 4, 6, 9, tzinfo=UTC)

EVERYTHING: dict[str, Any] = {
    "actions": [step()],
    "proposals": [proposed()],
    "offers": [offer(MOVED)],
    "needs": [need(may_answer=True)],
    "obstacles": [obstacle()],
    "decisions": [decision_asked(), decision_made()],
    "led_debt": [(team(), [in_debt()])],
}


def week(waiting: Asked | None, owned: Page, next_at: datetime | None, **more: Any) -> Week:
    """A week in which nothing else waits, unless said."""
    others = ("actions", "proposals", "offers", "needs", "obstacles", "decisions", "led_debt")
    mine = ("absences", "standing_in", "kept_back")
    nothing: dict[str, Any] = dict.fromkeys([*others, *mine], ())
    return Week([waiting] if waiting else [], owned, **{**nothing, **more}, next_at=next_at, reader=READER)


WEEKS: dict[str, Callable[[], Week]] = {
    "empty": lambda: week(None, Page([], 0), None),
    "quiet": lambda: week(asked(item(MOVED, Answer.UPDATED)), Page([MOVED], 1), NEXT),
    "busy": lambda: week(asked(item(FRESH), item(STILL)), Page([FRESH, MOVED, STILL], 3), NEXT, **EVERYTHING),
    "acting": lambda: week(None, Page([FRESH], 1), NEXT, actions=[step()]),
    "away": lambda: week(None, Page([MOVED], 1), NEXT, absences=[away()], standing_in=[away(person=MARCUS)]),
    "kept_back": lambda: week(
        asked(item(FRESH)),
        Page([FRESH], 1),
        NEXT,
        kept_back=[
            fate(State.WITHHELD, "nudge:UOLGA:2026-W14:1"),
            fate(State.WITHHELD, "checkin:UMAX:2026-W14"),
            fate(State.WITHHELD, "nudge:UMAX:2026-W14:1"),
        ],
    ),
    "full": lambda: week(
        asked(*(item(extreme(n)) for n in range(1, 21))),
        Page([extreme(n) for n in range(1, 21)], 31),
        NEXT,
        actions=[extreme_step() for _ in range(20)],
        proposals=[extreme_step() for _ in range(20)],
        offers=[offer(extreme()) for _ in range(20)],
        needs=[worst_need() for _ in range(20)],
        obstacles=[worst_obstacle() for _ in range(20)],
        decisions=[worst_decision() for _ in range(20)],
        led_debt=[(team(), [in_debt(worst_decision())] * 20)] * 20,
        absences=[worst_away() for _ in range(20)],
        standing_in=[worst_away() for _ in range(20)],
    ),
}


MESSAGES: dict[str, Callable[[], Message]] = {
    "my_week_empty": lambda: my_week(WEEKS["empty"]()),
    "my_week_quiet": lambda: my_week(WEEKS["quiet"]()),
    "my_week_acting": lambda: my_week(WEEKS["acting"]()),
    "my_week_away": lambda: my_week(WEEKS["away"]()),
    "my_week_busy": lambda: my_week(WEEKS["busy"]()),
    "my_week_kept_back": lambda: my_week(WEEKS["kept_back"]()),
    "what_i_read": what_i_read,
}
FORMS: dict[str, Callable[[], HomeView]] = {
    "home_empty": lambda: home_view(WEEKS["empty"]()),
    "home_away": lambda: home_view(WEEKS["away"]()),
    "home_busy": lambda: home_view(WEEKS["busy"]()),
}


@pytest.mark.parametrize("name", WEEKS)
def test_a_week_fits_whatever_is_in_it(name: str) -> None:
    shown = WEEKS[name]()
    message = my_week(shown)
    assert len(message.blocks) <= 50
    assert len(message.text) <= 40_000
    assert len(home_view(shown).view["blocks"]) <= 100
    assert len(notice("My week", message).view["blocks"]) <= 100
    assert "<!" not in message.text + str(message.blocks)


def test_a_full_week_says_how_much_of_it_is_shown() -> None:
    seen = read(my_week(WEEKS["full"]()))
    assert "4 of 20" in seen
    assert "due soonest are shown." in seen
