"""`slack run` finds what it asks for.

The Slack CLI runs each hook through the shell, in the project's folder. The start hook is given the tokens as
SLACK_CLI_XOXB and SLACK_CLI_XAPP, and connects to Slack itself when `sdk-managed-connection-enabled` is true.
Source: https://docs.slack.dev/tools/slack-cli/reference/hooks
"""

import json
import os
import subprocess
from pathlib import Path

from tests.house.source import ROOT

HOOKS = json.loads((ROOT / ".slack/hooks.json").read_text())


def run(hook: str, **environment: str) -> str:
    command = ["sh", "-c", HOOKS["hooks"][hook]]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=True
    ).stdout


def test_the_hooks_can_be_asked_for() -> None:
    assert json.loads(run("get-hooks")) == HOOKS
    assert HOOKS["config"]["sdk-managed-connection-enabled"] is True


def test_the_manifest_is_the_one_in_the_project() -> None:
    assert json.loads((ROOT / ".slack/config.json").read_text())["manifest"]["source"] == "local"
    assert json.loads(run("get-manifest"))["settings"]["socket_mode_enabled"] is True


def test_the_bot_gets_the_tokens_the_cli_hands_over(tmp_path: Path) -> None:
    make = tmp_path / "make"
    make.write_text('#!/bin/sh\necho "$*|$SLACK_BOT_TOKEN|$SLACK_APP_TOKEN|$SLACK_MODE"\n')
    make.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    said = run("start", PATH=path, SLACK_CLI_XOXB="xoxb-1", SLACK_CLI_XAPP="xapp-1", SLACK_MODE="http")
    assert said == "serve|xoxb-1|xapp-1|socket\n"
