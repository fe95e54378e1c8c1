"""Socket Mode that ends well: what came in is answered before the line is closed."""

import socket
from contextlib import suppress

from slack_bolt.adapter.socket_mode import SocketModeHandler

HEARTBEAT_SECONDS = 3
"""How often the line is looked at; a dead one is noticed and opened again within this time, instead of ten seconds."""


class SocketMode(SocketModeHandler):
    """The connection over which Slack reaches the bot where it has no public address."""

    def close(self) -> None:
        """Takes nothing more in hand, answers what is, and hangs up.

        The library's own `close` hangs up first, which loses the answers in hand, and then waits up to three seconds
        for threads that sleep on the queue and on the line; they are woken here.
        """
        client = self.client
        client.auto_reconnect_enabled = False
        client.closed = True
        client.message_queue.put(None)
        client.message_processor.shutdown()  # type: ignore[no-untyped-call]
        client.message_workers.shutdown()
        client.current_session_state.terminated = True
        line = client.current_session.sock if client.current_session is not None else None
        if line is not None:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        # The library looks at the line before it locks it; when its own thread hung up in between, there is none left.
        with suppress(AttributeError):
            client.close()
