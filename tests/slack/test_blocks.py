"""Each shape is one that Slack takes, and is read as it was meant."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.inspection import Surface
from bot.sandbox.limits import block_problems, view_problems
from bot.slack.blocks import (
    button,
    buttons,
    checks_field,
    choice_field,
    date_field,
    form,
    overflow,
    people_field,
    person_field,
    radio_field,
    section,
    text_field,
)
from bot.slack.message import Block
from tests.slack.reading import lines_of

CHOICES = {"1": "One", "2": "Two"}
SURE = ("Close OUT-1?", "It stays in the history.", "Close it", "Not yet")


def read(block: Block) -> str:
    return "\n".join(lines_of([block]))


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        (section("Ship it", menu=overflow("more", {"edit 1": "Edit"})), "Ship it  [… Edit]"),
        (buttons(button("Go", "go"), overflow("more", CHOICES)), "[Go] [… One | Two]"),
        (buttons(button("Go", "go", confirm=SURE)), f"[Go] ({SURE[0]} {SURE[1]} [{SURE[3]}] [{SURE[2]}])"),
        (date_field("due", "By when?", initial=date(2026, 3, 31)), "By when?: 2026-03-31"),
        (date_field("due", "By when?", optional=True, hint="A day."), "By when?, optional: ____ (A day.)"),
        (people_field("who", "Who?", initial=["U1", "U2"]), "Who?: U1, U2"),
        (checks_field("any", "Any?", CHOICES, initial={"2"}), "Any?, optional: ( ) One (x) Two"),
        (radio_field("one", "Which?", CHOICES, initial="1"), "Which?: (x) One ( ) Two"),
        (radio_field("one", "Which?", CHOICES), "Which?: ( ) One ( ) Two"),
    ],
)
def test_a_shape_is_taken_by_slack_and_read_as_it_was_meant(block: Block, shown: str) -> None:
    surface: Surface = "modal" if block["type"] == "input" else "message"
    assert block_problems([block], surface, "/blocks") == []
    assert read(block) == shown


@pytest.mark.parametrize(
    "block",
    [
        text_field("a", "A", limit=10, dispatch=True),
        choice_field("a", "A", CHOICES, dispatch=True),
        radio_field("a", "A", CHOICES, dispatch=True),
        checks_field("a", "A", CHOICES, dispatch=True),
        person_field("a", "A", dispatch=True),
        date_field("a", "A", dispatch=True),
    ],
)
def test_a_field_tells_of_its_changes_where_it_is_asked_to(block: Block) -> None:
    assert block["dispatch_action"] is True
    assert view_problems(form("f", "Title", [block]).view) == []


def test_a_text_tells_with_each_letter_and_only_where_it_is_asked_to() -> None:
    told = text_field("a", "A", limit=10, dispatch=True)["element"]["dispatch_action_config"]
    assert told == {"trigger_actions_on": ["on_character_entered"]}
    silent = text_field("a", "A", limit=10)
    assert "dispatch_action" not in silent
    assert "dispatch_action_config" not in silent["element"]


@given(st.text(), st.text(), st.lists(st.text(), min_size=1, max_size=20))
def test_words_of_any_length_fit(title: str, label: str, words: list[str]) -> None:
    choices = {str(number): each for number, each in enumerate(words)}
    blocks = [
        section("x", menu=overflow("more", choices)),
        buttons(button(label, "go", confirm=(title, label, title, label))),
        choice_field("choice", label, choices),
        radio_field("radio", label, choices),
        checks_field("checks", label, choices),
    ]
    assert block_problems(blocks, "modal", "/blocks") == []


def test_at_most_so_many_people_can_be_asked_for() -> None:
    assert people_field("who", "Who?", most=3)["element"]["max_selected_items"] == 3
