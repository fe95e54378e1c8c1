"""Threads, menus and whispers of messages, over Socket Mode: what a person does there, and what the bot does."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox.driver import Driver, Json, buttons, option, plain
from tests.sandbox.tiny_app import TinyApp, lived_in_by_socket

GRACE = "U05GR4CE22"
BOT = "U07RHYTHM3"
GROWTH = "C05GR0WTH3"
MENU = {
    "type": "section",
    "block_id": "menu",
    "text": plain("An outcome"),
    "accessory": {"type": "overflow", "action_id": "more", "options": [option("swap"), option("gone")]},
}


@pytest.fixture(scope="module")
def lived_in() -> Iterator[tuple[Driver, TinyApp]]:
    with lived_in_by_socket() as both:
        yield both


def _dm(people: Driver) -> str:
    return str(people.get("sidebar", user="@grace")["ims"][0]["id"])


def _posted(people: Driver, **message: Any) -> str:
    answer = people.api("chat.postMessage", channel=GRACE, **{"text": "What moved?", **message})
    assert answer["ok"], answer
    return str(answer["ts"])


def _thread(people: Driver, ts: str, channel: str = "bot") -> list[Json]:
    messages: list[Json] = people.get("messages", user="@grace", channel=channel, thread_ts=ts)["messages"]
    return messages


def test_a_reply_under_a_dm_of_the_bots_is_told_with_its_thread(people: Driver, app: TinyApp) -> None:
    asked = _posted(people)
    people.post("message", user="@grace", channel="bot", text="8.5% because of the mail", thread_ts=asked)
    event = app.last("message")["event"]
    assert (event["thread_ts"], event["channel_type"], event["channel"]) == (asked, "im", _dm(people))
    assert (event["user"], event["parent_user_id"]) == (GRACE, BOT)
    assert event["text"] == "8.5% because of the mail"
    assert len(event["client_msg_id"]) == 32
    assert "subtype" not in event
    assert "bot_id" not in event
    assert [message["text"] for message in _thread(people, asked)][-1] == "You said 8.5% because of the mail"


def test_a_reply_to_a_reply_stands_in_the_same_thread(people: Driver, app: TinyApp) -> None:
    asked = _posted(people)
    answer = people.api("chat.postMessage", channel=_dm(people), text="Thanks", thread_ts=asked)
    people.post("message", user="@grace", channel="bot", text="One more", thread_ts=answer["ts"])
    assert app.last("message")["event"]["thread_ts"] == asked


def test_a_message_keeps_its_thread_when_it_is_changed(people: Driver) -> None:
    asked = _posted(people, blocks=[buttons("press")])
    people.post("message", user="@grace", channel="bot", text="42", thread_ts=asked)
    changed = people.api("chat.update", channel=_dm(people), ts=asked, text="You answered: 42", blocks=[MENU])
    assert changed["ok"]
    first = _thread(people, asked)[0]
    assert (first["text"], first["reply_count"], first["blocks"][0]["type"]) == ("You answered: 42", 2, "section")


def test_a_message_with_replies_leaves_a_stone_when_it_is_deleted(people: Driver) -> None:
    asked = _posted(people)
    people.post("message", user="@grace", channel="bot", text="42", thread_ts=asked)
    assert people.api("chat.delete", channel=_dm(people), ts=asked)["ok"]
    assert [message.get("subtype") for message in _thread(people, asked)] == ["tombstone", None, None]


def test_a_whisper_can_stand_in_a_thread(people: Driver) -> None:
    asked = _posted(people)
    told = people.api("chat.postEphemeral", channel=_dm(people), user=GRACE, text="Only you", thread_ts=asked)
    whisper = _thread(people, asked)[-1]
    assert (whisper["ts"], whisper["is_ephemeral"], whisper["text"]) == (told["message_ts"], True, "Only you")


def test_a_press_in_a_thread_says_which(people: Driver, app: TinyApp) -> None:
    asked = _posted(people)
    below = people.api("chat.postMessage", channel=_dm(people), text="x", blocks=[buttons("press")], thread_ts=asked)
    people.post("click", user="@grace", channel="bot", ts=below["ts"], action_id="press")
    assert app.last("action")["container"]["thread_ts"] == asked


def test_a_shortcut_of_a_message_comes_with_all_of_it(people: Driver, app: TinyApp) -> None:
    said = people.messages("@marcus", "#growth")[0]
    answer = people.post("shortcut", user="@grace", callback_id="on_message", channel="#growth", ts=said["ts"])
    assert answer["views"]
    sent = app.last("shortcut")
    assert (sent["type"], sent["callback_id"]) == ("message_action", "on_message")
    assert sent["channel"] == {"id": GROWTH, "name": "growth"}
    assert sent["message_ts"] == sent["message"]["ts"] == said["ts"]
    assert (sent["message"]["type"], sent["message"]["text"]) == ("message", said["text"])
    assert sent["message"]["user"] == said["user"]
    assert sent["user"]["id"] == GRACE
    assert sent["response_url"].startswith("http://127.0.0.1")
    assert {"trigger_id", "action_ts", "team", "token"} <= sent.keys()


def test_a_shortcut_is_chosen_from_the_bots_messages_and_from_replies_too(people: Driver, app: TinyApp) -> None:
    asked = _posted(people)
    people.post("message", user="@grace", channel="bot", text="42", thread_ts=asked)
    for message in _thread(people, asked):
        people.post("shortcut", user="@grace", callback_id="on_message", channel="bot", ts=message["ts"])
        assert app.last("shortcut")["message"]["text"] == message["text"]
        assert app.last("shortcut")["channel"]["name"] == "directmessage"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"callback_id": "on_message"}, 400),
        ({"callback_id": "global", "channel": "#growth", "ts": "first"}, 400),
        ({"callback_id": "on_message", "channel": "#growth", "ts": "1.000000"}, 404),
        ({"callback_id": "none", "channel": "#growth", "ts": "first"}, 404),
        ({"callback_id": "on_message", "channel": "#people-ops", "ts": "first"}, 403),
    ],
)
def test_a_shortcut_that_is_not_offered_there_is_refused(people: Driver, fields: dict[str, str], status: int) -> None:
    first = people.messages("@grace", "#growth")[0]["ts"]
    asked = {name: first if value == "first" else value for name, value in fields.items()}
    assert people.try_post("shortcut", user="@grace", **asked)[0] == status


def test_a_message_has_a_link(people: Driver) -> None:
    said = people.messages("@grace", "#growth")[0]
    link = people.api("chat.getPermalink", channel=GROWTH, message_ts=said["ts"])["permalink"]
    assert link == f"https://lumenfield.slack.com/archives/{GROWTH}/p{said['ts'].replace('.', '')}"
    reply = people.api("chat.postMessage", channel=GROWTH, text="below", thread_ts=said["ts"])
    below = people.api("chat.getPermalink", channel=GROWTH, message_ts=reply["ts"])["permalink"]
    assert below.endswith(f"p{reply['ts'].replace('.', '')}?thread_ts={said['ts']}&cid={GROWTH}")
    assert people.refused("chat.getPermalink", channel=GROWTH, message_ts="1.000000") == "message_not_found"


def test_a_menu_of_a_whisper_replaces_it_then_takes_it_away(people: Driver, app: TinyApp) -> None:
    ts = people.api("chat.postEphemeral", channel=GROWTH, user=GRACE, text="Choose", blocks=[MENU])["message_ts"]
    where = {"user": "@grace", "channel": "#growth", "ts": ts, "action_id": "more"}
    people.post("click", **where, value="swap")
    assert app.last("action")["actions"][0]["selected_option"] == option("swap")
    swapped = next(message for message in people.messages("@grace", "#growth") if message["ts"] == ts)
    assert (swapped["text"], "blocks" in swapped, swapped["is_ephemeral"]) == ("Another", False, True)

    ts = people.api("chat.postEphemeral", channel=GROWTH, user=GRACE, text="Choose", blocks=[MENU])["message_ts"]
    people.post("click", **{**where, "ts": ts}, value="Gone")
    assert ts not in [message["ts"] for message in people.messages("@grace", "#growth")]


def test_a_menu_offers_only_its_choices(people: Driver) -> None:
    ts = _posted(people, blocks=[MENU])
    status, answer = people.try_post("click", user="@grace", channel="bot", ts=ts, action_id="more", value="other")
    assert status == 400
    assert "It offers: Swap, Gone." in answer["error"]


def test_a_button_inside_a_container_can_be_pressed(people: Driver, app: TinyApp) -> None:
    child = {name: part for name, part in buttons("press").items() if name != "block_id"}
    ts = _posted(people, blocks=[{"type": "container", "title": plain("Path"), "child_blocks": [child]}])
    people.post("click", user="@grace", channel="bot", ts=ts, action_id="press")
    assert app.last("action")["actions"][0]["block_id"]
