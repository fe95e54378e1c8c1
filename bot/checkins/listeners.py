"""What people do with check-ins: update, say that nothing changed, edit an answer, reply in words."""

from collections.abc import Callable
from datetime import datetime

from slack_bolt import App, Args

from bot.checkins import messages
from bot.checkins.actions.answering import answer
from bot.checkins.actions.replies import Written, value_in
from bot.checkins.lookups import text_of
from bot.checkins.messages import replies
from bot.checkins.queries import Asked, find_check_in, item_of, jump_of_answer
from bot.checkins.rules.replies import Value
from bot.db.database import Database
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.queries import said_in
from bot.results.listeners.given import read_measured, typed_in
from bot.results.messages import Typed
from bot.slack.app import acked, carried_ids, open_form, submission_of, submitted
from bot.slack.message import Form
from bot.slack.typed import Answers
from bot.workspaces.actions import is_first_time

_SAID = {None, "file_share", "thread_broadcast"}
"""The subtypes of messages in which a person says something."""


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the buttons and the form of a check-in. `show_home` brings a person's App Home up to date."""

    @acked
    def update(args: Args) -> None:
        person, owner = introduced(args, db), viewer_of(args)
        checkin_id, outcome_id = carried_ids((args.action or {}).get("value"), 2)
        with db.read() as tx:
            item, view = item_of(find_check_in(tx, owner, checkin_id), outcome_id)
            reader = Reader.of(person, db.now(tx))
        open_form(args, messages.answer_form(item, view, reader=reader))

    @acked
    def no_change(args: Args) -> None:
        introduced(args, db)
        owner = viewer_of(args)
        checkin_id, outcome_id = carried_ids((args.action or {}).get("value"), 2)
        with db.begin() as tx:
            item, _ = item_of(find_check_in(tx, owner, checkin_id), outcome_id)
            if item.answered_at is None:
                answer(tx, owner, checkin_id=checkin_id, outcome_id=outcome_id, measured=None, now=db.now(tx))
        if (args.body.get("view") or {}).get("type") == "home":
            show_home(args)

    @acked
    def checked(args: Args) -> None:
        person, owner = introduced(args, db), viewer_of(args)
        checkin_id, outcome_id, seconds, micros = carried_ids((args.action or {}).get("value"), 4)
        channel, ts = (args.body.get("channel") or {}).get("id", ""), f"{seconds}.{micros:06d}"
        text = text_of(args.client, channel, ts)
        with db.read() as tx:
            asked, now = find_check_in(tx, owner, checkin_id), db.now(tx)
            said = value_in(said_in(tx, owner, text), asked, outcome_id, person.locale)
            form = _form_again(asked, outcome_id, said, person, now=now)
        open_form(args, form)

    def answered(args: Args) -> Form | None:
        form, owner, person = args.view or {}, viewer_of(args), introduced(args, db)
        checkin_id, outcome_id, was_asked = carried_ids(form["private_metadata"], 3)
        answers = Answers(form)
        with db.begin() as tx:
            now = db.now(tx)
            item, view = item_of(find_check_in(tx, owner, checkin_id), outcome_id)
            measured = read_measured(answers, view, person, source="check-in", now=now)
            jump = jump_of_answer(item, view, measured.value, now=now)
            if jump and not was_asked:
                reader = Reader.of(person, now)
                return messages.answer_form(item, view, reader=reader, typed=typed_in(answers), jump=jump)
            if is_first_time(tx, workspace_id=owner.workspace_id, gesture=submission_of(args), now=now):
                answer(tx, owner, checkin_id=checkin_id, outcome_id=outcome_id, measured=measured, now=now)
        return None

    bolt.action(messages.UPDATE)(update)
    bolt.action(messages.NO_CHANGE)(no_change)
    bolt.action(replies.CHECK)(checked)
    bolt.view(messages.ANSWER)(submitted(answered, then=show_home))


def read_message(args: Args) -> Written | None:
    """What a person wrote to Rhythm in their direct messages; None for what was not written by a person there."""
    event = args.event or {}
    is_said = event.get("subtype") in _SAID and not event.get("bot_id")
    if event.get("channel_type") != "im" or not is_said:
        return None
    thread_ts = event.get("thread_ts")
    thread = thread_ts if thread_ts != event["ts"] else None
    return Written(event["channel"], event["ts"], thread, str(event.get("text") or ""))


def _form_again(asked: Asked, outcome_id: int, said: Value | None, person: Person, *, now: datetime) -> Form:
    """The form with what a reply said, and the question whether it is meant."""
    item, view = item_of(asked, outcome_id)
    reader = Reader.of(person, now)
    if said is None:
        return messages.answer_form(item, view, reader=reader)
    typed = Typed(reader.value(said.value, view.outcome.unit), said.note)
    jump = jump_of_answer(item, view, said.value, now=now)
    return messages.answer_form(item, view, reader=reader, typed=typed, jump=jump)
