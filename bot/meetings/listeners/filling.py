"""The list of a team's meetings, and what every form about one of them has in common."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from slack_bolt import Args

from bot.canvases.queries import canvas_of
from bot.db.database import Database, Tx
from bot.errors import NotFound
from bot.language.words import one_line
from bot.meetings import messages
from bot.meetings.queries import meetings_of
from bot.meetings.rules import Plan, suggested
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer, known_zone
from bot.slack.app import Ephemeral, carried_ids, open_form, push_form, submission_of
from bot.slack.blocks import notice
from bot.slack.message import Form, Message
from bot.slack.typed import Answers
from bot.teams.actions import may_change_team
from bot.teams.listeners.schedule import chosen_recurrence
from bot.teams.model import Team
from bot.teams.queries import find_team
from bot.workspaces.actions import is_first_time

TITLE = "Meetings"


@dataclass(frozen=True)
class Filled:
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


def saved(args: Args, db: Database, save: Callable[[Tx, Filled], tuple[Team, Message]]) -> Ephemeral | None:
    """Saves a form once, and answers what to say where."""
    viewer, person = viewer_of(args), introduced(args, db)
    team_id, meeting_id = carried_ids((args.view or {})["private_metadata"], 2)
    with db.begin() as tx:
        now = db.now(tx)
        if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
            return None
        team, said = save(tx, Filled(viewer, person, Answers(args.view or {}), team_id, meeting_id, now))
    return Ephemeral(team.channel_id, said)


def bring_up_to_date(args: Args, db: Database) -> None:
    """Draws the list anew that the form was opened from, where it was opened from a form."""
    if view_id := (args.view or {}).get("previous_view_id"):
        team_id, _ = carried_ids((args.view or {})["private_metadata"], 2)
        args.client.views_update(view_id=view_id, view=notice(TITLE, list_of(args, db, team_id)).view)


def list_of(args: Args, db: Database, team_id: int) -> Message:
    """A team's meetings, by its id. Raises NotFound."""
    viewer, person = viewer_of(args), introduced(args, db)
    with db.read() as tx:
        return list_for(tx, viewer, team_by_id(tx, viewer, team_id), person, now=db.now(tx))


def list_for(tx: Tx, viewer: Viewer, team: Team, person: Person, *, now: datetime) -> Message:
    """A team's meetings, as somebody sees them."""
    views, may_change = meetings_of(tx, viewer, team, now=now), may_change_team(tx, viewer, team)
    canvas = canvas_of(tx, viewer.workspace_id, team.channel_id)
    return messages.meeting_list(team, views, canvas, may_change=may_change, reader=Reader.of(person, now))


def team_by_id(tx: Tx, viewer: Viewer, team_id: int) -> Team:
    """The team that a button or a form carries. Raises NotFound."""
    team = find_team(tx, viewer, team_id)
    if team is None:
        raise NotFound("That team is not there any more, or you cannot see it.")
    return team


def suggested_for(team: Team, person: Person) -> Plan:
    """What a new meeting of a team is offered."""
    return suggested(team.rhythm.recurrence.weekday, person.time_zone)


def is_in_form(args: Args) -> bool:
    """Whether it was pressed in a form."""
    return bool((args.body.get("view") or {}).get("type") == "modal")


def show_form(args: Args, form: Form) -> None:
    """Shows a form, on top of the one it was opened from."""
    if is_in_form(args):
        push_form(args, form)
    else:
        open_form(args, form)
