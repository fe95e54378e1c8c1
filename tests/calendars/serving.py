"""A calendar server on this machine, as good or as bad as a test wants it."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Serve = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """A request, and the ways to answer it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.calendars.hear(self)  # type: ignore[attr-defined]

    def answer(self, body: bytes = b"", *, status: int = 200, headers: dict[str, str] | None = None) -> None:
        """Answers as a good server does."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@dataclass
class Calendars:
    """What the server gives, and what it was asked. `ended` is set when the test is over."""

    address: str = ""
    serve: Serve = lambda request: request.answer(status=404)
    heard: list[dict[str, str]] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def hear(self, request: Request) -> None:
        self.heard.append({"path": request.path, **{name.lower(): value for name, value in request.headers.items()}})
        try:
            self.serve(request)
        except OSError:
            # Whoever asked has gone.
            request.close_connection = True

    def gives(self, body: bytes, headers: dict[str, str] | None = None) -> None:
        """From now on it gives this calendar."""
        self.serve = lambda request: request.answer(body, headers=headers)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, calendars: Calendars, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.calendars = calendars
        if tls is not None:
            # Whoever asks shakes hands with the thread that answers them.
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


@contextmanager
def serving(*, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[Calendars]:
    """The server, at an address with a secret in it; over TLS with the certificate that is given, under any name."""
    calendars = Calendars()
    with _Server(calendars, tls) as server:
        scheme = "https" if tls else "http"
        calendars.address = f"{scheme}://{host}:{server.server_port}/private-5e8cr3t/basic.ics"
        thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01))
        thread.start()
        try:
            yield calendars
        finally:
            calendars.ended.set()
            server.shutdown()
            thread.join()
