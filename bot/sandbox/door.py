"""Who may knock, and how a connection is dropped: the server's outermost layer."""

import socket
import struct
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
TRANSPORT = "sandbox.transport"


class DroppableHttp(H11Protocol):
    """HTTP whose handlers can reach the transport, to hang up without an answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.app = _with_transport(self, self.app)


class DroppableWebSocket(WebSocketsSansIOProtocol):
    """A websocket whose handlers can reach the transport, to cut it without a closing frame."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.app = _with_transport(self, self.app)


def reset(scope: Scope) -> None:
    """Cuts the connection with a TCP reset, unless the other end was quicker.

    A plain close would leave Slack's own socket client deaf for a minute.
    """
    transport = scope[TRANSPORT]()
    connection = transport.get_extra_info("socket")
    if connection is not None and not transport.is_closing():
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


def _with_transport(protocol: DroppableHttp | DroppableWebSocket, app: Any) -> Any:
    async def with_transport(scope: Any, receive: Any, send: Any) -> None:
        scope[TRANSPORT] = lambda: protocol.transport
        await app(scope, receive, send)

    return with_transport


class LoopbackOnly:
    """Refuses requests that a web page elsewhere could cause: by the host they name or the origin they come from."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or _is_local(Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            refusal = JSONResponse({"error": "The sandbox answers this machine only."}, 403)
            await refusal(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 4403})


def _is_local(headers: Headers) -> bool:
    if _host("//" + headers.get("host", "")) not in LOOPBACK:
        return False
    origin = headers.get("origin")
    return origin is None or _host(origin) in LOOPBACK


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
