"""Payloads find their way: response URLs, retried and doubled events, lost sockets, manifests, hints."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.clock import MovableClock
from bot.sandbox import Sandbox, delivery
from tests.sandbox.driver import MANIFEST, MONDAY, Driver, buttons, until
from tests.sandbox.tiny_app import TinyApp, connected_by_http, connected_by_socket, lived_in_by_socket

GROWTH, GRACE = "C05GR0WTH3", "U05GR4CE22"


@pytest.fixture(scope="module")
def lived_in() -> Iterator[tuple[Driver, TinyApp]]:
    with lived_in_by_socket() as both:
        yield both


def _response_url(people: Driver, app: TinyApp, ts: str | None = None) -> str:
    """The response URL of a command, or of a press on a message of the bot's in #growth."""
    if ts is None:
        people.post("command", user="@grace", channel="#growth", text="/plain")
        return str(app.last("command")["response_url"])
    people.post("click", user="@grace", channel="#growth", ts=ts, action_id="press")
    return str(app.last("action")["response_url"])


def _texts(people: Driver, user: str = "@grace") -> list[str]:
    return [str(message["text"]) for message in people.messages(user, "#growth")]


def test_a_response_url_whispers_unless_told_otherwise(people: Driver, app: TinyApp) -> None:
    url = _response_url(people, app)
    assert httpx.post(url, json={"text": "quiet"}).text == "ok"
    assert httpx.post(url, json={"text": "loud", "response_type": "in_channel"}).text == "ok"
    assert _texts(people)[-2:] == ["quiet", "loud"]
    assert "quiet" not in _texts(people, "@marcus")


def test_a_response_url_works_five_times(people: Driver, app: TinyApp) -> None:
    url = _response_url(people, app)
    answers = [httpx.post(url, json={"text": str(number)}).status_code for number in range(6)]
    assert answers == [200] * 5 + [404]


def test_a_response_url_works_for_half_an_hour(people: Driver, app: TinyApp) -> None:
    url = _response_url(people, app)
    people.post("clock", advance="PT31M")
    assert httpx.post(url, json={"text": "late"}).json()["error"] == "expired_url"


def test_a_response_url_replaces_or_deletes_its_message(people: Driver, app: TinyApp) -> None:
    posted = [
        people.api("chat.postMessage", channel=GROWTH, text=text, blocks=[buttons("press")])["ts"]
        for text in ("to replace", "to delete")
    ]
    httpx.post(_response_url(people, app, posted[0]), json={"text": "replaced", "replace_original": True})
    httpx.post(_response_url(people, app, posted[1]), json={"delete_original": True})
    seen = {message["ts"]: message["text"] for message in people.messages("@grace", "#growth")}
    assert seen[posted[0]] == "replaced"
    assert posted[1] not in seen


def test_a_whisper_can_be_pressed_and_replaced_but_is_not_carried(people: Driver, app: TinyApp) -> None:
    shown = people.api("chat.postEphemeral", channel=GROWTH, user=GRACE, text="sure?", blocks=[buttons("press")])
    url = _response_url(people, app, shown["message_ts"])
    sent = app.last("action")
    assert sent["container"]["is_ephemeral"] is True
    assert "message" not in sent
    httpx.post(url, json={"text": "done", "replace_original": True})
    assert _texts(people).count("sure?") == 0
    assert "done" in _texts(people)


def test_content_slack_refuses_is_refused_here_too(people: Driver, app: TinyApp) -> None:
    answer = httpx.post(_response_url(people, app), json={"text": "x", "blocks": [{"type": "shout"}]})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_blocks")


def test_an_event_can_come_twice_with_one_id(people: Driver, app: TinyApp) -> None:
    people.post("faults", faults=[{"kind": "duplicate_event", "method": "message.im"}])
    before = app.count("message")
    people.post("message", user="@lena", channel="bot", text="once")
    until(lambda: sum(1 for kind, body in app.seen[-6:] if kind == "message" and body["event"]["text"] == "once") == 2)
    ids = [body["event_id"] for kind, body in app.seen if kind == "message" and body["event"]["text"] == "once"]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert app.count("message") >= before + 2


def test_a_lost_socket_is_found_again(people: Driver, app: TinyApp) -> None:
    assert people.get("state")["connections"] == 1
    people.post("faults", faults=[{"kind": "lose_socket"}])
    status, answer = people.try_post("command", user="@grace", channel="#growth", text="/echo x")
    assert (status, answer["error"].partition(":")[0]) == (502, "dispatch_failed")
    until(lambda: people.get("state")["connections"] == 1)
    assert people.post("command", user="@grace", channel="#growth", text="/echo back")["ephemerals"]


