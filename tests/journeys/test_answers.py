"""How a check-in can be answered: late, twice, elsewhere, or not at all."""

import pytest

from tests.living import Json, Slack, set_up, words, write_down


@pytest.fixture
def asked(alone: Slack) -> tuple[Slack, Json]:
    """A company on Monday morning, and the check-in that Grace was sent."""
    set_up(alone, "grace", "#growth", name="Growth")
    write_down(alone, "grace", "#growth")
    alone.jump("2026-03-02T09:00:00-05:00")
    [checkin] = alone.posts("grace", "bot")
    return alone, checkin


def test_a_late_answer_still_counts(asked: tuple[Slack, Json]) -> None:
    slack, checkin = asked
    slack.jump("2026-03-11T09:00:00-04:00")
    form = slack.click("grace", ("bot", checkin), "checkins.update").form
    assert slack.submit("grace", form, value="10%").views == []
    slack.settle()
    assert "10%" in slack.answers("amara", "#growth")[-1].replace("\xa0", " ")
    assert "All answered" in words([one for one in slack.posts("grace", "bot") if one["ts"] == checkin["ts"]])
    # Once its week is over, an answer stands.
    edit = slack.click("grace", ("bot", slack.posts("grace", "bot")[0]), "checkins.update")
    assert edit.views == [] or "has closed" in str(slack.submit("grace", edit.form, value="11%").errors)
    assert "10%" in slack.command("grace", "#growth", "/outcome show 1").text


def check_ins(slack: Slack) -> list[Json]:
    """The check-ins that Grace was sent, without what reminds her of them."""
    return [post for post in slack.posts("grace", "bot") if words(post).startswith("Check-in\n")]


def test_no_check_in_is_sent_for_what_was_updated_this_week(asked: tuple[Slack, Json]) -> None:
    slack, _ = asked
    slack.jump("2026-03-09T08:00:00-04:00")
    slack.command("grace", "#growth", "/outcome result 1 9%")
    slack.jump("P2D")
    assert len(check_ins(slack)) == 1


def test_pressing_no_change_twice_says_it_once(asked: tuple[Slack, Json]) -> None:
    slack, checkin = asked
    slack.click("grace", ("bot", checkin), "checkins.no_change")
    assert slack.hear(slack.press("grace", "checkins.no_change", "1 1")).status == 200
    slack.settle()
    slack.hear(slack.press("grace", "checkins.no_change", "1 1"))
    slack.settle()
    assert len(slack.answers("amara", "#growth")) == 1
    assert slack.results() == ["8"]


def test_weeks_without_an_answer_are_asked_once_each(asked: tuple[Slack, Json]) -> None:
    slack, _ = asked
    slack.jump("P21D")
    assert len(check_ins(slack)) == 4
    assert slack.get("state")["posts"]["doubled"] == []


def test_an_owner_who_leaves_is_not_asked_and_the_lead_is_told(asked: tuple[Slack, Json]) -> None:
    slack, _ = asked
    write_down(slack, "grace", "#growth", statement="The email is read", owner="@marcus")
    slack.post("user", user="@marcus", deleted=True)
    slack.jump("P8D")
    assert "Marcus Bell's account was deactivated" in words(slack.posts("grace", "bot"))
    assert slack.calls("conversations.open") == 1
