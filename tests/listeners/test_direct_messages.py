"""Somebody who writes to Rhythm as if it were a person is told, once a day, what it understands."""

from tests.living import Slack, until, words


def test_a_message_is_answered_with_what_rhythm_understands(slack: Slack) -> None:
    slack.post("message", user="@sofia", channel="bot", text="hello, 42 it is")
    until(lambda: slack.settle() or "I only understand commands" in words(slack.posts("sofia", "bot")))


def test_a_second_message_on_the_same_day_is_not_answered_again(slack: Slack) -> None:
    slack.post("message", user="@tyler", channel="bot", text="hello")
    until(lambda: slack.settle() or slack.posts("tyler", "bot"))
    slack.post("message", user="@tyler", channel="bot", text="are you there?")
    slack.command("tyler", "bot", "/rhythm")
    slack.settle()
    assert len([post for post in slack.posts("tyler", "bot") if "I only understand" in words(post)]) == 1
