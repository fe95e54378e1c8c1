"""A team's meeting is given the address of a calendar, which says from then on when it takes place."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.calendars.addresses import Reach, read_address
from bot.db.database import Tx
from bot.db.secrets import secrets_of
from bot.errors import FormRefused, Refused
from bot.meetings.actions.following import follow_calendar
from bot.meetings.actions.forgetting import forget_entries, forget_trouble
from bot.meetings.actions.planning import plan_meeting
from bot.meetings.actions.scheduling import announce, check_plan, new_meeting
from bot.meetings.messages.calendar import calendar_announced
from bot.meetings.model import MeetingCalendar, TeamMeeting
from bot.meetings.queries import MeetingView, find_meeting
from bot.meetings.queries.ahead import address_of, calendar_of, shown_of
from bot.meetings.queries.held import planned_of
from bot.meetings.rules import Plan
from bot.meetings.rules.feeds import WORDS_LIMIT
from bot.people.rules import Viewer
from bot.teams.actions import check_may_change_team
from bot.teams.model import Team


@dataclass(frozen=True)
class Link:
    """A meeting of a calendar as its form describes it; an empty address leaves the one that there is."""

    name: str
    address: str = field(repr=False)
    words: str
    lead_minutes: int


def add_from_calendar(
    tx: Tx,
    viewer: Viewer,
    team: Team,
    link: Link,
    suggested: Plan,
    *,
    reach: Reach,
    focus_limit: int,
    by: str,
    now: datetime,
) -> MeetingView:
    """Puts what a calendar has on a team's schedule. The channel hears of it.

    Raises NotAllowed with who may, FormRefused at `address` and `words`, Refused without a name and for one too many.
    """
    _check(link, reach)
    plan = replace(suggested, name=link.name, lead_minutes=link.lead_minutes)
    meeting = new_meeting(tx, viewer, team, plan, now=now)
    return _link(tx, viewer, MeetingView(meeting, team, []), link, reach=reach, focus_limit=focus_limit, by=by, now=now)


def set_calendar(
    tx: Tx, viewer: Viewer, meeting_id: int, link: Link, *, reach: Reach, focus_limit: int, by: str, now: datetime
) -> MeetingView:
    """Has a meeting take place when a calendar says, or changes what is read of that one.

    What the channel was told of already takes place as it was told, should the calendar be another one.
    Raises NotFound, NotAllowed with who may, FormRefused and Refused as above.
    """
    view = find_meeting(tx, viewer, meeting_id, now=now, hold=True)
    check_may_change_team(tx, viewer, view.team)
    _check(link, reach, is_needed=not view.calendar_at)
    plan = replace(view.meeting.plan, name=link.name, lead_minutes=link.lead_minutes)
    check_plan(plan)
    is_news = bool(link.address) or plan != view.meeting.plan
    view.meeting.plan = plan
    told = by if is_news else None
    return _link(tx, viewer, view, link, reach=reach, focus_limit=focus_limit, by=told, now=now)


def _link(
    tx: Tx,
    viewer: Viewer,
    view: MeetingView,
    link: Link,
    *,
    reach: Reach,
    focus_limit: int,
    by: str | None,
    now: datetime,
) -> MeetingView:
    """Does what both have in common; the channel hears who did it, unless it is nobody's news."""
    meeting, calendar = view.meeting, calendar_of(tx, view.meeting)
    if link.address:
        calendar = _at_address(tx, meeting, calendar, read_address(link.address, reach), now=now)
    assert calendar is not None
    calendar.address = secrets_of(tx).renew(calendar.address)
    calendar.words, calendar.set_at, calendar.set_by = link.words, now, viewer.person_id
    calendar.etag, calendar.last_modified, calendar.next_fetch_at = "", "", now
    tx.flush()
    plan_meeting(tx, meeting, view.team, now=now)
    follow_calendar(tx, meeting, view.team, calendar, focus_limit=focus_limit, now=now)
    if by is not None:
        announce(tx, meeting, view.team, calendar_announced(meeting.plan, shown_of(tx, calendar), by=by), now=now)
    return find_meeting(tx, viewer, meeting.id, now=now)


def _at_address(
    tx: Tx, meeting: TeamMeeting, before: MeetingCalendar | None, address: str, *, now: datetime
) -> MeetingCalendar:
    if before is not None and address_of(tx, before) == address:
        return before
    forget_entries(tx, meeting)
    calendar = before or MeetingCalendar(workspace_id=meeting.workspace_id, team_meeting_id=meeting.id)
    calendar.address, calendar.counts_from_at = secrets_of(tx).seal(address), _told_until(tx, meeting, now=now)
    calendar.read_at = None
    forget_trouble(tx, calendar, now=now)
    tx.add(calendar)
    return calendar


def _told_until(tx: Tx, meeting: TeamMeeting, *, now: datetime) -> datetime:
    """Until when the channel was told of meetings by what there was before."""
    lead = timedelta(minutes=meeting.lead_minutes)
    return max([now, *(one.ends_at for one in planned_of(tx, meeting) if one.starts_at - lead <= now)])


def _check(link: Link, reach: Reach, *, is_needed: bool = True) -> None:
    wrong: dict[str, str] = {}
    if link.address or is_needed:
        try:
            read_address(link.address, reach)
        except Refused as refused:
            wrong["address"] = refused.sentence
    if len(link.words) > WORDS_LIMIT:
        wrong["words"] = f"These are {len(link.words):,} characters; please stay within {WORDS_LIMIT}."
    if wrong:
        raise FormRefused(wrong)
