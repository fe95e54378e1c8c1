"""What a person is told when something goes wrong: one sentence, where they stand, and a line in the log."""

import secrets
from typing import Any

import structlog
from slack_bolt import Args
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import FormRefused, MemoryAway, RhythmError
from bot.slack.blocks import notice, section
from bot.slack.message import Message
from bot.slack.mrkdwn import escape
from bot.slack.typed import field_name, thread_of

log = structlog.get_logger(__name__)

_TROUBLE = "trouble"
_TAKEN_AGAIN = (
    "type",
    "callback_id",
    "title",
    "submit",
    "close",
    "private_metadata",
    "clear_on_close",
    "notify_on_close",
)


def told(error: Exception) -> str:
    """The sentence for the person, and a line in the log for what they cannot mend."""
    if isinstance(error, RhythmError) and not isinstance(error, MemoryAway):
        return error.sentence
    reference = secrets.token_hex(3)
    if isinstance(error, MemoryAway):
        log.error("database away", reference=reference, cause=error.cause)
        return f"{error.sentence} (Reference {reference}.)"
    if isinstance(error, SlackClientError | OSError):
        code = error.response.get("error") if isinstance(error, SlackApiError) else type(error).__name__
        log.error("Slack refused", reference=reference, error=code)
        return f"Slack would not let Rhythm do that just now. Please try again. (Reference {reference}.)"
    log.error("listener failed", reference=reference, exc_info=error)
    return f"Something went wrong on Rhythm's side. Please try again; if it stays, tell us reference {reference}."


def tell(sentence: str, args: Args) -> None:
    """Answers where the person stands: under the command or message, on top of the form; else, at App Home, in a form.

    A form cannot open once the gesture is three seconds old; then it is said in their direct messages.
    """
    text = escape(sentence)
    try:
        if args.body.get("response_url"):
            thread = thread_of(args.body)
            args.respond(text=text, response_type="ephemeral", replace_original=False, thread_ts=thread)
            return
        try:
            in_a_form = (args.body.get("view") or {}).get("type") == "modal"
            show = args.client.views_push if in_a_form else args.client.views_open
            show(trigger_id=args.body["trigger_id"], view=notice("Rhythm", Message(text, [section(text)])).view)
        except (SlackClientError, OSError, KeyError):
            person = args.context.user_id or ""
            channel = args.client.conversations_open(users=person)["channel"]["id"]
            args.client.chat_postEphemeral(channel=channel, user=person, text=text)
    except Exception:
        log.exception("could not tell the person")


def refuse_form(error: Exception, args: Args) -> None:
    """Acknowledges a submission that was not saved: the form stays, with a sentence beside each field it is about.

    Slack ignores an error for a field it does not know; such a one is said at the first field, and above everything in
    a form without fields.
    """
    view: dict[str, Any] = args.view or {}
    fields = {
        field_name(one["block_id"]): one["block_id"] for one in view.get("blocks", []) if one.get("type") == "input"
    }
    if not fields:
        args.ack(response_action="update", view=_with_above(told(error), view))
        return
    named = error.errors if isinstance(error, FormRefused) else {}
    errors = {fields[name]: sentence for name, sentence in named.items() if name in fields}
    stray = [sentence for name, sentence in named.items() if name not in fields] if named else [told(error)]
    if stray:
        first = next(iter(fields.values()))
        errors[first] = " ".join([*filter(None, [errors.get(first)]), *stray])
    args.ack(response_action="errors", errors=errors)


def _with_above(sentence: str, view: dict[str, Any]) -> dict[str, Any]:
    """The view that arrived, as Slack takes it again, with the sentence above what it shows."""
    kept = {name: view[name] for name in _TAKEN_AGAIN if view.get(name)}
    shown = [block for block in view.get("blocks", []) if block.get("block_id") != _TROUBLE]
    return {**kept, "blocks": [{**section(sentence), "block_id": _TROUBLE}, *shown][:100]}
