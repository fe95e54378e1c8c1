"""The words of the outcomes room."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.units import duration, money
from bot.outcomes import messages
from bot.outcomes.messages import Reader
from bot.outcomes.queries import Page
from bot.slack.blocks import notice
from bot.slack.message import Form, Message
from bot.slack.mrkdwn import channel_link
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
TEAMS = {1: "Growth", 2: "R&D"}

MESSAGES: dict[str, Callable[[], Message]] = {
    "outcome_logged": lambda: messages.outcome_logged(WORKING, reader=READER),
    "result_logged": lambda: messages.result_logged(WORKING, before=Decimal(9), reader=READER),
    "outcome_list": lambda: messages.outcome_list(
        Page([WORKING, view(number=3), view("11.9", number=4)], 25), title="Your outcomes", empty="", reader=READER
    ),
    "outcome_list_empty": lambda: messages.outcome_list(
        Page([], 0), title="Your outcomes", empty="<!channel> owns no outcome that you can see.", reader=READER
    ),
    "outcome_card": lambda: messages.outcome_card(WORKING, reader=READER, may_log=True),
    "outcome_card_new": lambda: messages.outcome_card(view(why="Trials decide"), reader=READER, may_log=False),
    "outcome_card_of_money": lambda: messages.outcome_card(
        view("1200000", unit=money("USD"), baseline="1000000", target="2000000"), reader=GERMAN, may_log=False
    ),
    "outcome_card_of_days": lambda: messages.outcome_card(
        view("777600", "561600", unit=duration("days"), baseline="777600", target="345600"), reader=READER, may_log=True
    ),
    "no_team_yet": messages.no_team_yet,
    "not_a_team_channel": lambda: messages.not_a_team_channel(channel_link("C1")),
}
FORMS: dict[str, Callable[[], Form]] = {
    "new_form": lambda: messages.new_form(statement="", teams=TEAMS, team_id=2, owner_id="UOLGA", channel_id="C1"),
    "result_form": lambda: messages.result_form(WORKING, reader=READER, channel_id="C1"),
    "result_form_first": lambda: messages.result_form(view(), reader=READER, channel_id="", value="9%"),
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "outcome_logged": lambda: messages.outcome_logged(extreme(), reader=READER),
    "result_logged": lambda: messages.result_logged(extreme(), before=Decimal(-1), reader=READER),
    "outcome_list": lambda: messages.outcome_list(
        Page([extreme(n) for n in range(1, 21)], 10**6), title="&" * 80, empty="", reader=READER
    ),
    "outcome_card": lambda: messages.outcome_card(extreme(), reader=READER, may_log=True),
}


def test_forms_fit_at_their_limits() -> None:
    teams = dict.fromkeys(range(150), "R&D " + "x" * 90)
    new = messages.new_form(statement="<" * 300, teams=teams, team_id=149, owner_id="UOLGA", channel_id="C1")
    result = messages.result_form(extreme(), reader=READER, channel_id="C" * 11, value="1" * 60)
    for form in (new, result, notice("OUT-999999999", EXTREMES["outcome_card"]())):
        assert len(form.view["blocks"]) <= 100
        assert len(form.view["title"]["text"]) <= 24
        assert len(form.view.get("private_metadata", "")) <= 3_000
    assert "R&D xxx" in read(new)


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


def test_each_reader_reads_values_and_dates_as_they_write_them() -> None:
    card = messages.outcome_card(WORKING, reader=replace(GERMAN), may_log=False)
    assert "9,5" in card.text
    assert "Mon 25 May" in card.text
