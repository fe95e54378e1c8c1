"""Which words a text is found by, and what a typed query asks for."""

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.rules import TERMS_LIMIT, WORD_LIMIT, WORDS_LIMIT, normalised, sharing_most, telling, terms, words

LETTERS = "aàbeéiıİoøuüßłńżŁÆœfiΣσςЖжй日本語売上げるカガนี้하나नमाα12٣½²-_'’.,%\"\\* \u00ad\u200d\ufe0f\U0001f600"
readable = st.text(st.sampled_from(LETTERS), max_size=80)
anything = st.text(st.characters(), max_size=200)  # lone surrogates and NUL too


def finds(query: str, text: str) -> bool:
    """Whether the text has, for each term of the query, a word that begins with it."""
    return all(any(word.startswith(term) for word in words(text)) for term in terms(query))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Réduire le CHURN, vite! ", "reduire le churn vite"),
        ("Straße", "strasse"),
        ("İstanbul ILIK ılık", "istanbul ilik ilik"),
        ("Łódź Ørsted Đà", "lodz orsted da"),
        ("ｆｕｌｌ ﬁne ½", "full fine 1 2"),
        ("co\u00adoperate", "cooperate"),
        ("नमस्ते किताब", "नमस्ते किताब"),
        ("100% 🚀 _done_\0\\", "100 done"),
        ("?!…", ""),
    ],
)
def test_a_text_is_reduced_to_plain_letters_digits_and_spaces(text: str, plain: str) -> None:
    assert normalised(text) == plain


@given(readable | anything)
def test_reducing_a_text_twice_changes_nothing(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@given(anything)
def test_nothing_but_letters_digits_and_single_spaces_is_left(text: str) -> None:
    plain = normalised(text)
    assert plain == " ".join(plain.split(" ")).strip()
    assert {unicodedata.category(c)[0] for c in plain.replace(" ", "")} <= {"L", "N", "M"}


@given(readable | anything, st.randoms(use_true_random=False))
def test_every_word_of_a_text_finds_it_in_any_order(text: str, chance: random.Random) -> None:
    said = text.split()[:12]
    chance.shuffle(said)
    assert all(finds(word, text) for word in said)
    assert finds(" ".join(said), text)


@given(st.text(st.sampled_from("aàeéoøuü日本語売上 12-"), max_size=60))
def test_accents_and_case_never_matter(text: str) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    for written in (text.upper(), text.lower(), bare, unicodedata.normalize("NFD", text)):
        assert words(written) == words(text)
        assert terms(written) == terms(text)


@given(st.text(st.sampled_from("日本語売上を増やすカガ"), min_size=1, max_size=40), st.data())
def test_any_part_of_an_unspaced_text_finds_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert finds(text[start:end], text)


def test_the_order_of_unspaced_characters_counts() -> None:
    assert finds("売上", "今年の売上を増やす")
    assert not finds("上売", "今年の売上を増やす")


@pytest.mark.parametrize("query", ["OUT-12", "out 12", "out12", "Out-1", "12"])
@pytest.mark.parametrize("text", ["See OUT-12.", "out12 is late", "out 12"])
def test_a_key_is_found_however_it_is_written(query: str, text: str) -> None:
    assert finds(query, text)


def test_another_key_is_not_found() -> None:
    assert not finds("out12", "OUT-21")


def test_a_beginning_finds_and_a_middle_does_not() -> None:
    assert finds("cust ren", "Renewals by customers")
    assert not finds("ustomer", "Renewals by customers")


@given(st.text(st.characters(), max_size=8_000))
@settings(deadline=None, max_examples=40)
def test_anything_can_be_typed(query: str) -> None:
    asked = terms(query)
    assert len(asked) <= TERMS_LIMIT
    assert all(0 < len(term) <= WORD_LIMIT for term in asked)


@pytest.mark.parametrize("query", ["", " ", "%", "_", "'\"", "\\", "*", "\0", "🚀", "— … !?", "\ud800"])
def test_a_query_without_a_letter_or_digit_asks_for_nothing(query: str) -> None:
    assert terms(query) == ()


def test_eight_thousand_characters_ask_for_twelve_terms() -> None:
    assert len(terms(" ".join(f"{number}w" for number in range(2_000))[:8_000])) == TERMS_LIMIT
    assert terms("x" * 8_000) == ("x" * WORD_LIMIT,)


def test_a_term_that_another_one_contains_is_not_asked_twice() -> None:
    assert terms("re reduce Reduce") == ("reduce",)


@given(readable | anything)
def test_the_words_of_an_item_have_a_bound(text: str) -> None:
    assert all(0 < len(word) <= WORD_LIMIT for word in words(text * 20))
    assert len(words(text * 20)) <= WORDS_LIMIT


def test_of_a_very_long_text_the_first_words_are_kept() -> None:
    text = " ".join(f"{chr(97 + number % 26)}word{'x' * (number // 26)}" for number in range(300))
    assert len(words(text)) == WORDS_LIMIT
    assert finds("aword", text)
    assert not finds("nword" + "x" * 11, text)


def test_a_word_that_is_too_long_is_found_by_its_beginning() -> None:
    assert finds("y" * 500, "y" * 100)
    assert finds("y" * WORD_LIMIT, "y" * 100)


def test_small_words_words_of_change_and_numbers_tell_nothing() -> None:
    assert telling(words("Reduce the churn in EU by 40 in Q3")) == {"churn", "eu", "q3"}


def test_a_rare_word_counts_for_more_than_common_ones() -> None:
    holders = {"customers": range(300), "support": range(300), "xylophone": [999]}
    assert sharing_most(holders, common=300)[:2] == [999, 299]


def test_among_equals_the_item_that_shares_more_words_comes_first() -> None:
    assert sharing_most({"churn": [1, 2], "eu": [1, 3], "gone": []}, common=300) == [1, 3, 2]
