"""Going away and coming back, and who hears of it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.absences.actions.leaving import Gone, come_back, go_away
from bot.absences.model import Absence
from bot.absences.queries import Away, absence_on, absences_ahead, outcomes_shared, stand_in_on, stands_in_for
from bot.absences.rules import Days
from bot.errors import FormRefused, Refused
from bot.outbox.model import Delivery
from bot.outbox.rules import State
from bot.people.model import Person
from tests.workspaces.firm import Firm, profile


def march(day: int) -> date:
    """Today is Monday 2 March."""
    return date(2026, 3, day)


def days(first: int, last: int) -> Days:
    return Days(march(first), march(last))


def go(firm: Firm, first: int, last: int, *, who: str = "UOLGA", delegate: str | None = None) -> Gone:
    with firm.db.begin() as tx:
        named = firm.people[delegate] if delegate else None
        return go_away(tx, firm.viewer(who), days(first, last), delegate=named, now=firm.now)


def back(firm: Firm, absence_id: int | None = None, *, who: str = "UOLGA") -> Away:
    with firm.db.begin() as tx:
        return come_back(tx, firm.viewer(who), absence_id, now=firm.now)


def stands(firm: Firm, who: str = "UOLGA") -> list[tuple[int, int, str | None]]:
    """The absences that stand: first and last day of March, and the delegate."""
    with firm.db.read() as tx:
        rows = tx.scalars(
            select(Absence).where(Absence.person_id == who, Absence.cancelled_at.is_(None)).order_by(Absence.first_on)
        )
        return [(row.first_on.day, row.last_on.day, row.delegate_id) for row in rows]


def is_away(firm: Firm, day: int, who: str = "UOLGA") -> bool:
    with firm.db.read() as tx:
        return absence_on(tx, firm.viewer(who), march(day)) is not None


def stand_in(firm: Firm, day: int) -> str | None:
    with firm.db.read() as tx:
        found = stand_in_on(tx, firm.viewer("UOLGA"), march(day))
        return found.name if found else None


def told(firm: Firm, who: str) -> list[str]:
    """The keys of what is owed to somebody or was sent."""
    with firm.db.read() as tx:
        owed = select(Delivery).where(Delivery.place == who, Delivery.state != State.CANCELLED).order_by(Delivery.id)
        return [delivery.key for delivery in tx.scalars(owed)]


def next_look(firm: Firm, who: str = "UOLGA") -> datetime | None:
    with firm.db.read() as tx:
        return tx.get_one(Person, ("T1", who)).next_checkin_at


def sent(firm: Firm) -> None:
    """Everything that is owed has gone out."""
    with firm.db.begin() as tx:
        for delivery in tx.scalars(select(Delivery).where(Delivery.state == State.OWED)):
            delivery.state, delivery.ended_at = State.SENT, firm.now


def an_hour_later(firm: Firm, day: int) -> None:
    firm.clock.move_to(datetime(2026, 3, day, 9, tzinfo=UTC))


@contextmanager
def refused(why: str, field: str) -> Iterator[None]:
    with pytest.raises(FormRefused, match=why) as caught:
        yield
    assert list(caught.value.errors) == [field]


def test_somebody_is_away_from_the_first_day_to_the_last(firm: Firm) -> None:
    go(firm, 4, 6)
    assert [is_away(firm, day) for day in (3, 4, 5, 6, 7)] == [False, True, True, True, False]
    assert not is_away(firm, 5, "UMAX")


def test_one_workspace_knows_nothing_of_the_other(firm: Firm) -> None:
    go(firm, 2, 6, delegate="UMAX")
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("UOLGA"), profile("UMAX"))
    assert not is_away(other, 4)
    with firm.db.read() as tx:
        assert absences_ahead(tx, other.viewer("UOLGA"), today=march(2)) == []
        assert stands_in_for(tx, other.viewer("UMAX"), days(1, 20)) == []
    with pytest.raises(Refused):
        back(other, 1)


@pytest.mark.parametrize(
    ("first", "last", "why"), [(6, 4, "before it begins"), (1, 1, "was over"), (30, 29, "before it begins")]
)
def test_days_that_cannot_be_are_refused_at_the_last_day(firm: Firm, first: int, last: int, why: str) -> None:
    with refused(why, "last"):
        go(firm, first, last)
    assert stands(firm) == []


def test_today_is_the_persons_own(firm: Firm) -> None:
    firm.meet(profile("UAUK", zone="Pacific/Auckland"), profile("ULAX", zone="America/Los_Angeles"))
    firm.clock.move_to(datetime(2026, 3, 3, 2, tzinfo=UTC))
    go(firm, 2, 2, who="ULAX")
    with refused("was over", "last"):
        go(firm, 2, 2, who="UAUK")


def test_the_next_check_in_of_an_owner_is_planned_afresh(firm: Firm) -> None:
    firm.channel(members=["UOLGA"])
    firm.outcome(firm.team(), "UOLGA")
    firm.looks()
    assert next_look(firm) != firm.now
    go(firm, 9, 13)
    assert next_look(firm) == firm.now
    firm.looks()
    back(firm, 1)
    assert next_look(firm) == firm.now


def test_nobody_else_gets_a_check_in_planned(firm: Firm) -> None:
    go(firm, 9, 13)
    assert next_look(firm) is None


@pytest.mark.parametrize(
    ("first", "last", "delegate", "left"),
    [
        (10, 20, None, [(2, 20, None)]),
        (2, 8, None, [(2, 8, None)]),
        (4, 8, None, [(2, 8, None)]),
        (1, 30, None, [(1, 30, None)]),
        (10, 20, "UMAX", [(2, 9, None), (10, 20, "UMAX")]),
        (2, 20, "UMAX", [(2, 20, "UMAX")]),
        (15, 15, "UMAX", [(2, 14, None), (15, 15, "UMAX")]),
        (16, 20, None, [(2, 15, None), (16, 20, None)]),
    ],
)
def test_from_its_first_day_on_what_was_said_last_holds(
    firm: Firm, first: int, last: int, delegate: str | None, left: list[tuple[int, int, str | None]]
) -> None:
    go(firm, 2, 15)
    go(firm, first, last, delegate=delegate)
    assert stands(firm) == left


def test_said_twice_in_the_same_moment_one_takes_the_place_of_the_other(firm: Firm) -> None:
    both = threading.Barrier(2)

    def said(last: int) -> None:
        both.wait()
        go(firm, 4, last)

    threads = [threading.Thread(target=said, args=(last,)) for last in (10, 12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stands(firm) in ([(4, 10, None)], [(4, 12, None)])


def test_what_was_replaced_or_shortened_is_answered(firm: Firm) -> None:
    go(firm, 4, 10)
    go(firm, 12, 20)
    gone = go(firm, 8, 15, delegate="UMAX")
    assert (gone.replaced, [away.days for away in gone.shortened]) == ([days(12, 20)], [days(4, 7)])


def test_two_that_would_last_over_a_year_together_stay_two(firm: Firm) -> None:
    first, year = march(2), timedelta(days=364)
    with firm.db.begin() as tx:
        olga = firm.viewer("UOLGA")
        go_away(tx, olga, Days(first, first + year), delegate=None, now=firm.now)
        later = Days(first + timedelta(days=300), first + year + timedelta(days=30))
        go_away(tx, olga, later, delegate=None, now=firm.now)
    with firm.db.read() as tx:
        assert [away.days.first for away in absences_ahead(tx, olga, today=first)] == [first, later.first]


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("UOLGA", "cannot stand in for yourself"),
        ("UBOTTY", "Botty is a bot"),
        ("UGONE", "Gone is not active"),
    ],
)
def test_not_everybody_can_stand_in(firm: Firm, who: str, why: str) -> None:
    firm.meet(profile("UBOTTY", name="Botty", is_bot=True), profile("UGONE", name="Gone", is_active=False))
    with refused(why, "delegate"):
        go(firm, 4, 6, delegate=who)
    assert stands(firm) == []


@pytest.mark.parametrize(("first", "last", "fits"), [(2, 5, False), (6, 9, False), (2, 3, True), (7, 9, True)])
def test_nobody_stands_in_who_is_away_themselves(firm: Firm, first: int, last: int, fits: bool) -> None:
    go(firm, 4, 6, who="UMAX")
    if fits:
        go(firm, first, last, delegate="UMAX")
    else:
        with refused("Max is away themselves from Wed, Mar 4 to Fri, Mar 6", "delegate"):
            go(firm, first, last, delegate="UMAX")


def test_a_delegate_is_told_once_and_of_what_they_may_see(firm: Firm) -> None:
    firm.channel("C1", ["UOLGA", "UMAX"])
    firm.channel("C2", ["UOLGA", "ULEAD"], is_private=True)
    seen = firm.outcome(firm.team("C1"), "UOLGA")
    firm.outcome(firm.team("C2"), "UOLGA")
    gone = go(firm, 4, 6, delegate="UMAX")
    assert ([brief.outcome.key for brief in gone.shared.seen], gone.shared.hidden) == ([seen.outcome.key], 1)
    assert told(firm, "UMAX") == ["absence:1:delegate"]
    with firm.db.read() as tx:
        text = tx.scalars(select(Delivery.text).where(Delivery.place == "UMAX")).one()
    assert "OUT-1" in text
    assert "OUT-2" not in text


def test_who_sees_none_of_the_outcomes_cannot_stand_in(firm: Firm) -> None:
    firm.channel("C2", ["UOLGA", "ULEAD"], is_private=True)
    firm.outcome(firm.team("C2"), "UOLGA")
    with refused("Max cannot see any of your outcomes", "delegate"):
        go(firm, 4, 6, delegate="UMAX")
    assert told(firm, "UMAX") == []


def test_a_closed_or_somebody_elses_outcome_is_not_shared(firm: Firm) -> None:
    firm.channel(members=["UOLGA"])
    firm.outcome(firm.team(), "ULEAD")
    with firm.db.read() as tx:
        shared = outcomes_shared(tx, firm.viewer("UOLGA"), firm.viewer("UMAX"))
    assert (shared.seen, shared.hidden) == ([], 0)


def test_who_comes_back_early_is_there_from_today(firm: Firm) -> None:
    go(firm, 2, 15)
    an_hour_later(firm, 5)
    back(firm)
    assert [is_away(firm, day) for day in (4, 5, 6)] == [True, False, False]
    with pytest.raises(Refused, match="over already"):
        back(firm)


def test_who_comes_back_on_the_first_day_was_never_away(firm: Firm) -> None:
    go(firm, 2, 15)
    back(firm)
    assert stands(firm) == []


def test_an_absence_that_is_planned_is_called_off_by_its_own_button_only(firm: Firm) -> None:
    gone = go(firm, 9, 13)
    with pytest.raises(Refused, match="over already"):
        back(firm)
    back(firm, gone.away.absence.id)
    assert stands(firm) == []


def test_nobody_ends_the_absence_of_somebody_else(firm: Firm) -> None:
    gone = go(firm, 2, 13)
    with pytest.raises(Refused, match="over already"):
        back(firm, gone.away.absence.id, who="UMAX")
    assert stands(firm) == [(2, 13, None)]


def test_an_absence_ends_by_itself(firm: Firm) -> None:
    gone = go(firm, 2, 4)
    an_hour_later(firm, 5)
    assert not is_away(firm, 5)
    with pytest.raises(Refused):
        back(firm, gone.away.absence.id)


def test_a_delegate_who_had_heard_hears_that_it_is_over(firm: Firm) -> None:
    go(firm, 2, 15, delegate="UMAX")
    sent(firm)
    back(firm)
    assert told(firm, "UMAX") == ["absence:1:delegate", "absence:1:over"]


def test_a_delegate_who_had_not_heard_yet_hears_nothing(firm: Firm) -> None:
    go(firm, 2, 15, delegate="UMAX")
    back(firm)
    assert told(firm, "UMAX") == []


def test_a_new_delegate_is_asked_and_the_old_one_is_released(firm: Firm) -> None:
    go(firm, 4, 15, delegate="UMAX")
    sent(firm)
    go(firm, 4, 15, delegate="ULEAD")
    assert told(firm, "UMAX") == ["absence:1:delegate", "absence:1:over"]
    assert told(firm, "ULEAD") == ["absence:2:delegate"]


def test_the_same_delegate_hears_the_new_days_and_nothing_else(firm: Firm) -> None:
    go(firm, 4, 15, delegate="UMAX")
    go(firm, 4, 10, delegate="UMAX")
    assert told(firm, "UMAX") == ["absence:2:delegate"]
    sent(firm)
    go(firm, 4, 12, delegate="UMAX")
    assert told(firm, "UMAX") == ["absence:2:delegate", "absence:3:delegate"]


def test_a_delegate_whose_days_get_fewer_is_told(firm: Firm) -> None:
    go(firm, 4, 15, delegate="UMAX")
    sent(firm)
    go(firm, 10, 15)
    assert told(firm, "UMAX") == ["absence:1:delegate", "absence:1:until:2026-03-09"]


def test_the_delegate_is_asked_instead_while_they_are_there(firm: Firm) -> None:
    go(firm, 4, 15, delegate="UMAX")
    assert [stand_in(firm, day) for day in (3, 4, 15, 16)] == [None, "Max", "Max", None]
    gone = go(firm, 9, 10, who="UMAX")
    assert [stand_in(firm, day) for day in (8, 9, 11)] == ["Max", None, "Max"]
    assert [away.person.name for away in gone.left_alone] == ["Olga"]
    assert told(firm, "UOLGA") == ["absence:1:alone:2"]
    firm.meet(profile("UMAX", name="Max", is_active=False))
    assert stand_in(firm, 8) is None


def test_without_a_delegate_nobody_is_asked(firm: Firm) -> None:
    go(firm, 4, 15)
    assert stand_in(firm, 8) is None


def test_a_week_lists_what_is_not_over_the_nearest_first(firm: Firm) -> None:
    go(firm, 20, 22)
    go(firm, 9, 10, delegate="UMAX")
    go(firm, 2, 3)
    with firm.db.read() as tx:
        ahead = absences_ahead(tx, firm.viewer("UOLGA"), today=march(4))
        others = stands_in_for(tx, firm.viewer("UMAX"), days(9, 9))
        assert [(away.days, away.delegate and away.delegate.name) for away in ahead] == [
            (days(9, 10), "Max"),
            (days(20, 22), None),
        ]
        assert [away.person.name for away in others] == ["Olga"]
        assert stands_in_for(tx, firm.viewer("UMAX"), days(11, 20)) == []
