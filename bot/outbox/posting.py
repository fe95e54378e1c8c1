"""The port to Slack: four calls, and every answer sorted into what it means for a delivery.

Over kept-alive connections, and never tried again by itself: whether a call that ended badly was carried out is for
the rows to find out.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlencode
from uuid import UUID

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from bot.outbox.rules import BLOCKS_REFUSED, OUTCOME_UNKNOWN, TRY_LATER
from bot.slack.message import Message

HTTP_TIMEOUT = 10.0
"""Seconds until a call to Slack is given up."""

EVENT_TYPE = "rhythm_delivery"
_PAGE = 200


@dataclass(frozen=True)
class Posted:
    """Slack took the message: the channel it is in, and its timestamp there."""

    channel: str
    ts: str


class NotSent(Exception):
    """Certainly not sent, and worth another attempt, after `retry_after` seconds when Slack named them."""

    def __init__(self, code: str, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after


class Refused(Exception):
    """Certainly not sent, and never will be."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BlocksRefused(Refused):
    """Certainly not sent, because of the blocks: the text alone may pass."""


class Unknown(Exception):
    """Slack may or may not have carried the call out."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


@dataclass(frozen=True)
class Page:
    """What one call of Slack's history showed: the message's timestamp, or where the rest of it begins."""

    ts: str | None
    following: str = ""
    """The cursor of the next page; empty at the end."""


class Poster(Protocol):
    """What a sender needs of Slack. Every call raises NotSent, Refused, BlocksRefused or Unknown."""

    def post(self, workspace_id: str, *, channel: str, message: Message, uid: str, thread_ts: str | None) -> Posted:
        """Posts a message that carries `uid` where `look` finds it."""
        ...

    def update(self, workspace_id: str, *, channel: str, ts: str, message: Message, uid: str) -> Posted:
        """Rewrites the message posted under `uid`. Doing it twice changes nothing."""
        ...

    def open_dm(self, workspace_id: str, *, person_id: str) -> str:
        """The channel in which to speak with a person. Doing it twice changes nothing."""
        ...

    def look(
        self, workspace_id: str, *, channel: str, since: datetime, uid: str, thread_ts: str | None, page: str
    ) -> Page:
        """Looks for the message that carries `uid` on one page of history; the first is called ""."""
        ...


class SlackPoster:
    """Slack's Web API over urllib3.

    Args:
        base_url: where the Web API answers, with a slash at the end.
        token_for: the bot token of a workspace; raises LookupError where there is none.
        timeout: seconds for connecting and for the answer together.
        connections: how many to keep alive.
    """

    def __init__(
        self,
        base_url: str,
        token_for: Callable[[str], str],
        *,
        timeout: float = HTTP_TIMEOUT,
        connections: int = 8,
    ) -> None:
        self._base_url = base_url
        self._token_for = token_for
        self._pool = urllib3.PoolManager(
            maxsize=connections, retries=False, timeout=urllib3.Timeout(total=timeout, connect=min(3.0, timeout))
        )

    def post(self, workspace_id: str, *, channel: str, message: Message, uid: str, thread_ts: str | None) -> Posted:
        """`chat.postMessage`. The metadata is what `look` relies on; the client's id is belt and braces."""
        body = {"channel": channel, **_content(message, uid), "client_msg_id": str(UUID(uid))}
        body |= {"unfurl_links": False, "unfurl_media": False}
        if message.blocks:
            body["blocks"] = message.blocks
        if thread_ts is not None:
            body["thread_ts"] = thread_ts
        return _posted(self._call_json(workspace_id, "chat.postMessage", body))

    def update(self, workspace_id: str, *, channel: str, ts: str, message: Message, uid: str) -> Posted:
        """`chat.update`. An empty list of blocks takes the old ones away."""
        body = {"channel": channel, "ts": ts, **_content(message, uid), "blocks": message.blocks}
        return _posted(self._call_json(workspace_id, "chat.update", body))

    def open_dm(self, workspace_id: str, *, person_id: str) -> str:
        """`conversations.open`."""
        answer = self._call_form(workspace_id, "conversations.open", {"users": person_id})
        channel = answer.get("channel")
        if not isinstance(channel, dict) or not isinstance(channel.get("id"), str):
            raise Unknown("an answer without a channel")
        return str(channel["id"])

    def look(
        self, workspace_id: str, *, channel: str, since: datetime, uid: str, thread_ts: str | None, page: str
    ) -> Page:
        """`conversations.history`, or `conversations.replies` for a thread, which history does not show.

        One call is one page: some apps may read 15 messages a minute, and go on later where they stopped.
        """
        query = {
            "channel": channel,
            "oldest": f"{since.timestamp():.6f}",
            "include_all_metadata": "true",
            "limit": str(_PAGE),
            **({"cursor": page} if page else {}),
        }
        method = "conversations.history"
        if thread_ts is not None:
            method, query = "conversations.replies", {**query, "ts": thread_ts}
        answer = self._call_form(workspace_id, method, query)
        found = next((message for message in answer.get("messages", []) if _carries(message, uid)), None)
        if found is not None:
            return Page(str(found["ts"]))
        return Page(None, str((answer.get("response_metadata") or {}).get("next_cursor") or ""))

    def close(self) -> None:
        """Closes the connections that are not in use."""
        self._pool.clear()

    def _call_json(self, workspace_id: str, method: str, body: Mapping[str, Any]) -> dict[str, Any]:
        data = json.dumps(body, ensure_ascii=False).encode()
        return self._call(workspace_id, method, data, "application/json; charset=utf-8")

    def _call_form(self, workspace_id: str, method: str, fields: Mapping[str, str]) -> dict[str, Any]:
        # The reading methods take JSON only here and there; a form is read by all of them.
        data = urlencode(fields).encode()
        return self._call(workspace_id, method, data, "application/x-www-form-urlencoded")

    def _call(self, workspace_id: str, method: str, data: bytes, content_type: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token(workspace_id)}", "Content-Type": content_type}
        try:
            answer = self._pool.request("POST", self._base_url + method, body=data, headers=headers, redirect=False)
        except (NewConnectionError, ConnectTimeoutError) as error:
            raise NotSent("unreachable") from error
        except (HTTPError, OSError) as error:
            raise Unknown(type(error).__name__) from error
        return _read(answer)

    def _token(self, workspace_id: str) -> str:
        try:
            return self._token_for(workspace_id)
        except LookupError as error:
            raise Refused("not_authed") from error


