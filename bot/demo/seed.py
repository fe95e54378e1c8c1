"""Lives the demo company's quarter through Rhythm's own actions: no row is written by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from bot.checkins.actions import answer
from bot.checkins.queries import open_check_in
from bot.clock import Clock
from bot.db.database import Database, Tx
from bot.demo.company import Company, DemoChannel, DemoPerson
from bot.demo.quarter import OUTCOMES, TEAMS, WEEKS, DemoOutcome, DemoTeam
from bot.errors import CannotStart
from bot.language.values import read_value
from bot.outcomes.actions.writing import log_outcome
from bot.outcomes.rules.drafts import read_draft
from bot.people.actions import remember_person
from bot.people.model import Person
from bot.people.rules import Profile, Viewer
from bot.results.actions import Measured
from bot.teams.actions import ChannelFacts, announce_team, remember_channel, set_up_team
from bot.teams.queries import team_in_channel, visible_teams
from bot.teams.rules import Rhythm, monday_of
from bot.workspaces.actions import remember_workspace

_MORNING, _EVENING = time(1, 0), time(21, 0)
"""UTC: before anybody's working day in the company, and after everybody's."""


def first_morning(today: datetime) -> datetime:
    """When the demo's quarter began: the Monday eight weeks ago, before anybody's working day."""
    monday = monday_of(today.astimezone(UTC).date()) - timedelta(weeks=WEEKS)
    return datetime.combine(monday, _MORNING, UTC)


@dataclass(frozen=True)
class Seeding:
    """One run of the demo's past.

    `live_until` moves the clock to an instant and lets everything that falls due by then happen.
    """

    db: Database
    clock: Clock
    company: Company
    live_until: Callable[[datetime], None]

    def run(self, *, until: datetime) -> None:
        """Sets the company up and lives its weeks until that instant.

        Raises CannotStart when the database holds it already: its past cannot be lived twice.
        """
        self._check_nothing_is_there()
        monday = self.clock.now().date()
        self._meet_everybody()
        for week in range(WEEKS):
            self._write_down(week=week)
            for weekday in sorted({team.weekday for team in TEAMS}):
                self.live_until(datetime.combine(monday + timedelta(weeks=week, days=weekday), _EVENING, UTC))
                self._answer_check_ins_of(weekday, week)
            self.live_until(datetime.combine(monday + timedelta(weeks=week + 1), _MORNING, UTC))
        self.live_until(until)

    def _check_nothing_is_there(self) -> None:
        with self.db.read() as tx:
            teams = [team for demo in TEAMS for team in visible_teams(tx, self._viewer(demo.lead))]
        if teams:
            raise CannotStart(
                "This database holds the demo company already. Empty it, or name another one with DATABASE_URL."
            )

    def _meet_everybody(self) -> None:
        workspace, now = self.company.workspace, self.clock.now()
        with self.db.begin() as tx:
            remember_workspace(
                tx, workspace_id=workspace.id, name=workspace.name, bot_user_id=self.company.bot.user_id, now=now
            )
            for person in self.company.people:
                remember_person(tx, workspace_id=workspace.id, profile=_profile(person), now=now)
            for channel in self.company.channels:
                members = {*channel.members, *([self.company.bot.user_id] if channel.bot_in else [])}
                remember_channel(tx, workspace_id=workspace.id, facts=_facts(channel), members=members, now=now)
            for team in TEAMS:
                self._set_up(tx, team, now=now)

    def _set_up(self, tx: Tx, demo: DemoTeam, *, now: datetime) -> None:
        lead = self._person(tx, demo.lead)
        team = set_up_team(
            tx,
            self._viewer(demo.lead),
            channel_id=self.company.channel(demo.channel).id,
            name=demo.name,
            lead=lead,
            rhythm=Rhythm(demo.weekday, demo.at),
            now=now,
        )
        announce_team(tx, team, by=lead.name, now=now)

    def _write_down(self, *, week: int) -> None:
        for demo in OUTCOMES:
            if demo.starts_in == week:
                with self.db.begin() as tx:
                    self._log(tx, demo, now=self.clock.now())

    def _log(self, tx: Tx, demo: DemoOutcome, *, now: datetime) -> None:
        owner, viewer = self._person(tx, demo.owner), self._viewer(demo.owner)
        team = team_in_channel(tx, viewer, self.company.channel(demo.channel).id)
        if team is None:
            raise LookupError(f"the demo's owner {demo.owner} cannot see #{demo.channel}")
        typed = {
            name: getattr(demo, name) for name in ("statement", "why", "measure", "unit", "baseline", "target", "due")
        }
        today = now.astimezone(owner.zone).date()
        draft = read_draft(typed, today=today, locale="en-US")
        log_outcome(tx, viewer, draft=draft, team=team, owner=owner, now=now)

    def _answer_check_ins_of(self, weekday: int, week: int) -> None:
        """The owners who were asked on that day answer what they answer in this week; the rest stays open."""
        channels = {team.channel for team in TEAMS if team.weekday == weekday}
        for handle in sorted({demo.owner for demo in OUTCOMES if demo.channel in channels}):
            with self.db.begin() as tx:
                self._answer(tx, handle, week)

    def _answer(self, tx: Tx, handle: str, week: int) -> None:
        owner, now = self._viewer(handle), self.clock.now()
        asked = open_check_in(tx, owner, now=now)
        for item, view in asked.open_items if asked else []:
            demo = next(demo for demo in OUTCOMES if demo.statement == view.outcome.statement)
            said = demo.weeks.split("|")[week]
            if not said:
                continue
            measured = None
            if said != "=":
                value = read_value(said, unit=view.outcome.unit, locale="en-US").value
                measured = Measured(value, dict(demo.notes).get(week, ""))
            answer(tx, owner, checkin_id=item.checkin_id, outcome_id=item.outcome_id, measured=measured, now=now)

    def _viewer(self, handle: str) -> Viewer:
        return Viewer(self.company.workspace.id, self.company.person(handle).id)

    def _person(self, tx: Tx, handle: str) -> Person:
        return tx.get_one(Person, (self.company.workspace.id, self.company.person(handle).id))


def _profile(person: DemoPerson) -> Profile:
    return Profile(
        id=person.id,
        name=person.name,
        time_zone=person.tz,
        locale=person.locale,
        is_active=not person.deleted,
        is_bot=person.is_bot,
        is_guest=person.is_guest,
        is_admin=person.is_admin,
    )


def _facts(channel: DemoChannel) -> ChannelFacts:
    return ChannelFacts(
        id=channel.id,
        name=channel.name,
        is_private=channel.is_private,
        is_archived=channel.is_archived,
        has_bot=channel.bot_in,
    )
