"""A company of three hundred and what happens to it in a year, drawn from a seed."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from tests.year.events import (
    QUARTER,
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

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
ZONES = (
    "UTC",
    "Africa/Cairo",
    "America/Anchorage",
    "America/Havana",
    "America/Los_Angeles",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Beirut",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Etc/GMT+12",
    "Europe/Berlin",
    "Europe/London",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Easter",
    "Pacific/Kiritimati",
)
_SUMMER, _YEAR_ENDS = (date(2026, 7, 27), date(2026, 8, 16)), (date(2026, 12, 21), date(2027, 1, 3))
SCHEDULES = {
    "CWEEK": Schedule(weekday=0, country="US"),
    "CNIGHT": Schedule("last of the month", 6, time(2, 30)),
    "CDAWN": Schedule("first of the month", 6, time(2, 30)),
    "CFRIDAY": Schedule(weekday=4, at=time(16), country="DE", days_off=(_YEAR_ENDS,)),
    "CSECOND": Schedule("every second week", 1, time(10), date(2026, 1, 5), country="GB", moves=False),
    "CTHIRD": Schedule("every third week", 3, time(8, 45), date(2026, 1, 5), country="IN"),
    "CFOURTH": Schedule("every fourth week", 2, time(15), date(2025, 12, 29), zone="Asia/Tokyo", country="JP"),
    "CFIRST": Schedule("first of the month", 0, time(11), country="US", moves=False),
    "CTHIRDM": Schedule("third of the month", 4, time(9), starts=time(7), ends=time(15), days_off=(_SUMMER,)),
    "CLAST": Schedule("last of the month", 5, time(23, 30), country="FR"),
    "CENDS": Schedule("last working day of the month", 0, time(14), country="GB", days_off=(_YEAR_ENDS,)),
    "CAMERICA": Schedule("second of the month", 2, time(9, 30), zone="America/New_York", country="US"),
    "CQUARTER": Schedule("first of the quarter", 1, time(9), country="NZ"),
    "CCLOSE": Schedule("last working day of the quarter", 0, time(17), zone="Europe/Berlin", country="DE-BY"),
}
_WEIGHTS = (1, 2, 2, 1, 2, 2, 3, 4, 5, 4, 5, 5, 90, 90)
"""Most are asked every quarter: what a year costs is what it asks."""
_WHEN_CLOCKS_CHANGE = (
    ("Europe/Berlin", "CNIGHT"),
    ("Pacific/Auckland", "CNIGHT"),
    ("Pacific/Auckland", "CDAWN"),
    ("Australia/Adelaide", "CDAWN"),
)
"""For whom half past two does not exist on a night of the year, or comes twice."""

_TURNS = (date(2026, 1, 5), date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1), date(2026, 12, 21))
"""Half of what happens does so in the fortnight around these: there most are asked."""

PEOPLE = tuple(f"U{number:03}" for number in range(300))


def company(chance: random.Random, people: tuple[str, ...] = PEOPLE) -> World:
    """Who is there on the first day. Two of five own an outcome or two, and two of three are in a team's channel."""
    zones = {who: ZONES[number % len(ZONES)] for number, who in enumerate(people)}
    members = {team: frozenset(chance.sample(people, len(people) * 2 // 3)) for team in SCHEDULES}
    outcomes = tuple(
        (who, team)
        for who in chance.sample(people, len(people) * 2 // 5)
        for team in chance.choices(list(SCHEDULES), _WEIGHTS, k=chance.choice((1, 1, 1, 1, 2)))
    )
    at_night = tuple((people[ZONES.index(zone)], team) for zone, team in _WHEN_CLOCKS_CHANGE)
    return World(zones, SCHEDULES, members, outcomes + at_night)


def year(
    chance: random.Random, world: World, start: datetime = START, end: datetime = END, rate: float = 1
) -> list[tuple[datetime, Event]]:
    """What happens, in order. `rate` is how much, against what three hundred do in a year."""
    drawn = _drawn(chance, world, start, end, rate)
    return sorted((one for one in drawn if one[0] < end), key=_when)


def _drawn(
    chance: random.Random, world: World, start: datetime, end: datetime, rate: float
) -> Iterator[tuple[datetime, Event]]:
    people, outcomes = list(world.people), len(world.outcomes)
    owners = sorted({owner for owner, _ in world.outcomes})
    steps = (end - start) // QUARTER

    def some(times: int) -> Iterator[tuple[datetime, str]]:
        for _ in range(round(times * rate)):
            around = datetime.combine(chance.choice(_TURNS), time(0), UTC) + chance.randrange(-700, 700) * QUARTER
            at = chance.choice((start + chance.randrange(steps) * QUARTER, around))
            yield max(start, at), chance.choice(people)

    for at, who in some(100):
        yield at, Travel(who, chance.choice(ZONES))
    for at, _ in some(130):
        yield from _away(chance, people, at, chance.choice(owners))
    for at, who in some(20):
        yield at, Leave(who)
        if chance.random() < 0.6:
            yield at + chance.randrange(1, 6_000) * QUARTER, Return(who)
    for at, _ in some(150):
        yield at, Result(chance.randint(1, outcomes))
    for at, who in some(25):
        yield at, Write(who, chance.choice(list(SCHEDULES)))
    for at, _ in some(20):
        yield at, Close(chance.randint(1, outcomes))
    for at, _ in some(25):
        yield from _changed(chance, at)
    for at, _ in some(18):
        yield at, Down()
        yield at + chance.choice((1, 2, 20, 60, 200, 400)) * QUARTER, Up()


def _away(chance: random.Random, people: list[str], at: datetime, who: str) -> Iterator[tuple[datetime, Event]]:
    first = at.date() + timedelta(days=chance.randrange(0, 12))
    last = first + timedelta(days=chance.choice((0, 1, 2, 4, 6, 13, 20)))
    yield at, GoAway(who, first, last, chance.choice((None, chance.choice(people), chance.choice(people))))
    if chance.random() < 0.2:
        back = datetime.combine(first, time(0), UTC) + chance.randrange(0, 400) * QUARTER
        yield max(at, back), Back(who)


def _changed(chance: random.Random, at: datetime) -> Iterator[tuple[datetime, Event]]:
    team = chance.choice(list(SCHEDULES))
    if chance.random() < 0.5:
        zone = chance.choice((None, None, chance.choice(ZONES)))
        yield (
            at,
            Edit(team, replace(SCHEDULES[team], weekday=chance.randrange(7), at=time(chance.randrange(24)), zone=zone)),
        )
        return
    lasts = chance.choice((0, 2, 9, 20, None))
    yield at, Pause(team, None if lasts is None else at.date() + timedelta(days=lasts))
    if lasts is None or chance.random() < 0.3:
        yield at + chance.randrange(1, 2_000) * QUARTER, Resume(team)


def _when(happening: tuple[datetime, Event]) -> datetime:
    return happening[0]
