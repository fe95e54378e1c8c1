"""Nobody gets more check-ins and nudges in a week than the setting allows; what is kept back is recorded."""

from datetime import UTC, datetime

import pytest

from bot.checkins.jobs import check_ins_due, nudge_owners_due
from bot.checkins.queries import open_check_ins
from bot.deliveries.rules import is_for_a_full_week
from bot.outcomes.model import Outcome
from tests.checkins.diary import deliveries, lived
from tests.checkins.test_answering import sent
from tests.checkins.test_away import away
from tests.workspaces.firm import Firm


def march(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def outcomes(firm: Firm) -> list[Outcome]:
    """Olga and Lea own an outcome each, and are asked on Mondays at nine; both are away, and Max stands in."""
    firm.channel(members=["UOLGA", "ULEAD", "UMAX"])
    team = firm.team()
    found = [firm.outcome(team, who).outcome for who in ("UOLGA", "ULEAD")]
    for who in ("UOLGA", "ULEAD"):
        away(firm, 2, 20, delegate="UMAX", who=who)
    return found


def kept_back(firm: Firm) -> list[str]:
    return [key for key, one in deliveries(firm).items() if is_for_a_full_week(one.reason)]


def test_beyond_the_limit_a_check_in_is_kept_back_and_stands_in_my_week(firm: Firm, outcomes: list[Outcome]) -> None:
    firm.clock.move_to(march(2, 9))
    check_ins_due(firm.db, 1)
    [late] = kept_back(firm)
    asked = [one for one in deliveries(firm, "checkin:").values() if one.state == "owed"]
    assert [one.place for one in asked] == ["UMAX"]
    assert deliveries(firm)[late].reason == "The limit of messages a week was reached: 1."
    with firm.db.read() as tx:
        assert len(open_check_ins(tx, firm.viewer("UMAX"), now=firm.now)) == 2


def test_nudges_count_as_well(firm: Firm, outcomes: list[Outcome]) -> None:
    firm.clock.move_to(march(2, 9))
    check_ins_due(firm.db, 3)
    firm.clock.move_to(march(3, 9))
    nudge_owners_due(firm.db, 3)
    assert [key.partition(":")[0] for key in kept_back(firm)] == ["nudge"]


def test_a_new_week_begins_at_nothing(firm: Firm, outcomes: list[Outcome]) -> None:
    firm.clock.move_to(march(2, 9))
    check_ins_due(firm.db, 2)
    sent(firm)
    firm.clock.move_to(march(9, 9))
    check_ins_due(firm.db, 2)
    assert kept_back(firm) == []


def test_an_ordinary_week_is_far_from_the_limit(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(16))
    assert kept_back(firm) == []


def test_what_nobody_had_to_be_asked_is_recorded_as_that_in_a_full_week(firm: Firm, outcomes: list[Outcome]) -> None:
    firm.result(outcomes[0], "UOLGA", 42)
    firm.clock.move_to(march(2, 9))
    check_ins_due(firm.db, 0)
    assert kept_back(firm) == ["checkin:ULEAD:2026-W10"]
    reason = deliveries(firm)["checkin:UOLGA:2026-W10"].reason
    assert reason == "Everything due was already updated in this period."
