"""A Slack status that says away is respected, and so is Do Not Disturb; neither makes anybody go unasked for ever."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.absences.actions.leaving import come_back_despite_status
from bot.checkins.jobs import check_ins_due, nudge_owners_due
from bot.checkins.queries import next_ask_at
from bot.outcomes.model import Outcome
from bot.people.actions import note_quiet
from bot.people.rules import Viewer
from tests.checkins.diary import deliveries, lived, periods, tidied
from tests.checkins.test_away import KEY, asked, away, march, outcome, team
from tests.workspaces.firm import Firm, profile

__all__ = ["outcome", "team"]

WAITED = "It waited until Do Not Disturb ended."
NUDGE = "nudge:UOLGA:2026-W10:1"


def status(firm: Firm, *, until: datetime | None = None) -> None:
    """Olga's status says that she is away."""
    firm.meet(profile("UOLGA", name="Olga", says_away=True, away_until=until))


def cleared(firm: Firm) -> None:
    firm.meet(profile("UOLGA", name="Olga"))


def quiet(firm: Firm, until: datetime | None, who: str = "UOLGA") -> None:
    """Do Not Disturb is found to be on until then."""
    with firm.db.begin() as tx:
        note_quiet(tx, firm.id, {who: until}, now=firm.now)


def test_whose_status_says_away_is_not_asked_and_that_is_recorded(firm: Firm, outcome: Outcome) -> None:
    status(firm)
    lived(firm, march(9, 8))
    assert periods(firm) == [("2026-W10", "away")]
    assert tidied(firm)[KEY] == "withheld"
    assert deliveries(firm)[KEY].reason == "The owner's Slack status said that they were away."
    assert list(deliveries(firm, "unanswered:")) == []


def test_a_status_that_expires_at_the_end_of_the_week_covers_the_week(firm: Firm, outcome: Outcome) -> None:
    status(firm, until=datetime(2026, 3, 8, 23, 59, 59, tzinfo=UTC))
    lived(firm, march(9, 12))
    assert periods(firm)[0] == ("2026-W10", "away")
    assert asked(firm, "checkin:") == {"checkin:UOLGA:2026-W11": ("UOLGA", march(9, 9))}


def test_once_it_ends_by_itself_they_are_asked_that_morning(firm: Firm, outcome: Outcome) -> None:
    status(firm, until=march(4))
    lived(firm, march(8, 23))
    assert asked(firm) == {KEY: ("UOLGA", march(4, 9))}


def test_once_it_is_taken_down_they_are_asked_at_once(firm: Firm, outcome: Outcome) -> None:
    status(firm)
    lived(firm, march(4, 11))
    cleared(firm)
    lived(firm, march(4, 12))
    assert asked(firm) == {KEY: ("UOLGA", march(4, 11))}


def test_whoever_types_back_is_asked_whatever_it_says(firm: Firm, outcome: Outcome) -> None:
    status(firm)
    lived(firm, march(4, 11))
    with firm.db.begin() as tx:
        come_back_despite_status(tx, firm.viewer("UOLGA"), now=firm.now)
    lived(firm, march(4, 12))
    assert asked(firm) == {KEY: ("UOLGA", march(4, 11))}


def test_whose_status_says_away_after_they_were_asked_is_not_nudged(firm: Firm, outcome: Outcome) -> None:
    lived(firm, march(2, 12))
    status(firm)
    lived(firm, march(9, 12))
    assert asked(firm, "nudge:") == {}
    assert periods(firm)[0] == ("2026-W10", "away")


def test_a_delegate_named_for_an_absence_is_asked_whatever_the_status_says(firm: Firm, outcome: Outcome) -> None:
    away(firm, 2, 8, delegate="UMAX")
    status(firm)
    lived(firm, march(2, 12))
    assert asked(firm) == {KEY: ("UMAX", march(2, 9))}


def test_do_not_disturb_puts_the_check_in_off_until_it_ends(firm: Firm, outcome: Outcome) -> None:
    quiet(firm, march(2, 10, 30))
    lived(firm, march(2, 10))
    assert asked(firm) == {}
    lived(firm, march(2, 12))
    assert asked(firm) == {KEY: ("UOLGA", march(2, 10, 30))}


