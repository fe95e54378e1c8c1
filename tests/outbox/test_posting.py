"""What Slack's answers mean, over real connections to a small server on this machine."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from bot.outbox.posting import BlocksRefused, NotSent, Page, Posted, Refused, SlackPoster, Unknown
from bot.slack.message import Message

UID = "0123456789abcdef0123456789abcdef"
HELLO = Message("Hello", [{"type": "divider"}])
SINCE = datetime(2026, 3, 2, tzinfo=UTC)

Answer = tuple[int, Any, dict[str, str]] | str
OK: Answer = (200, {"ok": True, "channel": "C1", "ts": "1.2"}, {})


class Door:
    """A server that gives the answers it was told to, in order, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.asked: list[tuple[str, dict[str, Any], dict[str, str]]] = []
        self.connections: set[Any] = set()
        self.released = threading.Event()
        door = self

        class Answering(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                door.connections.add(self.client_address)
                raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
                is_json = self.headers["Content-Type"].startswith("application/json")
                asked = json.loads(raw) if is_json else {key: values[0] for key, values in parse_qs(raw).items()}
                door.asked.append((self.path, asked, dict(self.headers)))
                answer = door.answers.pop(0) if door.answers else OK
                if isinstance(answer, str):
                    self._misbehave(answer)
                    return
                status, body, headers = answer
                data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def _misbehave(self, how: str) -> None:
                self.close_connection = True
                if how == "silence":
                    door.released.wait(5)
                elif how == "half":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
                else:
                    self.connection.shutdown(socket.SHUT_RDWR)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/api/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def door() -> Iterator[Door]:
    door = Door()
    yield door
    door.close()


@pytest.fixture
def poster(door: Door) -> Iterator[SlackPoster]:
    poster = SlackPoster(door.url, {"T1": "xoxb-one"}.__getitem__, timeout=0.5)
    yield poster
    poster.close()


@pytest.fixture
def post(poster: SlackPoster) -> Callable[[], Posted]:
    return lambda: poster.post("T1", channel="C1", message=HELLO, uid=UID, thread_ts=None)


def test_a_post_carries_everything_that_finding_it_again_needs(door: Door, poster: SlackPoster) -> None:
    assert poster.post("T1", channel="C1", message=HELLO, uid=UID, thread_ts="9.9") == Posted("C1", "1.2")
    path, asked, headers = door.asked[0]
    assert path == "/api/chat.postMessage"
    assert headers["Authorization"] == "Bearer xoxb-one"
    assert asked == {
        "channel": "C1",
        "text": "Hello",
        "blocks": [{"type": "divider"}],
        "thread_ts": "9.9",
        "unfurl_links": False,
        "unfurl_media": False,
        "client_msg_id": "01234567-89ab-cdef-0123-456789abcdef",
        "metadata": {"event_type": "rhythm_delivery", "event_payload": {"delivery": UID}},
    }


def test_an_update_without_blocks_takes_the_old_ones_away(door: Door, poster: SlackPoster) -> None:
    poster.update("T1", channel="C1", ts="1.2", message=Message("Hello", []), uid=UID)
    path, asked, _ = door.asked[0]
    assert path == "/api/chat.update"
    assert (asked["ts"], asked["blocks"]) == ("1.2", [])


def test_one_connection_serves_many_posts(door: Door, post: Callable[[], Posted]) -> None:
    for _ in range(5):
        post()
    assert len(door.connections) == 1


@pytest.mark.parametrize(
    ("header", "seconds"), [({"Retry-After": "17"}, 17.0), ({}, None), ({"Retry-After": "x"}, None)]
)
def test_429_means_not_sent_and_says_how_long_to_wait(
    door: Door, post: Callable[[], Posted], header: dict[str, str], seconds: float | None
) -> None:
    door.answers = [(429, {"ok": False, "error": "ratelimited"}, header)]
    with pytest.raises(NotSent) as refusal:
        post()
    assert (refusal.value.code, refusal.value.retry_after) == ("ratelimited", seconds)
    assert len(door.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        (500, "oops", {}),
        (503, {"ok": False, "error": "service_unavailable"}, {}),
        (200, "<html>", {}),
        (200, [], {}),
        (200, {"ok": True}, {}),
        (200, {"ok": False, "error": "internal_error"}, {}),
        (200, {"ok": False, "error": "fatal_error"}, {}),
        (200, {"ok": False, "error": "request_timeout"}, {}),
        (200, {"ok": False, "error": "duplicate_message_not_found"}, {}),
        "silence",
        "half",
        "drop",
    ],
)
def test_what_may_have_been_posted_is_unknown_and_never_repeated(
    door: Door, post: Callable[[], Posted], answer: Answer
) -> None:
    door.answers = [answer]
    with pytest.raises(Unknown):
        post()
    assert len(door.asked) == 1


