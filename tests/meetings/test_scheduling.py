"""A meeting is put on the schedule, changed and taken off it, by whoever may."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.errors import NotAllowed, NotFound, Refused
from bot.meetings.actions.scheduling import add_meeting, change_meeting, end_meeting
from bot.meetings.model import TeamMeeting
from bot.meetings.queries import MeetingView, find_meeting, meetings_of
from bot.meetings.rules import MOST_MEETINGS, Plan
from bot.outbox.model import Delivery
from bot.teams.model import Team
from tests.meetings.samples import REVIEW, SYNC
from tests.workspaces.firm import Firm

TUESDAY = datetime(2026, 3, 3, 14, tzinfo=UTC)


def add(firm: Firm, team: Team, plan: Plan = SYNC, *, by: str = "ULEAD") -> MeetingView:
    with firm.db.begin() as tx:
        return add_meeting(tx, firm.viewer(by), team, plan, by="Lea", now=firm.now)


def change(firm: Firm, meeting: TeamMeeting, plan: Plan, *, by: str = "ULEAD") -> MeetingView:
    with firm.db.begin() as tx:
        return change_meeting(tx, firm.viewer(by), meeting.id, plan, by="Lea", now=firm.now)


def end(firm: Firm, meeting: TeamMeeting, *, by: str = "ULEAD") -> MeetingView:
    with firm.db.begin() as tx:
        return end_meeting(tx, firm.viewer(by), meeting.id, by="Lea", now=firm.now)


def listed(firm: Firm, team: Team, viewer: str = "UMAX") -> list[str]:
    with firm.db.read() as tx:
        return [view.meeting.name for view in meetings_of(tx, firm.viewer(viewer), team, now=firm.now)]


def lines(firm: Firm) -> list[str]:
    """What the channel is told of its schedule."""
    with firm.db.read() as tx:
        rows = select(Delivery.text).where(Delivery.key.like("schedule:%")).order_by(Delivery.id)
        return list(tx.scalars(rows))


@pytest.mark.parametrize("who", ["ULEAD", "UANN"])
def test_the_lead_and_admins_put_as_many_on_the_schedule_as_there_are(firm: Firm, growth: Team, who: str) -> None:
    assert add(firm, growth, by=who).meeting.plan == SYNC
    assert add(firm, growth, REVIEW, by=who).meeting.plan == REVIEW
    assert listed(firm, growth) == ["Growth sync", "Review & <look back>"]


def test_it_is_known_when_it_takes_place_next_and_when_the_channel_is_told(firm: Firm, growth: Team) -> None:
    view = add(firm, growth)
    assert view.ahead == [TUESDAY + timedelta(weeks=n) for n in range(3)]
    assert view.meeting.next_notice_at == TUESDAY - timedelta(hours=1)


def test_nobody_else_may_and_they_are_told_who_can(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    tries: list[Callable[[], object]] = [
        lambda: add(firm, growth, by="UOLGA"),
        lambda: change(firm, sync, REVIEW, by="UOLGA"),
        lambda: end(firm, sync, by="UOLGA"),
    ]
    for attempt in tries:
        with pytest.raises(NotAllowed, match="Lea leads Team C1 and can change this"):
            attempt()


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (replace(SYNC, name=""), "needs a name"),
        (replace(SYNC, name="x" * 81), "at most 80 characters"),
        (replace(SYNC, minutes=0), "how long it lasts"),
        (replace(SYNC, lead_minutes=9_999), "when the channel is told"),
    ],
)
def test_what_cannot_be_a_meeting_is_refused(firm: Firm, growth: Team, sync: TeamMeeting, bad: Plan, why: str) -> None:
    with pytest.raises(Refused, match=why):
        add(firm, growth, bad)
    with pytest.raises(Refused, match=why):
        change(firm, sync, bad)


def test_one_list_shows_them_all(firm: Firm, growth: Team) -> None:
    for _ in range(MOST_MEETINGS):
        add(firm, growth)
    with pytest.raises(Refused, match="has 40 meetings on its schedule already"):
        add(firm, growth)


def test_a_change_is_planned_and_said_and_none_is_not(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    later = replace(SYNC, at=time(16), lead_minutes=15)
    assert change(firm, sync, SYNC).meeting.plan == SYNC
    assert len(lines(firm)) == 1
    firm.clock.advance(timedelta(seconds=1))
    assert change(firm, sync, later).meeting.next_notice_at == TUESDAY + timedelta(minutes=45)
    assert lines(firm)[1].startswith("Lea changed a meeting on the schedule. *Growth sync*: every Tuesday at 16:00")


def test_one_that_is_taken_off_is_gone_for_good(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    assert end(firm, sync).meeting.next_notice_at is None
    assert listed(firm, growth) == []
    with pytest.raises(NotFound, match="not on the schedule any more"):
        end(firm, sync)
    with pytest.raises(NotFound, match="/rhythm meetings lists the ones that are"):
        change(firm, sync, REVIEW)


def test_the_meetings_of_a_private_team_are_its_members_own(firm: Firm) -> None:
    firm.channel("C2", ["ULEAD"], is_private=True)
    private = firm.team("C2")
    meeting = add(firm, private).meeting
    assert listed(firm, private, "ULEAD") == ["Growth sync"]
    assert listed(firm, private, "UMAX") == []
    with firm.db.read() as tx, pytest.raises(NotFound):
        find_meeting(tx, firm.viewer("UANN"), meeting.id, now=firm.now)


def test_a_meeting_of_another_workspace_is_not_there(firm: Firm, sync: TeamMeeting) -> None:
    other = Firm(firm.db, firm.clock, "T2").open()
    with firm.db.read() as tx, pytest.raises(NotFound):
        find_meeting(tx, other.viewer("ULEAD"), sync.id, now=firm.now)
