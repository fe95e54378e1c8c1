"""The words of an outcome's card."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import messages
from bot.language.units import duration, money
from bot.people.messages import Reader
from bot.slack.blocks import notice
from bot.slack.message import Form, Message
from tests.outcomes.samples import READER, extreme, view
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

GERMAN = Reader("de-DE", ZoneInfo("Europe/Berlin"), READER.today)
WORKING = view("8.5", "9", "9.5", note="The onboarding email shipped")

MESSAGES: dict[str, Callable[[], Message]] = {
    "outcome_card": lambda: messages.outcome_card(WORKING, reader=READER, may_log=True),
    "outcome_card_new": lambda: messages.outcome_card(view(why="Trials decide"), reader=READER, may_log=False),
    "outcome_card_of_money": lambda: messages.outcome_card(
        view("1200000", unit=money("USD"), baseline="1000000", target="2000000"), reader=GERMAN, may_log=False
    ),
    "outcome_card_of_days": lambda: messages.outcome_card(
        view("777600", "561600", unit=duration("days"), baseline="777600", target="345600"), reader=READER, may_log=True
    ),
}
FORMS: dict[str, Callable[[], Form]] = {}
EXTREMES: dict[str, Callable[[], Message]] = {
    "outcome_card": lambda: messages.outcome_card(extreme(), reader=READER, may_log=True),
}


def test_a_card_in_a_modal_has_no_chart() -> None:
    card = messages.outcome_card(WORKING, reader=READER, may_log=True)
    assert "data_visualization" in {block["type"] for block in card.blocks}
    assert "data_visualization" not in {block["type"] for block in notice("OUT-12", card).view["blocks"]}


def test_the_chart_is_told_in_words_too() -> None:
    text = messages.outcome_card(WORKING, reader=READER, may_log=False).text
    assert "16 Mar: 8.5%, expected 8.67%" in text


def test_only_those_who_may_are_offered_to_log() -> None:
    for may_log in (True, False):
        card = messages.outcome_card(WORKING, reader=READER, may_log=may_log)
        assert ("[Log result]" in read(card)) is may_log


@given(st.text(max_size=300), st.text(max_size=100), st.text(max_size=200))
@settings(deadline=None, max_examples=30)
def test_whatever_is_typed_fits_and_is_only_text(statement: str, measure: str, note: str) -> None:
    shown = view("9", "10", statement=statement, measure=measure, note=note, owner_name=measure, team_name=measure[:80])
    message = messages.outcome_card(shown, reader=READER, may_log=True)
    assert "<" not in message.text
    assert "<" not in str([block for block in message.blocks if block["type"] == "section"])


def test_each_reader_reads_values_and_dates_as_they_write_them() -> None:
    card = messages.outcome_card(WORKING, reader=GERMAN, may_log=False)
    assert "9,5" in card.text
    assert "Mon 25 May" in card.text
