"""What people do with lessons: look for them, and keep one by hand."""

from datetime import datetime

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.errors import FormRefused, Refused
from bot.lessons import messages
from bot.lessons.actions import add_lesson
from bot.lessons.model import Lesson
from bot.lessons.queries import lessons_alike, newest_lessons, search_lessons
from bot.lessons.rules import QUERY_LIMIT, TEXT_LIMIT, check_written
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.rules import Viewer
from bot.priorities.queries import live_priorities
from bot.search.rules import terms
from bot.slack.app import Ephemeral, acked, carried_ids, open_form, submission_of, submitted
from bot.slack.commands import Word, reply
from bot.slack.message import Message
from bot.slack.typed import Answers, clean, read_line, unescaped
from bot.teams.actions import confirm
from bot.teams.model import Team
from bot.teams.queries import team_in_channel, visible_teams
from bot.workspaces.actions import is_first_time


def words(db: Database) -> list[Word]:
    """What can be typed about lessons."""

    def lessons(args: Args, rest: str) -> None:
        line = read_line(rest)
        if line.word == "add":
            return _open_new(args, db, text=unescaped(line.rest))
        person = introduced(args, db)
        with db.read() as tx:
            message = _found(tx, viewer_of(args), unescaped(rest)[:QUERY_LIMIT], 0, Reader.of(person, db.now(tx)))
        return reply(args, message)

    says = "shows what was learnt, the newest or about these words; `lessons add [text]` keeps a lesson"
    return [Word("/rhythm", "lessons", "lessons [words]", says, lessons)]


def register(bolt: App, db: Database) -> None:
    """Listens for the form and the buttons of lessons."""

    @submitted
    def added(args: Args) -> Ephemeral | None:
        view, viewer, answers = args.view or {}, viewer_of(args), Answers(args.view or {})
        introduced(args, db)
        with db.begin() as tx:
            now = db.now(tx)
            if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
                return None
            lesson, team = _add(tx, viewer, answers, now=now)
            key, message = f"lesson:{lesson.id}:kept", messages.lesson_kept(lesson, team)
            return confirm(tx, viewer, channel_id=view["private_metadata"], key=key, message=message, now=now)

    @acked
    def turned(args: Args) -> None:
        person = introduced(args, db)
        carried, _, query = str((args.action or {}).get("value")).partition(" ")
        [offset] = carried_ids(carried, 1)
        with db.read() as tx:
            message = _found(tx, viewer_of(args), clean(query), offset, Reader.of(person, db.now(tx)))
        reply(args, message, instead=True)

    bolt.view(messages.ADD)(added)
    bolt.action(messages.NEXT)(turned)
    bolt.action(messages.PREVIOUS)(turned)


def _open_new(args: Args, db: Database, *, text: str) -> None:
    if len(text) > TEXT_LIMIT:
        raise Refused(
            f"That is {len(text):,} characters; a lesson has {TEXT_LIMIT} at most, so that it is read. "
            f"You typed:\n{text}"
        )
    introduced(args, db)
    viewer, channel_id = viewer_of(args), args.body["channel_id"]
    with db.read() as tx:
        teams, here = visible_teams(tx, viewer), team_in_channel(tx, viewer, channel_id)
        priorities = live_priorities(tx, viewer)
    if not teams:
        return reply(args, messages.no_team_yet())
    team = here or (teams[0] if len(teams) == 1 else None)
    form = messages.lesson_form(
        text=text,
        teams={team.id: team.name for team in teams},
        team_id=team.id if team else None,
        priorities={priority.id: priority.name for priority in priorities},
        channel_id=channel_id,
    )
    open_form(args, form)
    return None


def _add(tx: Tx, viewer: Viewer, answers: Answers, *, now: datetime) -> tuple[Lesson, Team]:
    """Keeps the lesson that was written in the form, for the team that was chosen there. Raises FormRefused."""
    check_written(answers["text"], answers["measure"])
    team = next((team for team in visible_teams(tx, viewer) if str(team.id) == answers["team"]), None)
    if team is None:
        raise FormRefused({"team": "Choose one of the teams in the list."})
    served = next((one.id for one in live_priorities(tx, viewer) if str(one.id) == answers["priority"]), None)
    if answers["priority"] and served is None:
        raise FormRefused({"priority": "That priority was retired meanwhile. Choose another, or none."})
    text, measure = answers["text"], answers["measure"]
    return add_lesson(tx, viewer, team=team, text=text, measure=measure, priority_id=served, now=now), team


def _found(tx: Tx, viewer: Viewer, query: str, offset: int, reader: Reader) -> Message:
    """The lessons that hold every word of a query; where none does, those most alike; without a word, the newest."""
    asked = terms(query)
    page = search_lessons(tx, viewer, asked, offset=offset) if asked else newest_lessons(tx, viewer, offset=offset)
    if page.lessons:
        return messages.lesson_list(page, query=query if asked else "", reader=reader)
    if page.total:
        return _found(tx, viewer, query, 0, reader)
    if alike := lessons_alike(tx, viewer, query):
        return messages.lessons_like(query, alike, reader=reader)
    return messages.no_lesson(query if asked else "")
