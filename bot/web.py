"""The HTTP door: Slack's requests in HTTP mode; health, readiness, metrics and the rooms' own in either mode.

Bolt's `dispatch` waits for its listener, so each request is dispatched in a thread; the event loop is never blocked.
"""

import socket
import threading
from collections.abc import Callable, Sequence

import anyio
import anyio.to_thread
import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from slack_bolt import App, BoltRequest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.errors import CannotListen, MemoryAway

_LARGEST_BODY = 1_000_000
"""Bytes. Slack's own requests are far smaller; anything larger is not Slack."""

DISPATCH_THREADS = 64


class Door:
    """Listens on a port, in a thread of its own.

    Args:
        bolt: where Slack's requests go, or None in Socket Mode, where Slack sends none.
        what_is_missing: a sentence for each thing that keeps the bot from doing its work; none when it is ready.
        routes: what the rooms answer besides.
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        bolt: App | None,
        what_is_missing: Callable[[], list[str]],
        registry: CollectorRegistry,
        routes: Sequence[Route] = (),
    ) -> None:
        self._host, self._port = host, port
        self._bolt = bolt
        self._what_is_missing = what_is_missing
        self._registry = registry
        self._routes = routes
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._limiter: anyio.CapacityLimiter | None = None

    @property
    def port(self) -> int:
        """The port it listens on; the one asked for, unless that was 0."""
        return self._port

    def start(self) -> None:
        """Listens. Raises CannotListen when the address is taken or not this machine's."""
        try:
            listening = socket.create_server((self._host, self._port))
        except OSError as error:
            raise CannotListen("PORT", self._host, self._port, error) from None
        self._port = listening.getsockname()[1]
        routes = [
            Route("/healthz", self._healthz),
            Route("/readyz", self._readyz),
            Route("/metrics", self._metrics),
            *self._routes,
        ]
        if self._bolt is not None:
            routes.append(Route("/slack/events", self._slack, methods=["POST"]))
        app = Starlette(routes=routes)
        config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=5)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listening],), name="door", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finishes the requests in hand, and listens no more."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(timeout=10)

    async def _healthz(self, _request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def _readyz(self, _request: Request) -> Response:
        missing = await anyio.to_thread.run_sync(self._what_is_missing)
        return JSONResponse({"ready": not missing, "missing": missing}, status_code=503 if missing else 200)

    async def _metrics(self, _request: Request) -> Response:
        try:
            page = await anyio.to_thread.run_sync(generate_latest, self._registry)
        except MemoryAway as away:
            return PlainTextResponse(f"{away.sentence}\n", status_code=503)
        return Response(page, media_type=CONTENT_TYPE_LATEST)

    async def _slack(self, request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return PlainTextResponse("This is larger than anything Slack sends.\n", status_code=413)
        if self._bolt is None:
            return Response(status_code=404)
        headers: dict[str, str | Sequence[str]] = dict(request.headers.items())
        try:
            heard = BoltRequest(body=body.decode("utf-8", errors="replace"), query=request.url.query, headers=headers)
        except (ValueError, TypeError, AttributeError):
            return PlainTextResponse("This is nothing that Slack sends.\n", status_code=400)
        self._limiter = self._limiter or anyio.CapacityLimiter(DISPATCH_THREADS)
        answered = await anyio.to_thread.run_sync(self._bolt.dispatch, heard, limiter=self._limiter)
        headers_out = {name: values[0] for name, values in answered.headers.items()}
        return Response(answered.body, status_code=answered.status, headers=headers_out)


async def _body(request: Request) -> bytes | None:
    """The request's body, or None once it is larger than Slack's."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_BODY:
            return None
    return bytes(body)
