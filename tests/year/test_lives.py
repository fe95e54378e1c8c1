"""Short lives of a few people, drawn step by step: whatever happens, and in whichever order, nobody is asked otherwise
than the rules say. A life that fails is shrunk to the shortest one that still does, and printed as code to run again.
"""

import shutil
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.year.company import ZONES
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
from tests.year.living import Living
from tests.year.model import Model
from tests.year.test_year import differences

PEOPLE, TEAMS = ("UANA", "UBEN", "UCHI"), ("CONE", "CTWO")
BEGINNINGS = [datetime(2026, month, day, tzinfo=UTC) for month, day in ((1, 1), (3, 2), (3, 23), (6, 26), (10, 19))]
LENGTHS = [1, 2, 7, 30, 96, 2 * 96, 5 * 96, 9 * 96, 30 * 96]
"""Quarters of an hour."""

people, teams, zones = st.sampled_from(PEOPLE), st.sampled_from(TEAMS), st.sampled_from(ZONES)
quarters = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
days_off = st.tuples(st.integers(0, 40), st.sampled_from([0, 1, 4, 12, 20]))
oftens = st.sampled_from(
    ["weekly"] * 4
    + ["every second week", "every third week", "first of the month", "last of the month", "third of the month"]
    + ["last working day of the month", "first of the quarter", "last working day of the quarter"]
)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Any schedule; days off are drawn around the beginnings."""
    begin = draw(st.sampled_from(BEGINNINGS)).date()
    spans = [(begin + timedelta(days=n), begin + timedelta(days=n + lasts)) for n, lasts in draw(_few(days_off))]
    starts, ends = draw(st.sampled_from([(9, 18), (9, 18), (7, 15), (10, 23)]))
    return Schedule(
        draw(oftens),
        draw(st.integers(0, 6)),
        draw(quarters),
        date(2026, 1, 5),
        draw(st.none() | zones),
        time(starts),
        time(ends),
        draw(st.sampled_from(["", "", "US", "DE-BY", "JP"])),
        tuple(sorted(spans)),
        draw(st.booleans()),
    )


def _few(one: st.SearchStrategy[tuple[int, int]]) -> st.SearchStrategy[list[tuple[int, int]]]:
    return st.lists(one, max_size=2)


class Lives(RuleBasedStateMachine):
    """The bot and the model, told the same."""

    migrated: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.model: Model
        self.living: Living

    @initialize(
        begin=st.sampled_from(BEGINNINGS),
        homes=st.tuples(zones, zones, zones),
        kept=st.tuples(schedules(), schedules()),
        owned=st.lists(st.tuples(people, teams), min_size=1, max_size=4),
        members=st.frozensets(people),
    )
    def begins(
        self,
        begin: datetime,
        homes: tuple[str, ...],
        kept: tuple[Schedule, ...],
        owned: list[tuple[str, str]],
        members: frozenset[str],
    ) -> None:
        world = World(
            dict(zip(PEOPLE, homes, strict=True)),
            dict(zip(TEAMS, kept, strict=True)),
            dict.fromkeys(TEAMS, members),
            tuple(owned),
        )
        copy = shutil.copyfile(self.migrated, Path(self.folder.name) / "life.db")
        self.model, self.living = Model(world, begin), Living(world, begin, f"sqlite:///{copy}")

    @rule(length=st.sampled_from(LENGTHS), times=st.integers(1, 3))
    def time_passes(self, length: int, times: int) -> None:
        until = self.model.now + length * times * QUARTER
        self.model.advance(until)
        self.living.advance(until)
        assert differences(self.model.asked, self.living.asked) == []

    @rule(who=people, zone=zones)
    def travels(self, who: str, zone: str) -> None:
        self._happens(Travel(who, zone))

    @rule(team=teams, schedule=schedules())
    def is_scheduled_otherwise(self, team: str, schedule: Schedule) -> None:
        self._happens(Edit(team, schedule))

    @rule(
        who=people,
        begins=st.integers(-1, 9),
        lasts=st.sampled_from([0, 1, 3, 6, 13]),
        delegate=st.none() | people,
    )
    def goes_away(self, who: str, begins: int, lasts: int, delegate: str | None) -> None:
        first = self.model.now.date() + timedelta(days=begins)
        self._happens(GoAway(who, first, first + timedelta(days=lasts), delegate))

    @rule(who=people)
    def comes_back(self, who: str) -> None:
        self._happens(Back(who))

    @rule(who=people)
    def leaves_or_returns(self, who: str) -> None:
        self._happens(Leave(who) if self.model.people[who].is_active else Return(who))

    @rule(team=teams, lasts=st.none() | st.sampled_from([-1, 0, 1, 3, 8]))
    def pauses(self, team: str, lasts: int | None) -> None:
        until = None if lasts is None else self.model.now.date() + timedelta(days=lasts)
        self._happens(Pause(team, until))

    @rule(team=teams)
    def goes_on(self, team: str) -> None:
        self._happens(Resume(team))

    @rule(owner=people, team=teams)
    def writes_an_outcome(self, owner: str, team: str) -> None:
        self._happens(Write(owner, team))

    @rule(data=st.data())
    def logs_a_result(self, data: st.DataObject) -> None:
        self._happens(Result(data.draw(st.integers(1, len(self.model.outcomes)))))

    @rule(data=st.data())
    def closes_an_outcome(self, data: st.DataObject) -> None:
        self._happens(Close(data.draw(st.integers(1, len(self.model.outcomes)))))

    @precondition(lambda self: not self.model.is_down)
    @rule()
    def stops(self) -> None:
        self._happens(Down())

    @precondition(lambda self: self.model.is_down)
    @rule()
    def starts_again(self) -> None:
        self._happens(Up())

    def _happens(self, event: Event) -> None:
        self.model.happens(event)
        self.living.happens(event)

    def teardown(self) -> None:
        if hasattr(self, "living"):
            self.living.close()
        self.folder.cleanup()


def test_whatever_happens_the_rules_say_who_is_asked(migrated: Path, pytestconfig: pytest.Config) -> None:
    """The same lives each time, unless `--hypothesis-seed=…` asks for others: many more of them then."""
    hunted = pytestconfig.getoption("--hypothesis-seed") is not None
    Lives.migrated = migrated
    examples, steps = (200, 40) if hunted else (12, 15)
    how = settings(max_examples=examples, stateful_step_count=steps, derandomize=not hunted, database=None)
    run_state_machine_as_test(Lives, settings=how)
