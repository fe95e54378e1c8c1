"""What a lead does with their team's rhythm: pause it, and let it go on."""

from datetime import date

from slack_bolt import Args

from bot.absences.actions.pausing import pause_team, resume_team
from bot.absences.messages import pauses
from bot.absences.rules import PAUSE_USAGE, read_until
from bot.db.database import Database, Tx
from bot.errors import NotFound, Refused
from bot.language.dates import NotADate
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.slack.commands import Word, reply
from bot.teams.model import Team
from bot.teams.queries import team_in_channel


def words(db: Database) -> list[Word]:
    """What can be typed after `/rhythm` in a team's channel, to pause it."""

    def pause(args: Args, rest: str) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        with db.begin() as tx:
            now = db.now(tx)
            reader, team = Reader.of(person, now), _team_here(tx, args)
            pause_team(tx, viewer, team, until=_read_until(rest, reader) if rest else None, now=now)
        reply(args, pauses.team_paused(team, reader=reader))

    def resume(args: Args, _rest: str) -> None:
        introduced(args, db)
        with db.begin() as tx:
            team = _team_here(tx, args)
            resume_team(tx, viewer_of(args), team, now=db.now(tx))
        reply(args, pauses.team_resumed(team))

    return [
        Word("/rhythm", "pause", "pause [until DATE]", "asks nobody about this team's outcomes for a while", pause),
        Word("/rhythm", "resume", "resume", "lets this team's rhythm go on", resume),
    ]


def _team_here(tx: Tx, args: Args) -> Team:
    team = team_in_channel(tx, viewer_of(args), args.body["channel_id"])
    if team is None:
        raise NotFound("There is no team in this channel. /rhythm pause and /rhythm resume work in a team's channel.")
    return team


def _read_until(typed: str, reader: Reader) -> date:
    try:
        return read_until(typed, today=reader.today, locale=reader.locale)
    except NotADate as error:
        raise Refused(f"{error} Usage: {PAUSE_USAGE}") from None
