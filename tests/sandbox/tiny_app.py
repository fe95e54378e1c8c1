"""A small, real Bolt app that does a little of everything, and the two ways to connect it."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
from slack_bolt import Ack, App, BoltRequest, Respond, Say
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.clock import MovableClock
from bot.sandbox import Sandbox
from tests.sandbox.driver import MANIFEST, MONDAY, Driver, Json, buttons, field, modal, option, until

FORM = modal(
    field("name", {"type": "plain_text_input", "max_length": 20}),
    field("note", {"type": "plain_text_input"}, optional=True),
    notify_on_close=True,
)
OPTIONS = [option("one"), option("two"), option("three")]
EVERYTHING = modal(
    field("text", {"type": "plain_text_input", "initial_value": "started"}),
    field("number", {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "9"}),
    field("email", {"type": "email_text_input"}, optional=True),
    field("url", {"type": "url_text_input"}, optional=True),
    field("rich", {"type": "rich_text_input"}, optional=True),
    field("one", {"type": "static_select", "options": OPTIONS, "initial_option": OPTIONS[0]}),
    field("many", {"type": "multi_static_select", "options": OPTIONS}, optional=True),
    field("boxes", {"type": "checkboxes", "options": OPTIONS}, optional=True),
    field("radio", {"type": "radio_buttons", "options": OPTIONS}, optional=True),
    field("who", {"type": "users_select"}, optional=True),
    field("whos", {"type": "multi_users_select"}, optional=True),
    field("where", {"type": "channels_select"}, optional=True),
    field("talk", {"type": "conversations_select", "response_url_enabled": True}, optional=True),
    field("day", {"type": "datepicker"}, optional=True),
    field("hour", {"type": "timepicker"}, optional=True),
    field("moment", {"type": "datetimepicker"}, optional=True),
    field("found", {"type": "external_select", "action_id": "who"}, optional=True),
    callback_id="everything",
)


class TinyApp:
    """What it was sent is kept, newest last, by kind."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.seen: list[tuple[str, Json]] = []
        client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        quiet = logging.getLogger("tiny_app")
        quiet.setLevel(logging.CRITICAL)
        self.bolt = App(
            client=client, signing_secret=sandbox.signing_secret, logger=quiet, raise_error_for_unhandled_request=False
        )
        self._listen()

    def last(self, kind: str) -> Json:
        """The newest payload of a kind."""
        return next(body for seen, body in reversed(self.seen) if seen == kind)

    def count(self, kind: str) -> int:
        """How many payloads of a kind came."""
        return sum(1 for seen, _ in self.seen if seen == kind)

    def _listen(self) -> None:
        bolt, seen = self.bolt, self.seen

        @bolt.command("/form")
        def open_form(ack: Ack, body: Json, client: WebClient) -> None:
            seen.append(("command", body))
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=FORM)

        @bolt.command("/echo")
        def echo(ack: Ack, body: Json) -> None:
            seen.append(("command", body))
            ack(body["text"])

        @bolt.command("/pick")
        def open_everything(ack: Ack, body: Json, client: WebClient) -> None:
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=EVERYTHING)

        @bolt.command("/plain")
        def plain_words(ack: Ack, body: Json) -> None:
            seen.append(("command", body))
            ack()

        @bolt.command("/slow")
        def never_acks() -> None:
            return

        @bolt.view("form")
        def submitted(ack: Ack, body: Json, client: WebClient) -> None:
            seen.append(("submission", body))
            name = body["view"]["state"]["values"]["name"]["it"]["value"]
            if name == "taken":
                ack(response_action="errors", errors={"name": "That name is taken."})
            elif name == "next":
                ack(response_action="push", view=FORM)
            elif name == "again":
                ack(response_action="update", view={**FORM, "title": {"type": "plain_text", "text": "Again"}})
            elif name == "all":
                ack(response_action="clear")
            else:
                ack()
                client.chat_postMessage(
                    channel=body["user"]["id"], text=f"Saved {name}", blocks=[buttons("press", "edit")]
                )

        @bolt.view("everything")
        def filled(ack: Ack, body: Json) -> None:
            seen.append(("everything", body))
            ack(response_action="clear")

        @bolt.view_closed("form")
        def closed(ack: Ack, body: Json) -> None:
            ack()
            seen.append(("closed", body))

        @bolt.action("press")
        def pressed(ack: Ack, body: Json, respond: Respond) -> None:
            seen.append(("action", body))
            ack()
            if body["container"]["type"] == "message":
                respond("You pressed it.")

        @bolt.action("it")
        def put_in(ack: Ack, body: Json) -> None:
            seen.append(("put in", body))
            ack()

        @bolt.action("more")
        def chosen(ack: Ack, body: Json, respond: Respond) -> None:
            seen.append(("action", body))
            ack()
            wanted = body["actions"][0]["selected_option"]["value"]
            if wanted == "gone":
                respond(delete_original=True)
            else:
                respond(text="Another", replace_original=True)

        @bolt.action("edit")
        def edited(ack: Ack, body: Json, client: WebClient) -> None:
            seen.append(("action", body))
            ack()
            client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="Edited")

        @bolt.options("who")
        def suggested(ack: Ack, body: Json) -> None:
            seen.append(("options", body))
            ack(options=[{"text": {"type": "plain_text", "text": body["value"].title()}, "value": body["value"]}])

        @bolt.shortcut("global")
        @bolt.shortcut("on_message")
        def shortcut(ack: Ack, body: Json, client: WebClient) -> None:
            seen.append(("shortcut", body))
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=FORM)

        @bolt.event("app_home_opened")
        def home(event: Json, client: WebClient) -> None:
            seen.append(("home", event))
            client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [buttons("press")]})

        @bolt.event("message")
        def message(event: Json, body: Json, say: Say) -> None:
            seen.append(("message", body))
            if event.get("channel_type") == "im":
                say(text=f"You said {event['text']}", thread_ts=event.get("thread_ts"))

        def other(event: Json) -> None:
            seen.append((event["type"], event))

        for name in (
            "user_change",
            "member_joined_channel",
            "member_left_channel",
            "channel_archive",
            "channel_rename",
            "app_mention",
        ):
            bolt.event(name)(other)


