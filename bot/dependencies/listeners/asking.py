"""Asking another team for something: in a line or in a form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.dependencies import messages
from bot.dependencies.actions import Need, ask
from bot.dependencies.listeners.saving import read_day, save_once
from bot.dependencies.messages import form
from bot.dependencies.queries import DependencyView, circle_of
from bot.dependencies.rules import split_date, split_team
from bot.errors import FormRefused, NotFound, Refused
from bot.outcomes.queries import View, find_outcome, find_outcome_by_id
from bot.outcomes.queries import allowed as outcomes
from bot.outcomes.queries.allowed import check_may_change
from bot.outcomes.rules import read_key
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.slack.app import (
    Ephemeral,
    acked,
    carried_by_form,
    carried_ids,
    open_form,
    pressed_id,
    pressed_in,
    submitted,
)
from bot.slack.commands import Word, reply
from bot.slack.message import Form
from bot.slack.typed import Answers, channel_in, person_in, unescaped
from bot.teams.model import Team
from bot.teams.queries import find_team, team_in_channel, visible_teams
from bot.workspaces.actions import is_first_time


@dataclass(frozen=True)
class _Line:
    """What was typed after the key: which team, what is needed, by when; each may be missing."""

    team: Team | None
    text: str
    wanted_on: date | None


def words(db: Database) -> list[Word]:
    """What can be typed after `/outcome` about dependencies."""

    def need(args: Args, rest: str) -> None:
        key, _, said = rest.partition(" ")
        number, person, viewer = read_key(key), introduced(args, db), viewer_of(args)
        with db.read() as tx:
            view, reader = find_outcome(tx, viewer, number), Reader.of(person, db.now(tx))
            line = _read(tx, viewer, said, reader)
            shown = _ask_form(tx, viewer, view, line, channel_id=args.body["channel_id"])
        if line.team and line.text and line.wanted_on:
            return _ask_at_once(args, db, person, number, Need(line.team, line.text, line.wanted_on))
        open_form(args, shown)
        return None

    says = (
        "asks another team for what it needs: in a form, or at once as in "
        "`need OUT-12 #platform a faster export by end of March`"
    )
    return [Word("/outcome", "need", "need OUT-12 [#channel or @team] [text by DATE]", says, need)]


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the button and the form that ask."""

    @acked
    def ask_pressed(args: Args) -> None:
        viewer = viewer_of(args)
        introduced(args, db)
        with db.read() as tx:
            view = find_outcome_by_id(tx, viewer, pressed_id(args))
            shown = _ask_form(tx, viewer, view, _Line(None, "", None), channel_id=pressed_in(args))
        open_form(args, shown)

    def asked(args: Args) -> Ephemeral | None:
        person, viewer, answers = introduced(args, db), viewer_of(args), Answers(args.view or {})
        outcome_id, channel_id = carried_by_form(args)
        wanted_on = read_day(answers["wanted"], "wanted")

        def save(tx: Tx, now: datetime) -> DependencyView:
            team = find_team(tx, viewer, carried_ids(answers["team"], 1)[0])
            if team is None:
                raise FormRefused({"team": "Choose one of the teams in the list."})
            view, today = find_outcome_by_id(tx, viewer, outcome_id), Reader.of(person, now).today
            return ask(tx, viewer, view, Need(team, answers["text"], wanted_on), today=today, now=now)

        return save_once(args, db, person, channel_id=channel_id, save=save, words_for=messages.need_asked)

    bolt.action(messages.ASK_BUTTON)(ask_pressed)
    bolt.view(form.ASK)(submitted(asked, then=show_home))


def _ask_form(tx: Tx, viewer: Viewer, view: View, line: _Line, *, channel_id: str) -> Form:
    """The form that asks. Raises NotAllowed or Refused where nothing can be asked, before anybody has typed it."""
    check_may_change(tx, viewer, view, "ask another team for something")
    outcomes.check_is_live(view)
    others = {team.id: team.name for team in visible_teams(tx, viewer) if team.id != view.team.id}
    if not others:
        raise Refused("There is no other team that you can see yet. `/rhythm setup` in its channel makes one.")
    team_id = line.team.id if line.team else None
    return form.ask_form(
        view.outcome, others, team_id=team_id, text=line.text, wanted_on=line.wanted_on, channel_id=channel_id
    )


def _read(tx: Tx, viewer: Viewer, said: str, reader: Reader) -> _Line:
    """Reads `#platform a faster export by end of March`. Raises Refused or NotFound when no such team is seen."""
    said = said.strip()
    if not said:
        return _Line(None, "", None)
    first, _, rest = said.partition(" ")
    if person_in(first):
        raise Refused("That names a person. Name their team by its channel, such as #platform, or by its name.")
    if channel_id := channel_in(first):
        team = team_in_channel(tx, viewer, channel_id)
        if team is None:
            raise NotFound("That channel is no team's home that you can see. /rhythm setup there makes it one.")
        typed = unescaped(rest.strip())
    else:
        named = {team.name: team for team in visible_teams(tx, viewer)}
        name, typed = split_team(unescaped(said), list(named))
        team = named[name]
    text, wanted_on = split_date(typed, today=reader.today, locale=reader.locale)
    return _Line(team, text, wanted_on)


def _ask_at_once(args: Args, db: Database, person: Person, number: int, need: Need) -> None:
    """Asks for what was typed, unless this very command was heard before."""
    viewer, gesture = viewer_of(args), f"command:{args.body['trigger_id']}"
    with db.begin() as tx:
        now = db.now(tx)
        if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=gesture, now=now):
            return
        reader = Reader.of(person, now)
        view = ask(tx, viewer, find_outcome(tx, viewer, number), need, today=reader.today, now=now)
        message = messages.need_asked(view, circle_of(tx, viewer, view.dependency.id), reader=reader)
    reply(args, message)
