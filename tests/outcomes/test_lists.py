"""What can be asked of a list, as typed and as its buttons carry it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotFound, Refused
from bot.outcomes.rules import Ending, Filter, read_ending
from bot.outcomes.rules.lists import Asked, Scope, Typed, read_list, read_scope


@pytest.mark.parametrize(
    ("text", "whose", "narrowed"),
    [
        ("", "", None),
        ("team", "team", None),
        ("at-risk", "", Filter.AT_RISK),
        ("at risk", "", Filter.AT_RISK),
        ("team Off-Track", "team", Filter.OFF_TRACK),
        ("<@U1|ana> stale", "<@U1|ana>", Filter.STALE),
        ("all busy", "all", Filter.BUSY),
        ("mine  done", "mine", Filter.DONE),
        ("busybodies", "busybodies", None),
    ],
)
def test_a_line_says_whose_and_which(text: str, whose: str, narrowed: Filter | None) -> None:
    assert read_list(text) == Typed(whose, narrowed)


@given(st.text(max_size=60))
def test_any_line_is_read(text: str) -> None:
    assert read_list(text).whose in text


def test_nobody_named_is_oneself() -> None:
    assert [read_scope(word) for word in ("", "Mine", "me", "team", "ALL")] == [
        Scope.MINE,
        Scope.MINE,
        Scope.MINE,
        Scope.TEAM,
        Scope.ALL,
    ]
    with pytest.raises(Refused, match="List whose"):
        read_scope("person")


ASKED = st.builds(
    Asked,
    st.sampled_from(Scope),
    st.from_regex(r"[A-Z0-9]{1,12}", fullmatch=True) | st.just(""),
    st.none() | st.sampled_from(Filter),
    st.integers(0, 99_999),
)


@given(ASKED)
def test_a_button_carries_its_page_and_nothing_else(asked: Asked) -> None:
    assert Asked.parse(str(asked)) == asked


@given(st.text(max_size=40) | st.none() | st.integers())
def test_what_people_make_up_is_refused_or_a_page(value: object) -> None:
    try:
        assert str(Asked.parse(value)) == value
    except NotFound:
        return


def test_how_it_ended_is_read_as_people_type_it() -> None:
    assert [read_ending(word) for word in ("", "Achieved", "re-scoped")] == [None, Ending.ACHIEVED, Ending.RESCOPED]
    with pytest.raises(Refused, match="achieved, missed, rescoped or abandoned"):
        read_ending("won")
