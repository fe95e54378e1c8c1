"""What people do with results: log one, in a line, in a form or from a message; correct one."""

from collections.abc import Callable
from datetime import datetime

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.outcomes.queries import View, find_outcome, find_outcome_by_id
from bot.outcomes.rules import read_key
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.results import messages
from bot.results.actions import check_may_log
from bot.results.listeners import shortcut
from bot.results.listeners.given import Given, log_given, read_given, read_in_one_line, typed_in
from bot.results.messages import NOTHING_TYPED, Typed
from bot.results.queries import newest_results
from bot.results.rules import Jump
from bot.slack.app import Ephemeral, acked, carried_ids, open_form, submission_of, submitted
from bot.slack.commands import Word, reply
from bot.slack.message import Form, Message
from bot.slack.typed import Answers, unescaped
from bot.teams.actions import confirm
from bot.workspaces.actions import is_first_time


def words(db: Database) -> list[Word]:
    """What can be typed after `/outcome` about results."""

    def result(args: Args, rest: str) -> None:
        key, _, said = rest.partition(" ")
        number, person, viewer = read_key(key), introduced(args, db), viewer_of(args)
        with db.begin() as tx:
            now, view = db.now(tx), find_outcome(tx, viewer, number)
            if said.strip():
                answer = _log_in_one_line(tx, args, view, person, unescaped(said), now=now)
            else:
                answer = _form(tx, viewer, view, Reader.of(person, now), args.body["channel_id"])
        if isinstance(answer, Form):
            open_form(args, answer)
        elif answer is not None:
            reply(args, answer)

    return [
        Word(
            "/outcome",
            "result",
            "result OUT-12 [value] [on day] [because …]",
            "logs where the measure stands: in a form, or at once as in `result OUT-12 42 because the email shipped`",
            result,
            also=("update",),
        ),
    ]


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for forms, button and shortcut of results. `show_home` brings a person's App Home up to date."""

    def result_saved(args: Args) -> Ephemeral | Form | None:
        form, viewer, person = args.view or {}, viewer_of(args), introduced(args, db)
        answers = Answers(form)
        outcome_id, was_asked, channel_id = _carried(form["private_metadata"])
        with db.begin() as tx:
            now = db.now(tx)
            view, reader = find_outcome_by_id(tx, viewer, outcome_id), Reader.of(person, now)
            given = read_given(tx, answers, view, person, source="form", now=now)
            if given.jump and not was_asked:
                return _form(tx, viewer, view, reader, channel_id, typed=typed_in(answers), jump=given.jump)
            if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
                return None
            logged = log_given(tx, viewer, view, given, reader, now=now)
            return confirm(tx, viewer, channel_id=channel_id, key=logged.key, message=logged.message, now=now)

    @acked
    def log_result_pressed(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        channel_id = (args.body.get("channel") or {}).get("id", "")
        [outcome_id] = carried_ids((args.action or {}).get("value"), 1)
        with db.read() as tx:
            view, reader = find_outcome_by_id(tx, viewer, outcome_id), Reader.of(person, db.now(tx))
            form = _form(tx, viewer, view, reader, channel_id)
        open_form(args, form)

    bolt.view(messages.RESULT)(submitted(result_saved, then=show_home))
    bolt.action(messages.LOG_RESULT)(log_result_pressed)
    shortcut.register(bolt, db, show_home=show_home)


def _form(
    tx: Tx,
    viewer: Viewer,
    view: View,
    reader: Reader,
    channel_id: str,
    *,
    typed: Typed = NOTHING_TYPED,
    jump: Jump | None = None,
) -> Form:
    """The form for those who may log. Raises NotAllowed, saying who may."""
    check_may_log(tx, viewer, view)
    logged = newest_results(tx, viewer, view)
    return messages.result_form(view, reader=reader, channel_id=channel_id, logged=logged, typed=typed, jump=jump)


def _carried(metadata: str) -> tuple[int, bool, str]:
    """The outcome's id, whether it was asked about a jump already, and the channel, which may be empty."""
    outcome_id, was_asked, channel_id = [*metadata.split(" "), "", ""][:3]
    [outcome, asked] = carried_ids(f"{outcome_id} {was_asked}", 2)
    return outcome, bool(asked), channel_id


def _log_in_one_line(
    tx: Tx, args: Args, view: View, person: Person, said: str, *, now: datetime
) -> Message | Form | None:
    """Logs what was typed after the key; a jump is asked about in the form. None when this command was heard before."""
    viewer, reader = viewer_of(args), Reader.of(person, now)
    given = read_in_one_line(said, view, person, now=now)
    if given.jump:
        typed = _as_typed(given, view, reader)
        return _form(tx, viewer, view, reader, args.body["channel_id"], typed=typed, jump=given.jump)
    trigger = args.body.get("trigger_id")
    if trigger and not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=f"command:{trigger}", now=now):
        return None
    return log_given(tx, viewer, view, given, reader, now=now).message


def _as_typed(given: Given, view: View, reader: Reader) -> Typed:
    measured = given.measured
    day = reader.day_of(measured.measured_at).isoformat() if measured.measured_at else ""
    return Typed(reader.value(measured.value, view.outcome.unit), measured.note, measured_on=day)
