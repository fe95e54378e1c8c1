"""The sandbox's own JSON API under `/_sandbox/`: make people act, look at what they see, move the clock, cause faults.

Gestures (POST; `user` and `channel` are ids, `@handles` or `#names`; as a channel, `bot` or a person is that person's
DM with the bot). Each returns `{"ok": true, "ack", "views", "ephemerals"}` once the bot has acknowledged and answered:

- `command {user, channel, text}`                 `message {user, channel, text, thread_ts?}`
- `click {user, channel, ts | view_id, action_id, block_id?, value?}`
- `submit {user, view_id, values}`   `type {user, view_id, values}`   `close {user, view_id}`
- `shortcut {user, callback_id, channel?, ts?}`    `home {user}`
- `options {user, view_id | channel, ts, action_id, block_id?, query}`

The world (POST): `user {user, joins?, told?, …}`, `membership {user, channel, joined}`, `archive {channel, archived}`,
`privacy {channel, private}`, `rename {channel, name}`, `huddle {user, channel, on}`, `read {user, channel}`,
`canvas {user, channel, markdown, title?}` or `canvas {user, channel, deleted: true}`,
`scopes {left_out: […]}`, `clock {advance | to}`, `faults {faults: […]}` or `{rates: "off" | "slack"}` (DELETE clears).

Looking (GET): `messages?channel=&user=[&thread_ts=]`, `canvas?user=&channel=`, `views?user=`, `home?user=`,
`sidebar?user=`, `commands`, `state`, `faults`, and `stream?user=` (server-sent hints to look again).

Refusals are `{"error": sentence}` with a 4xx; 504 `operation_timeout` and 502 `dispatch_failed` are the bot's doing.
The full contract is in docs/sandbox.md.
"""

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox.ask import Ask
from bot.sandbox.canvases import canvas_in, delete_canvas, write_canvas
from bot.sandbox.durations import parse_duration
from bot.sandbox.gestures import Gestures
from bot.sandbox.hints import Hint
from bot.sandbox.huddles import turn_huddle
from bot.sandbox.look import Look
from bot.sandbox.refusals import Json, Refused
from bot.sandbox.slack import Slack

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 15.0
USER_FIELDS = {"tz", "locale", "deleted", "is_restricted", "is_admin", "name", "title"}
USER_FIELDS |= {"status", "status_emoji", "status_until", "dnd_until"}
UNHEARD = {"dnd_until"}
"""What Slack tells nobody of who did not ask for it."""

Answer = Callable[[Ask], Awaitable[Any]]
MoveClock = Callable[[datetime], Awaitable[None]]


