"""Small things done to words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.words import counted, join_words, nearest, normalise, one_line, shorten

COMMANDS = ["new", "list", "show", "result", "action", "notdoing", "block", "need", "edit", "handover", "close"]
COMMANDS += ["reopen", "search", "help"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lsit", "list"),
        ("lst", "list"),
        ("shwo", "show"),
        ("resutl", "result"),
        ("RESULTS", "result"),
        ("notdo", "notdoing"),
        ("hand", "handover"),
        ("serach", "search"),
        ("halp", "help"),
        ("reopn", "reopen"),
        ("list", "list"),
        ("banana", None),
        ("xyzzy", None),
        ("x", None),
        ("", None),
        ("😀", None),
        ("ne", "new"),
    ],
)
def test_a_slip_suggests_the_word_meant_and_nonsense_suggests_none(typed: str, meant: str | None) -> None:
    assert nearest(typed, COMMANDS) == meant


def test_nothing_is_near_when_there_is_no_choice() -> None:
    assert nearest("list", []) is None


@pytest.mark.parametrize(
    ("words", "joined"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_joined_as_in_a_sentence(words: list[str], joined: str) -> None:
    assert join_words(words) == joined


def test_choices_are_joined_by_or() -> None:
    assert join_words(["a", "b", "c"], "or") == "a, b or c"


@pytest.mark.parametrize(
    ("count", "noun", "text"),
    [
        (0, "outcome", "0 outcomes"),
        (1, "outcome", "1 outcome"),
        (3, "outcome", "3 outcomes"),
        (1200, "reply", "1,200 replies"),
        (2, "day", "2 days"),
        (2, "business", "2 businesses"),
        (2, "open action", "2 open actions"),
    ],
)
def test_things_are_counted_with_their_plural(count: int, noun: str, text: str) -> None:
    assert counted(count, noun) == text


def test_an_irregular_plural_is_given() -> None:
    assert counted(2, "person", "people") == "2 people"


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("two words", 5, "two…"),
        ("cafe\u0301s", 5, "caf…"),
        ("ab👨\u200d👩\u200d👧!", 6, "ab…"),
        ("ab👍🏽!", 4, "ab…"),
        ("a🇩🇪🇫🇷", 4, "a🇩🇪…"),
        ("a🇩🇪🇫🇷", 3, "a…"),
        ("anything", 1, "…"),
        ("anything", 0, ""),
    ],
)
def test_a_text_is_cut_between_what_is_seen_as_letters(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


def test_one_line_has_no_breaks_and_no_control_characters() -> None:
    assert one_line("  a\r\n\tb\u2028c\x00d  ") == "a b cd"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Crème  Brûlée", "creme brulee"),
        ("STRASSE straße", "strasse strasse"),
        ("ﬁne", "fine"),
        ("İstanbul", "istanbul"),
        ("\tA\nB ", "a b"),
        ("が", "が"),
        ("４２", "42"),
    ],
)
def test_search_sees_no_accents_no_capitals_and_single_spaces(text: str, plain: str) -> None:
    assert normalise(text) == plain


@given(st.text(), st.integers(0, 30))
def test_a_shortened_text_fits_and_begins_like_the_whole(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == text or limit == 0 or text.startswith(short[:-1])


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(unicodedata.normalize("NFC", text))


@given(st.text())
def test_one_line_stays_one_line(text: str) -> None:
    line = one_line(text)
    assert one_line(line) == line
    assert len(line.splitlines()) <= 1


@given(st.text(), st.lists(st.text(), max_size=5))
def test_the_nearest_word_is_one_of_the_choices(word: str, choices: list[str]) -> None:
    assert nearest(word, choices) in [None, *choices]
