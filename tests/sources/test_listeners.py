"""A team's tokens in Slack, through real dispatch; and what a token then does at the bot's own door."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from bot.sources.model import Token
from tests.living import Json, Slack, buttons, living, set_up, words, write_down


@pytest.fixture(scope="module")
def slack(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slack]:
    path = tmp_path_factory.mktemp("company") / "rhythm.db"
    shutil.copyfile(_migrated_sqlite, path)
    with living(f"sqlite:///{path}") as slack:
        set_up(slack, "grace", "#growth", name="Growth")
        write_down(slack, "grace", "#growth")
        yield slack


def settings(slack: Slack, user: str = "grace") -> Json:
    return slack.command(user, "#growth", "/rhythm settings").whispers[-1]


def create(slack: Slack, name: str) -> str:
    """Creates a token, and answers it as it is shown."""
    form = slack.click("grace", ("#growth", settings(slack)), "sources.create").form
    shown = words(slack.submit("grace", form, name=name).form)
    slack.close_form("grace", slack.views("grace")[-1])
    found = re.search(r"rhythm_[\w-]{43}", shown)
    assert found, shown
    return found[0]


def log(slack: Slack, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.post(f"{slack.door}/api/v1/results", json={"outcome": 1, "value": "9%"}, headers=headers).status_code


def tokens(slack: Slack) -> int:
    with slack.bot.db.read() as tx:
        return tx.scalar(select(func.count()).select_from(Token)) or 0


def test_a_token_is_created_shown_once_used_and_revoked(slack: Slack) -> None:
    token = create(slack, "The nightly export")
    assert log(slack, token) == 201
    listed = settings(slack)
    assert "The nightly export" in words(listed)
    assert f"ends in …{token[-4:]}" in words(listed)
    assert "last used today" in words(listed)
    assert token not in words(listed)
    assert "is revoked" in slack.click("grace", ("#growth", listed), "sources.revoke").text
    assert log(slack, token) == 401
    assert "The nightly export" not in words(settings(slack))
    assert token not in str(list(slack.lines))


def test_others_see_the_tokens_and_who_can_change_them(slack: Slack) -> None:
    shown = settings(slack, "tyler")
    assert "can create and revoke them" in words(shown)
    assert buttons(shown["blocks"]) == []
    assert buttons(settings(slack)["blocks"]) != []


def test_a_press_by_somebody_else_changes_nothing(slack: Slack) -> None:
    token, before = create(slack, "Kept"), tokens(slack)
    slack.hear(slack.press("tyler", "sources.revoke", str(before)))
    slack.hear(slack.press("tyler", "sources.create", "1"))
    assert slack.views("tyler") == []
    assert tokens(slack) == before
    assert log(slack, token) == 201


def test_the_same_form_sent_again_creates_nothing_more(slack: Slack) -> None:
    form = slack.click("grace", ("#growth", settings(slack)), "sources.create").form
    sent = slack.submission("grace", form, name="Once")
    before = tokens(slack)
    assert "rhythm_" in (slack.hear(sent).body or "")
    assert "Created already" in (slack.hear(sent).body or "")
    assert tokens(slack) == before + 1
    slack.close_form("grace", form)


def test_a_form_that_somebody_else_sends_is_refused(slack: Slack) -> None:
    form = slack.click("grace", ("#growth", settings(slack)), "sources.create").form
    before = tokens(slack)
    answer = slack.hear(slack.submission("tyler", form, name="Mine"))
    assert "leads Growth" in (answer.body or "")
    assert tokens(slack) == before
    slack.close_form("grace", form)


def test_outside_of_a_teams_channel_it_says_where(slack: Slack) -> None:
    for channel in ("#general", "bot"):
        assert "in the channel of the team you mean" in slack.command("grace", channel, "/rhythm settings").text


def test_the_description_is_served(slack: Slack) -> None:
    answer = httpx.get(f"{slack.door}/api/v1/openapi.json")
    assert answer.json()["openapi"] == "3.1.0"