class Control:
    """The routes under `/_sandbox`."""

    def __init__(self, slack: Slack, look: Look, move_clock: MoveClock) -> None:
        self._slack = slack
        self._look = look
        self._gestures = Gestures(slack)
        self._move_clock = move_clock
        self._clock_turn = asyncio.Lock()
        self._streams: set[asyncio.Queue[Hint | None]] = set()

    def routes(self) -> list[Route]:
        """Every endpoint."""
        posts: dict[str, Answer] = {
            "command": self._command,
            "click": self._click,
            "submit": self._submit,
            "type": self._type,
            "close": self._close,
            "message": self._message,
            "shortcut": self._shortcut,
            "home": self._open_home,
            "options": self._options,
            "user": self._user,
            "membership": self._membership,
            "archive": self._archive,
            "privacy": self._privacy,
            "rename": self._rename,
            "huddle": self._huddle,
            "canvas": self._write_canvas,
            "read": self._read,
            "scopes": self._scopes,
            "clock": self._clock,
            "faults": self._add_faults,
        }
        gets: dict[str, Answer] = {
            "messages": self._messages,
            "canvas": self._canvas,
            "views": self._views,
            "home": self._home,
            "sidebar": self._sidebar,
            "commands": self._commands,
            "state": self._state,
            "faults": self._faults,
        }
        routes = [Route(f"/{name}", self._endpoint(answer), methods=["POST"]) for name, answer in posts.items()]
        routes += [Route(f"/{name}", self._endpoint(answer), methods=["GET"]) for name, answer in gets.items()]
        routes.append(Route("/faults", self._endpoint(self._clear_faults), methods=["DELETE"]))
        return [*routes, Route("/stream", self._stream, methods=["GET"])]

    def end_streams(self) -> None:
        """Lets every open stream finish."""
        for queue in self._streams:
            queue.put_nowait(None)

    def _endpoint(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            try:
                return JSONResponse(await answer(Ask(self._slack, await _fields(request))))
            except Refused as refusal:
                return JSONResponse({"error": refusal.sentence}, refusal.status)
            except Exception:
                log.exception("the sandbox failed at %s", request.url.path)
                return JSONResponse({"error": "The sandbox failed; its log says why."}, 500)

        return endpoint

    # Gestures

    async def _command(self, ask: Ask) -> Json:
        user = ask.person()
        return await self._gestures.command(user, ask.channel(user), ask.text("text"))

    async def _click(self, ask: Ask) -> Json:
        user = ask.person()
        place = ask.place(user)
        value = ask.fields.get("value")
        return await self._gestures.click(user, place, ask.text("action_id"), ask.optional("block_id"), value)

    async def _submit(self, ask: Ask) -> Json:
        return await self._gestures.submit(ask.person(), ask.text("view_id"), ask.fields.get("values") or {})

    async def _type(self, ask: Ask) -> Json:
        return await self._gestures.type(ask.person(), ask.text("view_id"), ask.fields.get("values") or {})

    async def _close(self, ask: Ask) -> Json:
        return await self._gestures.close(ask.person(), ask.text("view_id"))

    async def _message(self, ask: Ask) -> Json:
        user = ask.person()
        return await self._gestures.message(user, ask.channel(user), ask.text("text"), ask.optional("thread_ts"))

    async def _shortcut(self, ask: Ask) -> Json:
        user = ask.person()
        message = (ask.channel(user), ask.text("ts")) if ask.optional("ts") else None
        return await self._gestures.shortcut(user, ask.text("callback_id"), message)

    async def _open_home(self, ask: Ask) -> Json:
        user = ask.person()
        report = await self._gestures.home(user)
        return {**report, "view": self._look.home(user)}

    async def _options(self, ask: Ask) -> Json:
        user = ask.person()
        place, query = ask.place(user), str(ask.fields.get("query") or "")
        return await self._gestures.options(user, place, ask.text("action_id"), ask.optional("block_id"), query)

    # The world

    async def _user(self, ask: Ask) -> Json:
        changes = {name: value for name, value in ask.fields.items() if name not in ("user", "joins", "told")}
        joins = bool(ask.fields.get("joins"))
        user = self._look.admit(ask.text("user")) if joins else ask.user()
        if unknown := changes.keys() - USER_FIELDS:
            raise Refused(f"A person has no {', '.join(sorted(unknown))} to change.")
        self._look.change_user(user, changes)
        if joins:
            self._slack.events.user_joined(user)
        elif ask.fields.get("told", True) and not changes.keys() <= UNHEARD:
            self._slack.events.user_changed(user)
        self._slack.hints.tell(Hint("user", user=None))
        return {"ok": True, "user": self._look.person(user)}

    async def _membership(self, ask: Ask) -> Json:
        user, channel, joined = ask.user(), ask.any_channel(), ask.truth("joined")
        row = self._slack.world.channels[channel]
        if row["is_im"]:
            raise Refused("Nobody joins or leaves a direct message.")
        if joined == (user in row["members"]):
            return {"ok": True, "members": row["members"]}
        left = [member for member in row["members"] if member != user]
        changed = {**row, "members": [*left, user] if joined else left}
        self._slack.world.channels[channel] = changed
        self._slack.events.membership(user, channel, joined=joined)
        self._slack.hints.tell(Hint("user", channel=channel))
        return {"ok": True, "members": changed["members"]}

    async def _privacy(self, ask: Ask) -> Json:
        """A channel is made private or public. Slack tells apps nothing of it."""
        channel, private = ask.any_channel(), ask.truth("private")
        self._slack.world.channels[channel] = {**self._slack.world.channels[channel], "is_private": private}
        return {"ok": True}

    async def _archive(self, ask: Ask) -> Json:
        channel, archived = ask.any_channel(), ask.truth("archived")
        row = self._slack.world.channels[channel]
        self._slack.world.channels[channel] = {**row, "is_archived": archived}
        if row["is_archived"] != archived:
            self._slack.events.archived(channel, row["creator"], archived=archived)
        self._slack.hints.tell(Hint("user", channel=channel))
        return {"ok": True}

    async def _rename(self, ask: Ask) -> Json:
        channel, name = ask.any_channel(), ask.text("name").removeprefix("#").lower()
        row = self._slack.world.channels[channel]
        if row["is_im"] or not re.fullmatch(r"[\w-]{1,80}", name) or self._slack.world.channel_id(name) is not None:
            raise Refused("That name is taken or is not a channel's name.")
        self._slack.world.channels[channel] = {**row, "name": name}
        self._slack.events.renamed(channel)
        self._slack.hints.tell(Hint("user", channel=channel))
        return {"ok": True}

    async def _huddle(self, ask: Ask) -> Json:
        user = ask.person()
        turn_huddle(self._slack, user, ask.channel(user), on=ask.truth("on"))
        return {"ok": True}

    async def _write_canvas(self, ask: Ask) -> Json:
        user = ask.person()
        channel = ask.channel(user)
        if "deleted" in ask.fields and ask.truth("deleted"):
            delete_canvas(self._slack, user, channel)
            return {"canvas": None}
        title = ask.optional("title")
        return {"canvas": write_canvas(self._slack, user, channel, ask.text("markdown"), title)}

    async def _read(self, ask: Ask) -> Json:
        user = ask.person()
        self._look.mark_read(user, ask.channel(user))
        return {"ok": True}

    async def _scopes(self, ask: Ask) -> Json:
        """The app is installed again, without the optional scopes named."""
        left_out = ask.fields.get("left_out")
        if not isinstance(left_out, list) or not all(isinstance(scope, str) for scope in left_out):
            raise Refused("`left_out` is a list of scopes.")
        manifest = self._slack.manifest
        try:
            manifest.leave_out(left_out)
        except ValueError as refusal:
            raise Refused(f"This cannot be: {refusal}.") from None
        return {"granted": sorted(manifest.granted or ()), "left_out": sorted(left_out)}

    async def _clock(self, ask: Ask) -> Json:
        async with self._clock_turn:
            now = self._slack.world.clock.now()
            target = _target(ask.fields, now)
            if target < now:
                raise Refused("This clock only moves forward.")
            await self._move_clock(target)
            self._slack.world.remember_clock()
        for user in self._look.expire_statuses():
            self._slack.events.user_changed(user)
        self._slack.hints.tell(Hint("clock"))
        return {"now": self._slack.world.clock.now().isoformat()}

    async def _add_faults(self, ask: Ask) -> Json:
        rates, wanted = ask.fields.get("rates"), ask.fields.get("faults", [])
        if rates not in (None, "off", "slack"):
            raise Refused('`rates` is "off" or "slack".')
        if not isinstance(wanted, list):
            raise Refused("`faults` is a list.")
        self._slack.faults.add(self._in_one_place(fault) for fault in wanted)
        if rates is not None:
            self._slack.rates.on = rates == "slack"
        if self._slack.faults.strike({"lose_socket"}):
            await self._slack.delivery.lose()
        return await self._faults(ask)

    def _in_one_place(self, fault: Any) -> Any:
        """The fault with its channel as an id, a person's as their DM's."""
        if not isinstance(fault, dict) or not fault.get("channel"):
            return fault
        return {**fault, "channel": self._slack.world.place(str(fault["channel"]))}

    async def _clear_faults(self, ask: Ask) -> Json:
        self._slack.faults.clear()
        return await self._faults(ask)

    # Looking

    async def _messages(self, ask: Ask) -> Json:
        user = ask.user()
        return {"messages": self._look.messages(user, ask.channel(user), ask.optional("thread_ts"))}

    async def _canvas(self, ask: Ask) -> Json:
        return {"canvas": canvas_in(self._slack.world, ask.channel(ask.user()))}

    async def _views(self, ask: Ask) -> Json:
        return {"views": self._slack.forms.open_views(ask.user())}

    async def _home(self, ask: Ask) -> Json:
        return {"view": self._look.home(ask.user())}

    async def _sidebar(self, ask: Ask) -> Json:
        return self._look.sidebar(ask.user())

    async def _commands(self, ask: Ask) -> Json:
        manifest = self._slack.manifest
        return {"commands": list(manifest.commands), "shortcuts": list(manifest.shortcuts)}

    async def _state(self, ask: Ask) -> Json:
        return self._look.state()

    async def _faults(self, ask: Ask) -> Json:
        return {"faults": self._slack.faults.as_json(), "rates": "slack" if self._slack.rates.on else "off"}

    async def _stream(self, request: Request) -> Response:
        try:
            user = Ask(self._slack, dict(request.query_params)).user()
        except Refused as refusal:
            return JSONResponse({"error": refusal.sentence}, refusal.status)
        return StreamingResponse(
            self._hints(user), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def _hints(self, user: str) -> AsyncIterator[str]:
        queue: asyncio.Queue[Hint | None] = asyncio.Queue()
        self._streams.add(queue)
        try:
            with self._slack.hints.heard_by(queue.put_nowait):
                yield ": here\n\n"
                while True:
                    try:
                        hint = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
                    except TimeoutError:
                        yield ": still here\n\n"
                        continue
                    if hint is None:
                        return
                    if self._look.concerns(hint, user):
                        yield f"data: {json.dumps(_shown(hint))}\n\n"
        finally:
            self._streams.discard(queue)


def _shown(hint: Hint) -> Json:
    return {"kind": hint.kind, **({"channel": hint.channel} if hint.channel else {})}


async def _fields(request: Request) -> Json:
    if request.method == "GET":
        return dict(request.query_params)
    body = await request.body()
    if not body:
        return {}
    try:
        document = json.loads(body)
    except ValueError:
        raise Refused("The body is not JSON.") from None
    if not isinstance(document, dict):
        raise Refused("The body is a JSON object.")
    return document


def _target(fields: Json, now: datetime) -> datetime:
    advance, to = fields.get("advance"), fields.get("to")
    if (advance is None) == (to is None):
        raise Refused("Give either `advance`, such as P3D, or `to`, such as 2026-03-30T09:00:00+02:00.")
    if advance is not None:
        return parse_duration(advance, now)
    try:
        target = datetime.fromisoformat(str(to))
    except ValueError:
        raise Refused("`to` is an ISO 8601 instant, such as 2026-03-30T09:00:00+02:00.") from None
    if target.tzinfo is None:
        raise Refused("`to` needs a zone, such as +02:00 or Z.")
    return target
