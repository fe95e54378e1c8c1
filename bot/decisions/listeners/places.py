"""Choosing where a team's decisions are announced."""

from slack_bolt import Args

from bot.db.database import Database
from bot.decisions.actions.places import set_place
from bot.decisions.actions.telling import announced_in
from bot.decisions.messages import places as messages
from bot.errors import Refused
from bot.people.listeners import introduced, viewer_of
from bot.slack.commands import Word, reply
from bot.slack.mrkdwn import channel_link
from bot.slack.typed import channel_in
from bot.teams.lookups import look_up_channel
from bot.teams.queries import team_in_channel


def words(db: Database) -> list[Word]:
    """What can be typed after `/rhythm` about where decisions are announced."""

    def decisions(args: Args, rest: str) -> None:
        viewer, typed, here = viewer_of(args), rest.strip(), args.body["channel_id"]
        introduced(args, db)
        chosen = channel_in(typed) or (here if typed.lower() == "here" else None)
        if typed and chosen is None and typed.lower() != "off":
            raise Refused("Where? Type here, a #channel or off after `/rhythm decisions`.")
        if chosen is not None and chosen != here:
            look_up_channel(args.client, db, viewer.workspace_id, chosen)
        with db.begin() as tx:
            team = team_in_channel(tx, viewer, here)
            if team is None:
                raise Refused("This channel is not a team yet. /rhythm setup makes it one.")
            if typed:
                set_place(tx, viewer, team, chosen, now=db.now(tx))
            place = announced_in(tx, team)
            message = messages.announced_there(team, channel_link(place) if place else None, is_new=bool(typed))
        reply(args, message)

    usage = "decisions [here|#channel|off]"
    return [Word("/rhythm", "decisions", usage, "says or chooses where this team's decisions are announced", decisions)]
