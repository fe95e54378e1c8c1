"""What people do to teams: set one up; and what Slack tells of channels and who is in them."""

from datetime import time

from slack_bolt import App, Args

from bot.db.database import Database
from bot.errors import FormRefused
from bot.people.listeners import introduced, viewer_of
from bot.people.lookups import introduce
from bot.slack.app import Ephemeral, noticed, open_form, submission_of, submitted
from bot.slack.commands import Word, reply
from bot.slack.typed import Answers
from bot.teams import messages
from bot.teams.actions import (
    Membership,
    announce_team,
    note_joined,
    note_left,
    note_state,
    set_up_team,
)
from bot.teams.listeners.schedule import Changed
from bot.teams.lookups import look_up_channel
from bot.teams.queries import find_channel, team_in_channel
from bot.teams.rules.rhythm import Rhythm
from bot.workspaces.actions import is_first_time


def words(db: Database) -> list[Word]:
    """What can be typed about teams."""

    def setup(args: Args, _rest: str) -> None:
        channel_id, viewer = args.body["channel_id"], viewer_of(args)
        if channel_id.startswith("D"):
            return reply(args, messages.only_in_channels())
        introduced(args, db)
        with db.read() as tx:
            team = team_in_channel(tx, viewer, channel_id)
        view_id = open_form(
            args,
            messages.setup_form(
                channel_id=channel_id,
                name=team.name if team else _channel_name(args),
                lead_id=team.lead_id if team else viewer.person_id,
                rhythm=team.rhythm if team else None,
            ),
        )
        if not look_up_channel(args.client, db, viewer.workspace_id, channel_id):
            args.client.views_update(view_id=view_id, view=messages.not_in_channel().view)
        return None

    return [Word("/rhythm", "setup", "setup", "makes this channel a team, or changes the team it is", setup)]


def register(bolt: App, db: Database, *, rhythm_changed: Changed) -> None:
    """Listens for the setup form, and for what changes in channels.

    `rhythm_changed` does, in the same transaction, what another rhythm asks for.
    """

    @submitted
    def saved(args: Args) -> Ephemeral | None:
        viewer, answers = viewer_of(args), Answers(args.view or {})
        channel_id = (args.view or {})["private_metadata"]
        lead = introduce(args.client, db, viewer, answers["lead"] or viewer.person_id)
        person = introduced(args, db)
        rhythm = _read_rhythm(answers)
        with db.read() as tx:
            is_known = find_channel(tx, viewer, channel_id) is not None
        if not is_known:
            # The form was sent before the look-up that followed its opening had ended.
            look_up_channel(args.client, db, viewer.workspace_id, channel_id)
        with db.begin() as tx:
            now = db.now(tx)
            if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
                return None
            team = set_up_team(
                tx, viewer, channel_id=channel_id, name=answers["name"], lead=lead, rhythm=rhythm, now=now
            )
            rhythm_changed(tx, team, now=now)
            announce_team(tx, team, by=person.name, now=now)
        next_at = team.rhythm.next_three(person.zone, after=now)[0]
        return Ephemeral(channel_id, messages.team_set_up(team, lead_name=lead.name, next_at=next_at, zone=person.zone))

    bolt.view(messages.SETUP)(saved)

    @noticed
    def joined(args: Args) -> None:
        with db.begin() as tx:
            note_joined(tx, _membership(args))

    @noticed
    def left(args: Args) -> None:
        with db.begin() as tx:
            note_left(tx, _membership(args))

    @noticed
    def changed(args: Args) -> None:
        event = args.event or {}
        channel = event["channel"]
        channel_id, name = (channel, None) if isinstance(channel, str) else (channel["id"], channel.get("name"))
        archived = {"archive": True, "unarchive": False}.get(event["type"].partition("_")[2])
        with db.begin() as tx:
            note_state(
                tx, workspace_id=viewer_of(args).workspace_id, channel_id=channel_id, name=name, is_archived=archived
            )

    bolt.event("member_joined_channel")(joined)
    bolt.event("member_left_channel")(left)
    for kind in ("channel", "group"):
        for what in ("archive", "unarchive", "rename"):
            bolt.event(f"{kind}_{what}")(changed)


def _channel_name(args: Args) -> str:
    """The name of the channel a command was typed in. Slack calls every private one `privategroup`."""
    name = str(args.body.get("channel_name", ""))
    return "" if name == "privategroup" else name


def _membership(args: Args) -> Membership:
    event = args.event or {}
    return Membership(
        workspace_id=viewer_of(args).workspace_id,
        channel_id=event["channel"],
        person_id=event["user"],
        is_bot_itself=event["user"] == args.context.bot_user_id,
    )


def _read_rhythm(answers: Answers) -> Rhythm | None:
    """The first rhythm, as the form of a new team asks for it."""
    if not answers["weekday"]:
        return None
    try:
        return Rhythm.weekly(int(answers["weekday"]) % 7, time.fromisoformat(answers["time"]))
    except ValueError:
        raise FormRefused({"time": "Choose a day and a time, such as 09:00."}) from None
