"""A meeting begins and ends once, by its plan or by hand, whatever the calendar and the channel do meanwhile."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.absences.actions.pausing import pause_team
from bot.errors import NotAllowed, NotFound, Refused
from bot.meetings.actions.holding import come, end_meeting_now
from bot.meetings.actions.reporting import OUT_OF_REACH
from bot.meetings.actions.scheduling import add_meeting, change_meeting, end_meeting
from bot.meetings.actions.skipping import SKIPPED, look_ahead, skip_meeting, skip_next
from bot.meetings.actions.stepping import step_next
from bot.meetings.actions.telling import HAS_BEGUN
from bot.meetings.model import TeamMeeting
from bot.meetings.queries.held import attendees_of, find_held, open_in
from bot.meetings.rules import Plan
from bot.meetings.rules.held import Ended, MeetingState
from bot.outbox.rules import State
from bot.teams.actions import Membership, note_joined, note_left, note_state
from bot.teams.model import Team
from bot.teams.rules.recurrence import Often, Recurrence
from bot.teams.rules.rhythm import OnHoliday, Rhythm
from bot.teams.rules.workdays import DaysOff, Workdays
from tests.meetings.holding import (
    BEGINS,
    ENDS,
    LIMIT,
    MINUTE,
    TOLD,
    WEEK,
    agenda_of,
    deliveries,
    do,
    end,
    hinder,
    live,
    meetings,
    said,
    schedule,
    start,
)
from tests.meetings.samples import SYNC
from tests.workspaces.firm import Firm

GRACE, HOUR = timedelta(minutes=15), timedelta(hours=1)
TUESDAY_OFF = Workdays(days_off=(DaysOff(BEGINS.date(), BEGINS.date()),))


def states(firm: Firm) -> list[tuple[str, str | None]]:
    return [(one.state, one.ended_how) for one in meetings(firm)]


def archive(firm: Firm, *, is_archived: bool = True) -> None:
    do(firm, lambda tx: note_state(tx, workspace_id=firm.id, channel_id="C1", name=None, is_archived=is_archived))


def remove_bot(firm: Firm, *, is_away: bool = True) -> None:
    """Rhythm is removed from the channel, or invited again."""
    gesture = Membership(firm.id, "C1", "UBOT", is_bot_itself=True)
    do(firm, lambda tx: note_left(tx, gesture) if is_away else note_joined(tx, gesture))


LOSING: dict[str, tuple[Callable[[Firm], None], Callable[[Firm], None]]] = {
    "archived": (archive, partial(archive, is_archived=False)),
    "without Rhythm": (remove_bot, partial(remove_bot, is_away=False)),
}
"""How a channel gets out of reach, and back into it."""


def working(workdays: Workdays, on_holiday: OnHoliday = OnHoliday.SKIP) -> Rhythm:
    return replace(Rhythm.weekly(0, time(9)), workdays=workdays, on_holiday=on_holiday)


def add(firm: Firm, team: Team, plan: Plan) -> TeamMeeting:
    return do(firm, lambda tx: add_meeting(tx, firm.viewer("ULEAD"), team, plan, by="Lea", now=firm.now).meeting)


def test_it_is_planned_with_its_agenda_begins_and_ends_by_its_plan(firm: Firm, sync: TeamMeeting) -> None:
    live(firm, TOLD)
    [meeting] = meetings(firm)
    assert (meeting.state, meeting.held_on, meeting.starts_at, meeting.ends_at) == (
        MeetingState.PLANNED,
        date(2026, 3, 3),
        BEGINS,
        ENDS,
    )
    live(firm, BEGINS)
    assert said(firm, meeting.live_key).startswith("*Growth sync* is on since 15:00 Berlin time, planned until 15:30.")
    live(firm, ENDS + GRACE)
    [meeting] = meetings(firm)
    assert (meeting.started_at, meeting.ended_at, meeting.ended_how) == (BEGINS, ENDS + GRACE, Ended.PLAN)
    assert "by its plan, as nobody ended it" in said(firm, meeting.live_key)
    assert "This meeting changed nothing on record." in said(firm, meeting.summary_key)
    live(firm, ENDS + GRACE + HOUR)
    assert meetings(firm)[0].next_step_at is None
    assert [one.key for one in deliveries(firm, "summary:%")] == [f"summary:M{meeting.id}"]


def test_a_second_replica_finds_nothing_left_to_do(firm: Firm, sync: TeamMeeting) -> None:
    live(firm, TOLD)
    [meeting] = meetings(firm)
    firm.clock.move_to(BEGINS)
    with firm.db.begin() as tx:
        assert step_next(tx, firm.id, meeting.id, focus_limit=LIMIT, now=firm.now)
        assert not step_next(tx, firm.id, meeting.id, focus_limit=LIMIT, now=firm.now)


def test_a_team_without_a_schedule_meets_at_once(firm: Firm, growth: Team) -> None:
    meeting = start(firm, growth, "Retro")
    assert (meeting.name, meeting.state, meeting.ends_at) == ("Retro", MeetingState.OPEN, firm.now + HOUR)
    assert "*Retro* is on since 08:00" in said(firm, meeting.live_key)
    assert "Here: Lea." in said(firm, meeting.live_key)
    firm.clock.move_to(firm.now + 20 * MINUTE)
    end(firm, meeting, by="UOLGA")
    assert "ended by Olga" in said(firm, meeting.live_key)
    assert states(firm) == [(MeetingState.ENDED, Ended.COMMAND)]


def test_without_a_name_it_is_called_after_the_team(firm: Firm, growth: Team) -> None:
    assert start(firm, growth).name == "Team C1 meeting"


def test_begun_shortly_before_its_time_it_is_the_planned_one(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    live(firm, BEGINS - 10 * MINUTE)
    meeting = start(firm, growth)
    assert (meeting.team_meeting_id, meeting.started_at) == (sync.id, firm.now)
    assert meeting.ends_at == firm.now + timedelta(minutes=30)
    live(firm, BEGINS + 2 * HOUR)
    assert states(firm) == [(MeetingState.ENDED, Ended.PLAN)]


def test_begun_before_the_channel_was_told_no_agenda_follows(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    firm.clock.move_to(TOLD - 10 * MINUTE)
    do(firm, lambda tx: look_ahead(tx, growth, focus_limit=LIMIT, now=firm.now))
    start(firm, growth)
    live(firm, TOLD)
    assert [(one.state, one.reason) for one in deliveries(firm, "agenda:%")] == [(State.WITHHELD, HAS_BEGUN)]


def test_another_name_is_another_meeting(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    live(firm, BEGINS - 10 * MINUTE)
    assert start(firm, growth, "Incident").team_meeting_id is None
    live(firm, BEGINS)
    with firm.db.read() as tx:
        assert [one.meeting.name for one in open_in(tx, firm.viewer("UMAX"), growth)] == ["Growth sync", "Incident"]


def test_while_one_is_on_none_is_begun_by_hand(firm: Firm, growth: Team) -> None:
    start(firm, growth)
    with pytest.raises(Refused, match="Team C1 meeting is on already"):
        start(firm, growth, by="UOLGA")


def test_two_on_the_schedule_at_once_are_held_and_reported_each(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    add(firm, growth, replace(SYNC, name="Review", minutes=60))
    live(firm, BEGINS)
    first, second = meetings(firm)
    assert (first.state, second.state) == (MeetingState.OPEN, MeetingState.OPEN)
    end(firm, first)
    assert [one.state for one in meetings(firm)] == [MeetingState.ENDED, MeetingState.OPEN]
    live(firm, BEGINS + 2 * HOUR)
    assert len({one.key for one in deliveries(firm, "summary:%") if "#" not in one.key}) == 2


def test_one_that_never_ends_is_ended_and_what_follows_does_not_count(firm: Firm, growth: Team) -> None:
    began = firm.now
    start(firm, growth)
    live(firm, began + 10 * HOUR)
    [meeting] = meetings(firm)
    assert (meeting.ended_how, meeting.ended_at) == (Ended.PLAN, began + HOUR + GRACE)


def test_it_runs_across_midnight(firm: Firm, growth: Team) -> None:
    add(firm, growth, replace(SYNC, at=time(23, 45)))
    live(firm, datetime(2026, 3, 3, 22, 45, tzinfo=UTC))
    [meeting] = meetings(firm)
    assert meeting.state == MeetingState.OPEN
    live(firm, datetime(2026, 3, 4, 0, tzinfo=UTC))
    assert (meetings(firm)[0].state, meetings(firm)[0].held_on) == (MeetingState.ENDED, date(2026, 3, 3))
    assert "*Growth sync* on Tue, Mar 3, 23:45 to 00:30" in said(firm, meeting.summary_key)


@pytest.mark.parametrize(
    ("sunday", "began", "ended"),
    [(date(2026, 3, 29), "01:45", "03:45"), (date(2026, 10, 25), "01:45", "02:45")],
)
def test_across_a_change_of_the_clocks_it_is_as_long_as_planned(
    firm: Firm, growth: Team, sunday: date, began: str, ended: str
) -> None:
    firm.clock.move_to(datetime.combine(sunday - timedelta(days=1), time(12), UTC))
    everyday = replace(SYNC, recurrence=Recurrence(Often.WEEKLY, 6), at=time(1, 45), minutes=60)
    add(firm, growth, everyday)
    live(firm, datetime.combine(sunday, time(8), UTC))
    [meeting] = meetings(firm)
    assert meeting.ends_at - meeting.starts_at == HOUR
    berlin = ZoneInfo("Europe/Berlin")
    assert f"{meeting.starts_at.astimezone(berlin):%H:%M}" == began
    assert f"{meeting.ends_at.astimezone(berlin):%H:%M}" == ended
    assert meeting.state == MeetingState.ENDED


def test_a_paused_team_does_not_meet(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    live(firm, TOLD)
    do(firm, lambda tx: pause_team(tx, firm.viewer("ULEAD"), tx.get_one(Team, growth.id), until=None, now=firm.now))
    live(firm, BEGINS + HOUR)
    assert states(firm) == [(MeetingState.SKIPPED, Ended.PAUSED)]
    assert deliveries(firm, "meeting:%") == deliveries(firm, "summary:%") == []


@pytest.mark.parametrize("how", LOSING)
def test_in_a_channel_out_of_reach_it_is_not_held(firm: Firm, sync: TeamMeeting, how: str) -> None:
    lose, find_again = LOSING[how]
    live(firm, TOLD)
    lose(firm)
    live(firm, BEGINS + HOUR)
    assert states(firm) == [(MeetingState.SKIPPED, Ended.CHANNEL)]
    find_again(firm)
    live(firm, BEGINS + WEEK + 2 * HOUR)
    assert states(firm)[-1] == (MeetingState.ENDED, Ended.PLAN)


@pytest.mark.parametrize("how", LOSING)
def test_out_of_reach_while_it_is_on_its_summary_is_kept_back_and_says_why(firm: Firm, growth: Team, how: str) -> None:
    meeting = start(firm, growth)
    LOSING[how][0](firm)
    live(firm, firm.now + 2 * HOUR)
    [summary] = deliveries(firm, "summary:%")
    assert (summary.key, summary.state, summary.reason) == (meeting.summary_key, State.WITHHELD, OUT_OF_REACH)
    with pytest.raises(Refused, match="Rhythm is not in this channel, or it is archived"):
        start(firm, growth)


def test_what_rhythm_slept_through_is_on_record_and_nobody_is_told(firm: Firm, sync: TeamMeeting) -> None:
    firm.clock.move_to(BEGINS + 2 * WEEK - 5 * MINUTE)
    live(firm, firm.now)
    assert states(firm) == [(MeetingState.SKIPPED, Ended.MISSED)] * 2 + [(MeetingState.PLANNED, None)]
    assert deliveries(firm, "summary:%") == []


def test_slept_through_only_its_beginning_it_counts_from_there(firm: Firm, sync: TeamMeeting) -> None:
    live(firm, TOLD)
    firm.clock.move_to(BEGINS + 20 * MINUTE)
    live(firm, firm.now)
    assert meetings(firm)[0].started_at == BEGINS


def test_a_change_of_its_time_moves_what_is_planned(firm: Firm, sync: TeamMeeting) -> None:
    live(firm, TOLD)
    later, lead = replace(SYNC, at=time(16), minutes=60), firm.viewer("ULEAD")
    do(firm, lambda tx: change_meeting(tx, lead, sync.id, later, by="Lea", now=firm.now))
    live(firm, BEGINS + 30 * MINUTE)
    [meeting] = meetings(firm)
    assert (meeting.state, meeting.starts_at, meeting.ends_at) == (
        MeetingState.PLANNED,
        BEGINS + HOUR,
        BEGINS + 2 * HOUR,
    )


def test_taken_off_the_schedule_it_is_not_held(firm: Firm, sync: TeamMeeting) -> None:
    live(firm, TOLD)
    do(firm, lambda tx: end_meeting(tx, firm.viewer("ULEAD"), sync.id, by="Lea", now=firm.now))
    live(firm, BEGINS + HOUR)
    assert states(firm) == [(MeetingState.SKIPPED, Ended.SCHEDULE)]


def test_on_another_day_and_back_again_it_is_held_once(firm: Firm, sync: TeamMeeting) -> None:
    live(firm, TOLD)
    lead, thursdays = firm.viewer("ULEAD"), replace(SYNC, recurrence=replace(SYNC.recurrence, weekday=3))
    do(firm, lambda tx: change_meeting(tx, lead, sync.id, thursdays, by="Lea", now=firm.now))
    do(firm, lambda tx: change_meeting(tx, lead, sync.id, SYNC, by="Lea", now=firm.now))
    live(firm, BEGINS + 2 * HOUR)
    assert states(firm) == [(MeetingState.ENDED, Ended.PLAN)]


@pytest.mark.parametrize(
    ("plan", "workdays", "first"),
    [
        (SYNC, Workdays(days_off=(DaysOff(date(2026, 3, 10), date(2026, 3, 10)),)), date(2026, 3, 3)),
        (replace(SYNC, recurrence=Recurrence(Often.WEEKLY, 0)), Workdays(country="DE"), date(2026, 3, 30)),
    ],
    ids=["a day off", "Easter Monday"],
)
def test_on_a_day_off_it_is_not_held_and_the_next_one_goes_on_where_the_last_one_was(
    firm: Firm, growth: Team, plan: Plan, workdays: Workdays, first: date
) -> None:
    firm.clock.move_to(datetime.combine(first - timedelta(days=1), time(12), UTC))
    schedule(firm, growth, working(workdays))
    planned = add(firm, growth, plan)
    hinder(firm, firm.outcome(growth, "UMAX").outcome.number)
    live(firm, datetime.combine(first, time(15), UTC))
    before = deliveries(firm, "%")
    assert len([one for one in before if one.key.startswith(("agenda:", "summary:")) and "#" not in one.key]) == 2
    live(firm, datetime.combine(first + WEEK, time(23), UTC))
    assert [one.held_on for one in meetings(firm)] == [first]
    assert {one.key.partition("#")[0] for one in deliveries(firm, "%")} == {one.key.partition("#")[0] for one in before}
    live(firm, datetime.combine(first + 2 * WEEK, time(15), UTC))
    assert [one.held_on for one in meetings(firm)] == [first, first + 2 * WEEK]
    assert [one.line.carried for one in agenda_of(firm, meetings(firm)[1])] == [1]
    assert said(firm, f"agenda:M{planned.id}:{first + 2 * WEEK}") != ""


def test_on_a_day_off_it_is_moved_to_the_next_day_where_the_team_chose_that(
    firm: Firm, growth: Team, sync: TeamMeeting
) -> None:
    schedule(firm, growth, working(TUESDAY_OFF, OnHoliday.MOVE))
    live(firm, BEGINS + WEEK - HOUR * 2)
    assert [one.held_on.day for one in meetings(firm)] == [4]


def test_on_a_day_off_whoever_wants_to_meets_by_hand_and_gets_a_summary(
    firm: Firm, growth: Team, sync: TeamMeeting
) -> None:
    schedule(firm, growth, working(TUESDAY_OFF))
    live(firm, BEGINS)
    assert meetings(firm) == []
    meeting = start(firm, growth)
    assert meeting.state == MeetingState.OPEN
    end(firm, meeting)
    assert "This meeting changed nothing on record." in said(firm, meeting.summary_key)
    live(firm, BEGINS + WEEK)
    assert [one.held_on.day for one in meetings(firm)] == [3, 10]


def test_the_lead_skips_the_next_one_and_the_channel_reads_so(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    live(firm, TOLD)
    do(firm, lambda tx: skip_next(tx, firm.viewer("ULEAD"), growth, focus_limit=LIMIT, now=firm.now))
    assert "*Growth sync* is skipped, says Lea." in said(firm, f"agenda:M{sync.id}:2026-03-03")
    live(firm, BEGINS + HOUR)
    assert states(firm) == [(MeetingState.SKIPPED, Ended.COMMAND)]
    do(firm, lambda tx: skip_next(tx, firm.viewer("ULEAD"), growth, focus_limit=LIMIT, now=firm.now))
    assert [one.held_on.day for one in meetings(firm)] == [3, 10]


def test_skipped_before_the_channel_was_told_it_reads_it_at_once(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    do(firm, lambda tx: skip_next(tx, firm.viewer("ULEAD"), growth, focus_limit=LIMIT, now=firm.now))
    [meeting] = meetings(firm)
    assert "*Growth sync* on Tuesday is skipped, says Lea." in said(firm, f"meeting:M{meeting.id}:skipped")
    live(firm, BEGINS)
    assert [(one.state, one.reason) for one in deliveries(firm, "agenda:%")] == [(State.WITHHELD, SKIPPED)]


def test_only_the_lead_and_admins_skip_and_only_what_has_not_begun(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    live(firm, TOLD)
    [meeting] = meetings(firm)
    with pytest.raises(NotAllowed, match="Lea leads Team C1"), firm.db.begin() as tx:
        skip_meeting(tx, firm.viewer("UOLGA"), meeting.id, now=firm.now)
    live(firm, BEGINS)
    with pytest.raises(Refused, match="has begun"), firm.db.begin() as tx:
        skip_meeting(tx, firm.viewer("ULEAD"), meeting.id, now=firm.now)
    with pytest.raises(Refused, match="has begun"), firm.db.begin() as tx:
        skip_next(tx, firm.viewer("UANN"), growth, focus_limit=LIMIT, now=firm.now)


def test_with_nothing_planned_there_is_nothing_to_skip(firm: Firm, growth: Team) -> None:
    with pytest.raises(Refused, match="No meeting is planned"), firm.db.begin() as tx:
        skip_next(tx, firm.viewer("ULEAD"), growth, focus_limit=LIMIT, now=firm.now)


def test_whoever_says_so_is_there_once_and_for_an_hour_after_it(firm: Firm, growth: Team) -> None:
    meeting = start(firm, growth)
    for _ in range(2):
        do(firm, lambda tx: come(tx, firm.viewer("UMAX"), meeting.id, now=firm.now))
    assert "Here: Lea and Max." in said(firm, meeting.live_key)
    end(firm, meeting)
    do(firm, lambda tx: come(tx, firm.viewer("UOLGA"), meeting.id, now=firm.now))
    with firm.db.read() as tx:
        assert [one.name for one in attendees_of(tx, meeting)] == ["Lea", "Max", "Olga"]
    firm.clock.move_to(firm.now + HOUR + MINUTE)
    with pytest.raises(Refused, match="is not on"), firm.db.begin() as tx:
        come(tx, firm.viewer("UANN"), meeting.id, now=firm.now)


def test_ended_twice_it_ends_once(firm: Firm, growth: Team) -> None:
    meeting = start(firm, growth)
    end(firm, meeting)
    with pytest.raises(Refused, match="is not on"), firm.db.begin() as tx:
        end_meeting_now(tx, firm.viewer("UOLGA"), meeting.id, now=firm.now)


def test_a_private_channels_meeting_is_its_members_alone(firm: Firm) -> None:
    firm.channel("C9", ["ULEAD"], is_private=True)
    meeting = start(firm, firm.team("C9"))
    with pytest.raises(NotFound), firm.db.read() as tx:
        find_held(tx, firm.viewer("UANN"), meeting.id)
    with pytest.raises(NotFound), firm.db.begin() as tx:
        come(tx, firm.viewer("UANN"), meeting.id, now=firm.now)


def test_begun_by_hand_and_by_its_plan_in_the_same_moment_it_is_begun_once(
    firm: Firm, growth: Team, sync: TeamMeeting
) -> None:
    firm.outcome(growth, "UOLGA")
    hinder(firm, 1)
    live(firm, TOLD)
    [meeting] = meetings(firm)
    firm.clock.move_to(BEGINS)
    tries = [
        lambda: start(firm, growth),
        lambda: do(firm, lambda tx: step_next(tx, firm.id, meeting.id, focus_limit=LIMIT, now=firm.now)),
        lambda: start(firm, growth, by="UOLGA"),
    ]
    with ThreadPoolExecutor(3) as hands:
        done = [hands.submit(one) for one in tries]
    refused = [one.exception() for one in done if one.exception()]
    assert all(isinstance(one, Refused) for one in refused)
    assert [one.state for one in meetings(firm)] == [MeetingState.OPEN]
    assert len(agenda_of(firm, meeting)) == 1
    assert len(deliveries(firm, f"{meeting.live_key}")) == 1
