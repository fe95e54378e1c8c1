"""Buttons, shortcuts and App Home: every way in that is not typed."""

import pytest

from tests.living import Slack, set_up, until, words, write_down


@pytest.fixture(scope="module", autouse=True)
def _monday(slack: Slack) -> None:
    slack.jump("2026-03-02T09:00:00-05:00")


def test_show_in_a_list_shows_the_outcome(slack: Slack) -> None:
    listed = slack.command("grace", "#growth", "/outcome").whispers[-1]
    shown = slack.click("grace", ("#growth", listed), "outcomes.show")
    assert "Trial conversion" in shown.text


def test_somebody_else_is_not_offered_to_log_results(slack: Slack) -> None:
    card = slack.command("tyler", "#growth", "/outcome show 1").whispers[-1]
    assert "Log result" not in words(card)


def test_the_shortcut_new_outcome_opens_the_form_and_confirms_by_dm(slack: Slack) -> None:
    form = slack.shortcut("grace", "outcomes.new_shortcut").form
    assert form["title"]["text"] == "New outcome"
    given = {"statement": "Refunds fall", "measure": "Refunds", "baseline": "40", "target": "10", "due": "2026-05-29"}
    assert slack.submit("grace", form, **given).views == []
    slack.settle()
    assert "Refunds fall" in words(slack.posts("grace", "bot"))


def test_the_shortcut_my_week_opens_a_form_to_read(slack: Slack) -> None:
    form = slack.shortcut("marcus", "home.week_shortcut").form
    assert form["title"]["text"] == "My week"
    assert "Nothing needs you right now" in words(form)


def test_home_shows_what_is_waiting_and_what_one_owns(slack: Slack) -> None:
    home = slack.open_home("grace")
    assert "Waiting for your update" in words(home)
    assert "OUT-1" in words(home)


def test_each_button_of_home_opens_what_it_says(slack: Slack) -> None:
    home = slack.open_home("grace")
    for action_id, title in (
        ("outcomes.new_button", "New outcome"),
        ("outcomes.show", "OUT-2"),
        ("checkins.update", "Update OUT-1"),
    ):
        form = slack.click("grace", home, action_id).form
        assert form["title"]["text"] == title
        slack.close_form("grace", form)


def test_refresh_puts_up_a_new_home(slack: Slack) -> None:
    home = slack.open_home("grace")
    slack.click("grace", home, "home.refresh")
    until(lambda: slack.home("grace")["hash"] != home["hash"])


def test_no_change_at_home_is_seen_at_home(slack: Slack) -> None:
    home = slack.open_home("grace")
    slack.click("grace", home, "checkins.no_change")
    until(lambda: "No change: *" in words(slack.home("grace")) or "Waiting" not in words(slack.home("grace")))
    slack.settle()
    assert "All answered" in words(slack.posts("grace", "bot"))


def test_a_trouble_at_home_is_told_in_a_form(slack: Slack) -> None:
    home = slack.open_home("grace")
    with slack.faults({"kind": "error", "method": "views.open", "error": "expired_trigger_id"}):
        slack.click("grace", home, "outcomes.new_button")
    until(lambda: "Slack would not let Rhythm do that" in words([slack.views("grace"), slack.messages("grace", "bot")]))


def test_a_trouble_at_home_with_a_spent_trigger_is_told_by_dm(slack: Slack) -> None:
    home = slack.open_home("grace")
    with slack.faults({"kind": "error", "method": "views.open", "error": "expired_trigger_id", "times": None}):
        slack.click("grace", home, "outcomes.new_button")
        until(lambda: "Slack would not let Rhythm do that" in words(slack.messages("grace", "bot")))


def test_somebody_without_a_team_is_told_how_to_begin(slack: Slack) -> None:
    slack.post("membership", user="@noah", channel="#growth", joined=False)
    try:
        seen = slack.shortcut("noah", "outcomes.new_shortcut")
        assert "There is no team to own an outcome yet" in words(seen.form)
    finally:
        slack.post("membership", user="@noah", channel="#growth", joined=True)


def test_a_new_person_is_known_with_their_first_gesture(slack: Slack) -> None:
    assert "Nothing needs you right now" in words(slack.open_home("zofia"))


def test_the_rhythm_can_be_moved_to_another_day(slack: Slack) -> None:
    form = slack.command("grace", "#growth", "/rhythm schedule").form
    assert "Wednesday" in slack.submit("grace", form, weekday="Wednesday", time="15:30").text


def test_two_teams_are_offered_with_the_channels_own_first(slack: Slack) -> None:
    set_up(slack, "lena", "#platform", name="Platform")
    form = slack.command("lena", "#platform", "/outcome new").form
    assert form["state"]["values"]["team"]["value"]["selected_option"]["text"]["text"] == "Platform"
    assert write_down(slack, "lena", "#platform", owner="@jonas").views == []


def test_log_result_on_the_card_opens_its_form(slack: Slack) -> None:
    card = slack.command("grace", "#growth", "/outcome show 1").whispers[-1]
    form = slack.click("grace", ("#growth", card), "results.log_result").form
    saved = slack.submit("grace", form, value="8.5%", note="A start", confidence="6")
    assert saved.views == []
    assert "8.5%" in saved.text
