"""Bolt, set up once: threads, one guard around every listener, one error handler.

Bolt loses an acknowledgement when a listener raises right after it, so nothing here raises after `ack`: what a listener
could not do is told to the person in one sentence and logged under a short reference.
"""

import re
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from slack_bolt import App, Args, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler
from sqlalchemy.exc import IntegrityError

from bot.errors import FormRefused, MemoryAway, NotFound, RhythmError
from bot.slack.blocks import notice, section
from bot.slack.message import Form, Message
from bot.slack.mrkdwn import escape
from bot.slack.typed import Answers

log = structlog.get_logger(__name__)

LISTENER_THREADS = 32
"""With Bolt's own five threads, 9 of 20 simultaneous commands were not acknowledged in Slack's three seconds."""

_EVERYTHING = re.compile("")
_IDS = re.compile(r"[0-9]{1,18}(?: [0-9]{1,18})*")

Written = TypeVar("Written")

Listener = Callable[[Args], None]


@dataclass(frozen=True)
class Ephemeral:
    """A message for one person, to be shown in a channel that Rhythm is in."""

    channel: str
    message: Message


Submission = Callable[[Args], Ephemeral | None] | Callable[[Args], None]
"""Hears a form. It returns after its commit, with what to say to the person once the form has closed."""


def web_client(token: str, base_url: str) -> WebClient:
    """The client for looking up, opening forms and answering. Never for posting: a retried connection posts twice."""
    return WebClient(
        token=token,
        base_url=base_url,
        timeout=10,
        retry_handlers=[ConnectionErrorRetryHandler(max_retry_count=1), RateLimitErrorRetryHandler(max_retry_count=1)],
    )


def build_bolt(client: WebClient, signing_secret: str, executor: ThreadPoolExecutor) -> App:
    """The Bolt app. Listeners are added by each room's `listeners.register`."""
    bolt = App(
        client=client,
        signing_secret=signing_secret,
        listener_executor=executor,
        token_verification_enabled=False,
        raise_error_for_unhandled_request=False,
    )
    bolt.error(_unexpected)
    return bolt


def answer_the_rest(bolt: App) -> None:
    """Answers buttons, shortcuts and forms of older versions that nobody listens to any more. To be called last."""

    def outdated(_args: Args) -> None:
        raise NotFound("That is from an older message. /rhythm shows what there is now.")

    bolt.action(_EVERYTHING)(acked(outdated))
    bolt.shortcut(_EVERYTHING)(acked(outdated))
    bolt.view(_EVERYTHING)(submitted(outdated))


def acked(listener: Listener) -> Listener:
    """A command, button or shortcut: acknowledged first, then heard; its errors are told to the person."""

    def hear(args: Args) -> None:
        args.ack()
        _guarded(listener, args)

    return hear


def noticed(listener: Listener) -> Listener:
    """An event, or something done on the side: nobody waits for an answer, so its errors are only logged."""

    def hear(args: Args) -> None:
        _bind(args)
        try:
            listener(args)
        except Exception:
            log.exception("not done", kind=args.body.get("type"), event_type=(args.event or {}).get("type"))

    return hear


def submitted(listener: Submission, *, then: Listener | None = None) -> Listener:
    """A form's submission: it closes only when the listener returned, which is after the commit.

    A FormRefused, or any other error, keeps the form open with everything that was typed, and says what to change.
    `then` is done once it has closed; it was saved, whether or not that succeeds.
    """

    def hear(args: Args) -> None:
        _bind(args)
        try:
            confirmation = even_if_raced(lambda: listener(args))
        except FormRefused as refused:
            args.ack(response_action="errors", errors=_on_fields(refused.errors, args))
        except Exception as error:
            args.ack(response_action="errors", errors={_first_field(args): told(error)})
        else:
            args.ack()
            if confirmation is not None:
                _show(confirmation, args)
            if then is not None:
                noticed(then)(args)

    return hear


def even_if_raced(write: Callable[[], Written]) -> Written:
    """Does `write`, a whole transaction, again when another one wrote the same new row in the same moment.

    Two people set the same channel up, or one person's first two gestures arrive together: the row is there now.
    """
    try:
        return write()
    except IntegrityError:
        return write()


def open_form(args: Args, form: Form) -> str:
    """Opens a form for the person who made this gesture; its trigger lives three seconds. Answers the view's id."""
    view: dict[str, Any] = args.client.views_open(trigger_id=args.body["trigger_id"], view=form.view)["view"]
    return str(view["id"])


def submission_of(args: Args) -> str:
    """What makes a form's submission the same one: the form, and what was answered in it.

    A form that was saved, though its acknowledgement got lost, stays open. Sent again as it is, it is the same;
    with something changed, it is not, and what was changed must not be lost.
    """
    view = args.view or {}
    return f"view:{view.get('id')}:{Answers(view).fingerprint}"


def carried_ids(text: object, count: int) -> list[int]:
    """The ids that a button or a form carries. Raises NotFound for anything else: people can send what they like."""
    ids = [int(one) for one in text.split(" ")] if isinstance(text, str) and _IDS.fullmatch(text) else []
    if len(ids) != count:
        raise NotFound("That button is from an older message. /outcome list shows what there is now.")
    return ids


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


def _guarded(listener: Listener, args: Args) -> None:
    _bind(args)
    try:
        listener(args)
    except Exception as error:
        _tell(told(error), args)


def _tell(sentence: str, args: Args) -> None:
    """Answers where the person stands: under the command or message; at App Home, where there is no channel, in a form.

    The form cannot open once the gesture is three seconds old; then it is said in their direct messages.
    """
    text = escape(sentence)
    try:
        if args.body.get("response_url"):
            args.respond(text=text, response_type="ephemeral", replace_original=False)
            return
        try:
            open_form(args, notice("Rhythm", Message(text, [section(text)])))
        except (SlackClientError, OSError, KeyError):
            person = args.context.user_id or ""
            channel = args.client.conversations_open(users=person)["channel"]["id"]
            args.client.chat_postEphemeral(channel=channel, user=person, text=text)
    except Exception:
        log.exception("could not tell the person")


def _show(confirmation: Ephemeral, args: Args) -> None:
    """Says that it was saved. It was, whether or not this succeeds."""
    message = confirmation.message
    try:
        args.client.chat_postEphemeral(
            channel=confirmation.channel, user=args.context.user_id or "", text=message.text, blocks=message.blocks
        )
    except Exception as error:
        log.warning("confirmation not shown", error=type(error).__name__)


def _bind(args: Args) -> None:
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(workspace=args.context.team_id, person=args.context.user_id)


def _on_fields(errors: dict[str, str], args: Args) -> dict[str, str]:
    """Slack ignores an error for a block it does not know; such a one is said at the first field."""
    fields = _fields(args)
    known = {name: sentence for name, sentence in errors.items() if name in fields}
    stray = [sentence for name, sentence in errors.items() if name not in fields]
    if stray:
        known.setdefault(_first_field(args), " ".join(stray))
    return known


def _fields(args: Args) -> list[str]:
    blocks: list[dict[str, Any]] = args.body.get("view", {}).get("blocks", [])
    return [block["block_id"] for block in blocks if block.get("type") == "input"]


def _first_field(args: Args) -> str:
    fields = _fields(args)
    return fields[0] if fields else "form"


def _unexpected(error: Exception, args: Args) -> BoltResponse | None:
    """Bolt's own error handler: what no guard caught, such as a gesture nobody listens to."""
    log.error("unheard", error=type(error).__name__, exc_info=error)
    return None
