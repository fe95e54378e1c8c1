"""Bolt, set up once: threads, one guard around every listener, one error handler.

Bolt loses an acknowledgement when a listener raises right after it, so nothing here raises after `ack`: what a listener
could not do is told to the person in one sentence and logged under a short reference.
"""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from slack_bolt import App, Args, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler
from sqlalchemy.exc import IntegrityError

from bot.db.database import patiently
from bot.errors import MemoryAway, NotFound
from bot.slack.blocks import FIELD
from bot.slack.message import Form, Message
from bot.slack.redrawing import redraw
from bot.slack.trouble import refuse_form, tell, told
from bot.slack.typed import Answers

log = structlog.get_logger(__name__)

LISTENER_THREADS = 32
"""With Bolt's own five threads, 9 of 20 simultaneous commands were not acknowledged in Slack's three seconds."""

LINK_LIMIT = 500
"""How long the address of a message may be, in characters."""

_EVERYTHING = re.compile("")
_GESTURES = frozenset(["block_actions", "shortcut", "message_action"])
_IDS = re.compile(r"[0-9]{1,18}(?: [0-9]{1,18})*")

Written = TypeVar("Written")

Listener = Callable[[Args], None]


class NotIntroduced(Exception):
    """Slack did not say who Rhythm is, so that nothing can be heard yet."""


@dataclass(frozen=True)
class Ephemeral:
    """A message for one person, to be shown in a channel that Rhythm is in."""

    channel: str
    message: Message


@dataclass(frozen=True)
class Next:
    """The form that comes after one that was saved."""

    form: Form


Submission = Callable[[Args], Ephemeral | Form | Next | None] | Callable[[Args], None]
"""Hears a form. It returns after its commit, with what to say to the person once the form has closed, or with the form
that comes next.

Or it saves nothing and returns the form to show instead: one that asks "sure?", or that shows what changed meanwhile.
"""


def web_client(token: str, base_url: str) -> WebClient:
    """The client for looking up, opening forms and answering. Never for posting: a retried connection posts twice."""
    return WebClient(
        token=token,
        base_url=base_url,
        timeout=10,
        retry_handlers=[ConnectionErrorRetryHandler(max_retry_count=1), RateLimitErrorRetryHandler(max_retry_count=1)],
    )


def brisk_client(token: str, base_url: str) -> WebClient:
    """The client for what others wait for and can do without: it gives up soon, and tries nothing again."""
    return WebClient(token=token, base_url=base_url, timeout=3, retry_handlers=[])


def plain_client(token: str, base_url: str) -> WebClient:
    """The client for what is asked again later, when it is known how the first time ended: it tries nothing again."""
    return WebClient(token=token, base_url=base_url, timeout=10, retry_handlers=[])


def asked_to_wait(error: Exception) -> float | None:
    """How many seconds Slack asked to wait with the next call; None when it named none."""
    headers = error.response.headers if isinstance(error, SlackApiError) else {}
    try:
        return float({name.lower(): value for name, value in headers.items()}["retry-after"])
    except (KeyError, ValueError, TypeError):
        return None


def build_bolt(client: WebClient, signing_secret: str, executor: ThreadPoolExecutor) -> App:
    """The Bolt app. Listeners are added by each room's `listeners.register`."""
    unnamed = copy(client)
    unnamed.token = None  # each request's own gets the token from `authorize`; Bolt would warn about a second one
    bolt = App(
        client=unnamed,
        authorize=_authorizing(client),
        signing_secret=signing_secret,
        listener_executor=executor,
        token_verification_enabled=False,
        raise_error_for_unhandled_request=False,
    )
    bolt.error(_unexpected)
    bolt.use(_acknowledged_at_once)
    return bolt


def _acknowledged_at_once(args: Args) -> None:
    """Middleware: a command, button or shortcut is acknowledged before it waits for a thread.

    Slack waits three seconds, and shows an error after that though the gesture is heard. When many come in the same
    moment, the last may wait longer than that for a listener's thread.
    """
    if "command" in args.body or args.body.get("type") in _GESTURES:
        args.ack()
    args.next()


def _authorizing(client: WebClient) -> Callable[[], AuthorizeResult]:
    """Who Rhythm is in its workspace: asked of Slack once, before the first gesture is heard.

    Bolt's own way acknowledges a gesture when Slack does not answer this question, and drops it. Here it stays
    unacknowledged: Slack brings an event again, and people see that their gesture did not work.
    """
    known: list[AuthorizeResult] = []

    def authorize() -> AuthorizeResult:
        if not known:
            try:
                me = client.auth_test()
            except SlackApiError as error:
                raise NotIntroduced(str(error.response["error"])) from error
            known.append(AuthorizeResult.from_auth_test_response(bot_token=client.token, auth_test_response=me))
        return known[0]

    return authorize


