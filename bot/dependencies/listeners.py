"""What people do with dependencies: ask another team for something, answer, and say that it is there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.dependencies import messages
from bot.dependencies.actions import Need, accept, agree, ask, decline, deliver, withdraw
from bot.dependencies.messages import form
from bot.dependencies.queries import DependencyView, check_is_live, check_may_answer, circle_of, find_dependency
from bot.dependencies.rules import split_date, split_team
from bot.errors import FormRefused, NotFound, Refused
from bot.outcomes import queries as outcomes
from bot.outcomes.queries import View, check_may_change, find_outcome, find_outcome_by_id
from bot.outcomes.rules import read_key
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.slack.app import Ephemeral, acked, carried_ids, open_form, submission_of, submitted
from bot.slack.commands import Word, answer, reply
from bot.slack.message import Form, Message
from bot.slack.typed import Answers, channel_in, person_in, unescaped
from bot.teams.actions import confirm
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
    """Listens for the forms and buttons of dependencies. `show_home` brings a person's App Home up to date."""
    _hear_asking(bolt, db, show_home)
    _hear_answers(bolt, db, show_home)
    _hear_presses(bolt, db)


def _hear_asking(bolt: App, db: Database, show_home: Callable[[Args], None]) -> None:
    @acked
    def ask_pressed(args: Args) -> None:
        viewer = viewer_of(args)
        introduced(args, db)
        with db.read() as tx:
            view = find_outcome_by_id(tx, viewer, _pressed_on(args))
            shown = _ask_form(tx, viewer, view, _Line(None, "", None), channel_id=_channel_of(args))
        open_form(args, shown)

    def asked(args: Args) -> Ephemeral | None:
        person, viewer, answers = introduced(args, db), viewer_of(args), Answers(args.view or {})
        outcome_id, channel_id = _carried(args)
        wanted_on = _day(answers["wanted"], "wanted")

        def save(tx: Tx, now: datetime) -> DependencyView:
            team = find_team(tx, viewer, carried_ids(answers["team"], 1)[0])
            if team is None:
                raise FormRefused({"team": "Choose one of the teams in the list."})
            view, today = find_outcome_by_id(tx, viewer, outcome_id), Reader.of(person, now).today
            return ask(tx, viewer, view, Need(team, answers["text"], wanted_on), today=today, now=now)

        return _saved(args, db, person, channel_id=channel_id, save=save, words_for=messages.need_asked)

    bolt.action(messages.ASK_BUTTON)(ask_pressed)
    bolt.view(form.ASK)(submitted(asked, then=show_home))


def _hear_answers(bolt: App, db: Database, show_home: Callable[[Args], None]) -> None:
    def answering(shape: Callable[..., Form]) -> Callable[[Args], None]:
        @acked
        def pressed(args: Args) -> None:
            person, viewer = introduced(args, db), viewer_of(args)
            with db.read() as tx:
                view, reader = find_dependency(tx, viewer, _pressed_on(args)), Reader.of(person, db.now(tx))
                check_may_answer(view)
                check_is_live(view)
            open_form(args, shape(view, reader=reader, channel_id=_channel_of(args)))

        return pressed

    def accepted(args: Args) -> Ephemeral | None:
        person, viewer, answers = introduced(args, db), viewer_of(args), Answers(args.view or {})
        dependency_id, channel_id = _carried(args)
        day, reason = _day(answers["day"], "day"), answers["reason"]

        def save(tx: Tx, now: datetime) -> DependencyView:
            today = Reader.of(person, now).today
            return accept(tx, viewer, dependency_id, day=day, reason=reason, today=today, now=now)

        return _saved(args, db, person, channel_id=channel_id, save=save, words_for=messages.dependency_shown)

    def declined(args: Args) -> Ephemeral | None:
        person, viewer, reason = introduced(args, db), viewer_of(args), Answers(args.view or {})["reason"]
        dependency_id, channel_id = _carried(args)

        def save(tx: Tx, now: datetime) -> DependencyView:
            return decline(tx, viewer, dependency_id, reason=reason, now=now)

        return _saved(args, db, person, channel_id=channel_id, save=save, words_for=messages.dependency_shown)

    bolt.action(messages.ACCEPT_BUTTON)(answering(form.accept_form))
    bolt.action(messages.DECLINE_BUTTON)(answering(form.decline_form))
    bolt.view(form.ACCEPT)(submitted(accepted, then=show_home))
    bolt.view(form.DECLINE)(submitted(declined, then=show_home))


def _hear_presses(bolt: App, db: Database) -> None:
    @acked
    def open_pressed(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        with db.read() as tx:
            view = find_dependency(tx, viewer, _pressed_on(args))
            message = _shown(tx, viewer, view, Reader.of(person, db.now(tx)))
        answer(args, "From another team", message)

    @acked
    def agree_pressed(args: Args) -> None:
        dependency_id, day = carried_ids((args.action or {}).get("value"), 2)
        seen_on = date.fromordinal(min(max(day, 1), date.max.toordinal()))
        _do(args, db, lambda tx, now: agree(tx, viewer_of(args), dependency_id, day=seen_on, now=now))

    @acked
    def delivered_pressed(args: Args) -> None:
        _do(args, db, lambda tx, now: deliver(tx, viewer_of(args), _pressed_on(args), now=now))

    @acked
    def withdraw_pressed(args: Args) -> None:
        _do(args, db, lambda tx, now: withdraw(tx, viewer_of(args), _pressed_on(args), now=now))

    bolt.action(messages.OPEN)(open_pressed)
    bolt.action(messages.AGREE)(agree_pressed)
    bolt.action(messages.DELIVERED)(delivered_pressed)
    bolt.action(messages.WITHDRAW)(withdraw_pressed)


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


def _do(args: Args, db: Database, act: Callable[[Tx, datetime], DependencyView]) -> None:
    """Does what a button says, and shows what came of it."""
    person, viewer = introduced(args, db), viewer_of(args)
    with db.begin() as tx:
        now = db.now(tx)
        message = _shown(tx, viewer, act(tx, now), Reader.of(person, now))
    answer(args, "From another team", message)


def _shown(tx: Tx, viewer: Viewer, view: DependencyView, reader: Reader) -> Message:
    return messages.dependency_shown(view, circle_of(tx, viewer, view.dependency.id), reader=reader)


def _saved(
    args: Args,
    db: Database,
    person: Person,
    *,
    channel_id: str,
    save: Callable[[Tx, datetime], DependencyView],
    words_for: Callable[..., Message],
) -> Ephemeral | None:
    """Saves a form once, however often it arrives, and says so to whoever filled it."""
    viewer = viewer_of(args)
    with db.begin() as tx:
        now = db.now(tx)
        if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
            return None
        view = save(tx, now)
        message = words_for(view, circle_of(tx, viewer, view.dependency.id), reader=Reader.of(person, now))
        key = f"dependency:{view.dependency.id}:saved:{(args.view or {})['id']}"
        return confirm(tx, viewer, channel_id=channel_id, key=key, message=message, now=now)


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FormRefused({field: "Choose a day."}) from None


def _carried(args: Args) -> tuple[int, str]:
    """The id that a form carries, and the channel that it was opened in."""
    carried, _, channel_id = (args.view or {})["private_metadata"].partition(" ")
    return carried_ids(carried, 1)[0], channel_id


def _pressed_on(args: Args) -> int:
    """The id that a button carries."""
    return carried_ids((args.action or {}).get("value"), 1)[0]


def _channel_of(args: Args) -> str:
    """The channel that a button was pressed in; empty at App Home."""
    return str((args.body.get("channel") or {}).get("id", ""))