def test_an_event_nobody_takes_is_tried_again_with_its_number_and_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[dict[str, str]] = []

    class Refusing(delivery.SignedDelivery):
        def _post(self, kind: str, payload: object, retry: tuple[int, str] | None) -> dict[str, object]:
            tried.append({"num": str(retry[0]), "reason": retry[1]} if retry else {})
            raise delivery.NotAcknowledged("http_error")

    monkeypatch.setattr("bot.sandbox.server.SignedDelivery", Refusing)
    monkeypatch.setattr("bot.sandbox.events.RETRY_AFTER", (0.0, 0.0, 0.0))
    with Sandbox(clock=MovableClock(MONDAY), request_url="http://127.0.0.1:9/", manifest=MANIFEST) as sandbox:
        driver = Driver(sandbox)
        driver.post("message", user="@grace", channel="bot", text="anyone?")
        until(lambda: len(tried) == 4)
        assert tried == [{}] + [{"num": str(number), "reason": "http_error"} for number in (1, 2, 3)]
        driver.close()


def test_a_forged_signature_is_refused_by_the_app() -> None:
    def at(url: str) -> Sandbox:
        urls.append(url)
        return sandbox

    urls: list[str] = []
    with Sandbox(manifest=MANIFEST) as sandbox, connected_by_http(at):
        headers = {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=0", "Content-Type": "application/json"}
        assert httpx.post(urls[0], content="{}", headers=headers).status_code == 401


def test_only_what_the_manifest_subscribes_to_is_told(tmp_path: Path) -> None:
    manifest = json.loads(MANIFEST.read_text())
    manifest["settings"]["event_subscriptions"]["bot_events"] = ["app_mention"]
    narrow = tmp_path / "manifest.json"
    narrow.write_text(json.dumps(manifest))
    with Sandbox(clock=MovableClock(MONDAY), manifest=narrow) as sandbox, connected_by_socket(sandbox) as app:
        driver = Driver(sandbox)
        driver.post("message", user="@grace", channel="bot", text="unheard")
        driver.post("message", user="@grace", channel="#growth", text="@rhythm heard")
        until(lambda: app.count("app_mention"))
        assert app.count("message") == 0
        driver.close()


def test_what_the_manifest_lacks_cannot_be_used(people: Driver) -> None:
    assert people.try_post("command", user="@grace", channel="#growth", text="/unknown")[0] == 404
    assert people.try_post("shortcut", user="@grace", callback_id="unknown")[0] == 404
    assert people.try_post("shortcut", user="@grace", callback_id="on_message")[0] == 400
    assert people.get("commands")["commands"][0]["command"] == "/form"


def test_without_should_escape_names_stay_words(people: Driver, app: TinyApp) -> None:
    people.post("command", user="@grace", channel="#growth", text="/plain @lena #growth <x>")
    assert app.last("command")["text"] == "@lena #growth &lt;x&gt;"


def test_hints_tell_each_person_of_what_they_can_see(people: Driver) -> None:
    with httpx.stream("GET", f"{people.sandbox.url}/_sandbox/stream?user=@marcus", timeout=5) as stream:
        lines = (line for line in stream.iter_lines() if line)
        assert next(lines) == ": here"
        people.api("chat.postMessage", channel="C08PE0PLE9", text="private")
        people.api("chat.postEphemeral", channel=GROWTH, user=GRACE, text="whisper")
        people.api("chat.postMessage", channel=GROWTH, text="public")
        assert json.loads(next(lines).removeprefix("data: ")) == {"kind": "message", "channel": GROWTH}
        people.post("clock", advance="PT1S")
        assert json.loads(next(lines).removeprefix("data: ")) == {"kind": "clock"}


def test_unread_messages_are_counted_until_read(people: Driver) -> None:
    def unread() -> int:
        channels = people.get("sidebar", user="@marcus")["channels"]
        return int(next(channel["unread"] for channel in channels if channel["name"] == "growth"))

    people.post("read", user="@marcus", channel="#growth")
    assert unread() == 0
    people.api("chat.postMessage", channel=GROWTH, text="new")
    assert unread() == 1


def test_private_channels_are_seen_by_their_members_only(people: Driver) -> None:
    def names(user: str) -> set[str]:
        return {channel["name"] for channel in people.get("sidebar", user=user)["channels"]}

    assert "people-ops" in names("@henrik")
    assert "people-ops" not in names("@grace")
    assert names("@noah") == {"growth", "random"}
    for user, channel, status in (
        ("@grace", "#people-ops", 403),
        ("@grace", "U06LENA51B", 403),
        ("@grace", "#nowhere", 404),
    ):
        path = f"/_sandbox/messages?{httpx.QueryParams(user=user, channel=channel)}"
        assert people.raw("GET", path).status_code == status
