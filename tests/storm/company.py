"""The company that lives through the storm: owners in one zone, each with one outcome and a check-in every Monday."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.clock import MovableClock, SystemClock
from bot.db.database import Database
from bot.demo.company import BERLIN, COMPANY, Company, DemoChannel, DemoPerson
from tests.storm.rows import Rows
from tests.workspaces.firm import Firm, draft, profile

BEGINS = datetime(2026, 3, 2, 7, tzinfo=UTC)
"""A Monday, an hour before everybody's check-in at nine in Berlin."""

TEAM, NEWS = "C0GR0WTH01", "C0NEWS0001"
WORKSPACE = COMPANY.workspace.id


def company(owners: int) -> Company:
    """So many people, and the channels in which they all are."""
    people = tuple(
        DemoPerson(f"U0WNER{number:04d}", f"owner{number}", f"Owner {number}", "", BERLIN)
        for number in range(1, owners + 1)
    )
    everybody = tuple(person.id for person in people)
    channels = (DemoChannel(TEAM, "growth", "", everybody), DemoChannel(NEWS, "news", "", everybody))
    return replace(COMPANY, people=people, channels=channels, banter=())


def settle(rows: Rows, clock: MovableClock, there: Company) -> dict[str, int]:
    """Makes them a team and writes their outcomes down; answers the number of each owner's outcome."""
    db = Database(rows.url, SystemClock())
    firm = Firm(db, clock, id=WORKSPACE).open()
    everybody = [person.id for person in there.people]
    firm.meet(*(profile(person.id, name=person.name, zone=BERLIN) for person in there.people))
    for channel in there.channels:
        firm.channel(channel.id, [*everybody, there.bot.user_id])
    team = firm.team(TEAM, lead=everybody[0])
    written = draft(target=1000, due_on=date(2027, 3, 1))
    numbers = {one: firm.outcome(team, one, written).outcome.number for one in everybody}
    db.dispose()
    return numbers
