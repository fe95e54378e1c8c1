"""What the ticks of check-ins ask all the time is asked through indexes, however many people are scheduled."""

from collections.abc import Callable

import pytest

from bot.checkins import jobs
from bot.clock import MovableClock
from bot.db.database import Database
from tests.benchmarks.crowd import Company, Crowd
from tests.plans import plan_about, plans_of


@pytest.mark.parametrize(
    ("run", "index"),
    [
        (jobs.next_check_in, "ix_person_next_checkin_at"),
        (jobs.check_ins_due, "ix_person_next_checkin_at"),
        (jobs.next_nudge, "ix_checkin_next_nudge_at"),
        (jobs.nudge_owners_due, "ix_checkin_next_nudge_at"),
        (jobs.next_close, "ix_checkin_next_close_at"),
        (jobs.closes_of_check_ins_due, "ix_checkin_next_close_at"),
        (jobs.answered_elsewhere_due, "ix_checkin_closes_at"),
    ],
)
def test_what_is_due_is_found_through_its_index(
    database: Database, database_url: str, clock: MovableClock, run: Callable[[Database], object], index: str
) -> None:
    Crowd([Company("T1", 2_000, 1)], clock.now(), has_past=True).fill(database_url)
    first, *_ = plans_of(database, lambda: run(database))
    assert first.uses(index)


def test_deciding_about_somebody_reads_their_own_outcomes_only(
    database: Database, database_url: str, clock: MovableClock
) -> None:
    Crowd([Company("T1", 2_000, 1)], clock.now(), has_past=True).fill(database_url)
    plans = plans_of(database, lambda: jobs.check_ins_due(database))
    owned = plan_about(plans, "FROM outcome", "JOIN team", "outcome.closed_at IS NULL")
    assert owned.uses("ix_outcome_workspace_id_owner_id_due_on_number")
