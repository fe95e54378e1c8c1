"""Owners are asked once a period, at their own time."""

import threading
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.checkins.actions.deciding import check_in_next
from bot.checkins.jobs import ticks
from bot.teams.actions import Membership, note_left
from bot.teams.model import Team
from bot.teams.rules.rhythm import Rhythm
from tests.checkins.diary import check_ins, deliveries, periods, tidied
from tests.workspaces.firm import Firm, profile


def march(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def team(firm: Firm) -> Team:
    firm.channel(members=["UOLGA"])
    return firm.team()


def test_an_owner_is_asked_every_week_at_the_teams_time(firm: Firm, team: Team) -> None:
    firm.outcome(team, "UOLGA")
    firm.live(march(24))
    assert periods(firm) == [(f"2026-W{week}", "asked") for week in (10, 11, 12, 13)]
    assert [checkin.decided_at for checkin in check_ins(firm)] == [march(day, 9) for day in (2, 9, 16, 23)]


def test_each_owner_is_asked_at_their_own_local_time(firm: Firm, team: Team) -> None:
    firm.meet(profile("UOLGA", zone="America/New_York"))
    firm.meet(profile("UMAX", zone="Asia/Kolkata"))
    for who in ("UOLGA", "UMAX"):
        firm.outcome(team, who)
    firm.live(march(10))
    assert check_ins(firm, "UOLGA")[-1].decided_at == march(9, 13)
    assert check_ins(firm, "UMAX")[-1].decided_at == march(9, 3, 30)


def test_the_message_is_owed_for_its_slot_until_the_working_day_ends(firm: Firm, team: Team) -> None:
    firm.outcome(team, "UOLGA")
    firm.live(march(2, 10))
    owed = deliveries(firm)["checkin:UOLGA:2026-W10"]
    assert (owed.place, owed.due_at, owed.expires_at, owed.state.value) == ("UOLGA", march(2, 9), march(2, 18), "owed")


def test_all_that_is_due_is_asked_in_one_message(firm: Firm, team: Team) -> None:
    firm.channel("C2")
    early = firm.team("C2", rhythm=Rhythm.weekly(0, time(8, 30)))
    for place in (team, early, team):
        firm.outcome(place, "UOLGA")
    firm.live(march(3))
    owed = deliveries(firm, "checkin:")
    assert list(owed) == ["checkin:UOLGA:2026-W10"]
    assert all(f"OUT-{n}" in owed["checkin:UOLGA:2026-W10"].text for n in (1, 2, 3))
    assert check_ins(firm)[0].decided_at == march(2, 8, 30)


def test_an_outcome_written_down_after_the_weeks_slot_waits_for_the_next(firm: Firm, team: Team) -> None:
    firm.clock.move_to(march(2, 9))
    firm.outcome(team, "UOLGA")
    firm.live(march(10))
    assert periods(firm) == [("2026-W11", "asked")]


def test_nothing_is_asked_that_was_updated_in_its_period(firm: Firm, team: Team) -> None:
    outcome = firm.outcome(team, "UOLGA").outcome
    firm.result(outcome, "UOLGA", 10)
    firm.live(march(10))
    assert periods(firm) == [("2026-W10", "not needed"), ("2026-W11", "asked")]
    withheld = deliveries(firm)["checkin:UOLGA:2026-W10"]
    assert (withheld.state.value, withheld.reason) == ("withheld", "Everything due was already updated in this period.")


def test_of_two_outcomes_only_the_one_that_waits_is_asked_about(firm: Firm, team: Team) -> None:
    outcome = firm.outcome(team, "UOLGA").outcome
    firm.outcome(team, "UOLGA")
    firm.result(outcome, "UOLGA", 10)
    firm.live(march(3))
    text = deliveries(firm)["checkin:UOLGA:2026-W10"].text
    assert ("OUT-1" in text, "OUT-2" in text) == (False, True)


def test_the_owners_own_calendar_says_which_period_an_update_was_in(firm: Firm, team: Team) -> None:
    firm.meet(profile("UOLGA", zone="Pacific/Auckland"))
    outcome = firm.outcome(team, "UOLGA").outcome
    firm.clock.move_to(march(8, 14))
    firm.result(outcome, "UOLGA", 10)
    firm.live(march(10))
    assert ("2026-W11", "not needed") in periods(firm)


def test_after_a_night_of_downtime_the_day_begins_with_the_ask(firm: Firm, team: Team) -> None:
    firm.outcome(team, "UOLGA")
    firm.looks()
    firm.clock.move_to(march(2, 23))
    firm.live(march(4))
    assert [(c.state, c.decided_at) for c in check_ins(firm)] == [("asked", march(3, 9))]
    assert deliveries(firm)["checkin:UOLGA:2026-W10"].expires_at == march(3, 18)


def test_what_was_updated_while_the_ask_waited_is_not_asked(firm: Firm, team: Team) -> None:
    outcome = firm.outcome(team, "UOLGA").outcome
    firm.looks()
    firm.clock.move_to(march(2, 23))
    firm.looks()
    firm.result(outcome, "UOLGA", 10)
    firm.live(march(4))
    assert periods(firm) == [("2026-W10", "not needed")]


def test_weeks_of_downtime_are_recorded_as_missed_and_why(firm: Firm, team: Team) -> None:
    firm.outcome(team, "UOLGA")
    firm.looks()
    firm.clock.move_to(march(18, 3))
    firm.live(march(19))
    assert periods(firm) == [("2026-W10", "missed"), ("2026-W11", "missed"), ("2026-W12", "asked")]
    states = tidied(firm)
    assert [states[f"checkin:UOLGA:2026-W{week}"] for week in (10, 11, 12)] == ["expired", "expired", "expired"]
    assert all(delivery.reason for delivery in deliveries(firm, "checkin:").values())


def test_a_team_that_moves_its_day_asks_once_in_that_week(firm: Firm, team: Team) -> None:
    firm.outcome(team, "UOLGA")
    firm.live(march(3))
    firm.team(rhythm=Rhythm.weekly(3, time(14)))
    firm.live(march(14))
    assert periods(firm) == [("2026-W10", "asked"), ("2026-W11", "asked")]
    assert check_ins(firm)[1].decided_at == march(12, 14)


@pytest.mark.parametrize(
    ("there", "here"), [("Pacific/Kiritimati", "Etc/GMT+12"), ("Etc/GMT+12", "Pacific/Kiritimati")]
)
def test_a_traveller_is_asked_once_a_period_and_no_period_is_lost(
    firm: Firm, team: Team, there: str, here: str
) -> None:
    firm.outcome(team, "UOLGA")
    firm.outcome(firm.team(rhythm=Rhythm.weekly(6, time(20))), "UOLGA")
    for days in range(1, 30):
        firm.live(firm.now + timedelta(hours=17))
        firm.meet(profile("UOLGA", zone=there if days % 2 else here))
    weeks = [int(period[-2:]) for period, _ in periods(firm)]
    assert weeks == list(range(weeks[0], weeks[-1] + 1))


def test_a_week_that_a_traveller_stepped_over_is_recorded(firm: Firm, team: Team) -> None:
    firm.team(rhythm=Rhythm.weekly(6, time(20)))
    firm.meet(profile("UOLGA", zone="Pacific/Honolulu"))
    firm.outcome(team, "UOLGA")
    sunday_evening = march(9, 5)
    firm.live(sunday_evening)
    firm.meet(profile("UOLGA", zone="Pacific/Auckland"))
    firm.live(march(16))
    assert periods(firm) == [("2026-W10", "missed"), ("2026-W11", "asked")]


def test_a_lead_hears_of_an_owner_who_left_and_nobody_is_asked(firm: Firm, team: Team) -> None:
    firm.outcome(team, "UOLGA")
    firm.meet(profile("UOLGA", name="Olga", is_active=False))
    firm.live(march(10))
    assert periods(firm) == []
    told = deliveries(firm)
    assert [(key, delivery.place) for key, delivery in told.items()] == [("ownerless:UOLGA:ULEAD:2026-W10", "ULEAD")]
    assert "Olga" in told["ownerless:UOLGA:ULEAD:2026-W10"].text
    assert "OUT-1" in told["ownerless:UOLGA:ULEAD:2026-W10"].text


def test_an_owner_who_left_the_private_channel_as_well_is_not_forgotten(firm: Firm) -> None:
    firm.channel("C2", ["UOLGA", "ULEAD"], is_private=True)
    firm.outcome(firm.team("C2"), "UOLGA")
    with firm.db.begin() as tx:
        note_left(tx, Membership("T1", "C2", "UOLGA", False))
    firm.meet(profile("UOLGA", is_active=False))
    firm.looks()
    assert [delivery.place for delivery in deliveries(firm).values()] == ["ULEAD"]


def test_the_channel_hears_it_where_the_lead_cannot(firm: Firm, team: Team) -> None:
    firm.outcome(team, "ULEAD")
    firm.meet(profile("ULEAD", is_active=False))
    firm.looks()
    assert [delivery.place for delivery in deliveries(firm).values()] == ["C1"]


def test_looking_when_it_is_not_time_does_nothing(firm: Firm, team: Team) -> None:
    firm.outcome(team, "UOLGA")
    firm.live(march(2, 10))
    with firm.db.begin() as tx:
        assert not check_in_next(tx, firm.viewer("UOLGA"), now=firm.now)
        assert not check_in_next(tx, firm.viewer("UMAX"), now=firm.now)
        assert not check_in_next(tx, firm.viewer("UNOBODY"), now=firm.now)
    assert firm.looks() == 0


def test_several_replicas_at_once_ask_once(firm: Firm, team: Team) -> None:
    for who in ("UOLGA", "UMAX", "UANN"):
        firm.outcome(team, who)
    firm.clock.move_to(march(2, 9))
    start, looked = threading.Barrier(4), []

    def replica() -> None:
        start.wait(10)
        looked.append(firm.looks())

    threads = [threading.Thread(target=replica) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    while firm.looks():
        pass
    assert [periods(firm, who) for who in ("UOLGA", "UMAX", "UANN")] == [[("2026-W10", "asked")]] * 3
    assert len(deliveries(firm)) == 3


def test_one_persons_trouble_does_not_hold_up_the_others(
    firm: Firm, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who in ("UMAX", "UOLGA"):
        firm.outcome(team, who)
    firm.clock.move_to(march(2, 9))

    def trouble_for_max(tx: object, owner: object, **now: object) -> bool:
        if getattr(owner, "person_id", "") == "UMAX":
            raise RuntimeError("trouble")
        return check_in_next(tx, owner, **now)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr("bot.checkins.jobs.check_in_next", trouble_for_max)
        firm.looks()
    assert (periods(firm, "UOLGA"), periods(firm, "UMAX")) == ([("2026-W10", "asked")], [])
    firm.live(march(2, 10))
    assert periods(firm, "UMAX") == [("2026-W10", "asked")]


def test_whoever_moves_the_clock_is_told_when_to_look_next(firm: Firm, team: Team) -> None:
    due = ticks(firm.db)[0]
    assert due.next_at is not None
    assert due.next_at() is None
    firm.outcome(team, "UOLGA")
    firm.looks()
    assert due.next_at() == march(2, 9)
