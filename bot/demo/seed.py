"""Lives the demo company's quarter through Rhythm's own actions: no row is written by hand."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from bot.checkins.actions.answering import answer
from bot.checkins.queries import open_check_in
from bot.clock import Clock
from bot.db.database import Database, Tx
from bot.demo.company import Company, DemoChannel, DemoPerson
from bot.demo.deciding import take_decisions
from bot.demo.meeting import Moment, moments_in, take_part
from bot.demo.paths import COMMENTS, LEFT_UNDONE, LESSONS, NEEDS, OBSTACLES, PRIORITIES, SERVED, STEPS, DemoStep
from bot.demo.quarter import DIGESTS, MEETINGS, OUTCOMES, TEAMS, WEEKS, DemoOutcome, DemoTeam
from bot.dependencies.actions import Need, ask
from bot.digests.actions import plan_digest
from bot.errors import CannotStart
from bot.execution.actions import add_action, add_not_doing, end_action
from bot.execution.rules import Ending, read_effect_seen, read_line, read_not_doing
from bot.language.dates import read_date
from bot.language.values import read_value
from bot.lessons.actions import add_lesson
from bot.meetings.actions.scheduling import add_meeting
from bot.obstacles.actions import Told, raise_obstacle
from bot.outcomes.actions.history import record
from bot.outcomes.actions.writing import log_outcome
from bot.outcomes.queries import View, outcomes_owned_by
from bot.outcomes.rules.drafts import read_draft
from bot.people.actions import remember_person
from bot.people.model import Person
from bot.people.rules import Profile, Viewer
from bot.priorities.actions import add_priority
from bot.priorities.queries import live_priorities
from bot.results.actions import Measured
from bot.teams.actions import ChannelFacts, announce_team, remember_channel, set_up_team
from bot.teams.actions.schedule import set_digest
from bot.teams.queries import team_in_channel, visible_teams
from bot.teams.rules import monday_of
from bot.teams.rules.rhythm import Rhythm
from bot.workspaces.actions import remember_workspace

_MORNING, _NOON, _EVENING = time(5, 0), time(16, 0), time(21, 0)
"""UTC: Monday in New York too and before anybody is asked, in most people's working day, and after everybody's."""


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
            self._work_on_paths(week=week)
            self._live_week(monday, week, until=until)
            self.live_until(min(datetime.combine(monday + timedelta(weeks=week + 1), _MORNING, UTC), until))
        self._live_week(monday, WEEKS, until=until)
        self.live_until(until)

    def _live_week(self, monday: date, week: int, *, until: datetime) -> None:
        """Lets a week pass: its meetings, and in the evenings the answers to what was asked on that day."""
        day = monday + timedelta(weeks=week)
        first = datetime.combine(day, _EVENING, UTC)
        happens: list[tuple[datetime, Callable[[], None]]] = [
            (moment.at, partial(self._meet, moment)) for moment in moments_in(week, first)
        ]
        if week < WEEKS:
            happens.append((datetime.combine(day, _NOON, UTC), partial(self._decide, week)))
            for weekday in {team.weekday for team in TEAMS}:
                happens.append((first + timedelta(days=weekday), partial(self._answer_check_ins_of, weekday, week)))
        for at, act in sorted(happens, key=lambda one: one[0]):
            if at <= until:
                self.live_until(at)
                act()

    def _decide(self, week: int) -> None:
        with self.db.begin() as tx:
            take_decisions(tx, self.company, week=week, now=self.clock.now())

    def _meet(self, moment: Moment) -> None:
        with self.db.begin() as tx:
            take_part(tx, self.company, moment, now=self.clock.now())

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
            for name, period in PRIORITIES:
                add_priority(tx, self._viewer("amara"), name=name, period=period, now=now)
            for home, author, text, measure in LESSONS:
                self._learn(tx, home, author, text, measure, now=now)

    def _set_up(self, tx: Tx, demo: DemoTeam, *, now: datetime) -> None:
        lead = self._person(tx, demo.lead)
        team = set_up_team(
            tx,
            self._viewer(demo.lead),
            channel_id=self.company.channel(demo.channel).id,
            name=demo.name,
            lead=lead,
            rhythm=Rhythm.weekly(demo.weekday, demo.at),
            now=now,
        )
        announce_team(tx, team, by=lead.name, now=now)
        if demo.channel in DIGESTS:
            weekday, at = DIGESTS[demo.channel]
            set_digest(tx, self._viewer(demo.lead), team, Rhythm.weekly(weekday, at), by=lead.name, now=now)
            plan_digest(tx, team, now=now)
        if demo.channel in MEETINGS:
            add_meeting(tx, self._viewer(demo.lead), team, MEETINGS[demo.channel], by=lead.name, now=now)

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
        draft = replace(read_draft(typed, today=today, locale="en-US"), priority_id=self._priority_of(tx, demo.owner))
        log_outcome(tx, viewer, draft=draft, team=team, owner=owner, now=now)

    def _priority_of(self, tx: Tx, owner: str) -> int | None:
        return live_priorities(tx, self._viewer(owner))[SERVED[owner]].id if owner in SERVED else None

    def _learn(self, tx: Tx, channel: str, author: str, text: str, measure: str, *, now: datetime) -> None:
        viewer = self._viewer(author)
        if team := team_in_channel(tx, viewer, self.company.channel(channel).id):
            add_lesson(tx, viewer, team=team, text=text, measure=measure, now=now)

    def _work_on_paths(self, *, week: int) -> None:
        """What owners and others do beside answering: actions, what is left undone, obstacles, needs, comments."""
        with self.db.begin() as tx:
            for step in STEPS:
                if step.week == week:
                    self._take_step(tx, step)
            for owner, text in (one[:2] for one in OBSTACLES if one[2] == week):
                owns, person = self._viewer(owner), self._person(tx, owner)
                raise_obstacle(tx, owns, self._owned(tx, owner), Told(text, person), now=self.clock.now())
            for owner, author, text in (one[:3] for one in COMMENTS if one[3] == week):
                outcome = self._owned(tx, owner).outcome
                record(tx, self._viewer(author), outcome, "comment", after=text, now=self.clock.now())
            if week == WEEKS - 1:
                self._ask_and_leave(tx)

    def _take_step(self, tx: Tx, step: DemoStep) -> None:
        viewer, person, now = self._viewer(step.owner), self._person(tx, step.owner), self.clock.now()
        draft = read_line(step.line, owner_id=person.id, today=now.astimezone(person.zone).date(), locale="en-US")
        added = add_action(tx, viewer, self._owned(tx, step.owner), draft, person, limit=len(STEPS), now=now)
        if step.effect:
            end_action(tx, viewer, added.action.id, Ending(read_effect_seen(step.effect)), now=now)

    def _ask_and_leave(self, tx: Tx) -> None:
        now = self.clock.now()
        for owner, line in LEFT_UNDONE:
            add_not_doing(tx, self._viewer(owner), self._owned(tx, owner), *read_not_doing(line), now=now)
        for owner, channel, text, wanted in NEEDS:
            viewer, today = self._viewer(owner), now.astimezone(self._person(tx, owner).zone).date()
            if team := team_in_channel(tx, viewer, self.company.channel(channel).id):
                need = Need(team, text, read_date(wanted, today=today, locale="en-US"))
                ask(tx, viewer, self._owned(tx, owner), need, today=today, now=now)

    def _owned(self, tx: Tx, owner: str) -> View:
        """The one outcome that each owner of the company has."""
        return outcomes_owned_by(tx, self._viewer(owner))[0]

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
