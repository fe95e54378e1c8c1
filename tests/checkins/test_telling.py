"""How a team's channel hears of answers: a thread for each period, or one post at its end."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.outcomes.model import Outcome
from bot.teams.rules.rhythm import Telling
from tests.checkins.diary import deliveries, lived
from tests.checkins.test_answering import answered, sent
from tests.checkins.test_away import away
from tests.checkins.test_closing import late
from tests.workspaces.firm import MONDAYS_AT_NINE, Firm

COLLECTING = replace(MONDAYS_AT_NINE, answers=Telling.COLLECTED)


def march(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def threaded(firm: Firm) -> list[Outcome]:
    """Two outcomes of Olga's in a team whose channel reads each answer as it comes."""
    firm.channel(members=["UOLGA"])
    team = firm.team()
    return [firm.outcome(team, "UOLGA").outcome for _ in range(2)]


@pytest.fixture
def collecting(firm: Firm) -> list[Outcome]:
    """Two outcomes of Olga's in a team whose channel reads the answers all at once."""
    firm.channel(members=["UOLGA", "UMAX"])
    team = firm.team(rhythm=COLLECTING)
    return [firm.outcome(team, "UOLGA").outcome for _ in range(2)]


def collected(firm: Firm) -> list[str]:
    """Each wording of the post, the newest last."""
    return [one.text for one in deliveries(firm, "collected:").values()]


def test_the_answers_of_a_period_stand_in_one_thread(firm: Firm, threaded: list[Outcome]) -> None:
    lived(firm, march(2, 10))
    for outcome in threaded:
        answered(firm, outcome, 42)
    [head] = deliveries(firm, "answers:").values()
    assert (head.key, head.place) == (f"answers:{threaded[0].team_id}:2026-W10", "C1")
    assert head.text == "Check-in of Mon, Mar 2: what moved is in this thread."
    assert [line.follows_id for line in deliveries(firm, "answer:").values()] == [head.id, head.id]


def test_the_next_period_has_its_own_thread(firm: Firm, threaded: list[Outcome]) -> None:
    for day in (2, 9):
        lived(firm, march(day, 10))
        answered(firm, threaded[0], day)
    assert len(deliveries(firm, "answers:")) == 2


def test_collected_answers_are_said_once_when_the_period_is_over(firm: Firm, collecting: list[Outcome]) -> None:
    lived(firm, march(2, 10))
    for outcome in collecting:
        answered(firm, outcome, 42)
    lived(firm, march(8, 23))
    assert deliveries(firm, "answer") == {}
    assert collected(firm) == []
    lived(firm, march(9, 10))
    [post] = collected(firm)
    assert "*Check-in of Mon, Mar 2*: news of 2 of 2 outcomes." in post
    assert all(said in post for said in ("OUT-1", "OUT-2", "0 → *42*"))
    assert deliveries(firm, "unanswered:") == {}


def test_what_is_silent_stands_in_the_same_post_until_it_is_answered(firm: Firm, collecting: list[Outcome]) -> None:
    lived(firm, march(2, 10))
    answered(firm, collecting[0], 42)
    lived(firm, march(9, 8, 59))
    lived(firm, march(9, 10))
    sent(firm)
    late(firm, collecting[1], "2026-W10")
    first, then = collected(firm)
    assert "news of 1 of 2 outcomes" in first
    assert "No news of:" in first
    assert "news of 2 of 2 outcomes" in then
    assert "No news of:" not in then
    assert deliveries(firm, "unanswered:") == {}


def test_an_answer_that_is_edited_late_changes_the_post(firm: Firm, collecting: list[Outcome]) -> None:
    lived(firm, march(9, 10))
    sent(firm)
    late(firm, collecting[0], "2026-W10")
    assert "busy weeks" in collected(firm)[-1]


def test_a_team_whose_owners_were_all_away_reads_nothing(firm: Firm, collecting: list[Outcome]) -> None:
    lived(firm, march(2, 10))
    away(firm, 3, 8)
    lived(firm, march(9, 10))
    assert collected(firm) == []


def test_a_delegates_answer_is_signed_by_both_there_too(firm: Firm, collecting: list[Outcome]) -> None:
    away(firm, 2, 8, delegate="UMAX")
    lived(firm, march(2, 10))
    answered(firm, collecting[0], 42, by="UMAX")
    lived(firm, march(9, 10))
    assert "Max for Olga" in collected(firm)[-1]
