"""What a person does with the bot: each gesture becomes Slack's payload, is delivered, and its answer carried out.

See `exchange` for when a gesture returns.
"""

import asyncio
from typing import Any

from bot.sandbox.exchange import FAILED, Exchange, reason
from bot.sandbox.inputs import (
    STATEFUL,
    Filling,
    Values,
    check_submission,
    elements,
    find_element,
    initial_values,
)
from bot.sandbox.interactions import Response
from bot.sandbox.payloads import Payloads
from bot.sandbox.refusals import Json, Refused, SlackError
from bot.sandbox.slack import Slack
from bot.sandbox.typed import Typed
from bot.sandbox.world import new_id

TYPED_LIMIT = 40_000


class Gestures:
    """Every gesture a person can make."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._world = slack.world
        self._payloads = Payloads(slack)
        self._exchange = Exchange(slack)
        self._offered: dict[tuple[str, str, str], list[Json]] = {}

    # Gestures

    async def command(self, user: str, channel: str, typed: str) -> Json:
        """Types a slash command into a channel."""
        name, _, rest = typed.strip().partition(" ")
        if not name.startswith("/"):
            raise Refused("A command starts with a slash, such as /outcome new.")
        command = self._slack.manifest.command(name)
        if command is None:
            raise Refused(f"{name} is not a command of this app.", 404)
        text = Typed(self._world, user).in_command(rest.strip(), should_escape=bool(command.get("should_escape")))
        payload = self._payloads.command(user, channel, name, text)

        def answered(ack: Json) -> bool:
            if not ack.get("text") and not ack.get("blocks"):
                return False
            Response(self._world, channel, user, None).apply(ack)
            return True

        try:
            return await self._exchange.interact(
                user, "slash_commands", payload, self._exchange.concerns(user, channel), answered
            )
        except Refused as refusal:
            self._exchange.notice(channel, user, f"{name} failed with the error {reason(refusal)!r}.")
            raise

    async def click(
        self, user: str, where: str | tuple[str, str], action_id: str, block_id: str | None, plain: Any
    ) -> Json:
        """Presses a button or chooses in a menu, on a message (`(channel, ts)`) or in a view (its id)."""
        if isinstance(where, str):
            return await self._click_in_view(user, where, action_id, block_id, plain)
        return await self._click_on_message(user, where, action_id, block_id, plain)

    async def submit(self, user: str, view_id: str, given: Any) -> Json:
        """Fills in and submits the modal on top."""
        view = self._top_view(user, view_id)
        if not view.get("submit") and not any(block["type"] == "input" for block in view["blocks"]):
            raise Refused("This view has nothing to submit.")
        values = await self._filled(user, view, given)
        view = self._slack.forms.hold(view_id, values)
        check_submission(view["blocks"], values)
        payload = self._payloads.submission(user, view)

        def answered(ack: Json) -> bool:
            return self._obey(user, view, ack)

        return await self._exchange.interact(user, "interactive", payload, self._exchange.concerns(user), answered)

    async def type(self, user: str, view_id: str, given: Any) -> Json:
        """Puts values into the fields of the modal on top, one after the other, without submitting it.

        The app hears of each field that dispatches, as when Enter is pressed or the field is left.
        """
        self._top_view(user, view_id)
        report = self._exchange.report(user, {}, "")
        whispers: list[Json] = []
        for block_id, action_id, plain in _fields(given):
            view = self._own_view(user, view_id)
            _find_field(view, block_id, action_id)
            report = await self._click_in_view(user, view_id, action_id, block_id, plain)
            whispers += report["ephemerals"]
        return {**report, "ephemerals": whispers}

    async def close(self, user: str, view_id: str) -> Json:
        """Closes a modal; the bot hears of those that asked to be told."""
        view = self._own_view(user, view_id)
        cleared = bool(view["clear_on_close"])
        closed = self._slack.forms.close(view_id, all=cleared)
        report = self._exchange.report(user, {}, "")
        for gone in reversed(closed):
            if gone["notify_on_close"]:
                payload = self._payloads.closing(user, gone, cleared=cleared)
                report = await self._exchange.interact(user, "interactive", payload, self._exchange.concerns(user))
        return report

    async def message(self, user: str, channel: str, typed: str, thread_ts: str | None) -> Json:
        """Says something in a channel, a thread or the DM with the bot."""
        row = self._world.channels[channel]
        if user not in row["members"]:
            raise Refused(f"Join #{row['name']} first to write there.", 403)
        if row["is_archived"]:
            raise Refused(f"#{row['name']} is archived.", 403)
        if not typed.strip() or len(typed) > TYPED_LIMIT:
            raise Refused(f"A message has between 1 and {TYPED_LIMIT} characters.")
        message = {"user": user, "text": Typed(self._world, user).in_message(typed), "client_msg_id": new_id("", 32)}
        if thread_ts is not None:
            parent = self._world.messages(channel).get(thread_ts)
            if parent is None:
                raise Refused("There is no such thread here.", 404)
            message["thread_ts"] = parent.get("thread_ts", thread_ts)
            message["parent_user_id"] = self._world.messages(channel)[message["thread_ts"]]["user"]

        def say() -> asyncio.Task[None] | None:
            return self._slack.events.message(channel, self._world.post(channel, message))

        return await self._exchange.tell(user, say, self._exchange.concerns(user, channel))

    async def shortcut(self, user: str, callback_id: str, message: tuple[str, str] | None) -> Json:
        """Chooses a shortcut, from a message's menu when `message` is `(channel, ts)`."""
        shortcut = self._slack.manifest.shortcut(callback_id)
        if shortcut is None:
            raise Refused(f"{callback_id} is not a shortcut of this app.", 404)
        if message is None:
            if shortcut["type"] == "message":
                raise Refused(f"{callback_id} is chosen from a message: give its channel and ts.")
            payload = self._payloads.shortcut(user, callback_id)
            return await self._exchange.interact(user, "interactive", payload, self._exchange.concerns(user))
        if shortcut["type"] == "global":
            raise Refused(f"{callback_id} is not chosen from a message.")
        channel, ts = message
        payload = self._payloads.message_shortcut(user, callback_id, channel, self._message(user, channel, ts))
        return await self._exchange.interact(user, "interactive", payload, self._exchange.concerns(user, channel))

    async def home(self, user: str) -> Json:
        """Opens the bot's Home."""
        shown = self._world.homes.get(user)

        def opened() -> asyncio.Task[None] | None:
            return self._slack.events.home_opened(user, shown["view"] if shown else None)

        return await self._exchange.tell(user, opened, lambda hint: hint.kind == "home" and hint.user == user)

    async def options(
        self, user: str, where: str | tuple[str, str], action_id: str, block_id: str | None, query: str
    ) -> Json:
        """Types into an external menu and returns what the bot offers: `{"options": […]}` or `option_groups`."""
        if isinstance(where, str):
            view = self._seen_view(user, where)
            blocks, source = view["blocks"], {"container": {"type": "view", "view_id": where}, "view": view}
        else:
            channel, ts = where
            message = self._message(user, channel, ts)
            blocks = message.get("blocks", [])
            container = {"type": "message", "message_ts": ts, "channel_id": channel}
            source = {"container": container, "channel": self._payloads.channel(channel), "message": message}
        block, element = find_element(blocks, action_id, block_id)
        payload = self._payloads.suggestion(user, source, block, element, query)
        ack = await self._exchange.acked("interactive", payload)
        groups = ack.get("option_groups") or []
        found = [*(ack.get("options") or []), *(option for group in groups for option in group["options"])]
        self._offered.setdefault(_menu(where, block, element), []).extend(found)
        return {"ok": True, "ack": ack, "options": ack.get("options") or [], "option_groups": groups}

    # Clicking

    async def _click_in_view(self, user: str, view_id: str, action_id: str, block_id: str | None, plain: Any) -> Json:
        view = self._seen_view(user, view_id)
        block, element = find_element(view["blocks"], action_id, block_id)
        value, chosen = await self._put_in(user, view_id, block, element, plain)
        if value is not None:
            view = self._slack.forms.hold(view_id, _with(view["state"]["values"], block, element, value))
        if block["type"] == "input" and not block.get("dispatch_action"):
            return self._exchange.report(user, {}, "")
        payload = self._payloads.view_click(user, view, self._payloads.action(block, element, value, chosen))
        return await self._exchange.interact(user, "interactive", payload, self._exchange.concerns(user))

    async def _click_on_message(
        self, user: str, where: tuple[str, str], action_id: str, block_id: str | None, plain: Any
    ) -> Json:
        channel, ts = where
        message = self._message(user, channel, ts)
        block, element = find_element(message.get("blocks", []), action_id, block_id)
        value, chosen = await self._put_in(user, where, block, element, plain)
        key = f"{user}/{channel}/{ts}"
        held = self._world.inputs.get(key, {"values": {}})["values"]
        values = initial_values(message["blocks"], held)
        if value is not None:
            values = _with(values, block, element, value)
            self._world.inputs[key] = {"values": values}
        if block["type"] == "input" and not block.get("dispatch_action"):
            return self._exchange.report(user, {}, "")
        action = self._payloads.action(block, element, value, chosen)
        payload = self._payloads.message_click(user, channel, message, action, values)
        try:
            return await self._exchange.interact(user, "interactive", payload, self._exchange.concerns(user, channel))
        except Refused as refusal:
            self._exchange.notice(channel, user, f"That did not work: {reason(refusal)}. Please try again.")
            raise

    async def _put_in(
        self, user: str, where: str | tuple[str, str], block: Json, element: Json, plain: Any
    ) -> tuple[Json | None, Json | None]:
        """What a stateful element now holds, or what was chosen from an overflow menu."""
        if element["type"] == "overflow":
            return None, Filling(self._world, user).chosen(block, element, plain)
        if element["type"] not in STATEFUL:
            return None, None
        options = await self._external(user, where, block, element, plain)
        return Filling(self._world, user).value(block, element, plain, options), None

    async def _external(
        self, user: str, where: str | tuple[str, str], block: Json, element: Json, plain: Any
    ) -> list[Json] | None:
        """The options an external menu has offered; asks the bot for what was put in if it was not among them."""
        if not element["type"].endswith("external_select") or plain in (None, "", []):
            return None
        menu = _menu(where, block, element)
        for wanted in plain if isinstance(plain, list) else [plain]:
            known = self._offered.setdefault(menu, [])
            if not any(str(wanted) in (option["value"], option["text"]["text"]) for option in known):
                await self.options(user, where, element["action_id"], block["block_id"], str(wanted))
        return self._offered[menu]

    # Forms

    async def _filled(self, user: str, view: Json, given: Any) -> Values:
        values: Values = {block: dict(fields) for block, fields in view["state"]["values"].items()}
        for block_id, action_id, plain in _fields(given):
            block, element = _find_field(view, block_id, action_id)
            options = await self._external(user, view["id"], block, element, plain)
            values[block_id][action_id] = Filling(self._world, user).value(block, element, plain, options)
        return values

    def _obey(self, user: str, view: Json, ack: Json) -> bool:
        """Carries out a submission's `response_action`; says whether that was answer enough."""
        action = ack.get("response_action")
        forms = self._slack.forms
        try:
            if action == "errors":
                forms.refuse(view["id"], _known_errors(view, ack))
            elif action == "update":
                forms.update(view["id"], None, ack["view"], None)
            elif action == "push":
                forms.push(user, ack["view"])
            elif action in (None, "clear") and view["id"] in self._world.views:
                forms.close(view["id"], all=action == "clear")
        except SlackError as refusal:
            detail = "; ".join(refusal.extra.get("response_metadata", {}).get("messages", []))
            raise Refused(f"{FAILED}: the answer's view was refused: {refusal.error} {detail}".strip(), 502) from None
        return action in ("errors", "update", "push")

    def _own_view(self, user: str, view_id: str) -> Json:
        row = self._world.views.get(view_id)
        if row is None or row["user"] != user:
            raise Refused("That form is not open for this person.", 404)
        view: Json = row["view"]
        return view

    def _top_view(self, user: str, view_id: str) -> Json:
        view = self._own_view(user, view_id)
        if self._slack.forms.stack(user)[-1] != view_id:
            raise Refused("Another form lies on top of that one.", 409)
        return view

    def _seen_view(self, user: str, view_id: str) -> Json:
        home = self._world.homes.get(user)
        if home is not None and home["view"]["id"] == view_id:
            shown: Json = home["view"]
            return shown
        return self._own_view(user, view_id)

    def _message(self, user: str, channel: str, ts: str) -> Json:
        whisper = self._world.ephemerals.get(ts)
        if whisper is not None and (whisper["channel"], whisper["to"]) == (channel, user):
            whispered: Json = whisper["message"]
            return whispered
        message = self._world.messages(channel).get(ts)
        if message is None:
            raise Refused("There is no such message here.", 404)
        return message


