"""What a reply to a check-in says."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.rules.replies import (
    Blocked,
    Elsewhere,
    Item,
    NoChange,
    Said,
    Unplaced,
    Unread,
    Value,
    read_reply,
)
from bot.language.units import NUMBER, PERCENT, duration, money
from bot.language.values import write_value

ONE = [Item(3, NUMBER, True)]
TWO = [Item(3, NUMBER, True), Item(12, PERCENT, True)]
LAST = [Item(3, NUMBER, False), Item(12, PERCENT, True)]
ALL_ANSWERED = [Item(3, NUMBER, False), Item(12, PERCENT, False)]


def read(text: str, items: list[Item] = ONE) -> list[Said]:
    return read_reply(text, items, "en-US")


def value(number: int, value: int | str, note: str = "") -> Value:
    return Value(number, Decimal(value), note)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("42", value(3, 42)),
        ("42 because the email shipped", value(3, 42, "the email shipped")),
        ("42 the email shipped", value(3, 42, "the email shipped")),
        ("42\nbecause the email shipped\nat last", value(3, 42, "the email shipped\nat last")),
        ("OUT-3 42", value(3, 42)),
        ("out-3: 42 because it shipped", value(3, 42, "it shipped")),
        ("#3 42", value(3, 42)),
        ("3: 42", value(3, 42)),
        ("no change", NoChange(3, "")),
        ("No change.", NoChange(3, "")),
        ("same", NoChange(3, "")),
        ("SAME because of the holidays", NoChange(3, "the holidays")),
        ("no change, everybody was away", NoChange(3, "everybody was away")),
        ("nothing changed (holidays)", NoChange(3, "holidays")),
        ("OUT-3 unchanged", NoChange(3, "")),
        ("blocked by the legal review", Blocked(3, "the legal review")),
        ("blocked: the legal review", Blocked(3, "the legal review")),
        ("Blocked", Blocked(3, "")),
        ("OUT-9 42", Elsewhere(9)),
    ],
)
def test_a_reply_about_one_outcome(text: str, said: Said) -> None:
    assert read(text) == [said]


@pytest.mark.parametrize(
    "text", ["it goes well", "same 42", "same as OUT-3", "no", "$5", "3 42", "40-50", "blockedish"]
)
def test_what_is_no_answer_is_said_to_be_none(text: str) -> None:
    [said] = read(text)
    assert isinstance(said, Unread)
    assert said.why


def test_several_outcomes_have_a_line_each() -> None:
    said = read("OUT-3 42 because it shipped\n\n12: 9.5%\n", TWO)
    assert said == [value(3, 42, "it shipped"), value(12, "9.5")]


@pytest.mark.parametrize("text", ["42", "9.5% because it shipped", "no change", "blocked by legal"])
def test_an_answer_without_a_key_is_asked_which_outcome_it_is_about(text: str) -> None:
    assert read(text, TWO) == [Unplaced(text)]
    assert read(text, ALL_ANSWERED) == [Unplaced(text)]


def test_an_answer_without_a_key_is_for_the_only_one_that_is_open() -> None:
    assert read("9.5%", LAST) == [value(12, "9.5")]
    assert read("OUT-3 42\n9.5%", TWO) == [value(3, 42), value(12, "9.5")]


def test_a_second_line_without_a_key_is_not_guessed() -> None:
    assert read("9.5%\n10%", LAST) == [value(12, "9.5"), Unplaced("10%")]


def test_an_answered_one_can_be_answered_again_by_its_key() -> None:
    assert read("OUT-3 43", LAST) == [value(3, 43)]


def test_each_line_is_understood_or_not_by_itself() -> None:
    said = read("OUT-3 a lot\nhello\nOUT-12 no change\nOUT-77 5", TWO)
    assert [type(one) for one in said] == [Unread, Unread, NoChange, Elsewhere]


def test_nothing_written_says_nothing() -> None:
    assert read(" \n ") == read("", TWO) == []


UNITS = st.sampled_from([NUMBER, PERCENT, money("USD"), duration("days")])
NOTES = st.one_of(
    st.just(""),
    st.text("abcdefghijklmnopqrstuvwxyz ", min_size=3, max_size=40).map(lambda text: " ".join(text.split())),
)
BETWEEN = st.sampled_from(["OUT-{}", "out-{}:", "#{}", "{}:"])


@st.composite
def replies(draw: st.DrawFn) -> tuple[str, list[Item], list[Said]]:
    """A well-formed reply, what it is a reply to, and what it says."""
    numbers = draw(st.lists(st.integers(1, 10**8), min_size=2, max_size=6, unique=True))
    items = [Item(number, draw(UNITS), draw(st.booleans())) for number in numbers]
    lines: list[str] = []
    said: list[Said] = []
    for item in draw(st.lists(st.sampled_from(items), min_size=1, max_size=6)):
        note, key = draw(NOTES), draw(BETWEEN).format(item.number)
        because = f" because {note}" if note else ""
        number = Decimal(draw(st.integers(-(10**6), 10**6)))
        kinds: list[tuple[str, Said]] = [
            (write_value(number, item.unit, locale="en-US"), Value(item.number, number, note)),
            (draw(st.sampled_from(["no change", "same", "Unchanged"])), NoChange(item.number, note)),
        ]
        answer, meant = draw(st.sampled_from(kinds))
        lines.append(f"{key} {answer}{because}")
        said.append(meant)
    return "\n".join(lines), items, said


@given(replies())
def test_every_well_formed_reply_is_read_back_exactly(reply: tuple[str, list[Item], list[Said]]) -> None:
    text, items, said = reply
    assert read_reply(text, items, "en-US") == said


@given(
    st.one_of(st.text(), st.text("OUT-3#12: \n.,%$blockednsam()"), st.lists(st.text()).map("\n".join)),
    st.sampled_from([ONE, TWO, LAST, ALL_ANSWERED]),
    st.sampled_from(["en-US", "de-DE", "ar-EG"]),
)
def test_any_text_at_all_is_read_or_refused(text: str, items: list[Item], locale: str) -> None:
    numbers = {item.number for item in items}
    for said in read_reply(text, items, locale):
        if isinstance(said, Value | NoChange | Blocked):
            assert said.number in numbers
        elif isinstance(said, Elsewhere):
            assert said.number not in numbers
        else:
            assert said.typed.strip() == said.typed != ""
