"""Eight weeks of check-ins against a calendar that is walked half hour by half hour."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checkins.actions.deciding import check_in_next
from bot.clock import MovableClock
from bot.db import migrate
from bot.db.database import Database
from bot.people.model import Person
from bot.teams.rules.rhythm import Rhythm
from tests.checkins.diary import check_ins
from tests.teams.test_rules import strike_of
from tests.workspaces.firm import Firm, profile

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
STEP = timedelta(minutes=30)
STEPS = 8 * 7 * 48
ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
]
zones = st.sampled_from(ZONES)
half_hours = st.integers(0, 47).map(lambda n: time(n // 2, n % 2 * 30))
steps = st.integers(0, STEPS - 1)
downtimes = st.lists(st.tuples(steps, st.integers(1, 14 * 48)), max_size=4)
on_a_grid = settings(deadline=None, max_examples=15)


@dataclass(frozen=True)
class Told:
    """What became of a period."""

    period: str
    state: str
    asked_at: datetime | None


def instant(step: int) -> datetime:
    return BEGIN + step * STEP


def is_up(step: int, down: list[tuple[int, int]]) -> bool:
    return not any(start <= step < start + length for start, length in down)


def expected(rhythm: Rhythm, zone: ZoneInfo, down: list[tuple[int, int]], updates: set[int]) -> list[Told]:
    """The slow way: at every half hour that Rhythm is up, what is to be decided of each week whose slot has come."""
    weeks: dict[str, list[int]] = {}
    for step in range(STEPS):
        weeks.setdefault(_week(instant(step).astimezone(zone)), []).append(step)
    told = [_week_told(week, rhythm, zone, down, updates) for week in weeks.values()]
    return [one for one in told if one is not None]


def _week(local: datetime) -> str:
    return "{}-W{:02}".format(*local.isocalendar()[:2])


def _week_told(
    week: list[int], rhythm: Rhythm, zone: ZoneInfo, down: list[tuple[int, int]], updates: set[int]
) -> Told | None:
    local = {step: instant(step).astimezone(zone).replace(tzinfo=None) for step in week}
    period = _week(local[week[0]])
    slots = [s for s in week if local[s].weekday() == rhythm.recurrence.weekday and local[s].time() >= rhythm.at]
    if not slots or slots[0] == 0:
        return None
    slot = slots[0]
    allowed = {step for step in week if step >= slot and _may_ask(local[step], local[slot])}
    for step in (s for s in range(slot, STEPS) if is_up(s, down)):
        if any(update in local for update in updates if update <= step):
            return Told(period, "not needed", None)
        if step in allowed:
            return Told(period, "asked", instant(step))
        if not any(later > step for later in allowed):
            return Told(period, "missed", None)
    return None


def _may_ask(now: datetime, slot: datetime) -> bool:
    if now.date() == slot.date():
        return now < max(datetime.combine(slot.date(), time(18)), slot + timedelta(hours=2))
    late_slot_goes_on = now < slot + timedelta(hours=2) and now.date() > slot.date()
    return late_slot_goes_on or (now.weekday() < 5 and time(9) <= now.time() < time(18))


class Life:
    """An owner in a workspace of their own, lived from one half hour that matters to the next."""

    def __init__(self, database: Database, name: str, rhythm: Rhythm, zone: str) -> None:
        self.clock = MovableClock(BEGIN, frozen=True)
        self.firm = Firm(database, self.clock, name).open()
        self.firm.meet(profile("UOLGA", zone=zone))
        self.firm.channel()
        self.outcome = self.firm.outcome(self.firm.team(lead="UOLGA", rhythm=rhythm), "UOLGA").outcome

    def live(self, down: list[tuple[int, int]], happenings: list[tuple[int, Callable[[], object]]]) -> None:
        """Looks whenever it is time and Rhythm is up; in between, lets things happen."""
        waiting = sorted(happenings, key=lambda happening: happening[0])
        now = 0
        while (look := self._next_look(now, down)) < STEPS or waiting:
            if waiting and waiting[0][0] <= look:
                now, happens = waiting.pop(0)
                self.clock.move_to(instant(now))
                happens()
            else:
                now = look
                self.clock.move_to(instant(now))
                while self._looks():
                    pass

    def _next_look(self, now: int, down: list[tuple[int, int]]) -> int:
        with self.firm.db.read() as tx:
            planned = tx.get_one(Person, (self.firm.id, "UOLGA")).next_checkin_at
        assert planned is not None
        due = max(now, -((BEGIN - planned) // STEP))
        return next((step for step in range(due, STEPS) if is_up(step, down)), STEPS)

    def _looks(self) -> bool:
        with self.firm.db.begin() as tx:
            return check_in_next(tx, self.firm.viewer("UOLGA"), now=self.clock.now())

    def told(self) -> list[Told]:
        return [
            Told(one.period, one.state, one.decided_at if one.state == "asked" else None)
            for one in check_ins(self.firm)
        ]


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Rhythm, str], Life]]:
    """One new life after another in the same database."""
    url = f"sqlite:///{tmp_path_factory.mktemp('weeks') / 'weeks.db'}"
    migrate.upgrade(url)
    database = Database(url, MovableClock(BEGIN, frozen=True))
    names = (f"T{n}" for n in count(1))
    yield lambda rhythm, zone: Life(database, next(names), rhythm, zone)
    database.dispose()


rhythms = st.builds(Rhythm.weekly, st.integers(0, 6), half_hours)


@given(rhythm=rhythms, zone=zones, down=downtimes, updates=st.sets(steps, max_size=4))
@on_a_grid
def test_every_week_is_decided_once_and_as_the_calendar_says(
    lives: Callable[[Rhythm, str], Life], rhythm: Rhythm, zone: str, down: list[tuple[int, int]], updates: set[int]
) -> None:
    life = lives(rhythm, zone)
    life.live(down, [(step, lambda: life.firm.result(life.outcome, "UOLGA", 1)) for step in updates])
    assert life.told() == expected(rhythm, ZoneInfo(zone), down, updates)


@given(rhythm=rhythms, zone=zones, down=downtimes, moves=st.lists(st.tuples(steps, zones), max_size=6))
@on_a_grid
def test_whoever_travels_has_every_week_decided_once_and_is_never_asked_at_night(
    lives: Callable[[Rhythm, str], Life],
    rhythm: Rhythm,
    zone: str,
    down: list[tuple[int, int]],
    moves: list[tuple[int, str]],
) -> None:
    life = lives(rhythm, zone)
    moves = sorted(((step, there) for step, there in moves if is_up(step, down)), key=lambda move: move[0])
    life.live(down, [(step, partial(life.firm.meet, profile("UOLGA", zone=there))) for step, there in moves])
    weeks = [int(one.period[-2:]) for one in life.told()]
    assert weeks == list(range(weeks[0], weeks[0] + len(weeks))) if weeks else True
    for one in life.told():
        if one.asked_at is not None:
            there = [zone, *(there for step, there in moves if instant(step) <= one.asked_at)][-1]
            local = one.asked_at.astimezone(ZoneInfo(there))
            slot = strike_of(rhythm, local.date(), ZoneInfo(there)).astimezone(ZoneInfo(there))
            assert _week(local) == one.period
            assert slot <= local
            assert _may_ask(local.replace(tzinfo=None), slot.replace(tzinfo=None))
