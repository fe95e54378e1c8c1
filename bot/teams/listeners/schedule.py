"""What people do with a team's schedule."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.errors import FormRefused, NotFound, Refused
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.slack.app import Ephemeral, carried_ids, open_form, submission_of, submitted
from bot.slack.commands import Word
from bot.slack.typed import Answers
from bot.teams.actions import check_may_change_team
from bot.teams.actions.schedule import set_schedule
from bot.teams.messages import schedule as messages
from bot.teams.model import Team
from bot.teams.queries import find_team, team_in_channel
from bot.teams.rules.countries import read_country
from bot.teams.rules.days_off import read_typed
from bot.teams.rules.recurrence import Often, Recurrence
from bot.teams.rules.rhythm import OnHoliday, Rhythm, Telling
from bot.teams.rules.workdays import ENDS_TOO_SOON, Workdays
from bot.workspaces.actions import is_first_time

_NO_TEAM = "This channel is not a team yet. /rhythm setup makes it one."
Read = TypeVar("Read")


class Changed(Protocol):
    """What has to happen when a team has another schedule."""

    def __call__(self, tx: Tx, team: Team, *, now: datetime) -> None:
        """Does it in this transaction."""


def words(db: Database) -> list[Word]:
    """What can be typed about schedules."""

    def schedule(args: Args, _rest: str) -> None:
        viewer, person = viewer_of(args), introduced(args, db)
        with db.read() as tx:
            team = team_in_channel(tx, viewer, args.body["channel_id"])
            if team is None:
                raise Refused(_NO_TEAM)
            check_may_change_team(tx, viewer, team)
            form = messages.schedule_form(team, reader=Reader.of(person, db.now(tx)))
        open_form(args, form)

    return [Word("/rhythm", "schedule", "schedule", "says when this team's owners are asked what moved", schedule)]


def register(bolt: App, db: Database, *, changed: Changed) -> None:
    """Listens for the form of a schedule. `changed` does, in the same transaction, what a new one asks for."""

    @submitted
    def saved(args: Args) -> Ephemeral | None:
        viewer, person, form = viewer_of(args), introduced(args, db), args.view or {}
        [team_id] = carried_ids(form["private_metadata"], 1)
        with db.begin() as tx:
            now = db.now(tx)
            team, reader = find_team(tx, viewer, team_id), Reader.of(person, now)
            if team is None:
                raise NotFound(_NO_TEAM)
            rhythm = _read(Answers(form), team.rhythm, reader)
            if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
                return None
            before = team.rhythm.next_three(person.zone, after=now)
            if set_schedule(tx, viewer, team, rhythm, by=person.name, now=now):
                changed(tx, team, now=now)
            ahead = rhythm.next_three(person.zone, after=now)
        moved = before[0] if before else None
        return Ephemeral(team.channel_id, messages.schedule_saved(team, ahead, before=moved, reader=reader))

    bolt.view(messages.SCHEDULE)(saved)


def _read(answers: Answers, before: Rhythm, reader: Reader) -> Rhythm:
    """The rhythm that the form describes. Raises FormRefused with a sentence for each field that needs another look."""
    wrong: dict[str, str] = {}
    read_days = partial(read_typed, today=reader.today, locale=reader.locale)
    days_off = _tried("days_off", read_days, answers, wrong)
    country = _tried("country", read_country, answers, wrong)
    starts, ends = time.fromisoformat(answers["starts"]), time.fromisoformat(answers["ends"])
    if starts >= ends:
        wrong["ends"] = ENDS_TOO_SOON
    if wrong:
        raise FormRefused(wrong)
    past = tuple(span for span in before.workdays.days_off if span.last < reader.today)
    return Rhythm(
        _recurrence(answers, before.recurrence, reader.today),
        time.fromisoformat(answers["time"]),
        _zone(answers["zone"]),
        Workdays(starts, ends, country or "", past + (days_off or ())),
        OnHoliday(answers["on_holiday"]),
        answers=Telling(answers["answers"] or before.answers),
    )


def _recurrence(answers: Answers, before: Recurrence, today: date) -> Recurrence:
    often = Often(answers["often"])
    first = date.fromisoformat(answers["first"]) if answers["first"] else today
    return Recurrence(often, int(answers["weekday"]) % 7, first if often.is_counted_in_weeks else before.counted_from)


def _zone(chosen: str) -> str | None:
    return None if chosen == messages.OWN_TIME else ZoneInfo(chosen).key


def _tried(field: str, read: Callable[[str], Read], answers: Answers, wrong: dict[str, str]) -> Read | None:
    try:
        return read(answers[field])
    except Refused as refused:
        wrong[field] = str(refused)
        return None
