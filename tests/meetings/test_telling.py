"""The channel is told before a meeting: once, in time, and only of one that takes place."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from bot.absences.actions.pausing import pause_team, resume_team
from bot.meetings.actions.planning import CHANGED
from bot.meetings.actions.scheduling import add_meeting, change_meeting, end_meeting
from bot.meetings.actions.telling import PAUSED, tell_next
from bot.meetings.jobs import next_notice, tell_of_meetings_due
from bot.meetings.model import TeamMeeting
from bot.meetings.queries import find_meeting
from bot.meetings.rules import Plan
from bot.outbox.model import Delivery
from bot.outbox.rules import Kind, State
from bot.teams.model import Team
from bot.teams.rules.rhythm import OnHoliday, Rhythm
from bot.teams.rules.workdays import DaysOff, Workdays
from tests.meetings.holding import LIMIT, schedule
from tests.meetings.samples import SYNC
from tests.workspaces.firm import Firm

BEGINS = datetime(2026, 3, 3, 14, tzinfo=UTC)
TOLD = BEGINS - timedelta(hours=1)
WEEK = timedelta(weeks=1)
NOTHING = "Nothing on record needs a discussion. Consider skipping it."


def live(firm: Firm, until: datetime) -> None:
    """Lets time pass: a beat now, and one whenever a channel may have to be told."""
    while (due := next_notice(firm.db)) and due <= until:
        firm.clock.move_to(max(due, firm.now))
        assert tell_of_meetings_due(firm.db, focus_limit=LIMIT) > 0
    firm.clock.move_to(until)


def notices(firm: Firm) -> list[Delivery]:
    with firm.db.read() as tx:
        agendas = select(Delivery).where(Delivery.key.like("agenda:%"), Delivery.kind == Kind.POST)
        return list(tx.scalars(agendas.order_by(Delivery.due_at)))


def fates(firm: Firm) -> list[tuple[str, str, str | None]]:
    return [(one.key.rpartition(":")[2], one.state, one.reason) for one in notices(firm)]


def change(firm: Firm, meeting: TeamMeeting, plan: Plan) -> None:
    with firm.db.begin() as tx:
        change_meeting(tx, firm.viewer("ULEAD"), meeting.id, plan, by="Lea", now=firm.now)


def off_on(*days: int, on_holiday: OnHoliday = OnHoliday.MOVE) -> Rhythm:
    spans = tuple(DaysOff(one, one) for one in (BEGINS.date().replace(day=day) for day in days))
    return replace(Rhythm.weekly(0, time(9)), workdays=Workdays(days_off=spans), on_holiday=on_holiday)


def test_the_channel_is_told_in_time_and_not_once_it_has_begun(firm: Firm, sync: TeamMeeting) -> None:
    live(firm, TOLD - timedelta(seconds=1))
    assert notices(firm) == []
    live(firm, TOLD)
    [notice] = notices(firm)
    assert (notice.key, notice.place) == (f"agenda:M{sync.id}:2026-03-03", "C1")
    assert (notice.due_at, notice.expires_at) == (TOLD, BEGINS)
    assert notice.text == f"*Growth sync* begins at 15:00 Berlin time (30 minutes).\n{NOTHING}"


def test_it_is_told_every_time_through_a_change_of_the_clocks(firm: Firm, sync: TeamMeeting) -> None:
    live(firm, BEGINS + 5 * WEEK)
    assert [one.due_at.hour for one in notices(firm)] == [13, 13, 13, 13, 12, 12]
    assert all("15:00" in one.text for one in notices(firm))


def test_a_second_replica_finds_nothing_left_to_do(firm: Firm, sync: TeamMeeting) -> None:
    firm.clock.move_to(TOLD)
    with firm.db.begin() as tx:
        assert tell_next(tx, firm.id, sync.id, focus_limit=LIMIT, now=firm.now)
        assert not tell_next(tx, firm.id, sync.id, focus_limit=LIMIT, now=firm.now)


def test_added_shortly_before_it_begins_the_channel_is_told_at_once(firm: Firm, growth: Team) -> None:
    firm.clock.move_to(BEGINS - timedelta(minutes=10))
    with firm.db.begin() as tx:
        add_meeting(tx, firm.viewer("ULEAD"), growth, SYNC, by="Lea", now=firm.now)
    live(firm, firm.now)
    assert [one.due_at for one in notices(firm)] == [firm.now]


def test_added_once_it_has_begun_the_next_one_is_the_first(firm: Firm, growth: Team) -> None:
    firm.clock.move_to(BEGINS + timedelta(minutes=1))
    with firm.db.begin() as tx:
        add_meeting(tx, firm.viewer("ULEAD"), growth, SYNC, by="Lea", now=firm.now)
    live(firm, BEGINS + WEEK)
    assert [key for key, _, _ in fates(firm)] == ["2026-03-10"]


def test_a_holiday_moves_what_is_told_or_leaves_it_out(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    schedule(firm, growth, off_on(3))
    live(firm, BEGINS + timedelta(days=2))
    schedule(firm, growth, off_on(10, on_holiday=OnHoliday.SKIP))
    live(firm, BEGINS + 2 * WEEK)
    assert [key for key, _, _ in fates(firm)] == ["2026-03-04", "2026-03-17"]


def test_a_paused_team_is_told_nothing_and_is_told_again_once_it_goes_on(firm: Firm, sync: TeamMeeting) -> None:
    def row(tx: object) -> Team:
        return tx.get_one(Team, sync.team_id)  # type: ignore[attr-defined,no-any-return]

    with firm.db.begin() as tx:
        pause_team(tx, firm.viewer("ULEAD"), row(tx), until=None, now=firm.now)
    with firm.db.read() as tx:
        assert find_meeting(tx, firm.viewer("UMAX"), sync.id, now=firm.now).ahead == []
    live(firm, BEGINS + timedelta(days=1))
    with firm.db.begin() as tx:
        resume_team(tx, firm.viewer("ULEAD"), row(tx), now=firm.now)
    live(firm, BEGINS + WEEK)
    assert [one[1:] for one in fates(firm)] == [(State.WITHHELD, PAUSED), (State.OWED, None)]


def test_what_is_owed_is_called_off_when_the_meeting_is_taken_off_the_schedule(firm: Firm, sync: TeamMeeting) -> None:
    live(firm, TOLD)
    with firm.db.begin() as tx:
        end_meeting(tx, firm.viewer("ULEAD"), sync.id, by="Lea", now=firm.now)
    live(firm, BEGINS + 2 * WEEK)
    assert fates(firm) == [("2026-03-03", State.CANCELLED, CHANGED)]


def test_what_is_owed_is_called_off_when_it_becomes_another_day(firm: Firm, sync: TeamMeeting) -> None:
    live(firm, TOLD)
    change(firm, sync, replace(SYNC, recurrence=replace(SYNC.recurrence, weekday=3)))
    live(firm, BEGINS + timedelta(days=2))
    assert [one[:2] for one in fates(firm)] == [("2026-03-03", State.CANCELLED), ("2026-03-05", State.OWED)]


def test_what_is_owed_is_called_off_when_its_day_becomes_a_day_off(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    live(firm, TOLD)
    schedule(firm, growth, off_on(3))
    live(firm, BEGINS + timedelta(days=1))
    assert [one[:2] for one in fates(firm)] == [("2026-03-03", State.CANCELLED), ("2026-03-04", State.OWED)]


def test_a_schedule_that_is_changed_while_it_is_to_be_told_does_not_lose_it(
    firm: Firm, growth: Team, sync: TeamMeeting
) -> None:
    firm.clock.move_to(TOLD + timedelta(minutes=1))
    schedule(firm, growth, off_on(27))
    live(firm, firm.now)
    assert [one[:2] for one in fates(firm)] == [("2026-03-03", State.OWED)]


def test_told_a_day_before_it_is_called_off_as_well(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    change(firm, sync, replace(SYNC, lead_minutes=1440))
    live(firm, BEGINS - timedelta(hours=23))
    assert notices(firm)[0].text.startswith("*Growth sync* begins on Tuesday at 15:00")
    schedule(firm, growth, off_on(3, on_holiday=OnHoliday.SKIP))
    assert fates(firm) == [("2026-03-03", State.CANCELLED, CHANGED)]


def test_one_that_was_told_is_told_anew_when_its_time_changes_and_not_twice(firm: Firm, sync: TeamMeeting) -> None:
    live(firm, TOLD)
    with firm.db.begin() as tx:
        sent = tx.get_one(Delivery, notices(firm)[0].id)
        sent.state, sent.channel, sent.ts = State.SENT, "C1", "1.0"
    change(firm, sync, replace(SYNC, at=time(16)))
    live(firm, BEGINS + timedelta(days=1))
    assert fates(firm) == [("2026-03-03", State.SENT, None)]
    with firm.db.read() as tx:
        [update] = tx.scalars(select(Delivery).where(Delivery.kind == Kind.UPDATE))
    assert update.text.startswith("*Growth sync* begins at 16:00")


def test_after_weeks_of_standing_still_each_that_was_missed_is_on_record(firm: Firm, sync: TeamMeeting) -> None:
    firm.clock.move_to(BEGINS + 2 * WEEK - timedelta(minutes=5))
    assert tell_of_meetings_due(firm.db, focus_limit=LIMIT) == 1
    assert [one.expires_at > firm.now for one in notices(firm)] == [False, False, True]


def test_one_meetings_trouble_holds_up_nobody_and_is_tried_again(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    with firm.db.begin() as tx:
        other = add_meeting(tx, firm.viewer("ULEAD"), growth, SYNC, by="Lea", now=firm.now).meeting
        tx.get_one(TeamMeeting, sync.id).rule = "FREQ=HOURLY"
    firm.clock.move_to(TOLD)
    assert tell_of_meetings_due(firm.db, focus_limit=LIMIT) == 2
    assert [one.key for one in notices(firm)] == [f"agenda:M{other.id}:2026-03-03"]
    assert next_notice(firm.db) == TOLD + timedelta(minutes=5)
