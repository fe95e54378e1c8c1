"""Who is asked when, by the rules in words: the slow way, which remembers no plan.

At each quarter of an hour, for each owner, the model asks what the rules say of this very moment. It keeps facts (who
is where, away, gone; what teams agreed) and which weeks are settled, and no date of a next look, so that it cannot
forget to look. It imports nothing of the bot. Days on which no period of an owner is open are skipped: nothing can be
asked then, whatever the hour. Why quarters are as good as minutes is said in `events`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import pairwise

from tests.year.calendars import (
    DAY,
    WEEK,
    came_round_before,
    comes_round,
    day_kept,
    instant_of,
    local,
    moment,
    monday,
    quarters,
    works,
)
from tests.year.events import (
    QUARTER,
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

_LONGEST_AWAY = timedelta(days=366)
_EVENING = timedelta(hours=2)
_WEEKS_KNOWN = 80
_WEEKS_BACK = 12
_QUARTER_DAYS = 91


@dataclass
class _Person:
    zone: str
    is_active: bool = True
    absences: list[GoAway] = field(default_factory=list)

    def day(self, instant: datetime) -> date:
        return local(instant, self.zone).date()

    def absence_on(self, day: date) -> GoAway | None:
        return next((one for one in self.absences if one.first <= day <= one.last), None)


@dataclass(frozen=True)
class _Rhythm:
    """What a team agreed on, with the pause it takes."""

    schedule: Schedule
    pause: tuple[date, date] | None = None

    def is_paused_on(self, day: date) -> bool:
        return self.pause is not None and self.pause[0] <= day <= self.pause[1]


@dataclass
class _Outcome:
    number: int
    owner: str
    team: str
    written_at: datetime
    results: list[datetime] = field(default_factory=list)
    is_closed: bool = False


@dataclass(frozen=True)
class _Stroke:
    at: datetime
    day: date
    since: date


@dataclass(frozen=True)
class _Slot:
    """When somebody is asked in a week: at the first of the strokes of their teams."""

    monday: date
    at: datetime
    day: date
    closes: datetime
    schedule: Schedule
    since: dict[str, date]
    """Of each team that strikes: from which day on results count."""

    @property
    def period(self) -> str:
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02}"


class Model:
    """A company from an instant on. What `happens` does so now; `advance` lets time pass up to, not including, another.

    Attributes:
        asked: every check-in, as it is to arrive.
        seen: how often what is out of the ordinary came about, so that nobody takes an empty year for a year.
    """

    def __init__(self, world: World, start: datetime) -> None:
        self.now = start
        self.asked: list[Asked] = []
        self.people = {name: _Person(zone) for name, zone in world.people.items()}
        self.teams = {name: _Rhythm(schedule) for name, schedule in world.teams.items()}
        self.outcomes = [_Outcome(n, owner, team, start) for n, (owner, team) in enumerate(world.outcomes, start=1)]
        self.seen: Counter[str] = Counter()
        self._settled: set[tuple[str, date]] = set()
        self.is_down = False
        self._looked_until = start

    # What happens

    def happens(self, event: Event) -> None:
        """Takes an event in; one that the rules refuse changes nothing."""
        match event:
            case Travel(who, zone):
                self.people[who].zone = zone
            case Leave(who) | Return(who):
                self.people[who].is_active = isinstance(event, Return)
            case GoAway():
                self._go_away(event)
            case Back(who):
                self._come_back(self.people[who])
            case Edit(team, schedule):
                self.teams[team] = replace(self.teams[team], schedule=schedule)
            case Pause(team, until):
                self._pause(team, until or date.max)
            case Resume(team):
                self._resume(team)
            case Write(owner, team):
                if self.people[owner].is_active:
                    self.outcomes.append(_Outcome(len(self.outcomes) + 1, owner, team, self.now))
            case Result(number):
                if not self.outcomes[number - 1].is_closed:
                    self.outcomes[number - 1].results.append(self.now)
            case Close(number):
                self.outcomes[number - 1].is_closed = True
            case Down() | Up():
                self.is_down = isinstance(event, Down)

    def _go_away(self, told: GoAway) -> None:
        """From its first day on, what was said last holds; the same delegate goes on where it follows."""
        person = self.people[told.person]
        is_possible = person.day(self.now) <= told.last and told.first <= told.last < told.first + _LONGEST_AWAY
        if not is_possible or (told.delegate is not None and not self._may_stand_in(told, told.delegate)):
            return
        kept = []
        for earlier in person.absences:
            if earlier.last < told.first or earlier.first > told.last:
                kept.append(earlier)
            elif earlier.first < told.first and earlier.delegate == told.delegate:
                told = replace(told, first=earlier.first)
            elif earlier.first < told.first:
                kept.append(replace(earlier, last=told.first - DAY))
        person.absences = [*kept, told]

    def _may_stand_in(self, told: GoAway, delegate: str) -> bool:
        other = self.people[delegate]
        is_there = not any(one.first <= told.last and told.first <= one.last for one in other.absences)
        return delegate != told.person and other.is_active and is_there

    def _come_back(self, person: _Person) -> None:
        today = person.day(self.now)
        current = person.absence_on(today)
        if current is not None:
            person.absences.remove(current)
            if current.first < today:
                person.absences.append(replace(current, last=today - DAY))

    def _pause(self, team: str, until: date) -> None:
        today = self.now.date()
        rhythm = self.teams[team]
        if until >= today:
            first = rhythm.pause[0] if rhythm.pause and rhythm.is_paused_on(today) else today
            self.teams[team] = replace(rhythm, pause=(first, until))

    def _resume(self, team: str) -> None:
        today = self.now.date()
        rhythm = self.teams[team]
        if rhythm.pause is not None and rhythm.is_paused_on(today):
            pause = (rhythm.pause[0], today - DAY) if rhythm.pause[0] < today else None
            self.teams[team] = replace(rhythm, pause=pause)

    # Time

    def advance(self, until: datetime) -> None:
        """Lets time pass, a day at a time so that days on which nothing can be asked are seen at once."""
        while self.now < until:
            end = min(until, datetime.combine(self.now.date() + DAY, time(0), self.now.tzinfo))
            if not self.is_down:
                for owner in {outcome.owner for outcome in self.outcomes if not outcome.is_closed}:
                    self._walk(owner, end)
                self._looked_until = end
            self.now = end

    def _walk(self, owner: str, end: datetime) -> None:
        if not self.people[owner].is_active:
            return
        slots = [slot for slot in self._slots(owner) if slot.at < end and slot.closes > self._looked_until]
        for slot in slots:
            if self._asked_about(owner, slot):
                for instant in quarters(self.now, end):
                    if (owner, slot.monday) not in self._settled:
                        self._look(owner, slot, instant)

    def _look(self, owner: str, slot: _Slot, now: datetime) -> None:
        """What the rules say of one quarter of an hour."""
        if now < slot.at:
            return
        if now < slot.closes:
            self._ask(owner, slot, now)
        if now + QUARTER >= slot.closes:
            self._settled.add((owner, slot.monday))

    def _ask(self, owner: str, slot: _Slot, now: datetime) -> None:
        waiting = [one for one in self._asked_about(owner, slot) if not self._is_updated(one, slot)]
        today = self.people[owner].day(now)
        due = tuple(one.number for one in waiting if not self.teams[one.team].is_paused_on(today))
        who = self._who_is_there(owner, slot, now)
        if due and who:
            self.asked.append(Asked(now, who, owner, slot.period, due))
            self._note(owner, who, slot, now)
        self.seen["weeks in which nothing was left to ask"] += not waiting
        if not waiting or (due and (who or self._is_over_for(owner, slot, now))):
            self._settled.add((owner, slot.monday))

    def _note(self, owner: str, who: str, slot: _Slot, now: datetime) -> None:
        """Counts what is out of the ordinary in a check-in."""
        at, schedule = local(slot.at, self.people[owner].zone), slot.schedule
        is_own_day = comes_round(schedule, slot.day)
        self.seen["delegates asked"] += who != owner
        self.seen["asked later than planned"] += now > slot.at
        self.seen["moved off a holiday"] += schedule.zone is None and not is_own_day
        self.seen["moved into another week"] += monday(slot.day) != slot.monday
        self.seen["times that spring skipped"] += schedule.zone is None and is_own_day and at.time() != schedule.at
        self.seen["times that autumn repeated"] += local(slot.at + 4 * QUARTER, self.people[owner].zone) == at

    def _asked_about(self, owner: str, slot: _Slot) -> list[_Outcome]:
        """Their live outcomes of the teams that strike, written down before the slot."""
        theirs = (one for one in self.outcomes if one.owner == owner and not one.is_closed)
        return [one for one in theirs if one.team in slot.since and one.written_at < slot.at]

    def _is_updated(self, outcome: _Outcome, slot: _Slot) -> bool:
        """Whether a result came since the week after the stroke before, by the owner's calendar."""
        last = max(slot.monday + 6 * DAY, slot.day)
        days = (self.people[outcome.owner].day(instant) for instant in outcome.results)
        return any(slot.since[outcome.team] <= day <= last for day in days)

    def _who_is_there(self, owner: str, slot: _Slot, now: datetime) -> str | None:
        """The owner; or whoever stands in, in their own working hours, on a day on which the owner is away."""
        absence = self.people[owner].absence_on(self.people[owner].day(now))
        if absence is None:
            return owner if self._may_be_asked(owner, slot, now) else None
        delegate = absence.delegate
        is_there = delegate and self.people[delegate].is_active and self._is_at_work(delegate, slot.schedule, now)
        return delegate if is_there else None

    def _may_be_asked(self, owner: str, slot: _Slot, now: datetime) -> bool:
        """Until the slot's day ends at work, or two hours long; then in working hours of the days that are left."""
        person = self.people[owner]
        today = person.day(now)
        if person.absence_on(today):
            return False
        evening = max(instant_of(slot.day, slot.schedule.ends, person.zone), slot.at + _EVENING)
        if person.absence_on(slot.day) is None and now < evening:
            return True
        return today > slot.day and self._is_at_work(owner, slot.schedule, now)

    def _is_at_work(self, who: str, schedule: Schedule, now: datetime) -> bool:
        person = self.people[who]
        here = local(now, person.zone)
        is_there = works(schedule, here.date()) and person.absence_on(here.date()) is None
        return is_there and schedule.starts <= here.time() < schedule.ends

    def _is_over_for(self, owner: str, slot: _Slot, now: datetime) -> bool:
        """Whether nobody will be asked in what is left of the period: certain while no absence touches it."""
        person = self.people[owner]
        last = person.day(slot.closes - QUARTER)
        if any(one.first <= last and slot.day <= one.last for one in person.absences):
            return False
        return not any(self._may_be_asked(owner, slot, later) for later in quarters(now, slot.closes))

    def _slots(self, owner: str) -> tuple[_Slot, ...]:
        teams = dict.fromkeys(one.team for one in self.outcomes if one.owner == owner and not one.is_closed)
        # The same for a quarter, so that it is worked out once in it.
        first = date.fromordinal(self.now.date().toordinal() // _QUARTER_DAYS * _QUARTER_DAYS)
        kept = tuple((team, self.teams[team]) for team in teams)
        return _slots(kept, self.people[owner].zone, monday(first) - _WEEKS_BACK * WEEK)


_Struck = tuple[str, Schedule, _Stroke]


@lru_cache(maxsize=5_000)
def _slots(teams: tuple[tuple[str, _Rhythm], ...], zone: str, first: date) -> tuple[_Slot, ...]:
    """The slots of some teams' owner, in the order of their days. Two on one day are one, of the later week."""
    by_day: dict[date, tuple[date, list[_Struck]]] = {}
    for week in (first + n * WEEK for n in range(_WEEKS_KNOWN)):
        struck = [(team, rhythm.schedule, made) for team, rhythm in teams if (made := _stroke(rhythm, zone, week))]
        if struck:
            day = min(struck, key=_at)[2].day
            _, earlier = by_day.get(day, (week, []))
            by_day[day] = week, [*earlier, *struck]
    return tuple(_known(by_day, zone))


def _known(by_day: dict[date, tuple[date, list[_Struck]]], zone: str) -> Iterator[_Slot]:
    days = sorted(by_day)
    for day, next_day in pairwise(days):
        week, struck = by_day[day]
        _, schedule, first = min(struck, key=_at)
        closes = instant_of(min(monday(day) + WEEK, next_day), time(0), zone)
        yield _Slot(week, first.at, day, closes, schedule, {team: made.since for team, _, made in struck})


def _at(struck: _Struck) -> datetime:
    return struck[2].at


@cache
def _stroke(rhythm: _Rhythm, zone: str, week: date) -> _Stroke | None:
    schedule = rhythm.schedule
    nominal = next((day for n in range(7) if comes_round(schedule, day := week + n * DAY)), None)
    kept = None if nominal is None else day_kept(schedule, nominal)
    if kept is None:
        return None
    at = moment(schedule, kept, zone)
    day = local(at, zone).date()
    if rhythm.is_paused_on(day):
        return None
    before = came_round_before(schedule, week)
    return _Stroke(at, day, week if before is None else min(week, monday(before) + WEEK))
