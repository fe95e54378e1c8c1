"""Everybody's turn comes, however many are due in another company."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from bot.clock import MovableClock
from bot.db.database import Database
from bot.people.actions import remember_person
from bot.people.model import Person
from bot.workspaces.actions import remember_workspace
from bot.workspaces.queries import in_fair_turns
from tests.workspaces.firm import profile

LIMIT = 10


def due(database: Database, companies: dict[str, list[int]], now: datetime) -> list[str]:
    """Fills companies with people who are overdue by so many minutes each. Answers who is looked at first."""
    with database.begin() as tx:
        for company, overdue in companies.items():
            remember_workspace(tx, workspace_id=company, name=company, bot_user_id="UBOT", now=now)
            for number, minutes in enumerate(overdue):
                person_id = f"{company}-{number}"
                remember_person(tx, workspace_id=company, profile=profile(person_id), now=now)
                planned = now - timedelta(minutes=minutes)
                tx.execute(update(Person).where(Person.id == person_id).values(next_checkin_at=planned))
        found = in_fair_turns(tx, select(Person.id), Person, Person.next_checkin_at, now=now, limit=LIMIT)
        return [person_id for (person_id,) in found]


def test_the_longest_overdue_come_first_while_all_fit(database: Database, clock: MovableClock) -> None:
    assert due(database, {"T1": [1, 5], "T2": [3, -1]}, clock.now()) == ["T1-1", "T2-0", "T1-0"]


def test_a_large_company_does_not_hold_up_small_ones(database: Database, clock: MovableClock) -> None:
    looked_at = due(database, {"T1": [60] * 25, "T2": [1, 2], "T3": [0], "T4": [-1]}, clock.now())
    assert {one for one in looked_at if not one.startswith("T1")} == {"T2-0", "T2-1", "T3-0"}
    assert len(looked_at) == 2 * 3


def test_with_more_companies_than_fit_the_longest_overdue_companies_come_first(
    database: Database, clock: MovableClock
) -> None:
    companies = {f"T{number:02}": [number, number] for number in range(LIMIT + 5)}
    assert due(database, companies, clock.now()) == [f"T{number:02}-0" for number in range(LIMIT + 4, 4, -1)]
