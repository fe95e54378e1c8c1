"""What people do when they go away and when they are back."""

from collections.abc import Callable
from datetime import date, datetime

from slack_bolt import App, Args

from bot.absences import messages
from bot.absences.actions.leaving import Gone, come_back, come_back_despite_status, go_away
from bot.absences.messages import forms, news
from bot.absences.queries import absences_ahead
from bot.absences.rules import USAGE, Days, read_days, split_delegate
from bot.db.database import Database
from bot.errors import FormRefused, Refused
from bot.language.dates import NotADate
from bot.people.listeners import introduced, viewer_of
from bot.people.lookups import introduce
from bot.people.messages import Reader
from bot.people.model import Person
from bot.slack.app import Ephemeral, acked, open_form, pressed_id, submission_of, submitted
from bot.slack.commands import Word, answer, reply
from bot.slack.message import Message
from bot.slack.typed import Answers, person_in
from bot.teams.actions import confirm
from bot.workspaces.actions import is_first_time


def words(db: Database) -> list[Word]:
    """What can be typed after `/rhythm` about being away."""

    def away(args: Args, rest: str) -> None:
        person = introduced(args, db)
        with db.read() as tx:
            reader = Reader.of(person, db.now(tx))
        if not rest:
            open_form(args, forms.away_form(reader=reader, channel_id=args.body["channel_id"]))
            return
        typed, named = split_delegate(rest)
        days = _read_days(typed, reader)
        delegate = _named(args, db, named) if named is not None else None
        if gone := _go_once(args, db, days, delegate):
            reply(args, _noted(gone, reader))

    def back(args: Args, _rest: str) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        with db.begin() as tx:
            now = db.now(tx)
            reader = Reader.of(person, now)
            ahead = absences_ahead(tx, viewer, today=reader.today)
            is_away = any(reader.today in away.days for away in ahead)
            ended = come_back(tx, viewer, now=now) if is_away else None
            despite_status = come_back_despite_status(tx, viewer, now=now)
        if ended:
            reply(args, news.you_are_back(ended, despite_status=despite_status, reader=reader))
        else:
            reply(args, news.back_despite_status() if despite_status else news.you_are_not_away(ahead, reader=reader))

    usage = "away [FROM TO] [delegate @person]"
    says = (
        "says that you are away: nobody is asked, or somebody else is, as in `away 2 March to 15 March delegate @olga`"
    )
    return [
        Word("/rhythm", "away", usage, says, away),
        Word("/rhythm", "back", "back", "says that you are there again", back),
    ]


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the form and the button of absences. `show_home` brings a person's App Home up to date."""

    def went(args: Args) -> Ephemeral | None:
        view, viewer, answers = args.view or {}, viewer_of(args), Answers(args.view or {})
        person = introduced(args, db)
        days = Days(_chosen(answers, "first"), _chosen(answers, "last"))
        delegate = introduce(args.client, db, viewer, answers["delegate"]) if answers["delegate"] else None
        with db.begin() as tx:
            now = db.now(tx)
            if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
                return None
            gone = go_away(tx, viewer, days, delegate=delegate, now=now)
            key, said = f"absence:{gone.away.absence.id}:confirmed", _noted(gone, Reader.of(person, now))
            return confirm(tx, viewer, channel_id=view["private_metadata"], key=key, message=said, now=now)

    @acked
    def away_pressed(args: Args) -> None:
        person = introduced(args, db)
        with db.read() as tx:
            reader = Reader.of(person, db.now(tx))
        open_form(args, forms.away_form(reader=reader, channel_id=viewer_of(args).person_id))

    @acked
    def back_pressed(args: Args) -> None:
        person = introduced(args, db)
        with db.begin() as tx:
            now: datetime = db.now(tx)
            ended, reader = come_back(tx, viewer_of(args), pressed_id(args), now=now), Reader.of(person, now)
            had_begun = ended.absence.first_on <= reader.today
            despite_status = had_begun and come_back_despite_status(tx, viewer_of(args), now=now)
        if (args.body.get("view") or {}).get("type") == "home":
            show_home(args)
        else:
            answer(args, "Back", news.you_are_back(ended, despite_status=despite_status, reader=reader))

    bolt.view(messages.AWAY)(submitted(went, then=show_home))
    bolt.action(messages.GO_AWAY)(away_pressed)
    bolt.action(messages.BACK)(back_pressed)


def _read_days(typed: str, reader: Reader) -> Days:
    try:
        return read_days(typed, today=reader.today, locale=reader.locale)
    except NotADate as error:
        raise Refused(f"{error} Usage: {USAGE}") from None


def _named(args: Args, db: Database, named: str) -> Person:
    person_id = person_in(named)
    if person_id is None:
        raise Refused(f"Name the delegate with an @. Usage: {USAGE}")
    return introduce(args.client, db, viewer_of(args), person_id)


def _go_once(args: Args, db: Database, days: Days, delegate: Person | None) -> Gone | None:
    """Notes what was typed in one line; a command that was heard before is not acted upon again."""
    viewer, trigger = viewer_of(args), args.body.get("trigger_id")
    with db.begin() as tx:
        now, gesture = db.now(tx), f"command:{trigger}"
        if trigger and not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=gesture, now=now):
            return None
        return go_away(tx, viewer, days, delegate=delegate, now=now)


def _noted(gone: Gone, reader: Reader) -> Message:
    return news.you_are_away(
        gone.away,
        gone.shared,
        replaced=gone.replaced,
        shortened=gone.shortened,
        left_alone=gone.left_alone,
        reader=reader,
    )


def _chosen(answers: Answers, name: str) -> date:
    try:
        return date.fromisoformat(answers[name])
    except ValueError:
        raise FormRefused({name: "Choose a day."}) from None
