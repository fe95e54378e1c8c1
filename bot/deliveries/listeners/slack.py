"""What people ask about deliveries: why they did, or did not, get a message."""

from slack_bolt import App, Args

from bot.db.database import Database
from bot.deliveries import messages
from bot.deliveries.queries import what_became
from bot.deliveries.rules import About, Asked
from bot.errors import NotFound, Refused
from bot.people.listeners import introduced, viewer_of
from bot.people.lookups import introduce
from bot.people.messages import Reader
from bot.slack.app import acked
from bot.slack.commands import Word, reply
from bot.slack.message import Message
from bot.slack.typed import channel_in, clean, person_in
from bot.teams.queries import team_in_channel


def words(db: Database) -> list[Word]:
    """What can be typed after `/rhythm` about deliveries."""

    def why(args: Args, rest: str) -> None:
        reply(args, _told(args, db, _read(args, db, clean(rest))))

    says = (
        "shows what you were sent, are owed or were not sent, and why; a lead sees their team's, an admin everybody's"
    )
    return [Word("/rhythm", "why", "why [team|@person|#channel]", says, why)]


def register(bolt: App, db: Database) -> None:
    """Listens for the buttons that turn a list's pages, and for the menu of one's teams."""

    @acked
    def turned(args: Args) -> None:
        action = args.action or {}
        carried = action.get("value") or (action.get("selected_option") or {}).get("value")
        reply(args, _told(args, db, Asked.parse(carried)), instead=True)

    bolt.action(messages.NEWER)(turned)
    bolt.action(messages.OLDER)(turned)
    bolt.action(messages.TEAM)(turned)


def _read(args: Args, db: Database, whose: str) -> Asked:
    """Whose messages were asked about. Raises Refused with what can be typed, NotFound for a channel without a team."""
    if whose.lower() in ("", "me", "mine"):
        return Asked(About.PERSON, viewer_of(args).person_id)
    if person_id := person_in(whose):
        return Asked(About.PERSON, introduce(args.client, db, viewer_of(args), person_id).id)
    channel_id = channel_in(whose) or (args.body["channel_id"] if whose.lower() == "team" else None)
    if channel_id is None:
        raise Refused("Whose messages? Nothing for your own, team for this channel's, a @person or a #channel.")
    with db.read() as tx:
        team = team_in_channel(tx, viewer_of(args), channel_id)
    if team is None:
        raise NotFound("That channel is no team's home that you can see. `/rhythm setup` there makes it one.")
    return Asked(About.TEAM, str(team.id))


def _told(args: Args, db: Database, asked: Asked) -> Message:
    person = introduced(args, db)
    with db.read() as tx:
        now = db.now(tx)
        page = what_became(tx, viewer_of(args), asked, now=now)
        return messages.fate_list(page, reader=Reader.of(person, now), now=now)
