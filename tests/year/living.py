"""The same company, lived by the bot: its own actions, ticks and sender, on a database, with a Slack of a few lines."""

import re
from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import event as engine_event
from sqlalchemy import select

from bot.absences.actions.leaving import ask_for_others_afresh, come_back, go_away
from bot.absences.actions.pausing import pause_team, resume_team
from bot.absences.rules import Days
from bot.checkins.jobs import check_ins_due, next_check_in
from bot.clock import MovableClock
from bot.db.database import Database
from bot.errors import FormRefused, Refused
from bot.outbox.model import Delivery
from bot.outbox.rules import Pace, Rate
from bot.outbox.sender import Sender
from bot.outcomes.actions.closing import Closing, close_outcome
from bot.outcomes.actions.history import refresh_team
from bot.outcomes.model import Outcome
from bot.outcomes.queries import find_outcome
from bot.outcomes.rules import Ending
from bot.people.actions import plan_afresh, remember_person
from bot.people.model import Person
from bot.results.actions import Measured, log_result
from bot.teams.actions.schedule import set_schedule
from bot.teams.model import Team
from bot.teams.rules.recurrence import Often, Recurrence
from bot.teams.rules.rhythm import OnHoliday, Rhythm
from bot.teams.rules.workdays import DaysOff, Workdays
from bot.workspaces.actions import next_number
from tests.outbox.slack import FakeSlack
from tests.workspaces.firm import Firm, draft, profile
from tests.year.events import (
    LEAD,
    Asked,
    Back,
    Close,
    Down,
    Edit,
    Event,
    GoAway,
    Leave,
    Pause,
    Result,
    Resume,
    Return,
    Schedule,
    Travel,
    Up,
    World,
    Write,
)

_AT_ONCE = Rate(timedelta(0), timedelta(seconds=1))
_PACE = Pace(_AT_ONCE, _AT_ONCE, _AT_ONCE, _AT_ONCE, _AT_ONCE)


