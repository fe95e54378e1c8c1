"""When a canvas is tried again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.canvases.rules import Trouble, in_pieces, trouble_of, try_again_in


def test_the_pauses_double_from_half_a_minute() -> None:
    assert [try_again_in(fails).total_seconds() for fails in (1, 2, 3, 4)] == [30, 60, 120, 240]


@given(st.integers(min_value=1, max_value=10**6))
def test_no_pause_is_longer_than_six_hours(fails: int) -> None:
    assert timedelta(seconds=30) <= try_again_in(fails) <= timedelta(hours=6)


BLOCKS = st.lists(st.text(st.characters(exclude_characters="\n"), min_size=1).map(str.strip).filter(bool), min_size=1)


@given(BLOCKS, st.integers(min_value=1, max_value=200))
def test_pieces_are_the_whole_cut_between_its_blocks(blocks: list[str], limit: int) -> None:
    pieces = in_pieces("\n\n".join(blocks), limit=limit)
    assert [block for piece in pieces for block in piece.split("\n\n")] == blocks
    assert all(len(piece) <= limit or piece in blocks for piece in pieces)


def test_what_may_pass_is_no_trouble() -> None:
    assert trouble_of("canvas_editing_failed") is None
    assert trouble_of("ratelimited") is None
    assert trouble_of("canvas_not_found") is Trouble.GONE
    assert trouble_of("canvas_disabled_user_team") is Trouble.OFF
    assert trouble_of("free_team_canvas_tab_already_exists") is Trouble.TAKEN
    assert trouble_of("restricted_action") is Trouble.REFUSED
