"""Owners answer in words: in the check-in's thread, or by writing to Rhythm while one is open."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.checkins.actions.replies import Written, answer_in_words, value_in
from bot.checkins.queries import jump_of_answer
from bot.obstacles.queries import obstacles_of
from bot.outbox.model import Delivery
from bot.outbox.rules import State
from bot.outcomes.actions.closing import Closing, close_outcome
from bot.outcomes.model import Outcome, Result
from bot.outcomes.queries import find_outcome
from bot.outcomes.rules import Ending
from tests.checkins.diary import asked, check_ins, deliveries
from tests.workspaces.firm import Firm

THREAD = "1772442000.000100"
NEXT_MONDAY = datetime(2026, 3, 9, tzinfo=UTC)


@pytest.fixture
def asked_about(firm: Firm) -> list[Outcome]:
    """Olga's two outcomes, which she was asked about on Monday at nine, in a message that was sent."""
    firm.channel(members=["UOLGA", "UMAX"])
    team = firm.team()
    outcomes = [firm.outcome(team, "UOLGA").outcome for _ in range(2)]
    firm.live(datetime(2026, 3, 2, 10, tzinfo=UTC))
    sent(firm)
    return outcomes


def sent(firm: Firm) -> None:
    """The check-in was sent."""
    with firm.db.begin() as tx:
        for delivery in tx.scalars(select(Delivery).where(Delivery.key.like("checkin:%"))):
            delivery.state, delivery.channel, delivery.ts = State.SENT, "DOLGA", THREAD


def written(
    firm: Firm, text: str, *, thread: str | None = THREAD, by: str = "UOLGA", ts: str = "1772450000.000200"
) -> bool:
    """Somebody writes to Rhythm."""
    with firm.db.begin() as tx:
        return answer_in_words(tx, firm.people[by], Written("DOLGA", ts, thread, text), now=firm.now)


def values(firm: Firm) -> list[list[Decimal]]:
    return [[result.value for result in firm.see("UOLGA", number).results] for number in (1, 2)]


def reply(firm: Firm) -> Delivery:
    """What was answered."""
    return list(deliveries(firm, "reply:").values())[-1]


def test_a_reply_with_a_line_each_answers_them_in_the_thread(firm: Firm, asked_about: list[Outcome]) -> None:
    assert written(firm, "OUT-1 42 because the email shipped\n2: 7")
    assert values(firm) == [[42], [7]]
    assert asked(firm).open_items == []
    answer = reply(firm)
    assert answer.key == "reply:DOLGA:1772450000.000200"
    assert answer.follows_id == deliveries(firm)["checkin:UOLGA:2026-W10"].id
    assert "*OUT-1* now stands at *42*" in answer.text
    assert "the email shipped" in answer.text
    with firm.db.read() as tx:
        assert set(tx.scalars(select(Result.source))) == {"check-in"}


def test_it_says_the_same_in_the_teams_channel_as_the_form_does(firm: Firm, asked_about: list[Outcome]) -> None:
    written(firm, "OUT-1 42 because the email shipped")
    [line] = deliveries(firm, "answer:").values()
    assert line.place == "C1"
    assert "the email shipped" in line.text


def test_no_change_keeps_its_note(firm: Firm, asked_about: list[Outcome]) -> None:
    written(firm, "OUT-1 no change because of the holidays")
    [result] = firm.see("UOLGA", 1).results
    assert (result.value, result.note, result.source) == (Decimal(0), "the holidays", "no change")
    assert "no change, still *0*" in reply(firm).text
    written(firm, "OUT-1 no change because the budget is late")
    assert [result.note for result in firm.see("UOLGA", 1).results] == ["the budget is late"]


def test_no_change_again_is_answered_with_the_question_why(firm: Firm, asked_about: list[Outcome]) -> None:
    written(firm, "OUT-1 no change\nOUT-2 7")
    firm.live(NEXT_MONDAY + timedelta(hours=10))
    assert written(firm, "OUT-1 no change\nOUT-2 no change", thread=None, ts="1773050400.000100")
    assert values(firm) == [[0], [7, 7]]
    said = reply(firm)
    assert "*OUT-1* is not saved yet. Nothing changed last time either. What holds it?" in said.text
    assert "checkins.no_change" in str(said.blocks)
    written(firm, "OUT-1 no change because the export waits", thread=None, ts="1773050400.000200")
    assert firm.see("UOLGA", 1).results[-1].note == "the export waits"
    assert asked(firm).open_items == []


def test_the_last_open_one_needs_no_key(firm: Firm, asked_about: list[Outcome]) -> None:
    assert written(firm, "42")
    assert values(firm) == [[], []]
    assert "Which outcome is that about?" in reply(firm).text
    written(firm, "OUT-1 42")
    written(firm, "7")
    assert values(firm) == [[42], [7]]


def test_a_second_reply_corrects_the_first(firm: Firm, asked_about: list[Outcome]) -> None:
    written(firm, "OUT-1 42")
    firm.clock.advance(timedelta(hours=1))
    written(firm, "OUT-1 40")
    assert values(firm) == [[40], []]


def test_a_jump_is_not_saved_but_asked_about(firm: Firm, asked_about: list[Outcome]) -> None:
    written(firm, "OUT-1 4200 because it works\nOUT-2 7")
    assert values(firm) == [[], [7]]
    answer = reply(firm)
    assert "*0 → 4,200* is over ten times the usual change" in answer.text
    [button] = [block["accessory"] for block in answer.blocks if "Check" in str(block)]
    checkin = check_ins(firm)[-1]
    assert button["value"] == f"{checkin.id} {asked_about[0].id} 1772450000 000200"


