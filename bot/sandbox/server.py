"""The sandbox as one thing to start and stop: an HTTP server in a thread of its own."""

import asyncio
import ipaddress
import socket
import threading
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from bot.clock import MovableClock
from bot.demo.company import COMPANY, Company
from bot.sandbox.control import Control
from bot.sandbox.delivery import Delivery, SignedDelivery, SocketDelivery
from bot.sandbox.door import DroppableHttp, DroppableWebSocket, LoopbackOnly
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.forms import Forms
from bot.sandbox.hints import Hints
from bot.sandbox.interactions import Interactions
from bot.sandbox.journal import Journal
from bot.sandbox.look import Look
from bot.sandbox.manifest import read_manifest
from bot.sandbox.rates import Rates
from bot.sandbox.refusals import SlackError
from bot.sandbox.slack import Slack
from bot.sandbox.web_api import WebApi
from bot.sandbox.world import World

PAGE = Path(__file__).parent / "page"
PAGE_POLICY = "script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
STOP_SECONDS = 5.0


class Sandbox:
    """A local Slack with one workspace and one app installed in it.

    Everything it holds is touched on its own event loop only. `on_clock`, when set, is called in a worker thread with
    the instant the clock is asked to move to; it moves the clock there and returns when all that fell due is sent.
    `is_at_rest` is for whoever runs the bot beside it: a gesture's answer is waited for no longer than the bot is busy.
    """

    bot_token = "xoxb-4051962211-7072415577-sandboxSandboxSandbox1"  # noqa: S105 - opens nothing but a sandbox
    app_token = "xapp-1-A07RHYTHM1-7072415577-5a4db0c5a4db0c5a4db0c5a4db0c5a4d"  # noqa: S105
    signing_secret = "5a4db0c05a4db0c05a4db0c05a4db0c0"  # noqa: S105

    def __init__(
        self,
        *,
        company: Company = COMPANY,
        clock: MovableClock | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        journal: Path | None = None,
        request_url: str | None = None,
        rates: str = "slack",
        manifest: Path | None = None,
        also_hears: Collection[str] = (),
    ) -> None:
        """Raises ValueError for a host that is not loopback or an unknown `rates`."""
        if not _is_loopback(host):
            raise ValueError(f"the sandbox listens on loopback only, not on {host}")
        if rates not in ("off", "slack"):
            raise ValueError(f'rates are "off" or "slack", not {rates!r}')
        self.clock = clock or MovableClock()
        self.on_clock: Callable[[datetime], None] | None = None
        self.is_at_rest: Callable[[], bool] = lambda: False
        self._company, self._journal_path, self._request_url = company, journal, request_url
        self._manifest = read_manifest(manifest).and_hears(also_hears)
        self._rates_on = rates == "slack"
        self._address = (host, port)
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end; meaningful once started."""
        host, port = self._address
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"

    @property
    def api_url(self) -> str:
        """The Web API's base address, for a Slack client's `base_url`."""
        return self.url + "/api/"

    def leave_out(self, scopes: Collection[str]) -> None:
        """Installs the app without these of its manifest's optional scopes, and with all others; also while it runs.

        Raises ValueError for a scope that is not optional.
        """
        self._manifest.leave_out(scopes)

    def start(self) -> None:
        """Starts listening and returns. Raises OSError when the port is taken or the journal cannot be used."""
        listening = _listen(*self._address)
        self._address = (self._address[0], listening.getsockname()[1])
        started, failures = threading.Event(), list[Exception]()
        self._thread = threading.Thread(
            target=self._run, args=(listening, started, failures), name="sandbox", daemon=True
        )
        self._thread.start()
        started.wait()
        if failures:
            self._thread.join()
            self._thread = None
            raise failures[0]

    def stop(self) -> None:
        """Ends every connection and returns when the server is gone."""
        if self._thread is None:
            return
        self._loop.call_soon_threadsafe(self._end)
        self._thread.join(STOP_SECONDS)
        self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self, listening: socket.socket, started: threading.Event, failures: list[Exception]) -> None:
        try:
            asyncio.run(self._serve(listening, started))
        except Exception as failure:
            if started.is_set():
                raise
            failures.append(failure)
            listening.close()
            started.set()

    async def _serve(self, listening: socket.socket, started: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        journal = Journal(self._journal_path)
        self._slack = self._assemble(journal)
        api = WebApi(self._slack)
        self._control = Control(self._slack, Look(self._slack, api.calls), self._move_clock)
        config = uvicorn.Config(
            LoopbackOnly(self._app(api, started)),
            http=DroppableHttp,
            ws=DroppableWebSocket,
            lifespan="on",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        try:
            await self._server.serve(sockets=[listening])
        finally:
            journal.close()

    def _assemble(self, journal: Journal) -> Slack:
        hints, faults = Hints(), Faults()
        world = World(self._company, self.clock, journal, hints)
        delivery: Delivery = (
            SocketDelivery(self._company.bot.app_id)
            if self._request_url is None
            else SignedDelivery(self._request_url, self.signing_secret)
        )
        return Slack(
            url=self.url,
            world=world,
            manifest=self._manifest,
            hints=hints,
            interactions=Interactions(world),
            forms=Forms(world),
            delivery=delivery,
            events=Events(world, self._manifest, delivery, faults),
            faults=faults,
            rates=Rates(self.clock, on=self._rates_on),
            bot_token=self.bot_token,
            app_token=self.app_token,
            is_at_rest=self._bot_is_at_rest,
        )

    def _bot_is_at_rest(self) -> bool:
        return self.is_at_rest()

    def _app(self, api: WebApi, started: threading.Event) -> Starlette:
        @asynccontextmanager
        async def lifespan(app: Starlette) -> AsyncIterator[None]:
            started.set()
            yield

        routes: list[Route | Mount | WebSocketRoute] = [
            Route("/api/{method}", api.answer, methods=["GET", "POST"]),
            Route("/hooks/{kind}/{team}/{key}", self._respond, methods=["POST"]),
            Mount("/_sandbox", routes=self._control.routes()),
            Route("/", _index),
        ]
        if isinstance(self._slack.delivery, SocketDelivery):
            routes.append(WebSocketRoute("/link/", self._slack.delivery.serve))
        if PAGE.is_dir():
            routes.append(Mount("/page", StaticFiles(directory=PAGE)))
        return Starlette(routes=routes, lifespan=lifespan)

    async def _respond(self, request: Request) -> Response:
        try:
            body = await request.json()
            self._slack.interactions.respond(request.path_params["key"], body)
        except ValueError:
            return PlainTextResponse("invalid_payload", 400)
        except SlackError as refusal:
            status = 404 if refusal.error.endswith("_url") else 400
            return JSONResponse({"ok": False, "error": refusal.error}, status)
        return PlainTextResponse("ok")

    async def _move_clock(self, target: datetime) -> None:
        if self.on_clock is not None:
            await asyncio.to_thread(self.on_clock, target)
        if self.clock.now() < target:
            self.clock.move_to(target)

    def _end(self) -> None:
        self._control.end_streams()
        self._server.should_exit = True


async def _index(request: Request) -> Response:
    page = PAGE / "index.html"
    if not page.exists():
        return PlainTextResponse("The sandbox is running; its page is not installed.", 404)
    return FileResponse(page, headers={"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-cache"})


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, so that asyncio turns Nagle's algorithm off: it would hold every answer back for 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(2048)
    except OSError:
        listening.close()
        raise
    return listening
