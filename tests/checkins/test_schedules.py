"""Owners are asked as often as their team's schedule says, and once a period still."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.errors import NotAllowed, Refused
from bot.measuring.health import Health
from bot.outcomes.actions.history import refresh_team
from bot.outcomes.jobs import outcomes_due
from bot.outcomes.model import Outcome
from bot.teams.actions.schedule import set_schedule
from bot.teams.model import Team
from bot.teams.rules.recurrence import Often, Recurrence
from bot.teams.rules.rhythm import OnHoliday, Rhythm
from bot.teams.rules.workdays import DaysOff, Workdays
from tests.checkins.diary import check_ins, deliveries, periods
from tests.workspaces.firm import Firm

SECOND_MONDAYS = Rhythm(Recurrence(Often.SECOND_WEEK, 0, date(2026, 3, 2)), time(9))
FRIDAYS = Recurrence(Often.WEEKLY, 4)
EASTER = Workdays(days_off=(DaysOff(date(2026, 4, 3), date(2026, 4, 6), "Easter"),))


def at(month: int, day: int, hour: int = 0) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def team_of(firm: Firm, rhythm: Rhythm, channel: str = "C1") -> Team:
    firm.channel(channel, members=["UOLGA", "ULEAD"])
    return firm.team(channel, rhythm=rhythm)


def asked_at(firm: Firm) -> list[str]:
    return [f"{one.period} {one.decided_at:%a %-d %b %H:%M}" for one in check_ins(firm) if one.state == "asked"]


def test_every_second_week_is_every_second_week(firm: Firm) -> None:
    firm.outcome(team_of(firm, SECOND_MONDAYS), "UOLGA")
    firm.live(at(4, 1))
    assert periods(firm) == [("2026-W10", "asked"), ("2026-W12", "asked"), ("2026-W14", "asked")]


def test_an_update_in_the_week_between_counts_for_the_next(firm: Firm) -> None:
    outcome = firm.outcome(team_of(firm, SECOND_MONDAYS), "UOLGA").outcome
    firm.live(at(3, 11))
    firm.result(outcome, "UOLGA", 10)
    firm.live(at(3, 31))
    assert periods(firm) == [("2026-W10", "asked"), ("2026-W12", "not needed"), ("2026-W14", "asked")]


def test_an_owner_in_two_teams_is_asked_about_those_that_strike_in_a_week(firm: Firm) -> None:
    weekly = team_of(firm, Rhythm.weekly(2, time(9)), "C2")
    for place in (team_of(firm, SECOND_MONDAYS), weekly):
        firm.outcome(place, "UOLGA")
    firm.live(at(3, 17))
    words = {key: delivery.text for key, delivery in deliveries(firm, "checkin:").items()}
    assert asked_at(firm) == ["2026-W10 Mon 2 Mar 09:00", "2026-W11 Wed 11 Mar 09:00", "2026-W12 Mon 16 Mar 09:00"]
    assert "OUT-1" in words["checkin:UOLGA:2026-W10"]
    assert "OUT-1" not in words["checkin:UOLGA:2026-W11"]
    assert "OUT-2" in words["checkin:UOLGA:2026-W11"]


def test_a_quarter_without_a_check_in_is_waited_out(firm: Firm) -> None:
    firm.outcome(team_of(firm, Rhythm(Recurrence(Often.FIRST_OF_QUARTER, 1), time(9))), "UOLGA")
    firm.live(at(7, 20))
    assert asked_at(firm) == ["2026-W15 Tue 7 Apr 09:00", "2026-W28 Tue 7 Jul 09:00"]


def test_a_holiday_moves_it_into_the_next_week_and_both_weeks_are_asked_once(firm: Firm) -> None:
    firm.outcome(team_of(firm, Rhythm(FRIDAYS, time(9), workdays=EASTER)), "UOLGA")
    firm.live(at(4, 11))
    assert asked_at(firm)[-2:] == ["2026-W14 Tue 7 Apr 09:00", "2026-W15 Fri 10 Apr 09:00"]
    moved, own = check_ins(firm)[-2:]
    assert moved.closes_at == at(4, 10)
    assert own.closes_at == at(4, 13)


def test_or_it_is_left_out(firm: Firm) -> None:
    rhythm = Rhythm(FRIDAYS, time(9), workdays=EASTER, on_holiday=OnHoliday.SKIP)
    firm.outcome(team_of(firm, rhythm), "UOLGA")
    firm.live(at(4, 11))
    assert [period for period, _ in periods(firm)][-2:] == ["2026-W13", "2026-W15"]


def test_what_weeks_off_moved_is_asked_after_them(firm: Firm) -> None:
    off = Workdays(days_off=(DaysOff(date(2026, 4, 3), date(2026, 4, 24)),))
    firm.outcome(team_of(firm, Rhythm(Recurrence(Often.FIRST_OF_MONTH, 0), time(9), workdays=off)), "UOLGA")
    firm.live(at(5, 5))
    assert asked_at(firm)[-2:] == ["2026-W15 Mon 27 Apr 09:00", "2026-W19 Mon 4 May 09:00"]


def test_what_is_moved_before_another_weeks_is_asked_first_and_nothing_is_left_out(firm: Firm) -> None:
    off = Workdays(days_off=(DaysOff(date(2026, 4, 20), date(2026, 4, 30)),))
    firm.outcome(team_of(firm, Rhythm(Recurrence(Often.MONTH_ENDS, 4), time(9), workdays=off)), "UOLGA")
    firm.outcome(team_of(firm, Rhythm(Recurrence(Often.WEEKLY, 6), time(9)), "C2"), "UOLGA")
    firm.live(at(4, 28))
    assert asked_at(firm)[-3:] == [
        "2026-W18 Fri 17 Apr 09:00",
        "2026-W16 Sun 19 Apr 09:00",
        "2026-W17 Sun 26 Apr 09:00",
    ]


def test_what_is_moved_to_the_day_of_another_is_asked_with_it(firm: Firm) -> None:
    off = Workdays(days_off=(DaysOff(date(2026, 4, 6), date(2026, 4, 12)),))
    firm.outcome(team_of(firm, Rhythm(Recurrence(Often.FIRST_OF_MONTH, 0), time(9), workdays=off)), "UOLGA")
    firm.outcome(team_of(firm, SECOND_MONDAYS, "C2"), "UOLGA")
    firm.live(at(4, 14))
    asked = deliveries(firm, "checkin:UOLGA:2026-W16")["checkin:UOLGA:2026-W16"]
    assert asked_at(firm)[-1] == "2026-W16 Mon 13 Apr 09:00"
    assert all(key in asked.text for key in ("OUT-1", "OUT-2"))


def test_an_owner_who_is_not_in_the_channel_follows_another_schedule_too(firm: Firm) -> None:
    firm.channel("C1", members=["ULEAD"])
    team = firm.team("C1", rhythm=Rhythm(FRIDAYS, time(9)))
    firm.outcome(team, "UOLGA")
    firm.live(at(3, 7))
    change(firm, team, Rhythm.weekly(1, time(9)))
    with firm.db.begin() as tx:
        refresh_team(tx, tx.get_one(Team, team.id), now=firm.now)
    firm.live(at(3, 14))
    assert asked_at(firm) == ["2026-W10 Fri 6 Mar 09:00", "2026-W11 Tue 10 Mar 09:00"]


def test_late_ones_wait_for_the_teams_own_hours_and_never_come_on_a_day_off(firm: Firm) -> None:
    off = Workdays(time(10), time(16), days_off=(DaysOff(date(2026, 3, 3), date(2026, 3, 3)),))
    firm.outcome(team_of(firm, Rhythm(Recurrence(Often.WEEKLY, 0), time(11), workdays=off)), "UOLGA")
    firm.clock.move_to(at(3, 2, 17))
    firm.live(at(3, 7))
    assert asked_at(firm) == ["2026-W10 Wed 4 Mar 10:00"]


def test_another_schedule_counts_from_the_next_check_in_on(firm: Firm) -> None:
    team = team_of(firm, Rhythm.weekly(0, time(9)))
    firm.outcome(team, "UOLGA")
    firm.live(at(3, 4))
    change(firm, team, Rhythm.weekly(3, time(15)))
    firm.live(at(3, 13))
    assert asked_at(firm) == ["2026-W10 Mon 2 Mar 09:00", "2026-W11 Thu 12 Mar 15:00"]


def change(firm: Firm, team: Team, rhythm: Rhythm, by: str = "ULEAD") -> bool:
    with firm.db.begin() as tx:
        return set_schedule(tx, firm.viewer(by), tx.get_one(Team, team.id), rhythm, by="Lea", now=firm.now)


def test_the_channel_hears_of_a_change_once_and_of_none_when_nothing_changed(firm: Firm) -> None:
    team = team_of(firm, SECOND_MONDAYS)
    fridays = Rhythm(FRIDAYS, time(9), "Asia/Tokyo", Workdays(country="JP"))
    assert change(firm, team, fridays) is True
    assert change(firm, team, fridays) is False
    [line] = deliveries(firm, "schedule:").values()
    assert line.place == "C1"
    assert "every Friday at 09:00, at the same moment for everybody (Asia/Tokyo)" in line.text
    with firm.db.read() as tx:
        assert tx.get_one(Team, team.id).rhythm == fridays


def test_the_lead_and_admins_change_it_and_nobody_else(firm: Firm) -> None:
    team = team_of(firm, SECOND_MONDAYS)
    assert change(firm, team, Rhythm.weekly(1, time(9)), by="UANN")
    with pytest.raises(NotAllowed, match="leads Team C1 and can change this"):
        change(firm, team, SECOND_MONDAYS, by="UMAX")


def test_a_day_that_ends_before_it_begins_is_refused(firm: Firm) -> None:
    team = team_of(firm, SECOND_MONDAYS)
    with pytest.raises(Refused, match="end later"):
        change(firm, team, Rhythm(FRIDAYS, time(9), workdays=Workdays(time(18), time(9))))


def test_a_slower_rhythm_makes_an_outcome_stale_later(firm: Firm) -> None:
    team = team_of(firm, Rhythm.weekly(0, time(9)))
    outcome = firm.outcome(team, "UOLGA").outcome
    firm.result(outcome, "UOLGA", 90)
    assert stale_on(firm, outcome) == date(2026, 3, 17)
    change(firm, team, Rhythm(Recurrence(Often.FIRST_OF_MONTH, 0), time(9)))
    with firm.db.begin() as tx:
        refresh_team(tx, tx.get_one(Team, team.id), now=firm.now)
    outcomes_due(firm.db)
    assert stale_on(firm, outcome) == date(2026, 5, 4)


def stale_on(firm: Firm, outcome: Outcome) -> date | None:
    view = firm.see("UOLGA", outcome.number)
    kept = view.outcome.stale_on
    assert kept is not None
    assert view.standing(kept).health == Health.STALE
    assert view.standing(kept - timedelta(days=1)).health != Health.STALE
    return kept
