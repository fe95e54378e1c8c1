"""What people do with outcomes: write one down, list and show them, log a result."""

from collections.abc import Callable
from datetime import datetime

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.errors import FormRefused, Refused
from bot.language.values import NotAValue, read_value, read_value_and_note
from bot.outcomes import messages
from bot.outcomes.actions import Measured, check_may_log, log_outcome, log_result
from bot.outcomes.messages import Reader
from bot.outcomes.queries import Page, View, find_outcome, find_outcome_by_id, list_outcomes, may_change
from bot.outcomes.rules import STATEMENT_LIMIT, read_confidence, read_draft, read_key
from bot.people.listeners import introduced, viewer_of
from bot.people.lookups import introduce
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.slack.app import Ephemeral, acked, carried_ids, open_form, submission_of, submitted
from bot.slack.commands import Word, answer, reply
from bot.slack.message import Message
from bot.slack.mrkdwn import channel_link
from bot.slack.typed import Answers, channel_in, person_in, unescaped
from bot.teams.actions import confirm
from bot.teams.queries import team_in_channel, visible_teams
from bot.workspaces.actions import is_first_time


def words(db: Database) -> list[Word]:
    """What can be typed after `/outcome`."""

    def mine(args: Args, _rest: str) -> None:
        _list(args, db, "mine")

    def new(args: Args, rest: str) -> None:
        _open_new(args, db, statement=unescaped(rest), channel_id=args.body["channel_id"])

    def listed(args: Args, rest: str) -> None:
        _list(args, db, rest)

    def show(args: Args, rest: str) -> None:
        number, person = read_key(rest), introduced(args, db)
        with db.read() as tx:
            message = _card(
                tx, viewer_of(args), find_outcome(tx, viewer_of(args), number), Reader.of(person, db.now(tx))
            )
        reply(args, message)

    def result(args: Args, rest: str) -> None:
        key, _, said = rest.partition(" ")
        number, person, viewer = read_key(key), introduced(args, db), viewer_of(args)
        if said.strip():
            with db.begin() as tx:
                message = _log_in_one_line(tx, args, person, number, unescaped(said), now=db.now(tx))
            return reply(args, message) if message else None
        with db.read() as tx:
            view, reader = find_outcome(tx, viewer, number), Reader.of(person, db.now(tx))
            check_may_log(tx, viewer, view)
        open_form(args, messages.result_form(view, reader=reader, channel_id=args.body["channel_id"]))
        return None

    command = "/outcome"
    return [
        Word(command, "", "", "lists your outcomes", mine),
        Word(command, "new", "new [statement]", "writes down a new outcome", new),
        Word(command, "list", "list [mine|team|all|@person|#channel]", "lists outcomes, the soonest due first", listed),
        Word(command, "show", "show OUT-12", "shows everything about one outcome", show),
        Word(
            command,
            "result",
            "result OUT-12 [value] [because …]",
            "logs where the measure stands: in a form, or at once as in `result OUT-12 42 because the email shipped`",
            result,
            also=("update",),
        ),
    ]


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for forms, buttons and shortcuts about outcomes. `show_home` brings a person's App Home up to date."""

    @acked
    def new_pressed(args: Args) -> None:
        _open_new(args, db, statement="", channel_id="")

    def new_saved(args: Args) -> Ephemeral | None:
        view, viewer = args.view or {}, viewer_of(args)
        answers, person = Answers(view), introduced(args, db)
        with db.read() as tx:
            today = db.now(tx).astimezone(person.zone).date()
        draft = read_draft(_typed(answers), today=today, locale=person.locale)
        owner = introduce(args.client, db, viewer, answers["owner"] or viewer.person_id)
        with db.begin() as tx:
            now = db.now(tx)
            if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
                return None
            team = next((team for team in visible_teams(tx, viewer) if str(team.id) == answers["team"]), None)
            if team is None:
                raise FormRefused({"team": "Choose one of the teams in the list."})
            logged = log_outcome(tx, viewer, draft=draft, team=team, owner=owner, starts_on=today, now=now)
            return confirm(
                tx,
                viewer,
                channel_id=view["private_metadata"],
                key=f"outcome:{logged.outcome.id}:logged",
                message=messages.outcome_logged(logged, reader=Reader.of(person, now)),
                now=now,
            )

    def result_saved(args: Args) -> Ephemeral | None:
        view, viewer = args.view or {}, viewer_of(args)
        answers, person = Answers(view), introduced(args, db)
        carried, _, channel_id = view["private_metadata"].partition(" ")
        [outcome_id] = carried_ids(carried, 1)
        with db.begin() as tx:
            now = db.now(tx)
            before = find_outcome_by_id(tx, viewer, outcome_id)
            measured = read_measured(answers, before, person, source="form")
            if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
                return None
            result = log_result(tx, viewer, before, measured, now=now)
            return confirm(
                tx,
                viewer,
                channel_id=channel_id,
                key=f"result:{result.id}:logged",
                message=_result_logged(tx, viewer, before, Reader.of(person, db.now(tx))),
                now=now,
            )

    @acked
    def show(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        with db.read() as tx:
            view = find_outcome_by_id(tx, viewer, _pressed(args))
            message = _card(tx, viewer, view, Reader.of(person, db.now(tx)))
        answer(args, view.outcome.key, message)

    @acked
    def log_result_pressed(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        channel_id = (args.body.get("channel") or {}).get("id", "")
        with db.read() as tx:
            view, reader = find_outcome_by_id(tx, viewer, _pressed(args)), Reader.of(person, db.now(tx))
            check_may_log(tx, viewer, view)
        open_form(args, messages.result_form(view, reader=reader, channel_id=channel_id))

    bolt.shortcut(messages.NEW_SHORTCUT)(new_pressed)
    bolt.action(messages.NEW_BUTTON)(new_pressed)
    bolt.view(messages.NEW)(submitted(new_saved, then=show_home))
    bolt.view(messages.RESULT)(submitted(result_saved, then=show_home))
    bolt.action(messages.SHOW)(show)
    bolt.action(messages.LOG_RESULT)(log_result_pressed)


def read_measured(answers: Answers, view: View, person: Person, *, source: str) -> Measured:
    """Reads the fields of a result. Raises FormRefused with a sentence for the field that needs another look."""
    try:
        value = read_value(answers["value"], unit=view.outcome.unit, locale=person.locale).value
    except NotAValue as error:
        raise FormRefused({"value": str(error)}) from None
    return Measured(value, answers["note"], read_confidence(answers["confidence"]), source)


def _typed(answers: Answers) -> dict[str, str]:
    return {name: answers[name] for name in ("statement", "why", "measure", "unit", "baseline", "target", "due")}


def _pressed(args: Args) -> int:
    [outcome_id] = carried_ids((args.action or {}).get("value"), 1)
    return outcome_id


def _open_new(args: Args, db: Database, *, statement: str, channel_id: str) -> None:
    viewer = viewer_of(args)
    if len(statement) > STATEMENT_LIMIT:
        raise Refused(
            f"That is {len(statement):,} characters; a statement has {STATEMENT_LIMIT:,} at most. "
            f"Type `/outcome new` with a shorter one. You typed:\n{statement}"
        )
    introduced(args, db)
    with db.read() as tx:
        teams = visible_teams(tx, viewer)
        here = team_in_channel(tx, viewer, channel_id)
    if not teams:
        return answer(args, "New outcome", messages.no_team_yet())
    team = here or (teams[0] if len(teams) == 1 else None)
    form = messages.new_form(
        statement=statement,
        teams={team.id: team.name for team in teams},
        team_id=team.id if team else None,
        owner_id=viewer.person_id,
        channel_id=channel_id,
    )
    open_form(args, form)
    return None


def _list(args: Args, db: Database, scope: str) -> None:
    person, viewer = introduced(args, db), viewer_of(args)
    named = person_in(scope)
    other = introduce(args.client, db, viewer, named) if named else None
    with db.read() as tx:
        reader = Reader.of(person, db.now(tx))
        if other is not None:
            message = _of_person(list_outcomes(tx, viewer, owner_id=other.id), other, reader)
        elif scope.lower() in ("", "mine", "me"):
            message = _mine(list_outcomes(tx, viewer, owner_id=viewer.person_id), reader)
        elif scope.lower() == "all":
            message = _all(list_outcomes(tx, viewer), reader)
        elif scope.lower() == "team" or channel_in(scope):
            message = _of_channel(tx, viewer, channel_in(scope) or args.body["channel_id"], reader)
        else:
            raise Refused("List what? mine, team, all, a @person or a #channel.")
    reply(args, message)


def _of_channel(tx: Tx, viewer: Viewer, channel_id: str, reader: Reader) -> Message:
    team = team_in_channel(tx, viewer, channel_id)
    if team is None:
        return messages.not_a_team_channel(channel_link(channel_id))
    page = list_outcomes(tx, viewer, team_ids=[team.id])
    return messages.outcome_list(page, title=team.name, empty=f"{team.name} has no outcome yet.", reader=reader)


def _mine(page: Page, reader: Reader) -> Message:
    empty = "You own no outcome yet. /outcome new writes one down."
    return messages.outcome_list(page, title="Your outcomes", empty=empty, reader=reader)


def _all(page: Page, reader: Reader) -> Message:
    empty = "There is no outcome that you can see yet. /outcome new writes one down."
    return messages.outcome_list(page, title="All outcomes you can see", empty=empty, reader=reader)


def _of_person(page: Page, person: Person, reader: Reader) -> Message:
    empty = f"{person.name} owns no outcome that you can see."
    return messages.outcome_list(page, title=f"Outcomes of {person.name}", empty=empty, reader=reader)


def _card(tx: Tx, viewer: Viewer, view: View, reader: Reader) -> Message:
    return messages.outcome_card(view, reader=reader, may_log=may_change(tx, viewer, view))


def _log_in_one_line(tx: Tx, args: Args, person: Person, number: int, said: str, *, now: datetime) -> Message | None:
    """Logs what was typed after the key; None when this very command was heard before."""
    viewer = viewer_of(args)
    view = find_outcome(tx, viewer, number)
    try:
        reading, note = read_value_and_note(said, unit=view.outcome.unit, locale=person.locale)
    except NotAValue as error:
        raise Refused(str(error)) from None
    trigger = args.body.get("trigger_id")
    if trigger and not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=f"command:{trigger}", now=now):
        return None
    log_result(tx, viewer, view, Measured(reading.value, note), now=now)
    return _result_logged(tx, viewer, view, Reader.of(person, now))


def _result_logged(tx: Tx, viewer: Viewer, before: View, reader: Reader) -> Message:
    after = find_outcome_by_id(tx, viewer, before.outcome.id)
    return messages.result_logged(after, before=before.latest_value, reader=reader)
