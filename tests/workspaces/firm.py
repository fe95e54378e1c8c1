"""A small firm to try the rooms on: people, channels, teams and outcomes, made by Rhythm's own actions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from bot.checkins.jobs import check_ins_due, next_check_in
from bot.clock import MovableClock
from bot.db.database import Database
from bot.language.units import NUMBER, Unit
from bot.outcomes.actions.history import refresh_team
from bot.outcomes.actions.writing import log_outcome
from bot.outcomes.model import Outcome, Result
from bot.outcomes.queries import View, find_outcome
from bot.outcomes.rules.drafts import Draft
from bot.people.actions import remember_person
from bot.people.model import Person
from bot.people.rules import Profile, Viewer
from bot.results.actions import Measured, log_result
from bot.teams.actions import ChannelFacts, remember_channel, set_up_team
from bot.teams.model import Team
from bot.teams.rules.rhythm import Rhythm
from bot.workspaces.actions import remember_workspace

MONDAYS_AT_NINE = Rhythm.weekly(0, time(9))


def profile(
    person_id: str,
    *,
    name: str = "",
    zone: str = "UTC",
    locale: str = "en-US",
    is_active: bool = True,
    is_bot: bool = False,
    is_guest: bool = False,
    is_admin: bool = False,
    says_away: bool = False,
    away_until: datetime | None = None,
) -> Profile:
    """What Slack says of somebody."""
    roles = (is_active, is_bot, is_guest, is_admin)
    return Profile(person_id, name or person_id.lower(), zone, locale, *roles, says_away, away_until)


def draft(
    statement: str = "Trial users reach their first report",
    *,
    baseline: Decimal | int = 0,
    target: Decimal | int = 100,
    starts_on: date = date(2026, 3, 2),
    due_on: date = date(2026, 5, 4),
    unit: Unit = NUMBER,
) -> Draft:
    """An outcome as its form was read."""
    return Draft(statement, "", "Reports", unit, Decimal(baseline), Decimal(target), starts_on, due_on)


@dataclass
class Firm:
    """One workspace of a database. Every method commits."""

    db: Database
    clock: MovableClock
    id: str = "T1"
    people: dict[str, Person] = field(default_factory=dict)

    def open(self) -> "Firm":
        """Notes the workspace itself."""
        with self.db.begin() as tx:
            remember_workspace(tx, workspace_id=self.id, name=self.id, bot_user_id="UBOT", now=self.now)
        return self

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def viewer(self, person_id: str) -> Viewer:
        return Viewer(self.id, person_id)

    def meet(self, *profiles: Profile) -> None:
        """Notes people, or what changed about them."""
        with self.db.begin() as tx:
            for told in profiles:
                self.people[told.id] = remember_person(tx, workspace_id=self.id, profile=told, now=self.now)

    def channel(
        self,
        channel_id: str = "C1",
        members: Iterable[str] | None = (),
        *,
        is_private: bool = False,
        is_archived: bool = False,
        has_bot: bool = True,
    ) -> None:
        """Notes a channel and who is in it."""
        facts = ChannelFacts(channel_id, channel_id.lower(), is_private, is_archived, has_bot)
        with self.db.begin() as tx:
            remember_channel(tx, workspace_id=self.id, facts=facts, members=members, now=self.now)

    def team(
        self, channel_id: str = "C1", *, lead: str = "ULEAD", rhythm: Rhythm = MONDAYS_AT_NINE, by: str = ""
    ) -> Team:
        """Makes the channel a team, or changes the one it is."""
        with self.db.begin() as tx:
            team = set_up_team(
                tx,
                self.viewer(by or lead),
                channel_id=channel_id,
                name=f"Team {channel_id}",
                lead=self.people[lead],
                rhythm=rhythm,
                now=self.now,
            )
            refresh_team(tx, team, now=self.now)
            return team

    def outcome(self, team: Team, owner: str, written: Draft | None = None, *, by: str = "") -> View:
        """Writes an outcome down."""
        with self.db.begin() as tx:
            return log_outcome(
                tx,
                self.viewer(by or owner),
                draft=written or draft(),
                team=team,
                owner=self.people[owner],
                now=self.now,
            )

    def result(self, outcome: Outcome, by: str, value: int, *, replaces: Result | None = None) -> Result:
        """Logs a result."""
        with self.db.begin() as tx:
            view = find_outcome(tx, self.viewer(by), outcome.number)
            measured = Measured(Decimal(value))
            return log_result(tx, self.viewer(by), view, measured, now=self.now, replaces=replaces)

    def see(self, person_id: str, number: int) -> View:
        """The outcome as that person sees it. Raises NotFound."""
        with self.db.read() as tx:
            return find_outcome(tx, self.viewer(person_id), number)

    def looks(self) -> int:
        """One beat of the check-ins' tick."""
        return check_ins_due(self.db)

    def live(self, until: datetime) -> None:
        """Lets time pass: a beat now, and one whenever somebody falls due."""
        while True:
            while self.looks():
                pass
            due = next_check_in(self.db)
            if due is None or due > until:
                break
            self.clock.move_to(due)
        self.clock.move_to(until)


@pytest.fixture
def firm(database: Database, clock: MovableClock) -> Firm:
    """A firm with Olga, who owns outcomes; Lea, who leads; Ann, an admin; and Max, who does neither."""
    firm = Firm(database, clock).open()
    firm.meet(
        profile("UOLGA", name="Olga"),
        profile("ULEAD", name="Lea"),
        profile("UANN", name="Ann", is_admin=True),
        profile("UMAX", name="Max"),
    )
    return firm
