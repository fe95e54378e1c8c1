"""A canvas is written in turns: one at a time, and again when it is to say something else by then."""

from datetime import timedelta

import pytest

from bot.canvases.actions import (
    Turn,
    begin_canvas,
    keep_canvas,
    note_refused,
    note_written,
    rewrite_canvas,
    stop_canvas,
    take_turn,
)
from bot.canvases.model import ChannelCanvas
from bot.canvases.queries import canvas_of, canvases_due, is_kept_in, next_write
from bot.canvases.rules import IN_HAND, Trouble
from bot.outbox.queries import content_under
from tests.workspaces.firm import Firm

CHANNEL = "C1"


@pytest.fixture(autouse=True)
def kept(firm: Firm) -> None:
    """Olga asked for a canvas in a channel."""
    firm.channel(members=["UOLGA"])
    keep(firm, "first")


def keep(firm: Firm, content: str) -> None:
    with firm.db.begin() as tx:
        keep_canvas(tx, firm.viewer("UOLGA"), CHANNEL, title="Meetings", content=content, now=firm.now)


def rewrite(firm: Firm, content: str) -> None:
    with firm.db.begin() as tx:
        rewrite_canvas(tx, firm.id, CHANNEL, content, now=firm.now)


def turn_of(firm: Firm) -> Turn | None:
    with firm.db.begin() as tx:
        return take_turn(tx, firm.id, CHANNEL, now=firm.now)


def must_turn(firm: Firm) -> Turn:
    turn = turn_of(firm)
    assert turn is not None
    return turn


def written(firm: Firm, turn: Turn) -> None:
    with firm.db.begin() as tx:
        note_written(tx, turn, "F1", now=firm.now)


def refused(firm: Firm, turn: Turn, code: str, retry_after: float | None = None) -> None:
    with firm.db.begin() as tx:
        note_refused(tx, turn, code, now=firm.now, retry_after=retry_after)


def row(firm: Firm) -> ChannelCanvas:
    with firm.db.read() as tx:
        canvas = canvas_of(tx, firm.id, CHANNEL)
    assert canvas is not None
    return canvas


def due(firm: Firm) -> int:
    with firm.db.read() as tx:
        return len(canvases_due(tx, now=firm.now, limit=10))


def test_one_writes_it_at_a_time_and_then_nobody(firm: Firm) -> None:
    turn = must_turn(firm)
    assert (turn.content, turn.canvas_id, turn.begun) == ("first", None, False)
    assert turn_of(firm) is None
    written(firm, turn)
    assert (row(firm).canvas_id, row(firm).next_write_at, due(firm)) == ("F1", None, 0)
    rewrite(firm, "first")
    assert due(firm) == 0


def test_what_is_to_be_said_meanwhile_is_written_next(firm: Firm) -> None:
    turn = must_turn(firm)
    rewrite(firm, "second")
    assert turn_of(firm) is None
    written(firm, turn)
    assert must_turn(firm).content == "second"


def test_one_who_died_is_followed_by_another_and_if_they_write_late_it_is_written_again(firm: Firm) -> None:
    late = must_turn(firm)
    with firm.db.begin() as tx:
        assert begin_canvas(tx, late, now=firm.now)
    firm.clock.move_to(firm.now + IN_HAND)
    turn = must_turn(firm)
    assert turn.begun
    with firm.db.begin() as tx:
        assert not begin_canvas(tx, late, now=firm.now)
    rewrite(firm, "second")
    written(firm, turn)
    written(firm, must_turn(firm))
    assert due(firm) == 0
    written(firm, late)
    assert must_turn(firm).content == "second"


def test_slack_says_how_long_to_wait(firm: Firm) -> None:
    refused(firm, must_turn(firm), "ratelimited", 42)
    with firm.db.read() as tx:
        assert next_write(tx) == firm.now + timedelta(seconds=42)
    rewrite(firm, "second")
    assert turn_of(firm) is None
    firm.clock.move_to(firm.now + timedelta(seconds=42))
    assert must_turn(firm).content == "second"


def test_a_refusal_ends_it_and_whoever_asked_is_told_once(firm: Firm) -> None:
    turn = must_turn(firm)
    refused(firm, turn, "missing_scope")
    refused(firm, turn, "missing_scope")
    assert (row(firm).trouble, row(firm).is_kept, due(firm)) == (Trouble.SCOPE, False, 0)
    with firm.db.read() as tx:
        key = f"canvas:{CHANNEL}:{row(firm).asked_at:%Y-%m-%dT%H:%M:%S}"
        said = content_under(tx, workspace_id=firm.id, key=key)
    assert said is not None
    assert "canvases:write" in said.text
    rewrite(firm, "second")
    assert due(firm) == 0
    keep(firm, "third")
    assert must_turn(firm).content == "third"


def test_only_what_may_have_been_made_counts_as_ours(firm: Firm) -> None:
    for code, is_ours in (("ratelimited", False), ("no_answer", True)):
        turn = must_turn(firm)
        with firm.db.begin() as tx:
            begin_canvas(tx, turn, now=firm.now)
        refused(firm, turn, code)
        firm.clock.move_to(firm.now + timedelta(minutes=5))
        assert (row(firm).begun_at is not None) is is_ours


def test_once_it_is_left_a_turn_that_was_under_way_changes_nothing(firm: Firm) -> None:
    turn = must_turn(firm)
    with firm.db.begin() as tx:
        stop_canvas(tx, firm.viewer("UOLGA"), CHANNEL, now=firm.now)
    refused(firm, turn, "missing_scope")
    written(firm, turn)
    assert (row(firm).trouble, due(firm)) == (None, 0)
    with firm.db.read() as tx:
        assert not is_kept_in(tx, firm.id, CHANNEL)