@pytest.mark.parametrize(
    ("until", "why"), [(march(2, 10, 30), WAITED), (march(2, 19), WAITED), (march(2, 8, 30), None), (march(20), None)]
)
def test_a_check_in_that_waited_for_its_end_says_so(
    firm: Firm, outcome: Outcome, until: datetime, why: str | None
) -> None:
    quiet(firm, until)
    lived(firm, march(3, 12))
    assert deliveries(firm)[KEY].reason == why


def test_one_that_waited_for_its_owner_to_be_back_does_not_say_so(firm: Firm, outcome: Outcome) -> None:
    away(firm, 2, 2)
    quiet(firm, march(2, 10, 30))
    lived(firm, march(3, 12))
    assert (asked(firm), deliveries(firm)[KEY].reason) == ({KEY: ("UOLGA", march(3, 9))}, None)


def test_past_the_working_day_it_is_the_next_morning(firm: Firm, outcome: Outcome) -> None:
    quiet(firm, march(2, 19))
    lived(firm, march(4))
    assert asked(firm) == {KEY: ("UOLGA", march(3, 9))}


def test_where_nothing_would_be_left_of_the_period_they_are_asked_during_it(firm: Firm, outcome: Outcome) -> None:
    quiet(firm, march(20))
    lived(firm, march(2, 12))
    assert asked(firm) == {KEY: ("UOLGA", march(2, 9))}


def test_what_was_looked_up_before_and_is_over_holds_nobody_up(firm: Firm, outcome: Outcome) -> None:
    quiet(firm, march(2, 8, 30))
    lived(firm, march(2, 12))
    assert asked(firm) == {KEY: ("UOLGA", march(2, 9))}


def test_nudges_wait_for_its_end_too(firm: Firm, outcome: Outcome) -> None:
    lived(firm, march(2, 12))
    quiet(firm, march(3, 10, 30))
    lived(firm, march(3, 23))
    assert asked(firm, "nudge:") == {NUDGE: ("UOLGA", march(3, 10, 30))}


def test_a_delegate_in_do_not_disturb_is_asked_when_it_ends(firm: Firm, outcome: Outcome) -> None:
    away(firm, 2, 8, delegate="UMAX")
    quiet(firm, march(2, 11), "UMAX")
    lived(firm, march(2, 12))
    assert asked(firm) == {KEY: ("UMAX", march(2, 11))}


def test_it_is_looked_up_before_anybody_is_asked_or_nudged_of_delegates_too(firm: Firm, outcome: Outcome) -> None:
    looked: list[Sequence[Viewer]] = []

    def look_up(people: Sequence[Viewer]) -> None:
        looked.append(people)
        quiet(firm, march(2, 11) if firm.now == march(2, 9) else None)

    lived(firm, march(2, 8, 30))
    firm.clock.move_to(march(2, 9))
    assert check_ins_due(firm.db, look_up=look_up) == 1
    assert (looked, asked(firm)) == ([[firm.viewer("UOLGA")]], {})
    firm.clock.move_to(march(2, 11))
    check_ins_due(firm.db, look_up=look_up)
    assert asked(firm) == {KEY: ("UOLGA", march(2, 11))}
    assert deliveries(firm)[KEY].reason == WAITED
    away(firm, 3, 8, delegate="UMAX")
    lived(firm, march(3, 8))
    firm.clock.move_to(march(3, 9))
    nudge_owners_due(firm.db, look_up=look_up)
    assert set(looked[-1]) == {firm.viewer("UOLGA"), firm.viewer("UMAX")}


@pytest.mark.parametrize("until", [None, march(20)])
def test_when_they_are_asked_next_is_known_as_far_as_the_status_says(
    firm: Firm, outcome: Outcome, until: datetime | None
) -> None:
    status(firm, until=until)
    with firm.db.read() as tx:
        assert next_ask_at(tx, firm.people["UOLGA"], now=firm.now) == (until and march(20, 9))
