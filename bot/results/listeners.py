"""What people do with results: log one, in a line or in a form."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.errors import FormRefused, Refused
from bot.language.values import NotAValue, read_value, read_value_and_note
from bot.outcomes.queries import View, find_outcome, find_outcome_by_id
from bot.outcomes.rules import read_confidence, read_key
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.results import messages
from bot.results.actions import Measured, check_may_log, log_result
from bot.slack.app import Ephemeral, acked, carried_ids, open_form, submission_of, submitted
from bot.slack.commands import Word, reply
from bot.slack.message import Message
from bot.slack.typed import Answers, unescaped
from bot.teams.actions import confirm
from bot.workspaces.actions import is_first_time


def words(db: Database) -> list[Word]:
    """What can be typed after `/outcome` about results."""

    def result(args: Args, rest: str) -> None:
        key, _, said = rest.partition(" ")
        number, person, viewer = read_key(key), introduced(args, db), viewer_of(args)
        if said.strip():
            with db.begin() as tx:
                message = _log_in_one_line(tx, args, person, number, unescaped(said), now=db.now(tx))
            return reply(args, message) if message else None
        with db.read() as tx:
            view, reader = find_outcome(tx, viewer, number), Reader.of(person, db.now(tx))
            check_may_log(tx, viewer, view)
        open_form(args, messages.result_form(view, reader=reader, channel_id=args.body["channel_id"]))
        return None

    return [
        Word(
            "/outcome",
            "result",
            "result OUT-12 [value] [because …]",
            "logs where the measure stands: in a form, or at once as in `result OUT-12 42 because the email shipped`",
            result,
            also=("update",),
        ),
    ]


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the form and the button of results. `show_home` brings a person's App Home up to date."""

    def result_saved(args: Args) -> Ephemeral | None:
        view, viewer = args.view or {}, viewer_of(args)
        answers, person = Answers(view), introduced(args, db)
        carried, _, channel_id = view["private_metadata"].partition(" ")
        [outcome_id] = carried_ids(carried, 1)
        with db.begin() as tx:
            now = db.now(tx)
            before = find_outcome_by_id(tx, viewer, outcome_id)
            measured = read_measured(answers, before, person, source="form")
            if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
                return None
            stood_at = before.latest_value
            result = log_result(tx, viewer, before, measured, now=now)
            return confirm(
                tx,
                viewer,
                channel_id=channel_id,
                key=f"result:{result.id}:logged",
                message=_result_logged(tx, viewer, outcome_id, stood_at, Reader.of(person, now)),
                now=now,
            )

    @acked
    def log_result_pressed(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        channel_id = (args.body.get("channel") or {}).get("id", "")
        [outcome_id] = carried_ids((args.action or {}).get("value"), 1)
        with db.read() as tx:
            view, reader = find_outcome_by_id(tx, viewer, outcome_id), Reader.of(person, db.now(tx))
            check_may_log(tx, viewer, view)
        open_form(args, messages.result_form(view, reader=reader, channel_id=channel_id))

    bolt.view(messages.RESULT)(submitted(result_saved, then=show_home))
    bolt.action(messages.LOG_RESULT)(log_result_pressed)


def read_measured(answers: Answers, view: View, person: Person, *, source: str) -> Measured:
    """Reads the fields of a result. Raises FormRefused with a sentence for the field that needs another look."""
    try:
        value = read_value(answers["value"], unit=view.outcome.unit, locale=person.locale).value
    except NotAValue as error:
        raise FormRefused({"value": str(error)}) from None
    return Measured(value, answers["note"], read_confidence(answers["confidence"]), source)


def _log_in_one_line(tx: Tx, args: Args, person: Person, number: int, said: str, *, now: datetime) -> Message | None:
    """Logs what was typed after the key; None when this very command was heard before."""
    viewer = viewer_of(args)
    view = find_outcome(tx, viewer, number)
    try:
        reading, note = read_value_and_note(said, unit=view.outcome.unit, locale=person.locale)
    except NotAValue as error:
        raise Refused(str(error)) from None
    trigger = args.body.get("trigger_id")
    if trigger and not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=f"command:{trigger}", now=now):
        return None
    stood_at = view.latest_value
    log_result(tx, viewer, view, Measured(reading.value, note), now=now)
    return _result_logged(tx, viewer, view.outcome.id, stood_at, Reader.of(person, now))


def _result_logged(tx: Tx, viewer: Viewer, outcome_id: int, before: Decimal | None, reader: Reader) -> Message:
    return messages.result_logged(find_outcome_by_id(tx, viewer, outcome_id), before=before, reader=reader)
