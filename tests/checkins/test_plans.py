"""What the ticks of check-ins ask all the time is asked through indexes, however many people are scheduled."""

from collections.abc import Callable
from functools import partial

from bot.checkins import jobs
from bot.checkins.queries.due import due_people
from bot.clock import MovableClock
from bot.db.database import Database
from tests.benchmarks.crowd import Company, Crowd
from tests.plans import plan_about, plans_of

BY_INDEX: list[tuple[Callable[[Database], object], str]] = [
    (jobs.next_check_in, "ix_person_next_checkin_at"),
    (jobs.next_nudge, "ix_checkin_next_nudge_at"),
    (jobs.next_close, "ix_checkin_next_close_at"),
    (jobs.answered_elsewhere_due, "ix_checkin_closes_at"),
    (jobs.nudge_owners_due, "ix_checkin_next_nudge_at"),
    (jobs.closes_of_check_ins_due, "ix_checkin_next_close_at"),
    (jobs.check_ins_due, "ix_person_next_checkin_at"),
]


def test_what_is_due_is_found_through_its_index_and_deciding_reads_the_owners_outcomes_only(
    database: Database, database_url: str, clock: MovableClock
) -> None:
    Crowd([Company("T1", 2_000, 1)], clock.now(), has_past=True).fill(database_url)
    plans = {run: plans_of(database, partial(run, database)) for run, _ in BY_INDEX}
    passed_by = [run.__name__ for run, index in BY_INDEX if not plans[run][0].uses(index)]
    assert passed_by == []
    owned = plan_about(plans[jobs.check_ins_due], "FROM outcome", "JOIN team", "outcome.closed_at IS NULL")
    assert owned.uses("ix_outcome_workspace_id_owner_id_due_on_number")


def test_when_more_are_due_than_one_beat_takes_each_workspaces_share_is_found_through_its_index(
    database: Database, database_url: str, clock: MovableClock
) -> None:
    Crowd([Company("T1", 2_000, 30), Company("T2", 2_000, 30)], clock.now(), has_past=True).fill(database_url)

    def look() -> None:
        with database.read() as tx:
            assert {person.workspace_id for person in due_people(tx, now=clock.now(), limit=20)} == {"T1", "T2"}

    plans = plans_of(database, look)
    assert plan_about(plans, "FROM workspace").uses("ix_person_workspace_id_next_checkin_at")
    assert plans[-1].uses("next_checkin_at")
    assert not any(plan.reads_all_of("person") for plan in plans)
