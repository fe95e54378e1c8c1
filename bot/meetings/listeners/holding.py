"""What is typed and pressed to hold a meeting: its agenda, its beginning and its end, and who is there."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.errors import Refused
from bot.language.words import one_line
from bot.meetings.actions.holding import come, end_meeting_now, start_meeting
from bot.meetings.actions.reporting import live_message, summary_message
from bot.meetings.actions.skipping import look_ahead, skip_meeting, skip_next
from bot.meetings.actions.stepping import look_soon
from bot.meetings.actions.telling import agenda_message
from bot.meetings.listeners.saving import pressed
from bot.meetings.messages import answers
from bot.meetings.messages.agenda import SKIP
from bot.meetings.messages.history import history
from bot.meetings.messages.live import END, HERE
from bot.meetings.queries.held import is_any_followed, last_ended, open_in
from bot.meetings.queries.history import comments_on, past_meetings, series_of
from bot.meetings.rules.advice import advise
from bot.meetings.rules.history import trend
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.slack.commands import Word, reply
from bot.slack.message import Message
from bot.slack.typed import unescaped
from bot.teams.actions import may_change_team
from bot.teams.model import Team
from bot.teams.queries import team_in_channel

_Said = Callable[[Tx, Viewer, Team, str, datetime], Message | None]


def words(db: Database, *, focus_limit: int) -> list[Word]:
    """What can be typed after `/meeting`. `focus_limit`: how many live outcomes one person should own at most."""
    agenda, start, skip = (partial(said, focus_limit=focus_limit) for said in (_agenda, _start, _skip))

    def word(name: str, usage: str, says: str, said: _Said, *also: str) -> Word:
        return Word("/meeting", name, usage, says, partial(_answer, db=db, said=said), also)

    return [
        word("agenda", "agenda", "what the next meeting has to talk about, or the one that is on", agenda, ""),
        word("start", "start [name]", "begins the planned meeting, or one at once", start),
        word("end", "end", "ends the meeting and posts its summary here", _end),
        word("summary", "summary", "shows what the last meeting did", _summary),
        word("history", "history", "what this team's meetings did over time", _history),
        word("skip", "skip", "leaves out the next planned meeting, and says so here", skip),
    ]


def register(bolt: App, db: Database) -> None:
    """Listens for the buttons of an agenda and of a meeting that is on."""
    bolt.action(HERE)(pressed(db, come))
    bolt.action(END)(pressed(db, end_meeting_now))
    bolt.action(SKIP)(pressed(db, skip_meeting))


def something_saved(args: Args, db: Database) -> None:
    """Has meetings that are on show soon what somebody may have saved, in a form or by a command."""
    workspace_id = viewer_of(args).workspace_id
    with db.read() as tx:
        wanted = is_any_followed(tx, workspace_id, now=db.now(tx))
    if wanted:
        with db.begin() as tx:
            look_soon(tx, workspace_id, now=db.now(tx))


def _answer(args: Args, rest: str, *, db: Database, said: _Said) -> None:
    viewer = viewer_of(args)
    introduced(args, db)
    with db.begin() as tx:
        team = team_in_channel(tx, viewer, args.body["channel_id"])
        if team is None:
            raise Refused("This channel is not a team yet. /rhythm setup makes it one.")
        message = said(tx, viewer, team, one_line(unescaped(rest)), db.now(tx))
    if message is not None:
        reply(args, message)


def _agenda(tx: Tx, viewer: Viewer, team: Team, _rest: str, now: datetime, *, focus_limit: int) -> Message:
    if running := open_in(tx, viewer, team):
        return live_message(tx, running[0], now=now)
    ahead = look_ahead(tx, team, focus_limit=focus_limit, now=now)
    return agenda_message(tx, ahead.meeting, now=now) if ahead else answers.nothing_planned(team)


def _start(tx: Tx, viewer: Viewer, team: Team, name: str, now: datetime, *, focus_limit: int) -> Message:
    return answers.begun(start_meeting(tx, viewer, team, name, focus_limit=focus_limit, now=now).meeting)


def _end(tx: Tx, viewer: Viewer, team: Team, _rest: str, now: datetime) -> Message:
    running = open_in(tx, viewer, team)
    if not running:
        raise Refused("No meeting is on here. /meeting start begins one.")
    if len(running) > 1:
        return answers.which_to_end([held.meeting for held in running])
    return answers.ended(end_meeting_now(tx, viewer, running[0].meeting.id, now=now).meeting)


def _summary(tx: Tx, viewer: Viewer, team: Team, _rest: str, now: datetime) -> Message:
    held = last_ended(tx, viewer, team)
    if held is None:
        raise Refused("No meeting of this team has ended yet. /meeting start begins one.")
    return summary_message(tx, held, now=now)


def _history(tx: Tx, viewer: Viewer, team: Team, _rest: str, now: datetime) -> Message:
    person = find_person(tx, viewer, viewer.person_id)
    assert person is not None
    past = past_meetings(tx, viewer, team)
    leads = may_change_team(tx, viewer, team)
    comments = comments_on(tx, viewer, team) if leads else []
    advised = advise(series_of(tx, viewer, team, now=now)) if leads else []
    together = trend([one.card for one in past])
    return history(team, past, together, comments, advised, reader=Reader.of(person, now))


def _skip(tx: Tx, viewer: Viewer, team: Team, _rest: str, now: datetime, *, focus_limit: int) -> Message:
    return answers.skipped(skip_next(tx, viewer, team, focus_limit=focus_limit, now=now).meeting)