def answer_the_rest(bolt: App) -> None:
    """Answers buttons, shortcuts and forms of older versions that nobody listens to any more. To be called last.

    A change in a field asks nothing, so it is answered with nothing.
    """

    def outdated(_args: Args) -> None:
        raise NotFound("That is from an older message. /rhythm shows what there is now.")

    def not_heard(_args: Args) -> None:
        pass

    bolt.action({"action_id": FIELD})(not_heard)
    bolt.action(_EVERYTHING)(acked(outdated))
    bolt.shortcut(_EVERYTHING)(acked(outdated))
    bolt.view(_EVERYTHING)(submitted(outdated))


def acked(listener: Listener) -> Listener:
    """A command, button or shortcut: it was acknowledged already; its errors are told to the person."""

    def hear(args: Args) -> None:
        with patiently():
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


def kept(listener: Listener) -> Callable[[Args], BoltResponse | None]:
    """Middleware for an event in which a person says something: acknowledged only after the listener's commit.

    Bolt acknowledges an event before it runs the listener, and Slack brings again only what was not acknowledged: what
    is in hand when a process ends, or when the database is away, would be lost without a word. It may so be heard more
    than once; the listener sees to it that it is acted upon once. Other errors are told to the person.
    """

    def hear(args: Args) -> BoltResponse | None:
        _bind(args)
        try:
            listener(args)
        except MemoryAway as away:
            log.warning("not kept, and left to Slack to bring again", cause=away.cause)
            return BoltResponse(status=503)
        except Exception as error:
            tell(told(error), args)
        args.next()
        return None

    return hear


def submitted(listener: Submission, *, then: Listener | None = None) -> Listener:
    """A form's submission: it closes only when the listener returned, which is after the commit.

    A FormRefused, or any other error, keeps the form open with everything that was typed, and says what to change.
    A form that the listener returned takes this one's place. `then` is done once it has closed; it was saved, whether
    or not that succeeds.
    """

    def hear(args: Args) -> None:
        _bind(args)
        try:
            answer = even_if_raced(lambda: listener(args))
        except Exception as error:
            refuse_form(error, args)
            return
        if isinstance(answer, Form):
            args.ack(response_action="update", view=answer.view)
            return
        if isinstance(answer, Next):
            args.ack(response_action="update", view=answer.form.view)
        else:
            args.ack()
        if isinstance(answer, Ephemeral):
            _show(answer, args)
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


def permalink(args: Args, channel_id: str, ts: str) -> str:
    """The address of a message; empty where Rhythm may not ask for it, as in a channel that it is not in."""
    try:
        return str(args.client.chat_getPermalink(channel=channel_id, message_ts=ts)["permalink"])[:LINK_LIMIT]
    except (SlackClientError, OSError):
        return ""


def open_form(args: Args, form: Form) -> str:
    """Opens a form for the person who made this gesture; its trigger lives three seconds. Answers the view's id."""
    view: dict[str, Any] = args.client.views_open(trigger_id=args.body["trigger_id"], view=form.view)["view"]
    return str(view["id"])


def push_form(args: Args, form: Form) -> str:
    """Puts a form on top of the one this gesture was made in; three can lie on each other. Answers the view's id."""
    view: dict[str, Any] = args.client.views_push(trigger_id=args.body["trigger_id"], view=form.view)["view"]
    return str(view["id"])


def update_form(args: Args, form: Form) -> bool:
    """Draws the form anew that this press or change was made in; what was typed stays wherever a block id stays.

    Says whether Slack took it; where the form was closed or drawn for a later gesture meanwhile, it need not.
    """
    return redraw(args.client, args.body["view"], form, at=float(args.body["actions"][0]["action_ts"]))


def hear_changes(bolt: App, callback_id: str, listener: Listener) -> None:
    """Hears of each change in the fields of one form that were made with `dispatch`; its errors are only logged.

    The form with the answers so far is `args.body["view"]`; the field that changed, `args.body["actions"][0]`.
    """

    def in_this_form(body: dict[str, Any]) -> bool:
        return bool((body.get("view") or {}).get("callback_id") == callback_id)

    bolt.action({"action_id": FIELD}, matchers=[in_this_form])(noticed(listener))


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


def pressed_id(args: Args) -> int:
    """The one id that the button that was pressed carries."""
    return carried_ids((args.action or {}).get("value"), 1)[0]


def pressed_in(args: Args) -> str:
    """The channel that a button was pressed in; empty where there is none, as at App Home."""
    return str((args.body.get("channel") or {}).get("id", ""))


def carried_by_form(args: Args) -> tuple[int, str]:
    """The id that a form carries, and the channel it was opened in, as in `12 C05GR0WTH3`."""
    carried, _, channel_id = args.body["view"]["private_metadata"].partition(" ")
    return carried_ids(carried, 1)[0], channel_id


def _guarded(listener: Listener, args: Args) -> None:
    _bind(args)
    try:
        listener(args)
    except Exception as error:
        tell(told(error), args)


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


def _unexpected(error: Exception) -> BoltResponse | None:
    """Bolt's own error handler: what no guard caught, such as a gesture nobody listens to."""
    log.error("unheard", error=type(error).__name__, exc_info=error)
    return None
