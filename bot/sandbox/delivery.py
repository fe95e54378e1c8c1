"""Bringing payloads to the bot: over Socket Mode, or by signed HTTP as Slack's servers do.

Commands and interactions go once and must be acknowledged within three seconds. Events are tried again: at once,
after a minute, after five (docs.slack.dev/apis/events-api), carrying the number and the reason of the retry.
"""

import asyncio
import hashlib
import hmac
import json
import uuid
from collections.abc import Sequence
from typing import Literal, Protocol
from urllib.parse import urlencode

import urllib3
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.clock import SystemClock
from bot.sandbox.door import reset
from bot.sandbox.refusals import Json

ACK_SECONDS = 3.0
RETRY_AFTER: Sequence[float] = (0.0, 60.0, 300.0)
HELLO_LIFETIME = 3600

Kind = Literal["slash_commands", "interactive", "events_api"]


class NotAcknowledged(Exception):
    """The bot did not take a payload; `reason` is in Slack's words for retries, such as `http_timeout`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Delivery(Protocol):
    """One way to the bot."""

    @property
    def connections(self) -> int:
        """How many ways in are open; with HTTP always one."""
        ...

    async def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Json:
        """Brings one payload and returns the body of its acknowledgement. Raises NotAcknowledged."""
        ...

    async def lose(self) -> None:
        """Cuts every open connection without a word."""
        ...


class SocketDelivery:
    """Socket Mode: envelopes over whichever websocket is next, acknowledged by envelope id."""

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id
        self._open: list[WebSocket] = []
        self._tickets: set[str] = set()
        self._waiting: dict[str, tuple[WebSocket, asyncio.Future[Json]]] = {}
        self._turn = 0

    @property
    def connections(self) -> int:
        return len(self._open)

    def ticket(self) -> str:
        """A ticket for one connection, to go into its address."""
        ticket = str(uuid.uuid4())
        self._tickets.add(ticket)
        return ticket

    async def serve(self, websocket: WebSocket) -> None:
        """Holds one connection until either side ends it."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await websocket.close(code=4401)
            return
        self._tickets.remove(ticket)
        await websocket.accept()
        hello = json.dumps(self._hello())
        self._open.append(websocket)
        try:
            await websocket.send_text(hello)
            while True:
                self._receive(await websocket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            self._drop(websocket)

    async def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Json:
        if not self._open:
            raise NotAcknowledged("connection_failed")
        self._turn += 1
        websocket = self._open[self._turn % len(self._open)]
        envelope_id = str(uuid.uuid4())
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = (websocket, answer)
        try:
            await websocket.send_text(json.dumps(_envelope(kind, envelope_id, payload, retry)))
            return await asyncio.wait_for(answer, ACK_SECONDS)
        except TimeoutError:
            raise NotAcknowledged("http_timeout") from None
        except (WebSocketDisconnect, RuntimeError):
            raise NotAcknowledged("connection_failed") from None
        finally:
            self._waiting.pop(envelope_id, None)

    async def lose(self) -> None:
        for websocket in list(self._open):
            self._drop(websocket)
            reset(websocket.scope)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._open) + 1,
            "debug_info": {"host": "sandbox", "approximate_connection_time": HELLO_LIFETIME},
            "connection_info": {"app_id": self._app_id},
        }

    def _receive(self, text: str) -> None:
        try:
            answer = json.loads(text)
        except ValueError:
            return
        waiting = self._waiting.get(answer.get("envelope_id", "")) if isinstance(answer, dict) else None
        if waiting is not None and not waiting[1].done():
            payload = answer.get("payload")
            waiting[1].set_result(payload if isinstance(payload, dict) else {})

    def _drop(self, websocket: WebSocket) -> None:
        if websocket in self._open:
            self._open.remove(websocket)
        for held_by, answer in self._waiting.values():
            if held_by is websocket and not answer.done():
                answer.set_exception(NotAcknowledged("connection_failed"))


class SignedDelivery:
    """HTTP: each payload POSTed to the bot's request URL under Slack's signature, at the machine's own time."""

    connections = 1

    def __init__(self, url: str, secret: str) -> None:
        self._url = url
        self._secret = secret
        self._clock = SystemClock()
        self._pool = urllib3.PoolManager(maxsize=32, retries=False)

    async def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Json:
        try:
            return await asyncio.wait_for(asyncio.to_thread(self._post, kind, payload, retry), ACK_SECONDS + 1)
        except TimeoutError:
            raise NotAcknowledged("http_timeout") from None

    async def lose(self) -> None:
        self._pool.clear()

    def _post(self, kind: Kind, payload: Json, retry: tuple[int, str] | None) -> Json:
        content_type, body = _encoded(kind, payload)
        timestamp = str(int(self._clock.now().timestamp()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        if retry is not None:
            headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
        try:
            response = self._pool.request("POST", self._url, body=body, headers=headers, timeout=ACK_SECONDS)
        except urllib3.exceptions.TimeoutError:
            raise NotAcknowledged("http_timeout") from None
        except urllib3.exceptions.HTTPError:
            raise NotAcknowledged("connection_failed") from None
        if response.status != 200:
            raise NotAcknowledged("no_retry" if response.headers.get("x-slack-no-retry") == "1" else "http_error")
        return _answer(response.data)


def signature(secret: str, timestamp: str, body: str) -> str:
    """Slack's `v0` signature of a request: HMAC-SHA256 over version, time and body."""
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return f"v0={digest}"


def _envelope(kind: Kind, envelope_id: str, payload: Json, retry: tuple[int, str] | None) -> Json:
    envelope: Json = {
        "envelope_id": envelope_id,
        "payload": payload,
        "type": kind,
        "accepts_response_payload": kind != "events_api",
    }
    if kind == "events_api":
        envelope |= {"retry_attempt": retry[0] if retry else 0, "retry_reason": retry[1] if retry else ""}
    return envelope


def _encoded(kind: Kind, payload: Json) -> tuple[str, str]:
    form = "application/x-www-form-urlencoded"
    if kind == "events_api":
        return "application/json", json.dumps(payload)
    if kind == "interactive":
        return form, urlencode({"payload": json.dumps(payload)})
    return form, urlencode(payload)


def _answer(data: bytes) -> Json:
    text = data.decode("utf-8", "replace").strip()
    if not text:
        return {}
    try:
        answer = json.loads(text)
    except ValueError:
        return {"text": text}
    return answer if isinstance(answer, dict) else {"text": text}