def test_the_value_of_a_reply_is_found_in_it_again(firm: Firm, asked_about: list[Outcome]) -> None:
    shown = asked(firm)
    found = value_in("OUT-1 4200 because it works\nOUT-2 7", shown, asked_about[0].id, "en-US")
    assert found is not None
    assert (found.value, found.note) == (Decimal(4200), "it works")
    assert jump_of_answer(*shown.items[0], found.value, now=firm.now) is not None
    assert value_in("gone", shown, asked_about[0].id, "en-US") is None


def test_what_is_not_understood_is_said_with_how_to_write_it(firm: Firm, asked_about: list[Outcome]) -> None:
    assert written(firm, "OUT-1 a lot\nOUT-99 5\nhello")
    assert values(firm) == [[], []]
    text = reply(firm).text
    assert "“a lot” is not a value I can read" in text
    assert "This check-in does not ask about it" in text
    assert "“hello”" in text
    assert "`OUT-1 42 because the email shipped`" in text


def test_an_obstacle_is_understood_as_one(firm: Firm, asked_about: list[Outcome]) -> None:
    assert written(firm, "OUT-1 blocked by the legal review")
    assert "*OUT-1* is blocked by “the legal review”. That is raised as an obstacle." in reply(firm).text
    with firm.db.read() as tx:
        [raised] = obstacles_of(tx, firm.viewer("UOLGA"))
    assert (raised.obstacle.text, raised.brief.outcome.number) == ("the legal review", 1)
    assert values(firm) == [[], []]


def test_a_note_that_is_too_long_is_refused_alone(firm: Firm, asked_about: list[Outcome]) -> None:
    written(firm, f"OUT-1 42 because {'n' * 1_001}\nOUT-2 7")
    assert values(firm) == [[], [7]]
    assert "please stay within 1,000" in reply(firm).text


def test_a_late_first_reply_counts_and_a_late_edit_is_refused(firm: Firm, asked_about: list[Outcome]) -> None:
    written(firm, "OUT-1 42")
    firm.clock.move_to(NEXT_MONDAY + timedelta(days=1))
    written(firm, "OUT-1 43\nOUT-2 7")
    assert values(firm) == [[42], [7]]
    assert "has closed" in reply(firm).text


def test_an_outcome_that_was_closed_meanwhile_is_not_asked_about_any_more(
    firm: Firm, asked_about: list[Outcome]
) -> None:
    with firm.db.begin() as tx:
        view = find_outcome(tx, firm.viewer("UOLGA"), 1)
        close_outcome(tx, firm.viewer("UOLGA"), view, Closing(Ending.MISSED), now=firm.now)
    written(firm, "OUT-1 42")
    assert "This check-in does not ask about it" in reply(firm).text
    assert values(firm)[0] == []


@pytest.mark.parametrize("who", ["UMAX", "ULEAD", "UANN"])
def test_somebody_else_cannot_reply_to_it(firm: Firm, asked_about: list[Outcome], who: str) -> None:
    assert not written(firm, "OUT-1 42", by=who)
    assert values(firm) == [[], []]
    assert deliveries(firm, "reply:") == {}


def test_a_thread_of_something_else_is_no_check_in(firm: Firm, asked_about: list[Outcome]) -> None:
    assert not written(firm, "OUT-1 42", thread="1.000001")
    with firm.db.begin() as tx:
        tx.scalars(select(Delivery).where(Delivery.key.like("checkin:%"))).one().key = "hint:UOLGA:2026-03-02"
    assert not written(firm, "OUT-1 42")
    assert values(firm) == [[], []]


def test_a_reply_to_a_check_in_whose_arrival_is_not_known_yet_counts(firm: Firm, asked_about: list[Outcome]) -> None:
    """Slack has it, and its owner reads it; but the process that posted it ended before it could note where it is."""
    with firm.db.begin() as tx:
        for delivery in tx.scalars(select(Delivery).where(Delivery.key.like("checkin:%"))):
            delivery.state, delivery.ts = State.POSTING, None
    assert written(firm, "OUT-1 42")
    assert values(firm) == [[42], []]
    assert reply(firm).follows_id == deliveries(firm)["checkin:UOLGA:2026-W10"].id


def test_outside_of_a_thread_an_answer_is_taken_for_the_open_check_in(firm: Firm, asked_about: list[Outcome]) -> None:
    assert written(firm, "OUT-1 42", thread=None)
    assert values(firm) == [[42], []]
    assert reply(firm).follows_id == deliveries(firm)["checkin:UOLGA:2026-W10"].id


@pytest.mark.parametrize("text", ["hello, 42 it is", "", "how are you?"])
def test_outside_of_a_thread_anything_else_is_no_reply(firm: Firm, asked_about: list[Outcome], text: str) -> None:
    assert not written(firm, text, thread=None)


def test_without_an_open_check_in_nothing_is_a_reply(firm: Firm, asked_about: list[Outcome]) -> None:
    firm.clock.move_to(NEXT_MONDAY)
    assert not written(firm, "OUT-1 42", thread=None)
    assert values(firm) == [[], []]


def test_no_change_with_nothing_to_stay_at_is_said(firm: Firm, asked_about: list[Outcome]) -> None:
    with firm.db.begin() as tx:
        tx.get_one(Outcome, asked_about[0].id).baseline = None
    written(firm, "OUT-1 same")
    assert "has no value yet that could stay the same" in reply(firm).text
