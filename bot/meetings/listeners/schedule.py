"""What people do with the meetings on a schedule: see them, add one, change them or take them off it."""

from datetime import datetime
from functools import partial

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.errors import Refused
from bot.meetings import messages
from bot.meetings.actions.scheduling import add_meeting, change_meeting, end_meeting
from bot.meetings.listeners.filling import (
    TITLE,
    Filled,
    bring_up_to_date,
    is_in_form,
    list_for,
    list_of,
    saved,
    show_form,
    suggested_for,
    team_by_id,
)
from bot.meetings.messages.calendar import calendar_form
from bot.meetings.queries import find_meeting, meetings_of
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.slack.app import acked, carried_ids, pressed_id, push_form, submitted
from bot.slack.blocks import notice
from bot.slack.commands import Word, reply
from bot.slack.message import Message
from bot.teams.actions import check_may_change_team
from bot.teams.messages import schedule as teams
from bot.teams.model import Team
from bot.teams.queries import team_in_channel, zones_in


def words(db: Database) -> list[Word]:
    """What can be typed about meetings."""

    def meetings(args: Args, _rest: str) -> None:
        viewer, person = viewer_of(args), introduced(args, db)
        with db.read() as tx:
            team = team_in_channel(tx, viewer, args.body["channel_id"])
            if team is None:
                raise Refused("This channel is not a team yet. /rhythm setup makes it one.")
            shown = list_for(tx, viewer, team, person, now=db.now(tx))
        reply(args, shown)

    return [Word("/rhythm", "meetings", "meetings", "lists this team's meetings, and changes them", meetings)]


def beside_schedule(tx: Tx, viewer: Viewer, team: Team, *, now: datetime) -> Message:
    """What the meetings are on a team's schedule, for whoever saved it."""
    person = find_person(tx, viewer, viewer.person_id)
    assert person is not None
    return messages.on_schedule(team, meetings_of(tx, viewer, team, now=now), reader=Reader.of(person, now))


def register(bolt: App, db: Database) -> None:
    """Listens for the buttons, the menus and the forms of meetings."""
    bolt.action(teams.MEETINGS)(acked(partial(_show_list, db=db)))
    bolt.action(messages.ADD_BUTTON)(acked(partial(_show_add_form, db=db)))
    bolt.action(messages.MENU)(acked(partial(_show_chosen_form, db=db)))
    for form_id, save in ((messages.ADD, _add), (messages.CHANGE, _change), (messages.REMOVE, _remove)):
        bolt.view(form_id)(submitted(partial(saved, db=db, save=save), then=partial(bring_up_to_date, db=db)))


def _show_list(args: Args, db: Database) -> None:
    shown = list_of(args, db, pressed_id(args))
    if is_in_form(args):
        push_form(args, notice(TITLE, shown))
    else:
        reply(args, shown)


def _show_add_form(args: Args, db: Database) -> None:
    viewer, person = viewer_of(args), introduced(args, db)
    with db.read() as tx:
        team, reader = team_by_id(tx, viewer, pressed_id(args)), Reader.of(person, db.now(tx))
        check_may_change_team(tx, viewer, team)
        form = messages.add_form(team, suggested_for(team, person), zones_in(tx, team), today=reader.today)
    show_form(args, form)


def _show_chosen_form(args: Args, db: Database) -> None:
    viewer, person = viewer_of(args), introduced(args, db)
    option = (args.action or {}).get("selected_option") or {}
    chosen, _, carried = str(option.get("value", "")).partition(" ")
    [meeting_id] = carried_ids(carried, 1)
    with db.read() as tx:
        now = db.now(tx)
        view = find_meeting(tx, viewer, meeting_id, now=now)
        check_may_change_team(tx, viewer, view.team)
        if chosen == messages.TO_REMOVE:
            form = messages.remove_form(view)
        elif chosen == messages.TO_CALENDAR:
            form = calendar_form(view)
        else:
            form = messages.change_form(view, zones_in(tx, view.team), today=Reader.of(person, now).today)
    show_form(args, form)


def _add(tx: Tx, filled: Filled) -> tuple[Team, Message]:
    team = team_by_id(tx, filled.viewer, filled.team_id)
    plan = filled.plan(suggested_for(team, filled.person))
    view = add_meeting(tx, filled.viewer, team, plan, by=filled.person.name, now=filled.now)
    return team, messages.meeting_saved(view, reader=filled.reader)


def _change(tx: Tx, filled: Filled) -> tuple[Team, Message]:
    before = find_meeting(tx, filled.viewer, filled.meeting_id, now=filled.now)
    plan = filled.plan(before.meeting.plan)
    view = change_meeting(tx, filled.viewer, filled.meeting_id, plan, by=filled.person.name, now=filled.now)
    return view.team, messages.meeting_saved(view, reader=filled.reader)


def _remove(tx: Tx, filled: Filled) -> tuple[Team, Message]:
    view = end_meeting(tx, filled.viewer, filled.meeting_id, by=filled.person.name, now=filled.now)
    return view.team, messages.meeting_removed(view)
