"""Driving a sandbox over HTTP, as any program would."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx

from bot.sandbox import Sandbox

Json = dict[str, Any]

MANIFEST = Path(__file__).with_name("manifest.json")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Driver:
    """People's gestures and looks, and the bot's Web API calls, on one sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._http = httpx.Client(base_url=sandbox.url, timeout=10, verify=False)

    def close(self) -> None:
        self._http.close()

    def post(self, path: str, **fields: Any) -> Json:
        """A control call that must succeed."""
        status, body = self.try_post(path, **fields)
        assert status == 200, body
        return body

    def try_post(self, path: str, **fields: Any) -> tuple[int, Json]:
        """A control call, with its status."""
        response = self._http.post(f"/_sandbox/{path}", json=fields)
        return response.status_code, response.json()

    def get(self, path: str, **query: str) -> Json:
        """A look that must succeed."""
        response = self._http.get(f"/_sandbox/{path}", params=query)
        assert response.status_code == 200, response.text
        body: Json = response.json()
        return body

    def messages(self, user: str, channel: str) -> list[Json]:
        """What somebody sees in a channel."""
        messages: list[Json] = self.get("messages", user=user, channel=channel)["messages"]
        return messages

    def canvas(self, user: str, channel: str) -> Json | None:
        """The channel's canvas, as somebody sees it."""
        canvas: Json | None = self.get("canvas", user=user, channel=channel)["canvas"]
        return canvas

    def write_canvas(self, user: str, channel: str, markdown: str, **title: str) -> Json:
        """Somebody writes the channel's canvas anew, or its first one."""
        canvas: Json = self.post("canvas", user=user, channel=channel, markdown=markdown, **title)["canvas"]
        return canvas

    def delete_canvas(self, user: str, channel: str) -> None:
        """Somebody deletes the channel's canvas."""
        self.post("canvas", user=user, channel=channel, deleted=True)

    def raw(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Any request at all."""
        return self._http.request(method, path, **options)

    def api(self, method: str, token: str | None = None, **args: Any) -> Json:
        """A Web API call by the bot."""
        headers = {"Authorization": f"Bearer {token or self.sandbox.bot_token}"}
        body: Json = self._http.post(f"/api/{method}", json=args, headers=headers).json()
        return body

    def refused(self, method: str, **args: Any) -> str:
        """The error of a Web API call that must fail."""
        body = self.api(method, **args)
        assert body["ok"] is False, body
        return str(body["error"])


def until(true: Callable[[], object], seconds: float = 5) -> None:
    """Returns once something has come true; fails after `seconds`."""
    give_up = monotonic() + seconds
    while not true():
        assert monotonic() < give_up, "it never came true"
        sleep(0.01)


def plain(text: str) -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def modal(*blocks: Json, **more: Any) -> Json:
    """A modal with a submit button."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("A form"),
        "submit": plain("Save"),
        "blocks": list(blocks),
        **more,
    }


def field(block_id: str, element: Json, **more: Any) -> Json:
    """An input block whose element has the action id `it`."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id),
        "element": {"action_id": "it", **element},
        **more,
    }


def buttons(*action_ids: str) -> Json:
    """An actions block of buttons."""
    elements = [{"type": "button", "action_id": id, "value": id, "text": plain(id)} for id in action_ids]
    return {"type": "actions", "block_id": "buttons", "elements": elements}


def option(value: str) -> Json:
    """A menu's option, its value in lower case and its text not."""
    return {"text": plain(value.title()), "value": value}
