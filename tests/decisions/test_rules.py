"""What is read of the forms and lists of decisions."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decisions.rules import read_key
from bot.decisions.rules.drafts import OTHER, Measure, offered_review, question_of, read_choice, read_question
from bot.decisions.rules.lists import Asked, Filter, Scope, Typed, narrowed_or_usual, read_list, read_scope
from bot.decisions.rules.options import Option, read_options, write_options
from bot.errors import FormRefused, NotFound, Refused
from bot.language.units import PERCENT
from bot.language.words import one_line

Read = TypeVar("Read")
TODAY = date(2026, 3, 2)
OPTIONS = (Option("Raise"), Option("Keep"))
MEASURE = Measure(12, PERCENT)
CHOSEN = dict.fromkeys(
    ("option", "choice", "why", "reason", "outcome", "effect_value", "effect_on", "effect", "confidence", "review"), ""
)
LINES = (
    st.text(min_size=1, max_size=40).map(one_line).filter(lambda said: said and said[0].isalnum() and ";" not in said)
)


def read(**typed: str) -> object:
    return read_choice({**CHOSEN, "choice": "Raise", "why": "Costs", **typed}, today=TODAY, locale="en-US")


def refused(**typed: str) -> dict[str, str]:
    with pytest.raises(FormRefused) as error:
        read_choice({**CHOSEN, "why": "Costs", **typed}, today=TODAY, locale="en-US", options=OPTIONS, measure=MEASURE)
    return error.value.errors


@pytest.mark.parametrize("typed", ["DEC-3", "dec-3", "Dec 3", "#3", "3", " dec3 "])
def test_a_key_is_read_as_people_write_it(typed: str) -> None:
    assert read_key(typed) == 3


@pytest.mark.parametrize("typed", ["", "OUT-3", "DEC-", "DEC-3 4", "three", "DEC-" + "9" * 10])
def test_anything_else_is_answered_with_how_a_key_is_written(typed: str) -> None:
    with pytest.raises(Refused, match="such as DEC-3"):
        read_key(typed)


def test_options_are_one_a_line_with_a_line_for_and_one_against() -> None:
    typed = "• Raise them\n+ pays for support\n– some leave\n- and loudly\n\n  Keep them  "
    assert read_options(typed) == (
        Option("Raise them", "pays for support", "some leave; and loudly"),
        Option("Keep them"),
    )
    assert read_options(" \n ") == ()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("+ good\nRaise", "has no option above it"),
        ("\n".join("abcdefg"), "These are 7 options"),
        ("x" * 301, "301 characters; please stay within 300"),
        ("Raise\n+ " + "x" * 301, "301 characters"),
        ("x\n" * 1_600, "3,200 characters; please stay within 3,000"),
    ],
)
def test_options_that_do_not_fit_are_refused_at_their_field(typed: str, why: str) -> None:
    with pytest.raises(FormRefused, match=why) as refused:
        read_options(typed)
    assert list(refused.value.errors) == ["options"]


@given(st.lists(st.builds(Option, LINES, LINES | st.just(""), LINES | st.just("")), max_size=6))
def test_options_that_are_written_are_read_back(options: list[Option]) -> None:
    assert read_options(write_options(options)) == tuple(options)


@given(st.text(max_size=3_100))
def test_whatever_is_typed_as_options_is_read_or_refused(typed: str) -> None:
    refused: dict[str, str] = {}
    options = tried(lambda: read_options(typed), refused)
    assert list(refused) == ["options"] if options is None else read_options(write_options(options)) == options


def test_a_question_is_read_with_its_day() -> None:
    typed = {"question": "Do we?", "context": "", "options": "Yes\nNo", "needed_by": "next friday"}
    asked = read_question(typed, today=TODAY, locale="en-US")
    assert (asked.needed_by_on, len(asked.options)) == (date(2026, 3, 13), 2)


def test_each_field_of_a_question_has_its_own_refusal() -> None:
    typed = {"question": "", "context": "x" * 3_001, "options": "+ no", "needed_by": "someday"}
    with pytest.raises(FormRefused) as error:
        read_question(typed, today=TODAY, locale="en-US")
    assert set(error.value.errors) == {"question", "context", "options", "needed_by"}


def test_a_day_that_has_passed_stays_only_where_it_was() -> None:
    typed = {"question": "Do we?", "context": "", "options": "", "needed_by": "2026-03-01"}
    with pytest.raises(FormRefused, match="has passed"):
        read_question(typed, today=TODAY, locale="en-US")
    was = date(2026, 3, 1)
    assert read_question(typed, today=TODAY, locale="en-US", was_needed_by_on=was).needed_by_on == was


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"option": "1"}, "Raise"),
        ({"option": "2", "choice": "until May"}, "Keep: until May"),
        ({"option": OTHER, "choice": "Sell"}, "Sell"),
    ],
)
def test_a_choice_is_an_option_or_ones_own_words(typed: dict[str, str], said: str) -> None:
    got = read_choice({**CHOSEN, "why": "Costs", **typed}, today=TODAY, locale="en-US", options=OPTIONS)
    assert got.choice == said


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({}, {"option", "effect_value"}),
        ({"option": OTHER, "effect_value": "12%", "effect_on": "in 6 weeks"}, {"choice"}),
        ({"option": "3", "effect_value": "12%", "effect_on": "in 6 weeks"}, {"option"}),
        ({"option": "1", "why": "", "effect_value": "12%"}, {"why", "effect_on"}),
        ({"option": "1", "effect_value": "a lot", "effect_on": "today"}, {"effect_value", "effect_on"}),
        (
            {"option": "1", "effect_value": "12%", "effect_on": "2026-04-06", "review": "2026-04-05"},
            {"review"},
        ),
        ({"option": "1", "effect_value": "12%", "effect_on": "2026-04-06", "confidence": "11"}, {"confidence"}),
    ],
)
def test_each_field_of_a_choice_has_its_own_refusal(typed: dict[str, str], fields: set[str]) -> None:
    assert set(refused(**typed)) == fields


def test_a_value_is_read_in_the_unit_of_its_outcome_and_reviewed_on_its_day() -> None:
    typed = {**CHOSEN, "choice": "Raise", "why": "Costs", "effect_value": "12", "effect_on": "2026-04-06"}
    got = read_choice({**typed, "window": "2"}, today=TODAY, locale="en-US", measure=MEASURE)
    assert (got.effect_outcome_id, got.effect_value, got.review_on) == (12, Decimal(12), date(2026, 4, 6))
    assert (got.objection_days, got.is_reversible) == (2, True)


def test_a_value_without_an_outcome_is_asked_which_one() -> None:
    with pytest.raises(FormRefused, match="Choose the outcome"):
        read(effect_value="12%")


def test_a_change_needs_its_reason_and_a_first_choice_has_none() -> None:
    typed = {**CHOSEN, "choice": "Raise", "why": "Costs"}
    with pytest.raises(FormRefused) as error:
        read_choice(typed, today=TODAY, locale="en-US", is_change=True)
    assert list(error.value.errors) == ["reason"]
    assert read_choice({**typed, "reason": "x"}, today=TODAY, locale="en-US").reason == ""


@given(st.dictionaries(st.sampled_from([*CHOSEN, "reversible", "window"]), st.text(max_size=80)))
def test_whatever_is_sent_as_a_choice_is_read_or_refused_at_its_fields(typed: dict[str, str]) -> None:
    refused: dict[str, str] = {}
    sent = {**CHOSEN, **typed}
    tried(lambda: read_choice(sent, today=TODAY, locale="en-US", options=OPTIONS, measure=MEASURE), refused)
    assert set(refused) <= {*CHOSEN}


def test_the_title_of_what_was_logged_without_a_question_is_the_choice() -> None:
    assert question_of("", "Raise\nthem") == "Raise them"
    assert question_of("Which?", "Raise") == "Which?"
    assert len(question_of("", "x" * 600)) == 300


@pytest.mark.parametrize(("typed", "offer"), [("2026-04-06", "2026-04-06"), ("", ""), ("never", ""), ("today", "")])
def test_the_day_of_the_effect_is_offered_for_the_review(typed: str, offer: str) -> None:
    assert offered_review({"effect_on": typed}, today=TODAY, locale="en-US") == offer


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("", Typed("", None)),
        ("open", Typed("", Filter.OPEN)),
        ("mine", Typed("mine", None)),
        ("Team Overdue", Typed("Team", Filter.OVERDUE)),
        ("<@U1|ana> review", Typed("<@U1|ana>", Filter.REVIEW)),
    ],
)
def test_a_list_is_read_as_whose_and_which(text: str, typed: Typed) -> None:
    assert read_list(text) == typed


def test_who_says_nothing_sees_the_open_ones_and_of_somebodys_what_needs_them() -> None:
    assert narrowed_or_usual(None, read_scope("")) == Filter.OPEN
    assert narrowed_or_usual(None, read_scope("Mine")) == Filter.WAITING
    assert narrowed_or_usual(Filter.ALL, Scope.MINE) == Filter.ALL
    with pytest.raises(Refused, match="List which"):
        read_scope("yesterday's")


@given(
    st.builds(
        Asked,
        st.sampled_from(Scope),
        st.from_regex(r"[A-Z0-9]{1,32}", fullmatch=True) | st.just(""),
        st.sampled_from(Filter),
        st.integers(0, 999_999),
    )
)
def test_what_a_button_carries_is_read_back(asked: Asked) -> None:
    assert Asked.parse(str(asked)) == asked


@given(st.text().filter(lambda text: " " not in text) | st.none())
def test_what_a_button_never_carried_is_refused(text: object) -> None:
    with pytest.raises(NotFound, match="older message"):
        Asked.parse(text)


def tried(read: Callable[[], Read], refused: dict[str, str]) -> Read | None:
    """What was read, or None, with what each field was refused with."""
    try:
        return read()
    except FormRefused as error:
        refused.update(error.errors)
        return None
