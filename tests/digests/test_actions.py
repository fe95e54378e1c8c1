"""A team's channel gets its digest: once a week, only when it says something, never on a holiday."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.absences.actions.pausing import pause_team
from bot.digests.actions import NOTHING_TO_SAY, PAUSED, SWITCHED_OFF, give_digest, plan_digest
from bot.digests.jobs import give_digests_due, next_digest
from bot.obstacles.actions import Told, raise_obstacle
from bot.outbox.model import Delivery
from bot.outbox.queue import enqueue
from bot.outbox.rules import State
from bot.slack.message import Message
from bot.teams.actions.schedule import set_digest, set_schedule
from bot.teams.model import Team
from bot.teams.rules.rhythm import Rhythm
from bot.teams.rules.workdays import Workdays
from tests.workspaces.firm import Firm, profile

FRIDAYS = Rhythm.weekly(4, time(16))
FRIDAY = datetime(2026, 3, 6, 16, tzinfo=UTC)
WEEK = timedelta(weeks=1)


@pytest.fixture
def growth(firm: Firm) -> Team:
    """Lea's team, with an outcome of Olga's that an obstacle stands in the way of, and a digest on Fridays at 16:00."""
    firm.channel(members=["UOLGA", "ULEAD"])
    team = firm.team()
    outcome = firm.outcome(team, "UOLGA")
    with firm.db.begin() as tx:
        told = Told("Legal is silent", firm.people["ULEAD"])
        raise_obstacle(tx, firm.viewer("UOLGA"), outcome, told, now=firm.now)
    switch(firm, team, FRIDAYS)
    return team


def switch(firm: Firm, team: Team, digest: Rhythm | None) -> bool:
    with firm.db.begin() as tx:
        row = tx.get_one(Team, team.id)
        did = set_digest(tx, firm.viewer("ULEAD"), row, digest, by="Lea", now=firm.now)
        plan_digest(tx, row, now=firm.now)
        return did


def live(firm: Firm, until: datetime) -> None:
    """Lets time pass: a beat now, and one whenever a digest may be due."""
    while (due := next_digest(firm.db)) and due <= until:
        firm.clock.move_to(max(due, firm.now))
        assert give_digests_due(firm.db) > 0
    firm.clock.move_to(until)


def digests(firm: Firm) -> list[tuple[str, str, str | None]]:
    with firm.db.read() as tx:
        rows = tx.scalars(select(Delivery).where(Delivery.key.like("digest:%")).order_by(Delivery.due_at))
        return [(row.key, row.state, row.reason) for row in rows]


def the_digest(firm: Firm) -> Delivery:
    with firm.db.read() as tx:
        return tx.scalars(select(Delivery).where(Delivery.key.like("digest:%"))).one()


def test_it_comes_to_the_channel_on_its_day_until_the_working_day_ends(firm: Firm, growth: Team) -> None:
    live(firm, FRIDAY - timedelta(seconds=1))
    assert digests(firm) == []
    live(firm, FRIDAY)
    owed = the_digest(firm)
    assert (owed.key, owed.place, owed.due_at) == (f"digest:{growth.id}:2026-W10", "C1", FRIDAY)
    assert owed.expires_at == FRIDAY.replace(hour=18)
    assert owed.text.startswith("*Effort without movement:* none\n*Obstacles open:* OUT-1 Legal is silent (Lea)")


def test_it_comes_once_a_week(firm: Firm, growth: Team) -> None:
    live(firm, FRIDAY + 2 * WEEK)
    assert [key[-3:] for key, _, _ in digests(firm)] == ["W10", "W11", "W12"]
    assert next_digest(firm.db) == FRIDAY + 3 * WEEK


def test_a_second_replica_finds_nothing_left_to_do(firm: Firm, growth: Team) -> None:
    firm.clock.move_to(FRIDAY)
    with firm.db.begin() as tx:
        assert give_digest(tx, firm.id, growth.id, now=firm.now)
        assert not give_digest(tx, firm.id, growth.id, now=firm.now)


def test_a_schedule_that_is_changed_while_it_is_due_does_not_lose_it(firm: Firm, growth: Team) -> None:
    firm.clock.move_to(FRIDAY + timedelta(minutes=1))
    switch(firm, growth, Rhythm.weekly(4, time(15)))
    live(firm, firm.now)
    assert [key[-3:] for key, _, _ in digests(firm)] == ["W10"]
    assert next_digest(firm.db) == FRIDAY + WEEK - timedelta(hours=1)


def test_with_nothing_to_say_it_is_kept_back_and_the_reason_is_on_record(firm: Firm) -> None:
    firm.channel()
    switch(firm, firm.team(), FRIDAYS)
    live(firm, FRIDAY)
    assert [row[1:] for row in digests(firm)] == [(State.WITHHELD, NOTHING_TO_SAY)]


def test_a_paused_team_gets_none_and_then_gets_them_again(firm: Firm, growth: Team) -> None:
    with firm.db.begin() as tx:
        row = tx.get_one(Team, growth.id)
        pause_team(tx, firm.viewer("ULEAD"), row, until=FRIDAY.date(), now=firm.now)
    live(firm, FRIDAY + WEEK)
    assert [row[1:] for row in digests(firm)] == [(State.WITHHELD, PAUSED), (State.OWED, None)]


def test_off_a_holiday_it_moves_and_keeps_the_name_of_its_week(firm: Firm, growth: Team) -> None:
    good_friday = datetime(2026, 4, 3, 16, tzinfo=UTC)
    with firm.db.begin() as tx:
        row = tx.get_one(Team, growth.id)
        german = Rhythm(row.rhythm.recurrence, row.rhythm.at, workdays=Workdays(country="DE"))
        set_schedule(tx, firm.viewer("ULEAD"), row, german, by="Lea", now=firm.now)
        plan_digest(tx, row, now=firm.now)
    live(firm, good_friday - timedelta(days=1))
    before = len(digests(firm))
    live(firm, good_friday + timedelta(days=3, hours=23))
    assert len(digests(firm)) == before
    live(firm, good_friday + timedelta(days=4))
    assert digests(firm)[-1][0] == f"digest:{growth.id}:2026-W14"


def test_it_goes_by_the_zone_of_the_check_ins_or_else_by_the_leads(firm: Firm, growth: Team) -> None:
    firm.meet(profile("ULEAD", name="Lea", zone="America/New_York"))
    switch(firm, growth, FRIDAYS)
    assert next_digest(firm.db) == FRIDAY + timedelta(hours=5)
    with firm.db.begin() as tx:
        row = tx.get_one(Team, growth.id)
        at_once = Rhythm(row.rhythm.recurrence, row.rhythm.at, "Asia/Tokyo")
        set_schedule(tx, firm.viewer("ULEAD"), row, at_once, by="Lea", now=firm.now)
        plan_digest(tx, row, now=firm.now)
    assert next_digest(firm.db) == FRIDAY - timedelta(hours=9)


def test_a_lead_who_moves_east_costs_the_team_no_digest(firm: Firm, growth: Team) -> None:
    firm.meet(profile("ULEAD", name="Lea", zone="Asia/Tokyo"))
    live(firm, FRIDAY)
    assert [key[-3:] for key, _, _ in digests(firm)] == ["W10"]


def test_after_weeks_of_standing_still_each_that_was_missed_is_on_record(firm: Firm, growth: Team) -> None:
    firm.clock.move_to(FRIDAY + 2 * WEEK)
    assert give_digests_due(firm.db) == 1
    with firm.db.read() as tx:
        rows = tx.scalars(select(Delivery).where(Delivery.key.like("digest:%")).order_by(Delivery.due_at)).all()
    assert [row.expires_at > firm.now for row in rows] == [False, False, True]


def test_switched_off_there_is_none_and_one_that_is_still_owed_is_called_off(firm: Firm, growth: Team) -> None:
    live(firm, FRIDAY)
    assert switch(firm, growth, None)
    assert not switch(firm, growth, None)
    assert next_digest(firm.db) is None
    assert [row[1:] for row in digests(firm)] == [(State.CANCELLED, SWITCHED_OFF)]


def test_one_teams_trouble_holds_up_nobody_and_is_tried_again(firm: Firm, growth: Team) -> None:
    firm.channel("C2", ["ULEAD"])
    other = firm.team("C2")
    switch(firm, other, FRIDAYS)
    with firm.db.begin() as tx:
        tx.get_one(Team, growth.id).digest_rule = "FREQ=HOURLY"
    firm.clock.move_to(FRIDAY)
    assert give_digests_due(firm.db) == 2
    assert [key for key, _, _ in digests(firm)] == [f"digest:{other.id}:2026-W10"]
    assert next_digest(firm.db) == FRIDAY + timedelta(minutes=5)


def test_the_channel_reads_in_one_line_what_changed_of_its_schedule(firm: Firm, growth: Team) -> None:
    with firm.db.read() as tx:
        line = tx.scalars(select(Delivery.text).where(Delivery.key.like("schedule:%"))).one()
    assert line.startswith("Lea changed the schedule.")
    assert line.endswith("Its digest comes to this channel every Friday at 16:00, the lead's time.")


def test_what_was_sent_already_is_not_sent_again_in_its_week(firm: Firm, growth: Team) -> None:
    with firm.db.begin() as tx:
        key, place, end = f"digest:{growth.id}:2026-W10", "C1", FRIDAY + WEEK
        sent = enqueue(
            tx,
            workspace_id=firm.id,
            key=key,
            place=place,
            message=Message("told", []),
            due_at=firm.now,
            expires_at=end,
            now=firm.now,
        )
        sent.state = State.SENT
    live(firm, FRIDAY)
    assert the_digest(firm).text == "told"
