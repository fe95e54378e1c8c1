"""An owner answers in words: what they wrote is read, and looked at again in a form where it needs that."""

from datetime import datetime

from slack_bolt import App, Args

from bot.checkins.actions.replies import Written, value_in
from bot.checkins.lookups import text_of
from bot.checkins.messages import replies
from bot.checkins.messages.forms import Filled, answer_form
from bot.checkins.queries import Asked, find_check_in, item_of, jump_of_answer, own_steps
from bot.checkins.rules.replies import Value
from bot.db.database import Database
from bot.execution.queries import Step
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.queries import said_in
from bot.results.messages import Typed
from bot.slack.app import acked, carried_ids, open_form
from bot.slack.message import Form

_SAID = {None, "file_share", "thread_broadcast"}
"""The subtypes of messages in which a person says something."""


def register(bolt: App, db: Database) -> None:
    """Listens for the button of a reply that needs a second look."""

    @acked
    def checked(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        checkin_id, outcome_id, seconds, micros = carried_ids((args.action or {}).get("value"), 4)
        channel, ts = (args.body.get("channel") or {}).get("id", ""), f"{seconds}.{micros:06d}"
        text = text_of(args.client, channel, ts)
        with db.read() as tx:
            asked, now = find_check_in(tx, viewer, checkin_id), db.now(tx)
            said = value_in(said_in(tx, viewer, text), asked, outcome_id, person.locale)
            form = _form_again(asked, outcome_id, said, person, own_steps(tx, viewer, outcome_id), now=now)
        open_form(args, form)

    bolt.action(replies.CHECK)(checked)


def read_message(args: Args) -> Written | None:
    """What a person wrote to Rhythm in their direct messages; None for what was not written by a person there."""
    event = args.event or {}
    is_said = event.get("subtype") in _SAID and not event.get("bot_id")
    if event.get("channel_type") != "im" or not is_said:
        return None
    thread_ts = event.get("thread_ts")
    thread = thread_ts if thread_ts != event["ts"] else None
    return Written(event["channel"], event["ts"], thread, str(event.get("text") or ""))


def _form_again(
    asked: Asked, outcome_id: int, said: Value | None, person: Person, steps: list[Step], *, now: datetime
) -> Form:
    """The form with what a reply said, and the question whether it is meant."""
    item, view = item_of(asked, outcome_id)
    reader = Reader.of(person, now)
    if said is None:
        return answer_form(item, view, reader=reader, steps=steps)
    filled = Filled(Typed(reader.value(said.value, view.outcome.unit), said.note))
    jump = jump_of_answer(item, view, said.value, now=now)
    return answer_form(item, view, reader=reader, steps=steps, filled=filled, jump=jump)
