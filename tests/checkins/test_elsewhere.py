"""What happens to an outcome by other means reaches the check-ins about it."""

from datetime import UTC, datetime, time

import pytest

from bot.checkins.jobs import gone_or_back_due
from bot.handovers.actions.answering import accept_offer
from bot.handovers.actions.offering import offer_outcome
from bot.outcomes.actions.closing import Closing, close_outcome, reopen_outcome
from bot.outcomes.model import Outcome
from bot.outcomes.queries import find_outcome_by_id
from bot.outcomes.rules import Ending
from bot.teams.rules.rhythm import Rhythm
from tests.checkins.diary import deliveries, lived
from tests.checkins.test_answering import sent
from tests.workspaces.firm import Firm

KEY, NUDGE = "checkin:UOLGA:2026-W10", "nudge:UOLGA:2026-W10:1"


def march(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def outcomes(firm: Firm) -> list[Outcome]:
    """Olga's two outcomes, about which she is asked on Mondays at nine."""
    firm.channel(members=["UOLGA", "UMAX"])
    team = firm.team()
    return [firm.outcome(team, "UOLGA").outcome for _ in range(2)]


def closed(firm: Firm, outcome: Outcome) -> None:
    with firm.db.begin() as tx:
        viewer = firm.viewer("UOLGA")
        close_outcome(tx, viewer, find_outcome_by_id(tx, viewer, outcome.id), Closing(Ending.ABANDONED), now=firm.now)


def reopened(firm: Firm, outcome: Outcome) -> None:
    with firm.db.begin() as tx:
        viewer = firm.viewer("UOLGA")
        reopen_outcome(tx, viewer, find_outcome_by_id(tx, viewer, outcome.id), now=firm.now)


def handed_over(firm: Firm, outcome: Outcome) -> None:
    with firm.db.begin() as tx:
        offer = offer_outcome(tx, firm.viewer("UOLGA"), outcome.id, to=firm.people["UMAX"], note="", now=firm.now)
        accept_offer(tx, firm.viewer("UMAX"), offer.handover.id, now=firm.now)


def newest(firm: Firm, prefix: str) -> str:
    return list(deliveries(firm, prefix).values())[-1].text


def test_a_check_in_loses_what_was_closed(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(2, 10))
    sent(firm)
    closed(firm, outcomes[0])
    lived(firm, march(2, 11))
    assert ("OUT-1" in newest(firm, KEY), "OUT-2" in newest(firm, KEY)) == (False, True)


@pytest.mark.parametrize("leave", [closed, handed_over])
def test_a_nudge_that_is_owed_is_kept_back_once_nothing_is_left_to_ask(
    firm: Firm, outcomes: list[Outcome], leave: object
) -> None:
    lived(firm, march(3, 10))
    for outcome in outcomes:
        leave(firm, outcome)  # type: ignore[operator]
    gone_or_back_due(firm.db)
    nudge = deliveries(firm)[NUDGE]
    assert (nudge.state, nudge.reason) == ("withheld", "The outcomes it asked about were closed or handed over.")


def test_a_nudge_that_was_sent_says_that_nothing_is_open(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(3, 10))
    sent(firm)
    for outcome in outcomes:
        closed(firm, outcome)
    lived(firm, march(3, 11))
    assert newest(firm, NUDGE) == "Nothing of this is open any more."


def test_what_is_opened_again_is_asked_about_again(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(2, 10))
    sent(firm)
    closed(firm, outcomes[0])
    lived(firm, march(2, 11))
    reopened(firm, outcomes[0])
    lived(firm, march(2, 12))
    assert "OUT-1" in newest(firm, KEY)


def test_each_change_is_noted_once(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(2, 10))
    closed(firm, outcomes[0])
    assert [gone_or_back_due(firm.db) for _ in range(2)] == [1, 0]


@pytest.fixture
def on_wednesday(firm: Firm) -> list[Outcome]:
    """Two outcomes of Olga's, about which she is asked on Wednesdays at nine."""
    firm.channel(members=["UOLGA"])
    team = firm.team(rhythm=Rhythm.weekly(2, time(9)))
    return [firm.outcome(team, "UOLGA").outcome for _ in range(2)]


def test_a_late_result_by_command_takes_its_outcome_off_the_line(firm: Firm, on_wednesday: list[Outcome]) -> None:
    lived(firm, march(9, 10))
    sent(firm)
    firm.result(on_wednesday[0], "UOLGA", 7)
    lived(firm, march(9, 11))
    said = newest(firm, "unanswered:")
    assert ("OUT-1" in said, "OUT-2" in said) == (False, True)


def test_a_result_after_the_next_check_in_answers_that_one_alone(firm: Firm, on_wednesday: list[Outcome]) -> None:
    lived(firm, march(11, 10))
    sent(firm)
    firm.result(on_wednesday[0], "UOLGA", 7)
    lived(firm, march(11, 11))
    assert "OUT-1" in newest(firm, "unanswered:")
    assert "You answered: *7*" in newest(firm, "checkin:UOLGA:2026-W11")
