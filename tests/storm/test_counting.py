"""The count finds what it is there to find."""

import pytest

from bot.outbox.rules import Kind, State
from tests.storm.counting import Answer, Found, Ledger, Row, Verdict, Way, count

SENT = Row("note:1", "u1", Kind.POST, State.SENT, None, ("C1", "1.1"))
HELD = Row("note:2", "u2", Kind.POST, State.EXPIRED, "Too late.")


def counted(
    *rows: Row,
    posts: dict[str, int] | None = None,
    owed: dict[str, str] | None = None,
    answers: tuple[Answer, ...] = (),
    results: dict[tuple[int, int], int] | None = None,
) -> Verdict:
    found = Found(rows, posts or {}, {("C1", "1.1"): "old words"}, results or {})
    return count(Ledger(owed or {}, list(answers)), found)


def test_what_is_as_it_should_be_is_counted_and_not_complained_about() -> None:
    verdict = counted(SENT, HELD, posts={"u1": 1}, owed={"note:1": "", "note:2": ""})
    assert (verdict.owed, verdict.posted, verdict.unsent, verdict.wrong) == (2, 1, {"expired: Too late.": 1}, [])


def test_a_message_that_is_there_twice_is_doubled() -> None:
    assert counted(SENT, posts={"u1": 2}).wrong == ["doubled: note:1"]


def test_a_message_said_to_be_sent_that_is_not_there_is_lost() -> None:
    assert counted(SENT).wrong == ["lost: note:1, sent"]


def test_a_message_still_owed_in_the_end_is_lost() -> None:
    assert counted(Row("note:3", "u3", Kind.POST, State.OWED, None)).wrong == ["lost: note:3, owed"]


def test_a_message_without_a_row_is_lost() -> None:
    assert counted(owed={"note:9": ""}).wrong == ["lost: note:9"]


def test_a_message_that_is_there_though_its_row_says_otherwise_is_astray() -> None:
    assert counted(HELD, posts={"u2": 1}).wrong == ["astray: note:2, expired"]
    assert counted(posts={"u7": 1}).wrong == ["astray: u7, of no row"]


def test_a_message_that_does_not_say_what_it_said_last_is_outdated() -> None:
    assert counted(SENT, posts={"u1": 1}, owed={"note:1": "new words"}).wrong == ["outdated: note:1"]
    assert counted(SENT, posts={"u1": 1}, owed={"note:1": "old words"}).wrong == []


@pytest.mark.parametrize(
    ("given", "kept", "wrong"),
    [
        (True, 1, []),
        (True, 0, ["answers_lost: OUT-7 3, in the form"]),
        (True, 2, ["answers_doubled: OUT-7 3, in the form"]),
        (False, 0, []),
        (False, 1, []),
        (False, 2, ["answers_doubled: OUT-7 3, in the form"]),
    ],
)
def test_an_answer_given_is_kept_once_and_any_other_once_at_most(given: bool, kept: int, wrong: list[str]) -> None:
    assert counted(answers=(Answer(7, 3, Way.FORM, given),), results={(7, 3): kept}).wrong == wrong
