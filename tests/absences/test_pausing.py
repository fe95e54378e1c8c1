"""A team pauses and goes on."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.absences.actions.pausing import pause_team, resume_team
from bot.errors import NotAllowed, Refused
from bot.people.model import Person
from bot.teams.model import Team
from tests.outcomes.samples import team
from tests.workspaces.firm import Firm

DATES = st.dates(date(2026, 1, 1), date(2026, 12, 31))
TODAY = date(2026, 3, 2)


@pytest.fixture
def growth(firm: Firm) -> Team:
    """A team that Lea leads, with an outcome of Olga's, who is not in its channel."""
    firm.channel(members=["ULEAD"])
    growth = firm.team()
    firm.outcome(growth, "UOLGA")
    while firm.looks():
        pass
    return growth


def pause(firm: Firm, growth: Team, until: date | None = None, *, by: str = "ULEAD") -> Team:
    with firm.db.begin() as tx:
        found = tx.get_one(Team, growth.id)
        pause_team(tx, firm.viewer(by), found, until=until, now=firm.now)
        return found


def resume(firm: Firm, growth: Team, *, by: str = "ULEAD") -> Team:
    with firm.db.begin() as tx:
        found = tx.get_one(Team, growth.id)
        resume_team(tx, firm.viewer(by), found, now=firm.now)
        return found


def looks_at_once(firm: Firm, who: str = "UOLGA") -> bool:
    """Whether the next tick looks at somebody; it has looked then."""
    with firm.db.read() as tx:
        planned = tx.get_one(Person, ("T1", who)).next_checkin_at
    while firm.looks():
        pass
    return planned == firm.now


@given(first=DATES, last=st.none() | DATES, day=DATES)
def test_a_pause_holds_from_its_first_day_to_its_last(first: date, last: date | None, day: date) -> None:
    paused = team()
    assert not paused.is_paused_on(day)
    paused.paused_from_on, paused.paused_to_on = first, last
    assert paused.is_paused_on(day) is (first <= day <= (last or date.max))


@pytest.mark.parametrize("who", ["ULEAD", "UANN"])
def test_its_lead_and_admins_pause_it_and_let_it_go_on(firm: Firm, growth: Team, who: str) -> None:
    assert pause(firm, growth, by=who).is_paused_on(date(2030, 1, 1))
    assert not resume(firm, growth, by=who).is_paused_on(TODAY)


@pytest.mark.parametrize("who", ["UOLGA", "UMAX"])
def test_nobody_else_does_and_they_are_told_who_can(firm: Firm, growth: Team, who: str) -> None:
    with pytest.raises(NotAllowed, match="Lea leads Team C1 and can pause it"):
        pause(firm, growth, by=who)
    pause(firm, growth)
    with pytest.raises(NotAllowed, match="Lea leads Team C1"):
        resume(firm, growth, by=who)


def test_it_begins_today_and_ends_by_itself_after_its_date(firm: Firm, growth: Team) -> None:
    paused = pause(firm, growth, date(2026, 3, 15))
    days = [date(2026, 3, 1), TODAY, date(2026, 3, 15), date(2026, 3, 16)]
    assert [paused.is_paused_on(day) for day in days] == [False, True, True, False]


def test_a_pause_of_today_alone_can_be_said_and_one_that_is_past_cannot(firm: Firm, growth: Team) -> None:
    assert pause(firm, growth, TODAY).is_paused_on(TODAY)
    with pytest.raises(Refused, match="Sun, Mar 1 is past"):
        pause(firm, growth, date(2026, 3, 1))


def test_said_again_it_gets_the_new_end(firm: Firm, growth: Team) -> None:
    pause(firm, growth, date(2026, 3, 15))
    firm.clock.move_to(datetime(2026, 3, 4, 9, tzinfo=UTC))
    paused = pause(firm, growth)
    assert (paused.paused_from_on, paused.paused_to_on) == (TODAY, None)


def test_who_resumes_ends_it_as_of_today_and_what_was_paused_stays_known(firm: Firm, growth: Team) -> None:
    pause(firm, growth)
    firm.clock.move_to(datetime(2026, 3, 4, 9, tzinfo=UTC))
    resumed = resume(firm, growth)
    assert [resumed.is_paused_on(date(2026, 3, day)) for day in (2, 3, 4)] == [True, True, False]


def test_what_is_not_paused_cannot_be_resumed(firm: Firm, growth: Team) -> None:
    with pytest.raises(Refused, match="Team C1 is not paused"):
        resume(firm, growth)
    pause(firm, growth, date(2026, 3, 3))
    firm.clock.move_to(datetime(2026, 3, 4, 9, tzinfo=UTC))
    with pytest.raises(Refused, match="Team C1 is not paused"):
        resume(firm, growth)


def test_every_owner_is_planned_afresh_whether_or_not_they_are_in_the_channel(firm: Firm, growth: Team) -> None:
    assert not looks_at_once(firm)
    pause(firm, growth)
    assert looks_at_once(firm)
    resume(firm, growth)
    assert looks_at_once(firm)
    assert not looks_at_once(firm, "UMAX")
