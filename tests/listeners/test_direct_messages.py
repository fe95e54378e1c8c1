"""Somebody who writes to Rhythm as if it were a person is told, once a day, what it understands."""

from typing import Any

from tests.living import Slack, until, words


def test_a_message_is_answered_with_what_rhythm_understands(slack: Slack) -> None:
    slack.post("message", user="@sofia", channel="bot", text="hello, 42 it is")
    until(lambda: "I only understand commands" in words(_posts_now(slack, "sofia")))


def test_a_second_message_on_the_same_day_is_not_answered_again(slack: Slack) -> None:
    slack.post("message", user="@tyler", channel="bot", text="hello")
    until(lambda: _posts_now(slack, "tyler"))
    slack.post("message", user="@tyler", channel="bot", text="are you there?")
    slack.command("tyler", "bot", "/rhythm")
    assert len([post for post in _posts_now(slack, "tyler") if "I only understand" in words(post)]) == 1


def _posts_now(slack: Slack, user: str) -> list[dict[str, Any]]:
    slack.settle()
    return slack.posts(user, "bot")
