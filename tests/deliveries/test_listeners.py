"""What can be typed and pressed about deliveries, and what comes back."""

import pytest

from bot.outbox.queue import enqueue
from bot.slack.message import Message
from tests.living import STATEMENT, Json, Slack, until, words


def why(slack: Slack, whose: str = "", user: str = "lena", channel: str = "#growth") -> str:
    return slack.command(user, channel, f"/rhythm why {whose}").text


def owe(slack: Slack, user: str, count: int) -> None:
    """Owes somebody messages for the days to come."""
    with slack.bot.db.begin() as tx:
        now = slack.bot.db.now(tx)
        for number in range(count):
            enqueue(
                tx,
                workspace_id=slack.workspace,
                key=f"hint:{slack.person(user)}:{number}",
                place=slack.person(user),
                message=Message("x", []),
                due_at=now.replace(month=6, day=number + 1),
                expires_at=now.replace(month=7),
                now=now,
            )


def test_i_am_told_what_i_was_sent_and_when_in_my_own_time(slack: Slack) -> None:
    shown = why(slack)
    assert "Messages to you in the last 8 weeks: 1 message" in shown
    assert "*Check-in* · due" in shown
    assert "Sent " in shown
    assert STATEMENT not in shown


def test_a_lead_sees_the_channel_and_the_owners_by_name(slack: Slack) -> None:
    for shown in (why(slack, "#growth", "grace", "bot"), why(slack, "team", "grace")):
        assert "Messages to Growth and its owners" in shown
        assert "*Check-in* to Lena Brandt" in shown
        assert "*Introduction* in the channel" in shown
        assert STATEMENT not in shown
    assert "Messages to Lena" in why(slack, "@lena", "grace")


def test_a_lead_turns_from_their_own_list_to_their_teams(slack: Slack) -> None:
    own = slack.command("grace", "#growth", "/rhythm why").whispers[-1]
    assert "You lead Growth" in words(own)
    team = next(one for one in own["blocks"] if "accessory" in one)["accessory"]["options"][0]["value"]
    slack.choose("grace", ("#growth", own), "deliveries.team", team)
    until(lambda: "Messages to Growth and its owners" in words(slack.messages("grace", "#growth")))


def test_others_are_told_who_can_see_that(slack: Slack) -> None:
    assert "shown to its lead, Grace Whitfield" in why(slack, "#growth", "marcus")
    assert "are shown to them, to the lead of a team they own an outcome in" in why(slack, "@lena", "marcus")


def test_a_private_team_is_not_there_for_who_is_not_in_its_channel(slack: Slack) -> None:
    for user in ("grace", "lena"):
        assert "Whose messages?" in why(slack, "#people-ops", user)
    assert "Messages to People and its owners" in why(slack, "#people-ops", "henrik", "#people-ops")
    slack.hear(slack.press("grace", "deliveries.older", "team 2 0"))
    until(lambda: "That team is not there any more, or you cannot see it." in words(slack.messages("grace", "bot")))


@pytest.mark.parametrize("whose", ["everybody", "'; DROP TABLE delivery; --", "@"])
def test_what_cannot_be_read_is_answered_with_what_can_be_typed(slack: Slack, whose: str) -> None:
    assert "Whose messages? Nothing for your own, team" in why(slack, whose)


def test_the_pages_are_turned_in_their_place(slack: Slack) -> None:
    owe(slack, "noah", 12)
    shown = slack.command("noah", "bot", "/rhythm why").whispers[-1]
    assert "1 to 10 of 12" in words(shown)
    for action_id, place in (("deliveries.older", "11 to 12 of 12"), ("deliveries.newer", "1 to 10 of 12")):
        slack.click("noah", ("bot", shown), action_id)
        shown = now(slack, "noah", shown)
        assert place in words(shown)


def now(slack: Slack, user: str, message: Json) -> Json:
    return next(one for one in slack.messages(user, "bot") if one["ts"] == message["ts"])


def test_the_help_says_it(slack: Slack) -> None:
    assert "`/rhythm why [team|@person|#channel]`" in slack.command("lena", "#growth", "/rhythm help").text


def test_a_check_in_that_was_not_needed_is_kept_back_and_says_why(slack: Slack) -> None:
    slack.jump("2026-03-09T01:00:00-04:00")
    slack.command("lena", "#growth", "/outcome result OUT-1 9% the new page helps")
    slack.jump("2026-03-09T23:00:00-04:00")
    shown = why(slack)
    assert "3 sent · 1 kept back" in shown  # a check-in that nobody answered, and two nudges
    assert "Everything due was already updated in this period." in shown
    assert "the new page helps" not in shown