def _fields(given: Any) -> list[tuple[str, str, Any]]:
    """What was put in, each with its block and action id. Raises Refused for another shape."""
    if not isinstance(given, dict) or not all(isinstance(fields, dict) for fields in given.values()):
        raise Refused("`values` is an object {block_id: {action_id: value}}.")
    return [(block, action, plain) for block, fields in given.items() for action, plain in fields.items()]


def _find_field(view: Json, block_id: str, action_id: str) -> tuple[Json, Json]:
    """The block and the element that can hold something. Raises Refused when the view has no such field."""
    for block, element in elements(view["blocks"]):
        if (block["block_id"], element["action_id"]) == (block_id, action_id) and element["type"] in STATEFUL:
            return block, element
    raise Refused(f"Block {block_id} has no input {action_id!r} in this view.")


def _with(values: Values, block: Json, element: Json, value: Json) -> Values:
    fields = {**values.get(block["block_id"], {}), element["action_id"]: value}
    return {**values, block["block_id"]: fields}


def _menu(where: str | tuple[str, str], block: Json, element: Json) -> tuple[str, str, str]:
    return str(where), block["block_id"], element["action_id"]


def _known_errors(view: Json, ack: Json) -> dict[str, str]:
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    errors = ack.get("errors")
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
        raise Refused(f"{FAILED}: `errors` must name input blocks of the view by block_id.", 502)
    return {str(block): str(sentence) for block, sentence in errors.items()}
