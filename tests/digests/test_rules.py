"""Until when a digest is of use."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from bot.digests.rules import Concern, Exceptions, of_use_until
from bot.teams.rules.rhythm import Rhythm
from bot.teams.rules.workdays import Workdays
from tests.teams.test_rules import times, zones

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


@given(at=times, zone=zones)
def test_it_may_be_sent_for_an_hour_at_least_and_while_people_work(at: time, zone: ZoneInfo) -> None:
    strike = next(Rhythm.weekly(4, at).ahead(zone, after=NOW))
    until = of_use_until(strike, Workdays(), zone)
    assert until >= strike.at + timedelta(hours=1)
    if at <= time(17):
        assert until.astimezone(zone).time() == time(18)


@pytest.mark.parametrize("name", Exceptions.__dataclass_fields__)
def test_anything_at_all_is_something_to_say(name: str) -> None:
    assert Exceptions(**{name: (Concern("It", "Olga"),)})


def test_nothing_is_not() -> None:
    assert not Exceptions()
