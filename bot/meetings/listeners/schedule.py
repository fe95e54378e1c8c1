"""What people do with the meetings on a schedule: see them, add one, change them or take them off it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.errors import NotFound, Refused
from bot.language.words import one_line
from bot.meetings import messages
from bot.meetings.actions.scheduling import add_meeting, change_meeting, end_meeting
from bot.meetings.queries import find_meeting, meetings_of
from bot.meetings.rules import Plan, suggested
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.queries import find_person
from bot.people.rules import Viewer, known_zone
from bot.slack.app import (
    Ephemeral,
    acked,
    carried_ids,
    open_form,
    pressed_id,
    push_form,
    submission_of,
    submitted,
)
from bot.slack.blocks import notice
from bot.slack.commands import Word, reply
from bot.slack.message import Form, Message
from bot.slack.typed import Answers
from bot.teams.actions import check_may_change_team, may_change_team
from bot.teams.listeners.schedule import chosen_recurrence
from bot.teams.messages import schedule as teams
from bot.teams.model import Team
from bot.teams.queries import find_team, team_in_channel, zones_in
from bot.workspaces.actions import is_first_time

_TITLE = "Meetings"


def words(db: Database) -> list[Word]:
    """What can be typed about meetings."""

    def meetings(args: Args, _rest: str) -> None:
        viewer, person = viewer_of(args), introduced(args, db)
        with db.read() as tx:
            team = team_in_channel(tx, viewer, args.body["channel_id"])
            if team is None:
                raise Refused("This channel is not a team yet. /rhythm setup makes it one.")
            shown = _list(tx, viewer, team, person, now=db.now(tx))
        reply(args, shown)

    return [Word("/rhythm", "meetings", "meetings", "lists this team's meetings, and changes them", meetings)]


def beside_schedule(tx: Tx, viewer: Viewer, team: Team, *, now: datetime) -> Message:
    """What the meetings are on a team's schedule, for whoever saved it."""
    person = find_person(tx, viewer, viewer.person_id)
    assert person is not None
    return messages.on_schedule(team, meetings_of(tx, viewer, team, now=now), reader=Reader.of(person, now))


@dataclass(frozen=True)
class _Filled:
    """A form about a meeting as somebody filled it in; `meeting_id` is 0 for a new one."""

    viewer: Viewer
    person: Person
    answers: Answers
    team_id: int
    meeting_id: int
    now: datetime

    @property
    def reader(self) -> Reader:
        """Who filled it in."""
        return Reader.of(self.person, self.now)

    def plan(self, before: Plan) -> Plan:
        """The meeting it describes, instead of the one that it showed."""
        answers = self.answers
        return Plan(
            one_line(answers["name"]),
            chosen_recurrence(answers, before.recurrence, self.reader.today),
            time.fromisoformat(answers["time"]),
            known_zone(answers["zone"]),
            int(answers["minutes"]),
            int(answers["lead"]),
        )


def register(bolt: App, db: Database) -> None:
    """Listens for the buttons, the menus and the forms of meetings."""
    bolt.action(teams.MEETINGS)(acked(partial(_show_list, db=db)))
    bolt.action(messages.ADD_BUTTON)(acked(partial(_show_add_form, db=db)))
    bolt.action(messages.MENU)(acked(partial(_show_chosen_form, db=db)))
    for form_id, save in ((messages.ADD, _add), (messages.CHANGE, _change), (messages.REMOVE, _remove)):
        bolt.view(form_id)(submitted(partial(_saved, db=db, save=save), then=partial(_bring_up_to_date, db=db)))


def _show_list(args: Args, db: Database) -> None:
    shown = _list_of(args, db, pressed_id(args))
    if _is_in_form(args):
        push_form(args, notice(_TITLE, shown))
    else:
        reply(args, shown)


def _show_add_form(args: Args, db: Database) -> None:
    viewer, person = viewer_of(args), introduced(args, db)
    with db.read() as tx:
        team, reader = _team(tx, viewer, pressed_id(args)), Reader.of(person, db.now(tx))
        check_may_change_team(tx, viewer, team)
        form = messages.add_form(team, _suggested(team, person), zones_in(tx, team), today=reader.today)
    _show_form(args, form)


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
        else:
            form = messages.change_form(view, zones_in(tx, view.team), today=Reader.of(person, now).today)
    _show_form(args, form)


def _saved(args: Args, db: Database, save: Callable[[Tx, _Filled], tuple[Team, Message]]) -> Ephemeral | None:
    viewer, person = viewer_of(args), introduced(args, db)
    team_id, meeting_id = carried_ids((args.view or {})["private_metadata"], 2)
    with db.begin() as tx:
        now = db.now(tx)
        if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
            return None
        team, said = save(tx, _Filled(viewer, person, Answers(args.view or {}), team_id, meeting_id, now))
    return Ephemeral(team.channel_id, said)


def _add(tx: Tx, filled: _Filled) -> tuple[Team, Message]:
    team = _team(tx, filled.viewer, filled.team_id)
    plan = filled.plan(_suggested(team, filled.person))
    view = add_meeting(tx, filled.viewer, team, plan, by=filled.person.name, now=filled.now)
    return team, messages.meeting_saved(view, reader=filled.reader)


def _change(tx: Tx, filled: _Filled) -> tuple[Team, Message]:
    before = find_meeting(tx, filled.viewer, filled.meeting_id, now=filled.now)
    plan = filled.plan(before.meeting.plan)
    view = change_meeting(tx, filled.viewer, filled.meeting_id, plan, by=filled.person.name, now=filled.now)
    return view.team, messages.meeting_saved(view, reader=filled.reader)


def _remove(tx: Tx, filled: _Filled) -> tuple[Team, Message]:
    view = end_meeting(tx, filled.viewer, filled.meeting_id, by=filled.person.name, now=filled.now)
    return view.team, messages.meeting_removed(view)


def _bring_up_to_date(args: Args, db: Database) -> None:
    """Draws the list anew that the form was opened from, where it was opened from a form."""
    if view_id := (args.view or {}).get("previous_view_id"):
        team_id, _ = carried_ids((args.view or {})["private_metadata"], 2)
        args.client.views_update(view_id=view_id, view=notice(_TITLE, _list_of(args, db, team_id)).view)


def _list_of(args: Args, db: Database, team_id: int) -> Message:
    viewer, person = viewer_of(args), introduced(args, db)
    with db.read() as tx:
        return _list(tx, viewer, _team(tx, viewer, team_id), person, now=db.now(tx))


def _list(tx: Tx, viewer: Viewer, team: Team, person: Person, *, now: datetime) -> Message:
    views, may_change = meetings_of(tx, viewer, team, now=now), may_change_team(tx, viewer, team)
    return messages.meeting_list(team, views, may_change=may_change, reader=Reader.of(person, now))


def _team(tx: Tx, viewer: Viewer, team_id: int) -> Team:
    team = find_team(tx, viewer, team_id)
    if team is None:
        raise NotFound("That team is not there any more, or you cannot see it.")
    return team


def _suggested(team: Team, person: Person) -> Plan:
    return suggested(team.rhythm.recurrence.weekday, person.time_zone)


def _is_in_form(args: Args) -> bool:
    return bool((args.body.get("view") or {}).get("type") == "modal")


def _show_form(args: Args, form: Form) -> None:
    if _is_in_form(args):
        push_form(args, form)
    else:
        open_form(args, form)
