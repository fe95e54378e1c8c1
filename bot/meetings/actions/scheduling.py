"""A team's meetings are put on its schedule, changed and taken off it."""

from datetime import datetime

from bot.db.database import Tx
from bot.errors import Refused
from bot.meetings.actions.forgetting import forget_calendar
from bot.meetings.actions.planning import plan_meeting
from bot.meetings.actions.telling import say_anew
from bot.meetings.messages import meeting_announced, meeting_ended
from bot.meetings.model import TeamMeeting
from bot.meetings.queries import MeetingView, find_meeting, on_schedule
from bot.meetings.rules import LEADS, LENGTHS, MOST_MEETINGS, NAME_LIMIT, Plan
from bot.people.rules import Viewer
from bot.slack.message import Message
from bot.teams.actions import check_may_change_team, owe
from bot.teams.model import Team


def add_meeting(tx: Tx, viewer: Viewer, team: Team, plan: Plan, *, by: str, now: datetime) -> MeetingView:
    """Puts a meeting on a team's schedule. The channel hears of it.

    Raises NotAllowed with who may, Refused for a meeting without a name or one too many.
    """
    meeting = new_meeting(tx, viewer, team, plan, now=now)
    plan_meeting(tx, meeting, team, now=now)
    announce(tx, meeting, team, meeting_announced(plan, by=by, is_new=True), now=now)
    return find_meeting(tx, viewer, meeting.id, now=now)


def new_meeting(tx: Tx, viewer: Viewer, team: Team, plan: Plan, *, now: datetime) -> TeamMeeting:
    """The row of a meeting that nobody was told of yet. Raises as `add_meeting` does."""
    check_may_change_team(tx, viewer, team)
    check_plan(plan)
    if len(on_schedule(tx, team)) >= MOST_MEETINGS:
        raise Refused(f"{team.name} has {MOST_MEETINGS} meetings on its schedule already. Remove one of them first.")
    meeting = TeamMeeting(workspace_id=viewer.workspace_id, team_id=team.id, plan=plan)
    meeting.created_at, meeting.created_by = now, viewer.person_id
    tx.add(meeting)
    tx.flush()
    return meeting


def change_meeting(tx: Tx, viewer: Viewer, meeting_id: int, plan: Plan, *, by: str, now: datetime) -> MeetingView:
    """Changes a meeting; what the channel was told of the next one already is told anew. Its calendar is erased.

    Raises NotFound, NotAllowed with who may, Refused for a meeting without a name.
    """
    view = find_meeting(tx, viewer, meeting_id, now=now, hold=True)
    check_may_change_team(tx, viewer, view.team)
    check_plan(plan)
    if forget_calendar(tx, view.meeting, now=now) or view.meeting.plan != plan:
        view.meeting.plan = plan
        plan_meeting(tx, view.meeting, view.team, now=now)
        say_anew(tx, view.meeting, view.team, now=now)
        announce(tx, view.meeting, view.team, meeting_announced(plan, by=by, is_new=False), now=now)
    return find_meeting(tx, viewer, meeting_id, now=now)


def end_meeting(tx: Tx, viewer: Viewer, meeting_id: int, *, by: str, now: datetime) -> MeetingView:
    """Takes a meeting off the schedule: it never takes place again, and its calendar is erased.

    Raises NotFound, NotAllowed with who may.
    """
    view = find_meeting(tx, viewer, meeting_id, now=now, hold=True)
    check_may_change_team(tx, viewer, view.team)
    view.meeting.ended_at, view.meeting.ended_by = now, viewer.person_id
    forget_calendar(tx, view.meeting, now=now)
    plan_meeting(tx, view.meeting, view.team, now=now)
    announce(tx, view.meeting, view.team, meeting_ended(view.meeting.plan, by=by), now=now)
    return view


def check_plan(plan: Plan) -> None:
    """Raises Refused for a meeting without a name, and for what the form does not offer."""
    if not plan.name or len(plan.name) > NAME_LIMIT:
        raise Refused(f"A meeting needs a name of at most {NAME_LIMIT} characters.")
    if plan.minutes not in LENGTHS or plan.lead_minutes not in LEADS:
        raise Refused("Choose how long it lasts, and when the channel is told, from what the form offers.")


def announce(tx: Tx, meeting: TeamMeeting, team: Team, message: Message, *, now: datetime) -> None:
    """Tells the team's channel of a change of its schedule."""
    key = f"schedule:{team.id}:M{meeting.id}:{now:%Y-%m-%dT%H:%M:%S}"
    owe(tx, team.workspace_id, key=key, place=team.channel_id, message=message, now=now)
