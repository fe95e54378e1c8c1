"""Whoever the rules say is asked, is asked then, once, about just that; and nobody else is.

The bot and the model live through the same company. The year is drawn from a seed, which a failure prints; shorter
lives are drawn by Hypothesis, which prints what happened in the shortest one that still fails.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.teams.rules import instant_of, rhythm
from tests.year.company import END, PEOPLE, START, ZONES, company, year
from tests.year.events import Asked, Event, Schedule, World
from tests.year.living import Living
from tests.year.model import Model

SEED = 2026
WORLD = World(
    {"UANA": "America/New_York", "UBEN": "Europe/Berlin", "UCHI": "Asia/Tokyo"},
    {"CMON": Schedule(), "CSUN": Schedule(weekday=6, at=time(2, 30))},
    outcomes=(("UANA", "CMON"), ("UBEN", "CMON"), ("UBEN", "CSUN"), ("UCHI", "CSUN")),
)
SPRING, LATER = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 4, 6, tzinfo=UTC)


def lived(
    url: str, world: World, happenings: Iterable[tuple[datetime, Event]], start: datetime, end: datetime
) -> tuple[Model, list[Asked]]:
    """A life as the model has it, and what the bot sent in the same."""
    model, living = Model(world, start), Living(world, start, url)
    for at, event in happenings:
        for one in (model, living):
            one.advance(at)
            one.happens(event)
    for one in (model, living):
        one.advance(end)
    asked = living.asked
    living.close()
    return model, asked


def differences(expected: Iterable[Asked], asked: Iterable[Asked]) -> list[str]:
    """What the bot and the model disagree about, a line each, in order of owners."""
    wanted, sent = Counter(expected), Counter(asked)
    by_owner: dict[str, list[str]] = defaultdict(list)
    for words, ones in (("is missing", wanted - sent), ("is too much", sent - wanted)):
        for one in ones.elements():
            by_owner[one.owner].append(f"{one.owner} {one.period} {one.at:%a %d %b %H:%M} to {one.who} {words}: {one}")
    return [line for owner in sorted(by_owner) for line in sorted(by_owner[owner])]


def test_a_year_of_three_hundred_people_in_twenty_five_zones(url: str) -> None:
    chance = random.Random(SEED)
    world = company(chance)
    happenings = year(chance, world)
    model, asked = lived(url, world, happenings, START, END)
    assert differences(model.asked, asked) == [], f"seed {SEED}"
    assert (len(PEOPLE), len(set(world.people.values()))) == (300, 25)
    assert len(asked) > 700
    assert len({type(event) for _, event in happenings}) == 13
    assert not [what for what, times in model.seen.items() if times == 0], model.seen


def test_the_zones_change_their_clocks_in_every_way_there_is() -> None:
    """Spring and autumn, north and south, an hour and half an hour, at midnight and at night; and never."""
    changes = Counter(len(set(_offsets(zone))) for zone in ZONES)
    jumps = {abs(a - b) for zone in ZONES for a, b in zip(_offsets(zone), _offsets(zone)[1:], strict=False)}
    assert changes == {1: 7, 2: 18}
    assert jumps == {timedelta(0), timedelta(minutes=30), timedelta(hours=1)}


def _offsets(zone: str) -> list[timedelta]:
    days = (datetime.combine(date(2026, 1, 1) + timedelta(days=n), time(12), ZoneInfo(zone)) for n in range(365))
    return [offset for day in days if (offset := day.utcoffset()) is not None]


def in_utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A planner to whom every clock shows UTC."""
    return datetime.combine(day, at, UTC)


def a_week_after_the_last(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A planner that adds seven days to the check-in before."""
    return instant_of(day - timedelta(weeks=1), at, zone) + timedelta(weeks=1)


@pytest.mark.parametrize("planner", [in_utc, a_week_after_the_last])
def test_the_model_finds_a_planner_that_is_wrong(url: str, planner: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rhythm, "instant_of", planner)
    model, asked = lived(url, WORLD, [], SPRING, LATER)
    assert differences(model.asked, asked) != []


def test_and_nothing_in_one_that_is_right(url: str) -> None:
    model, asked = lived(url, WORLD, [], SPRING, LATER)
    assert differences(model.asked, asked) == []
    assert len(asked) == 15
