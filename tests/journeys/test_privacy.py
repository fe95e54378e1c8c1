"""An outcome of a private team shows nowhere to people outside its channel."""

import pytest

from tests.living import Slack, set_up, until, words, write_down

SECRET = "Hiring in confidence"


@pytest.fixture(scope="module", autouse=True)
def _teams(slack: Slack) -> None:
    set_up(slack, "henrik", "#people-ops", name="Quiet team")
    set_up(slack, "grace", "#growth", name="Growth")
    write_down(slack, "henrik", "#people-ops", statement=SECRET, measure="Open offers", team="Quiet team")


@pytest.mark.parametrize("outsider", ["grace", "daniel"])
@pytest.mark.parametrize(
    "line",
    [
        "/outcome",
        "/outcome list all",
        "/outcome list team",
        "/outcome list @henrik",
        "/outcome list #people-ops",
        "/outcome show OUT-1",
        "/outcome result OUT-1",
        "/outcome result OUT-1 9%",
        "/rhythm",
        "/rhythm why",
        "/rhythm why #people-ops",
        "/rhythm why @henrik",
    ],
)
def test_somebody_outside_learns_nothing_of_it(slack: Slack, outsider: str, line: str) -> None:
    seen = slack.command(outsider, "#growth", line)
    assert seen.views == []
    assert SECRET not in seen.text
    assert "Quiet team" not in seen.text
    assert "Open offers" not in seen.text


def test_it_sounds_like_an_outcome_that_does_not_exist(slack: Slack) -> None:
    hidden = slack.command("grace", "#growth", "/outcome show OUT-1").text
    missing = slack.command("grace", "#growth", "/outcome show OUT-99").text
    assert hidden.replace("OUT-1", "OUT-99") == missing


def test_the_form_offers_the_team_to_its_members_only(slack: Slack) -> None:
    assert "Quiet team" in words(slack.command("kavya", "#general", "/outcome new").form)
    assert "Quiet team" not in words(slack.command("grace", "#growth", "/outcome new").form)


def test_a_form_sent_with_the_private_team_is_refused(slack: Slack) -> None:
    form = slack.command("grace", "#growth", "/outcome new").form
    given = {"statement": "x", "measure": "m", "baseline": "1", "target": "2", "due": "2026-06-30"}
    answer = slack.hear(slack.submission("grace", form, **given, team="1"))
    assert answer.status == 200
    assert "Choose one of the teams in the list" in answer.body
    assert SECRET not in slack.command("grace", "#growth", "/outcome list all").text


def test_the_home_of_a_lead_elsewhere_does_not_show_it(slack: Slack) -> None:
    assert SECRET in words(slack.open_home("henrik"))
    assert SECRET not in words(slack.open_home("grace"))


def test_a_pressed_button_with_its_id_shows_nothing(slack: Slack) -> None:
    answer = slack.hear(slack.press("grace", "outcomes.show", "1"))
    assert answer.status == 200
    slack.settle()
    assert SECRET not in words(slack.messages("grace", "bot"))
    assert SECRET not in words(slack.views("grace"))


def test_its_members_see_it_and_who_leaves_the_channel_does_not(slack: Slack) -> None:
    assert SECRET in slack.command("rosemary", "#general", "/outcome list all").text
    slack.post("membership", user="@rosemary", channel="#people-ops", joined=False)
    try:
        until(lambda: SECRET not in slack.command("rosemary", "#general", "/outcome list all").text)
    finally:
        slack.post("membership", user="@rosemary", channel="#people-ops", joined=True)


def test_its_line_goes_to_its_own_channel_alone(slack: Slack) -> None:
    slack.jump("2026-03-02T09:00:00+01:00")
    [asked] = slack.posts("henrik", "bot")
    slack.click("henrik", ("bot", asked), "checkins.no_change")
    slack.settle()
    assert SECRET in words(slack.posts("henrik", "#people-ops"))
    for channel in ("#growth", "#general", "#platform"):
        assert SECRET not in words(slack.messages("daniel", channel))
    refused = slack.try_post("click", user="@grace", channel="#people-ops", ts="1.0", action_id="checkins.update")
    assert refused.status_code in (403, 404)