def _content(message: Message, uid: str) -> dict[str, Any]:
    return {"text": message.text, "metadata": {"event_type": EVENT_TYPE, "event_payload": {"delivery": uid}}}


def _carries(message: Mapping[str, Any], uid: str) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return metadata.get("event_type") == EVENT_TYPE and payload.get("delivery") == uid


def _posted(answer: Mapping[str, Any]) -> Posted:
    channel, ts = answer.get("channel"), answer.get("ts")
    if not isinstance(channel, str) or not isinstance(ts, str):
        raise Unknown("an answer without a timestamp")
    return Posted(channel, ts)


def _read(answer: urllib3.BaseHTTPResponse) -> dict[str, Any]:
    """The body of a call that Slack carried out; raises what any other answer means."""
    if answer.status == 429:
        raise NotSent("ratelimited", _retry_after(answer))
    if answer.status >= 500:
        raise Unknown(f"http_{answer.status}")
    if answer.status >= 300:
        raise NotSent(f"http_{answer.status}")
    try:
        body = json.loads(answer.data)
    except ValueError as error:
        raise Unknown("an answer that is not JSON") from error
    if not isinstance(body, dict):
        raise Unknown("an answer that is not an object")
    if body.get("ok") is True:
        return body
    raise _error(str(body.get("error")), _retry_after(answer))


def _error(code: str, retry_after: float | None) -> Exception:
    if code in OUTCOME_UNKNOWN:
        return Unknown(code)
    if code in TRY_LATER:
        return NotSent(code, retry_after)
    return BlocksRefused(code) if code in BLOCKS_REFUSED else Refused(code)


def _retry_after(answer: urllib3.BaseHTTPResponse) -> float | None:
    try:
        return float(answer.headers.get("Retry-After", ""))
    except ValueError:
        return None
