"""What Bolt is set up for: gestures are acknowledged whatever the bot has in hand."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App, Args, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.slack import app as floor
from bot.slack.app import acked, build_bolt, web_client
from bot.slack.hands import Hands

NEVER = 5.0


def known(_client: object) -> Callable[[], AuthorizeResult]:
    return lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_user_id="UB", bot_token="xoxb-1")


@pytest.fixture
def hands() -> Hands:
    return Hands(1)


@pytest.fixture
def bolt(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> App:
    monkeypatch.setattr(floor, "_authorizing", known)
    return build_bolt(web_client("xoxb-1", "http://127.0.0.1:9/"), "secret", hands)


def heard(bolt: App, body: str | dict[str, Any]) -> BoltResponse:
    return bolt.dispatch(BoltRequest(body=body, mode="socket_mode"))


def test_a_command_is_acknowledged_though_every_thread_is_busy(bolt: App, hands: Hands) -> None:
    let_go, said = threading.Event(), threading.Event()
    bolt.command("/outcome")(acked(lambda args: said.set()))
    hands.submit(let_go.wait, NEVER)
    command = {"type": "slash_commands", "command": "/outcome", "team_id": "T1", "user_id": "U1", "text": ""}
    answer = heard(bolt, command)
    assert (answer.status, answer.body) == (200, "")
    assert not said.is_set()
    let_go.set()
    assert said.wait(NEVER)


@pytest.mark.parametrize("kind", ["block_actions", "shortcut", "message_action"])
def test_so_are_buttons_and_shortcuts(bolt: App, hands: Hands, kind: str) -> None:
    let_go = threading.Event()
    bolt.action("pressed")(acked(lambda args: None))
    bolt.shortcut("chosen")(acked(lambda args: None))
    hands.submit(let_go.wait, NEVER)
    action = {"type": "button", "action_id": "pressed", "block_id": "b", "value": ""}
    person = {"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}}
    assert heard(bolt, {"type": kind, "callback_id": "chosen", "actions": [action], **person}).status == 200
    let_go.set()


def test_a_form_is_acknowledged_by_whoever_saves_it(bolt: App) -> None:
    def saved(args: Args) -> None:
        args.ack(response_action="errors", errors={"statement": "What is to change?"})

    bolt.view("outcomes.new")(saved)
    view = {"id": "V1", "type": "modal", "callback_id": "outcomes.new"}
    answer = heard(bolt, {"type": "view_submission", "view": view, "team": {"id": "T1"}, "user": {"id": "U1"}})
    assert json.loads(answer.body)["errors"] == {"statement": "What is to change?"}
