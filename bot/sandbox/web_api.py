"""The Web API's front door: `/api/<method>`, with Slack's order of refusals and the faults asked for."""

import asyncio
import json
import secrets
from collections import Counter
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.sandbox import canvas_methods, chat_methods, conversation_methods, user_methods, view_methods
from bot.sandbox.door import reset
from bot.sandbox.faults import AFTER, BEFORE, Fault
from bot.sandbox.method import Method, collect
from bot.sandbox.rates import ONE_CHANNEL, POSTING, Tier
from bot.sandbox.refusals import Json, SlackError
from bot.sandbox.slack import Slack

METHODS: dict[str, Method] = collect(canvas_methods, chat_methods, conversation_methods, user_methods, view_methods)
JSON_ARGUMENTS = {"blocks", "view", "metadata", "attachments", "message", "document_content", "changes"}


class WebApi:
    """Answers one call after another and counts them."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self.calls: Counter[str] = Counter()

    async def answer(self, request: Request) -> Response:
        """One Web API call."""
        name = request.path_params["method"]
        self.calls[name] += 1
        try:
            token, args = await _arguments(request)
        except SlackError as refusal:
            return _refused(refusal)
        except ClientDisconnect:
            # Whoever called died before all of it was said: nobody is there to be answered.
            return Response(status_code=400)
        channel = self._place(args)
        for fault in self._slack.faults.strike(BEFORE, name, channel):
            response = await _suffer(fault, request)
            if response is not None:
                return response
        response = self._called(name, token, args)
        for fault in self._slack.faults.strike(AFTER, name, channel):
            await _suffer(fault, request)
        return response

    def _place(self, args: Json) -> str | None:
        """The channel a call is about, for the faults that strike in one."""
        canvas = self._slack.world.canvases.get(str(args.get("canvas_id")))
        reference = args.get("channel") or args.get("channel_id") or (canvas and canvas["channel"])
        return self._slack.world.place(str(reference)) if reference else None

    def _called(self, name: str, token: str | None, args: Json) -> Response:
        method = METHODS.get(name)
        if method is None:
            return _refused(SlackError("unknown_method", req_method=name))
        try:
            self._check_token(method, token)
            if method.scope is not None:
                self._slack.need(method.scope)
            wait = self._slack.rates.take(_lanes(method, args))
            if wait is not None:
                return _limited(wait)
            return JSONResponse({"ok": True, **method.run(self._slack, args)}, headers=self._headers(method))
        except SlackError as refusal:
            return _refused(refusal)

    def _check_token(self, method: Method, token: str | None) -> None:
        if method.caller == "anyone":
            return
        if not token:
            raise SlackError("not_authed")
        known = {self._slack.bot_token: "bot", self._slack.app_token: "app"}
        if token not in known:
            raise SlackError("invalid_auth")
        if known[token] != method.caller:
            raise SlackError("not_allowed_token_type")

    def _headers(self, method: Method) -> dict[str, str]:
        headers = {"x-slack-req-id": secrets.token_hex(16), "x-slack-unique-id": secrets.token_hex(12)}
        granted = self._slack.manifest.granted
        if granted is not None:
            headers["x-oauth-scopes"] = ",".join(sorted(granted))
        if method.scope is not None:
            headers["x-accepted-oauth-scopes"] = method.scope
        return headers


def _lanes(method: Method, args: Json) -> dict[str, Tier]:
    lanes = {method.name: method.tier}
    if method.tier is POSTING:
        lanes[f"channel {args.get('channel')}"] = ONE_CHANNEL
    return lanes


async def _arguments(request: Request) -> tuple[str | None, Json]:
    args: Json = dict(request.query_params)
    body = (await request.body()).decode("utf-8", "replace")
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind == "application/json" and body:
        args |= _json_body(body)
    elif kind in ("", "application/x-www-form-urlencoded"):
        args |= dict(parse_qsl(body, keep_blank_values=True))
    elif body:
        raise SlackError("invalid_form_data" if kind.startswith("multipart/") else "invalid_post_type")
    for name in JSON_ARGUMENTS & args.keys():
        args[name] = _decoded(name, args[name])
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    token = bearer.strip() if scheme.lower() == "bearer" else args.get("token")
    return token, {name: value for name, value in args.items() if name != "token"}


def _json_body(body: str) -> Json:
    try:
        document = json.loads(body)
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(document, dict):
        raise SlackError("json_not_object")
    return document


def _decoded(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value == "":
        return None
    try:
        return json.loads(value)
    except ValueError:
        error = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}
        raise SlackError(error.get(name, "invalid_arguments")) from None


def _refused(refusal: SlackError) -> Response:
    return JSONResponse({"ok": False, "error": refusal.error, **refusal.extra})


def _limited(seconds: int) -> Response:
    return JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"retry-after": str(seconds)})


async def _suffer(fault: Fault, request: Request) -> Response | None:
    """Lives through one fault; a response ends the call, None lets it go on."""
    if fault.kind == "delay":
        await asyncio.sleep(fault.seconds)
        return None
    if fault.kind == "status_429":
        return _limited(max(1, round(fault.seconds)))
    if fault.kind == "status_500":
        return Response("Internal Server Error", 500)
    if fault.kind == "error":
        return _refused(SlackError(fault.error))
    if fault.kind.startswith("timeout"):
        await _gone(request, fault.seconds)
    await hang_up(request)
    return Response(status_code=500)


async def _gone(request: Request, seconds: float) -> None:
    """Waits until the caller gives up, at most `seconds`."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while loop.time() < until and not await request.is_disconnected():
        await asyncio.sleep(0.02)


async def hang_up(request: Request) -> None:
    """Resets the connection without an answer."""
    reset(request.scope)
    while not await request.is_disconnected():
        await asyncio.sleep(0.005)