@contextmanager
def connected_by_socket(sandbox: Sandbox) -> Iterator[TinyApp]:
    """The app on Socket Mode, with the SDK's own client."""
    app = TinyApp(sandbox)
    with on_socket(sandbox, app.bolt):
        yield app


@contextmanager
def on_socket(sandbox: Sandbox, bolt: App) -> Iterator[None]:
    """Any Bolt app, connected by Socket Mode."""
    handler = SocketModeHandler(bolt, sandbox.app_token, ping_interval=1)
    handler.connect()  # type: ignore[no-untyped-call]
    try:
        until(handler.client.is_connected)
        yield
    finally:
        handler.client.auto_reconnect_enabled = False
        httpx.post(f"{sandbox.url}/_sandbox/faults", json={"faults": [{"kind": "lose_socket"}]})  # else it waits 3 s
        # The SDK looks at the line before it locks it; when its own thread hung up in between, there is none left.
        with suppress(AttributeError):
            handler.close()  # type: ignore[no-untyped-call]


@contextmanager
def connected_by_http(sandbox_at: Any) -> Iterator[TinyApp]:
    """The app behind a request URL, checking signatures; `sandbox_at` makes the started sandbox for that URL."""
    app: list[TinyApp] = []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            answer = app[0].bolt.dispatch(BoltRequest(body=body, headers=dict(self.headers.items())))
            content = (answer.body or "").encode()
            self.send_response(answer.status)
            for name, values in answer.headers.items():
                self.send_header(name, values[0])
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        app.append(TinyApp(sandbox_at(f"http://127.0.0.1:{server.server_port}/slack/events")))
        try:
            yield app[0]
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def lived_in_by_socket() -> Iterator[tuple[Driver, TinyApp]]:
    """A sandbox without rate limits, its clock at a Monday, with the app on Socket Mode."""
    with Sandbox(clock=MovableClock(MONDAY), rates="off", manifest=MANIFEST) as sandbox:
        driver = Driver(sandbox)
        with connected_by_socket(sandbox) as app:
            yield driver, app
        driver.close()
