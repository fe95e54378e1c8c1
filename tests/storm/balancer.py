"""One address in front of several doors, as a load balancer is: what one door does not accept, the next one does."""

import asyncio
import itertools
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Self

_CHUNK = 65_536


class Balancer:
    """Takes connections on a port of its own and passes them on to whichever door accepts them."""

    def __init__(self, doors: Sequence[int]) -> None:
        self._doors = tuple(doors)
        self._turn = itertools.count()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="balancer", daemon=True)

    @property
    def url(self) -> str:
        """Where Slack sends its requests."""
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}/slack/events"

    def __enter__(self) -> Self:
        self._thread.start()
        serving = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self._pass_on, sock=self._listening), self._loop
        )
        self._server = serving.result()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        door = await self._open_door()
        try:
            if door is not None:
                await asyncio.gather(_pump(reader, door[1]), _pump(door[0], writer))
        finally:
            for end in filter(None, (writer, door and door[1])):
                end.transport.abort()

    async def _open_door(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        first = next(self._turn)
        for nth in range(len(self._doors)):
            with suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", self._doors[(first + nth) % len(self._doors)])
        return None


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    """Carries bytes one way until either end is gone; then the other end goes too."""
    with suppress(OSError):
        while chunk := await source.read(_CHUNK):
            sink.write(chunk)
            await sink.drain()
    sink.close()
