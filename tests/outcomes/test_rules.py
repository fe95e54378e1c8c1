"""Keys and confidence."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FormRefused, Refused
from bot.outcomes.rules import read_confidence, read_key


@pytest.mark.parametrize(
    "typed", ["OUT-12", "out-12", "Out 12", "out12", "#12", "12", " 12 ", "OUT–12", "OUT—12", "１２"]
)
def test_a_key_is_read_however_it_is_written(typed: str) -> None:
    assert read_key(typed) == 12


@pytest.mark.parametrize(
    "typed", ["", "out", "OUT-", "12a", "-12", "DEC-12", "OUT-12 OUT-13", "9" * 10, "1.5", "OUT--1"]
)
def test_anything_else_is_told_how_a_key_is_written(typed: str) -> None:
    with pytest.raises(Refused, match="OUT-12"):
        read_key(typed)


@given(st.text(max_size=30))
def test_reading_a_key_answers_or_refuses(typed: str) -> None:
    with suppress(Refused):
        assert 0 <= read_key(typed) < 10**9


@pytest.mark.parametrize(("typed", "read"), [("", None), ("0", 0), ("7", 7), ("10", 10)])
def test_confidence_is_a_whole_number_to_ten_or_nothing(typed: str, read: int | None) -> None:
    assert read_confidence(typed) == read


@pytest.mark.parametrize("typed", ["11", "-1", "5.5", "high", "٣", "²", " 5"])
def test_another_confidence_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(FormRefused) as refused:
        read_confidence(typed)
    assert set(refused.value.errors) == {"confidence"}
