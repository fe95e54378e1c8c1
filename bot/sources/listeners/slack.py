"""What people do with a team's tokens: look at them, create one, revoke one."""

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.errors import NotFound
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.slack.app import acked, carried_ids, open_form, submission_of, submitted
from bot.slack.commands import Word, reply
from bot.slack.message import Form, Message
from bot.slack.typed import Answers
from bot.sources import messages
from bot.sources.actions.tokens import create_token, revoke_token
from bot.sources.queries import check_may_change_tokens, may_change_tokens, tokens_of
from bot.teams.model import Team
from bot.teams.queries import find_team, team_in_channel
from bot.workspaces.actions import is_first_time


def words(db: Database) -> list[Word]:
    """What can be typed after `/rhythm` about a team's settings."""

    def settings(args: Args, _rest: str) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        with db.read() as tx:
            message = _settings(tx, viewer, args.body["channel_id"], Reader.of(person, db.now(tx)))
        reply(args, message)

    return [
        Word(
            "/rhythm", "settings", "settings", "shows this team's API tokens, which let programs log results", settings
        )
    ]


def register(bolt: App, db: Database) -> None:
    """Listens for the buttons and the form of tokens."""

    @acked
    def create_pressed(args: Args) -> None:
        viewer = viewer_of(args)
        introduced(args, db)
        [team_id] = carried_ids((args.action or {}).get("value"), 1)
        with db.read() as tx:
            team = _team(tx, viewer, team_id)
            check_may_change_tokens(tx, viewer, team)
        open_form(args, messages.create_form(team))

    def created(args: Args) -> Form:
        view, viewer = args.view or {}, viewer_of(args)
        introduced(args, db)
        [team_id] = carried_ids(view["private_metadata"], 1)
        name = Answers(view)["name"]
        with db.begin() as tx:
            now = db.now(tx)
            team = _team(tx, viewer, team_id)
            if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
                return messages.token_created_before()
            token = create_token(tx, viewer, team, name, now=now)
        return messages.token_created(token, name)

    @acked
    def revoke_pressed(args: Args) -> None:
        introduced(args, db)
        [token_id] = carried_ids((args.action or {}).get("value"), 1)
        with db.begin() as tx:
            token = revoke_token(tx, viewer_of(args), token_id, now=db.now(tx))
        reply(args, messages.token_revoked(token))

    bolt.action(messages.CREATE)(create_pressed)
    bolt.view(messages.CREATE_FORM)(submitted(created))
    bolt.action(messages.REVOKE)(revoke_pressed)


def _settings(tx: Tx, viewer: Viewer, channel_id: str, reader: Reader) -> Message:
    team = team_in_channel(tx, viewer, channel_id)
    if team is None:
        return messages.settings_are_a_teams()
    return messages.team_settings(
        team,
        tokens_of(tx, viewer, team.id),
        lead_name=tx.get_one(Person, (team.workspace_id, team.lead_id)).name,
        may_change=may_change_tokens(tx, viewer, team),
        reader=reader,
    )


def _team(tx: Tx, viewer: Viewer, team_id: int) -> Team:
    team = find_team(tx, viewer, team_id)
    if team is None:
        raise NotFound("That team is not there any more, or you cannot see it.")
    return team
