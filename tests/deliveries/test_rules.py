"""What the list's buttons carry, and what a key says in people's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deliveries.rules import About, Asked, kind_of
from bot.errors import NotFound

people = st.from_regex(r"[UW][A-Z0-9]{1,20}", fullmatch=True).map(lambda id: (About.PERSON, id))
teams = st.integers(1, 10**12).map(lambda id: (About.TEAM, str(id)))


@given(about=st.one_of(people, teams), offset=st.integers(0, 999_999))
def test_what_a_button_carries_is_read_as_it_was_written(about: tuple[About, str], offset: int) -> None:
    asked = Asked(*about, offset)
    assert Asked.parse(str(asked)) == asked


@pytest.mark.parametrize(
    "carried", [None, "", "person", "person U1 -1", "team U1 0", "everybody U1 0", "person U1 1234567", "person u1 0\n"]
)
def test_anything_else_is_from_an_older_message(carried: object) -> None:
    with pytest.raises(NotFound, match="older message"):
        Asked.parse(carried)


def test_there_is_no_page_before_the_first() -> None:
    assert Asked(About.PERSON, "U1", 5).at(-5).offset == 0


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("checkin:U1:2026-W12", "Check-in"),
        ("handover:7:offered", "Handover"),
        ("dependency:3:answered:v2:U1", "Dependency"),
        ("nudge:U1:2026-W12:1", "Nudge"),
        ("agenda:M7:2026-03-02", "Meeting ahead"),
        ("meeting:M7:live", "Meeting"),
        ("summary:M7", "Summary of a meeting"),
        ("digest:3:2026-W10", "Weekly digest"),
        ("answer:3:12#r2", "Line about an answer"),
        ("somethingnew:1", "Somethingnew"),
    ],
)
def test_a_key_says_what_the_message_is(key: str, kind: str) -> None:
    assert kind_of(key).name == kind


def test_a_kind_that_is_known_says_why_it_is_sent() -> None:
    assert kind_of("checkin:U1:2026-W12").why == "Owners are asked once a period what moved."
    assert kind_of("somethingnew:1").why == ""