class Living:
    """A company from an instant on, as the bot lives it in the workspace `name`; otherwise as `Model`."""

    def __init__(self, world: World, start: datetime, url: str, name: str = "T1") -> None:
        self._url = url
        self._clock = MovableClock(start, frozen=True)
        self._slack = FakeSlack(self._clock)
        self._zones = dict(world.people)
        self._is_down = False
        self._firm = Firm(self._connect(), self._clock, name)
        self._start()
        self._firm.open().meet(profile(LEAD), *(profile(who, zone=zone) for who, zone in self._zones.items()))
        self._teams = {}
        for channel, schedule in world.teams.items():
            self._firm.channel(channel, [LEAD, *world.members.get(channel, ())])
            self._teams[channel] = self._firm.team(channel, lead=LEAD, rhythm=_rhythm(schedule)).id
        self._begin(world)

    @property
    def now(self) -> datetime:
        return self._clock.now()

    def close(self) -> None:
        """Lets go of the database."""
        self._firm.db.dispose()

    def advance(self, until: datetime) -> None:
        """Lets time pass up to, not including, an instant: from one that the rows name to the next."""
        while not self._is_down:
            check_ins_due(self._firm.db)
            self._sender.send_due()
            named = [at for at in (next_check_in(self._firm.db), self._sender.next_at()) if at is not None]
            if not named or min(named) >= until:
                break
            if min(named) <= self.now:
                self._sender.reconcile_due()
            self._clock.move_to(max(self.now, min(named)))
        self._clock.move_to(until)

    @property
    def asked(self) -> list[Asked]:
        """The check-ins that Slack took."""
        with self._firm.db.read() as tx:
            rows = tx.execute(select(Delivery.uid, Delivery.key).where(Delivery.workspace_id == self._firm.id))
            keys = {uid: key for uid, key in rows if key.startswith("checkin:")}
        found = []
        for message in self._slack.messages:
            if message.uid in keys:
                _, owner, period = keys[message.uid].split(":")
                who = message.channel.removeprefix("D")
                found.append(Asked(message.stored_at, who, owner, period, _outcomes(message.message.text)))
        return found

    def happens(self, event: Event) -> None:
        """Has the bot take an event in, as its listeners would."""
        with suppress(Refused, FormRefused):
            self._take(event)

    def _take(self, event: Event) -> None:
        firm = self._firm
        match event:
            case Travel(who, zone):
                self._zones[who] = zone
                self._meet(who, is_active=firm.people[who].is_active)
            case Leave(who) | Return(who):
                self._meet(who, is_active=isinstance(event, Return))
            case GoAway(who, first, last, delegate):
                with firm.db.begin() as tx:
                    other = firm.people[delegate] if delegate else None
                    go_away(tx, firm.viewer(who), Days(first, last), delegate=other, now=firm.now)
            case Back(who):
                with firm.db.begin() as tx:
                    come_back(tx, firm.viewer(who), now=firm.now)
            case Write(owner, team):
                firm.outcome(self._team(team), owner, by=LEAD)
            case Down() | Up():
                self._is_down = isinstance(event, Down)
                if not self._is_down:
                    self._start()
            case Edit() | Pause() | Resume():
                self._change_team(event)
            case Result(number) | Close(number):
                self._change_outcome(number, is_closed=isinstance(event, Close))

    def _change_team(self, event: Edit | Pause | Resume) -> None:
        firm, lead = self._firm, self._firm.viewer(LEAD)
        with firm.db.begin() as tx:
            team = tx.get_one(Team, self._teams[event.team])
            match event:
                case Edit(_, schedule):
                    if set_schedule(tx, lead, team, _rhythm(schedule), by="Lea", now=firm.now):
                        refresh_team(tx, team, now=firm.now)
                case Pause(_, until):
                    pause_team(tx, lead, team, until=until, now=firm.now)
                case Resume():
                    resume_team(tx, lead, team, now=firm.now)

    def _change_outcome(self, number: int, *, is_closed: bool) -> None:
        firm, lead = self._firm, self._firm.viewer(LEAD)
        with firm.db.begin() as tx:
            view = find_outcome(tx, lead, number)
            if is_closed:
                close_outcome(tx, lead, view, Closing(Ending.ABANDONED), now=firm.now)
            else:
                log_result(tx, lead, view, Measured(Decimal(number)), now=firm.now)

    def _meet(self, who: str, *, is_active: bool) -> None:
        firm, told = self._firm, profile(who, zone=self._zones[who], is_active=is_active)
        with firm.db.begin() as tx:
            firm.people[who] = remember_person(tx, workspace_id=firm.id, profile=told, now=firm.now)
            ask_for_others_afresh(tx, firm.people[who], now=firm.now)

    def _begin(self, world: World) -> None:
        """Writes the first outcomes down, as rows: hundreds by the action would take as long as the year."""
        firm, said = self._firm, draft()
        with firm.db.begin() as tx:
            for owner, team in world.outcomes:
                number = next_number(tx, workspace_id=firm.id, kind="outcome")
                outcome = Outcome(workspace_id=firm.id, number=number, team_id=self._teams[team], owner_id=owner)
                outcome.statement, outcome.why, outcome.measure = said.statement, said.why, said.measure
                outcome.unit_text, outcome.baseline, outcome.target = str(said.unit), said.baseline, said.target
                outcome.starts_on, outcome.due_on = said.starts_on, said.due_on
                outcome.created_at, outcome.created_by, outcome.version = firm.now, LEAD, 1
                outcome.closing_note, outcome.is_achieved = "", False
                tx.add(outcome)
                plan_afresh(tx.get_one(Person, (firm.id, owner)), now=firm.now)

    def _team(self, name: str) -> Team:
        with self._firm.db.read() as tx:
            return tx.get_one(Team, self._teams[name])

    def _start(self) -> None:
        """Another process: it knows nothing but the rows."""
        self._firm.db.dispose()
        self._firm.db = self._connect()
        self._sender = Sender(self._firm.db, self._slack, self._clock, _PACE)

    def _connect(self) -> Database:
        database = Database(self._url, self._clock)

        @engine_event.listens_for(database.engine, "connect")
        def forget_safety(connection: object, _record: object) -> None:
            connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]

        return database


def _rhythm(schedule: Schedule) -> Rhythm:
    off = tuple(DaysOff(first, last) for first, last in schedule.days_off)
    return Rhythm(
        Recurrence(Often(schedule.often), schedule.weekday, schedule.counted_from),
        schedule.at,
        schedule.zone,
        Workdays(schedule.starts, schedule.ends, schedule.country, off),
        OnHoliday.MOVE if schedule.moves else OnHoliday.SKIP,
    )


def _outcomes(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(number) for number in re.findall(r"OUT-(\d+)", text)}))
