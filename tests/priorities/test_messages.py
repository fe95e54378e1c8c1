"""The words of the priorities room."""

from collections.abc import Callable

from bot.priorities import messages
from bot.priorities.rules import AT_MOST, NAME_LIMIT, PERIOD_LIMIT
from bot.slack.message import Form, Message
from tests.outcomes.samples import NASTY
from tests.priorities.samples import priority
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

TWO = [priority(), priority("Support & sales answer the same day", "Q2 2026", id=2)]
SIX = [priority(f"Priority {id}", id=id) for id in range(1, 7)]
EXTREME = priority((NASTY * 20)[:NAME_LIMIT], "&" * PERIOD_LIMIT, id=10**17)

MESSAGES: dict[str, Callable[[], Message]] = {
    "priority_list": lambda: messages.priority_list(TWO, may_change=False),
    "priority_list_for_an_admin": lambda: messages.priority_list(TWO, may_change=True),
    "priority_list_of_six": lambda: messages.priority_list(SIX, may_change=False),
    "none_yet": lambda: messages.none_yet(may_change=False, who_may="Ann or another admin"),
    "none_yet_for_an_admin": lambda: messages.none_yet(may_change=True, who_may="Ann or another admin"),
    "not_for_guests": messages.not_for_guests,
    "priority_added": lambda: messages.priority_added(TWO[1], count=2),
    "priority_added_as_the_sixth": lambda: messages.priority_added(TWO[1], count=6),
    "priority_edited": lambda: messages.priority_edited(TWO[1]),
}
FORMS: dict[str, Callable[[], Form]] = {
    "new_form": lambda: messages.new_form(name="Customers stay longer", channel_id="C1"),
    "edit_form": lambda: messages.edit_form(TWO[1], channel_id="C1"),
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "priority_list": lambda: messages.priority_list([EXTREME] * AT_MOST, may_change=False),
    "priority_list_for_an_admin": lambda: messages.priority_list([EXTREME] * AT_MOST, may_change=True),
    "none_yet": lambda: messages.none_yet(may_change=False, who_may="<!here>" * 28),
    "priority_added": lambda: messages.priority_added(EXTREME, count=AT_MOST),
    "priority_edited": lambda: messages.priority_edited(EXTREME),
}


def test_only_more_than_five_are_said_to_be_many() -> None:
    five, twelve = (
        read(messages.priority_list([priority(id=id) for id in range(count)], may_change=False)) for count in (5, 12)
    )
    assert "Three to five" not in five
    assert "That is twelve. Three to five" in twelve


def test_a_form_fits_at_its_limits() -> None:
    view = messages.edit_form(EXTREME, channel_id="C" * 11).view
    assert view["private_metadata"] == f"{10**17} {'C' * 11}"
    assert EXTREME.name in read(messages.edit_form(EXTREME, channel_id=""))