@pytest.mark.parametrize(
    "code", ["not_in_channel", "channel_not_found", "is_archived", "invalid_auth", "never_heard_of"]
)
def test_a_refusal_is_told_from_a_failure(door: Door, post: Callable[[], Posted], code: str) -> None:
    door.answers = [(200, {"ok": False, "error": code}, {})]
    with pytest.raises(Refused) as refusal:
        post()
    assert refusal.value.code == code
    assert not isinstance(refusal.value, BlocksRefused)


def test_refused_blocks_are_told_from_a_refused_message(door: Door, post: Callable[[], Posted]) -> None:
    door.answers = [(200, {"ok": False, "error": "invalid_blocks"}, {})]
    with pytest.raises(BlocksRefused):
        post()


@pytest.mark.parametrize("status", [302, 403, 404])
def test_an_answer_that_is_not_slacks_means_not_sent(door: Door, post: Callable[[], Posted], status: int) -> None:
    door.answers = [(status, "a proxy's page", {"Location": "/elsewhere"})]
    with pytest.raises(NotSent):
        post()
    assert len(door.asked) == 1


def test_a_server_that_is_not_there_means_not_sent() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        poster = SlackPoster(f"http://127.0.0.1:{reserved.getsockname()[1]}/api/", lambda _: "xoxb-one")
        with pytest.raises(NotSent):
            poster.post("T1", channel="C1", message=HELLO, uid=UID, thread_ts=None)
        poster.close()


def test_a_workspace_without_a_token_is_refused(door: Door, poster: SlackPoster) -> None:
    with pytest.raises(Refused) as refusal:
        poster.post("T9", channel="C1", message=HELLO, uid=UID, thread_ts=None)
    assert refusal.value.code == "not_authed"
    assert door.asked == []


def test_a_direct_channel_is_opened(door: Door, poster: SlackPoster) -> None:
    door.answers = [(200, {"ok": True, "channel": {"id": "D1"}}, {})]
    assert poster.open_dm("T1", person_id="U1") == "D1"
    assert door.asked[0][:2] == ("/api/conversations.open", {"users": "U1"})


def carrying(uid: str, ts: str) -> dict[str, Any]:
    return {"ts": ts, "metadata": {"event_type": "rhythm_delivery", "event_payload": {"delivery": uid}}}


def looked(poster: SlackPoster, *, thread_ts: str | None = None, page: str = "") -> Page:
    return poster.look("T1", channel="C1", since=SINCE, uid=UID, thread_ts=thread_ts, page=page)


def test_a_message_is_found_by_its_metadata(door: Door, poster: SlackPoster) -> None:
    door.answers = [
        (200, {"ok": True, "messages": [{"ts": "5.0"}, carrying("other", "4.0"), carrying(UID, "3.0")]}, {})
    ]
    assert looked(poster) == Page("3.0")
    path, asked, _ = door.asked[0]
    assert path == "/api/conversations.history"
    assert "cursor" not in asked
    assert asked["include_all_metadata"] == "true"
    assert float(asked["oldest"]) == SINCE.timestamp()


def test_a_look_is_one_page_and_says_where_the_next_begins(door: Door, poster: SlackPoster) -> None:
    more = {"response_metadata": {"next_cursor": "abc="}}
    door.answers = [
        (200, {"ok": True, "messages": [{"ts": "5.0"}], **more}, {}),
        (200, {"ok": True, "messages": []}, {}),
    ]
    assert looked(poster) == Page(None, "abc=")
    assert looked(poster, page="abc=") == Page(None)
    assert door.asked[1][1]["cursor"] == "abc="


def test_a_message_that_is_not_there_is_not_found(door: Door, poster: SlackPoster) -> None:
    door.answers = [(200, {"ok": True, "messages": [carrying("other", "4.0")]}, {})]
    assert looked(poster) == Page(None)


def test_a_message_in_a_thread_is_looked_for_among_its_replies(door: Door, poster: SlackPoster) -> None:
    door.answers = [(200, {"ok": True, "messages": [carrying(UID, "4.0")]}, {})]
    assert looked(poster, thread_ts="1.0") == Page("4.0")
    assert door.asked[0][0] == "/api/conversations.replies"
    assert door.asked[0][1]["ts"] == "1.0"
