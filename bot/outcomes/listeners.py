"""What people do with outcomes: write one down, list and show them, log a result."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.errors import FormRefused, Refused
from bot.outcomes.actions.writing import log_outcome
from bot.outcomes.messages import form, lists
from bot.outcomes.queries import Page, list_outcomes
from bot.outcomes.rules import STATEMENT_LIMIT
from bot.outcomes.rules.drafts import FIELDS, read_draft
from bot.people.listeners import introduced, viewer_of
from bot.people.lookups import introduce
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.slack.app import Ephemeral, acked, open_form, submission_of, submitted
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

    command = "/outcome"
    return [
        Word(command, "", "", "lists your outcomes", mine),
        Word(command, "new", "new [statement]", "writes down a new outcome", new),
        Word(command, "list", "list [mine|team|all|@person|#channel]", "lists outcomes, the soonest due first", listed),
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
            logged = log_outcome(tx, viewer, draft=draft, team=team, owner=owner, now=now)
            return confirm(
                tx,
                viewer,
                channel_id=view["private_metadata"],
                key=f"outcome:{logged.outcome.id}:logged",
                message=form.outcome_logged(logged, reader=Reader.of(person, now)),
                now=now,
            )

    bolt.shortcut(form.NEW_SHORTCUT)(new_pressed)
    bolt.action(form.NEW_BUTTON)(new_pressed)
    bolt.view(form.NEW)(submitted(new_saved, then=show_home))


def _typed(answers: Answers) -> dict[str, str]:
    return {name: answers[name] for name in FIELDS}


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
        return answer(args, "New outcome", form.no_team_yet())
    team = here or (teams[0] if len(teams) == 1 else None)
    view = form.new_form(
        statement=statement,
        teams={team.id: team.name for team in teams},
        team_id=team.id if team else None,
        owner_id=viewer.person_id,
        channel_id=channel_id,
    )
    open_form(args, view)
    return None


def _list(args: Args, db: Database, scope: str) -> None:
    person, viewer = introduced(args, db), viewer_of(args)
    named = person_in(scope)
    other = introduce(args.client, db, viewer, named) if named else None
    with db.read() as tx:
        reader = Reader.of(person, db.now(tx))
        if other is not None:
            message = _of_person(list_outcomes(tx, viewer, today=reader.today, owner_id=other.id), other, reader)
        elif scope.lower() in ("", "mine", "me"):
            message = _mine(list_outcomes(tx, viewer, today=reader.today, owner_id=viewer.person_id), reader)
        elif scope.lower() == "all":
            message = _all(list_outcomes(tx, viewer, today=reader.today), reader)
        elif scope.lower() == "team" or channel_in(scope):
            message = _of_channel(tx, viewer, channel_in(scope) or args.body["channel_id"], reader)
        else:
            raise Refused("List what? mine, team, all, a @person or a #channel.")
    reply(args, message)


def _of_channel(tx: Tx, viewer: Viewer, channel_id: str, reader: Reader) -> Message:
    team = team_in_channel(tx, viewer, channel_id)
    if team is None:
        return lists.not_a_team_channel(channel_link(channel_id))
    page = list_outcomes(tx, viewer, today=reader.today, team_ids=[team.id])
    return lists.outcome_list(page, title=team.name, empty=f"{team.name} has no outcome yet.", reader=reader)


def _mine(page: Page, reader: Reader) -> Message:
    empty = "You own no outcome yet. /outcome new writes one down."
    return lists.outcome_list(page, title="Your outcomes", empty=empty, reader=reader)


def _all(page: Page, reader: Reader) -> Message:
    empty = "There is no outcome that you can see yet. /outcome new writes one down."
    return lists.outcome_list(page, title="All outcomes you can see", empty=empty, reader=reader)


def _of_person(page: Page, person: Person, reader: Reader) -> Message:
    empty = f"{person.name} owns no outcome that you can see."
    return lists.outcome_list(page, title=f"Outcomes of {person.name}", empty=empty, reader=reader)
