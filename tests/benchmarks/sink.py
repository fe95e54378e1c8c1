"""A Slack that takes everything at once and counts it: a small, fast server in a process of its own.

It speaks HTTPS over connections that stay open, as Slack does (plain HTTP where no `openssl` can make it a
certificate), and only the few methods that sending needs. What it costs itself is in its report, so that one can see
that it is not what is measured.
"""

import asyncio
import json
import multiprocessing
import os
import re
import shutil
import ssl
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import urllib3

_UID = re.compile(rb'"delivery": ?"([^"]+)"')
_CHANNEL = re.compile(rb'"channel": ?"([^"]+)"')
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_CLOSES = re.compile(rb"connection: *close", re.IGNORECASE)


@dataclass(frozen=True)
class Taken:
    """What arrived since it was last forgotten.

    Attributes:
        messages: how many different ones.
        doubled: how many more than once.
        first_at, last_at: seconds of the machine's monotonic clock; 0.0 for none.
        by_workspace: how many, and the last one's `last_at`, of the `T1` in channels such as `DT1X5`.
        busy: seconds of processor time that the sink itself used.
    """

    messages: int
    doubled: int
    first_at: float
    last_at: float
    by_workspace: dict[str, tuple[int, float]]
    busy: float

    def of(self, workspace_id: str) -> int:
        """How many arrived in one workspace."""
        return self.by_workspace.get(workspace_id, (0, 0.0))[0]


class Sink:
    """The sink, as the benchmarks speak to it."""

    def __init__(self, url: str) -> None:
        self.url = url
        """The address of the Web API, with a slash at the end."""
        self._pool = urllib3.PoolManager()

    def forget(self) -> None:
        """Starts counting anew."""
        self._pool.request("POST", self.url + "sink.forget")

    def taken(self) -> Taken:
        """What arrived."""
        return Taken(**self._pool.request("POST", self.url + "sink.taken").json())

    def wait_for(self, messages: int, *, within: float) -> Taken:
        """What arrived, as soon as that many messages have, or after so many seconds."""
        give_up = time.monotonic() + within
        while (taken := self.taken()).messages < messages and time.monotonic() < give_up:
            time.sleep(0.05)
        return taken


@contextmanager
def sink() -> Iterator[Sink]:
    """A running sink. This process, and those it starts meanwhile, trust its certificate."""
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="rhythm-sink-") as folder:
        certificate = _certificate(Path(folder))
        if certificate:
            os.environ["SSL_CERT_FILE"] = certificate
        ours, its = context.Pipe()
        process = context.Process(target=_serve, args=(its, certificate), daemon=True)
        process.start()
        try:
            yield Sink(f"{'https' if certificate else 'http'}://127.0.0.1:{ours.recv()}/api/")
        finally:
            process.terminate()
            process.join()
            os.environ.pop("SSL_CERT_FILE", None)


def _certificate(folder: Path) -> str:
    """The file with a key and a certificate for 127.0.0.1, good for a day; empty where no `openssl` is installed."""
    openssl, file = shutil.which("openssl"), str(folder / "sink.pem")
    if openssl is None:
        return ""
    kind = ("-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1")
    names = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    made = subprocess.run([openssl, "req", *kind, *names, "-keyout", "-", "-out", "-"], check=True, capture_output=True)
    Path(file).write_bytes(made.stdout)
    return file


# In the sink's own process


class _Ledger:
    """What was taken, and the answers to everything."""

    def __init__(self) -> None:
        self._number = 0
        self.forget()

    def forget(self) -> dict[str, Any]:
        self._times: Counter[str] = Counter()
        self._first_at = self._last_at = 0.0
        self._by_workspace: dict[str, tuple[int, float]] = {}
        self._posted: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._busy_before = time.process_time()
        return {}

    def answer(self, method: str, body: bytes) -> dict[str, Any]:
        match method:
            case "chat.postMessage":
                return self._post(body)
            case "conversations.open":
                return {"channel": {"id": "D" + parse_qs(body.decode())["users"][0][1:]}}
            case "conversations.history":
                return {"messages": self._history(parse_qs(body.decode())["channel"][0])}
            case "auth.test":
                return {"team_id": "T1", "team": "T1", "user_id": "UBOT", "bot_id": "BBOT"}
            case "views.publish" | "views.open":
                return {"view": {"id": "V1", "hash": "1"}}
            case "sink.forget":
                return self.forget()
            case "sink.taken":
                return self._taken()
            case _:
                return {}

    def _post(self, body: bytes) -> dict[str, Any]:
        uid, channel = _named(_UID, body), _named(_CHANNEL, body)
        workspace = channel[1:].partition("X")[0]
        self._number += 1
        ts = f"{1_700_000_000 + self._number}.000000"
        self._times[uid] += 1
        self._last_at = time.monotonic()
        self._first_at = self._first_at or self._last_at
        self._by_workspace[workspace] = (self._by_workspace.get(workspace, (0, 0.0))[0] + 1, self._last_at)
        self._posted[channel].append((uid, ts))
        return {"channel": channel, "ts": ts}

    def _history(self, channel: str) -> list[dict[str, Any]]:
        return [
            {"ts": ts, "metadata": {"event_type": "rhythm_delivery", "event_payload": {"delivery": uid}}}
            for uid, ts in self._posted[channel]
        ]

    def _taken(self) -> dict[str, Any]:
        return {
            "messages": len(self._times),
            "doubled": sum(times > 1 for times in self._times.values()),
            "first_at": self._first_at,
            "last_at": self._last_at,
            "by_workspace": self._by_workspace,
            "busy": time.process_time() - self._busy_before,
        }


def _named(pattern: re.Pattern[bytes], body: bytes) -> str:
    found = pattern.search(body)
    return found[1].decode() if found else ""


class _Speaker(asyncio.Protocol):
    """One connection: as much HTTP/1.1 as the clients need."""

    def __init__(self, ledger: _Ledger) -> None:
        self._ledger = ledger
        self._heard = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while (end := self._heard.find(b"\r\n\r\n")) >= 0:
            head = self._heard[:end]
            length = _LENGTH.search(head)
            after = end + 4 + (int(length[1]) if length else 0)
            if len(self._heard) < after:
                return
            body, self._heard = self._heard[end + 4 : after], self._heard[after:]
            self._answer(head, body)

    def _answer(self, head: bytes, body: bytes) -> None:
        assert self._transport is not None
        method = head.split(b" ", 2)[1].rpartition(b"/")[2].decode()
        answer = self._ledger.answer(method, body)
        written = json.dumps(answer if method.startswith("sink.") else {"ok": True, **answer}).encode()
        start = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(written)
        self._transport.write(start + written)
        if _CLOSES.search(head):
            self._transport.close()


def _serve(tell: Connection, certificate: str) -> None:
    asyncio.run(_listen(tell, certificate))


async def _listen(tell: Connection, certificate: str) -> None:
    secure = None
    if certificate:
        secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        secure.load_cert_chain(certificate)
    ledger = _Ledger()
    server = await asyncio.get_running_loop().create_server(lambda: _Speaker(ledger), "127.0.0.1", 0, ssl=secure)
    tell.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()
