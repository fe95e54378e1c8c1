"""Who may see a team does not rest on events alone: channels are looked up again, at the latest after an hour."""

from tests.living import Slack, words


def test_a_channel_made_private_hides_its_outcomes_within_the_hour(slack: Slack) -> None:
    from_outside = slack.command("priya", "#general", "/outcome list all").text
    assert "More trials" in from_outside
    slack.post("privacy", channel="#growth", private=True)
    slack.jump("2026-03-02T04:00:00+00:00")
    assert "More trials" not in slack.command("priya", "#general", "/outcome list all").text
    assert "More trials" in slack.command("grace", "#growth", "/outcome list all").text


def test_a_form_sent_before_the_channel_was_looked_up_is_saved(slack: Slack) -> None:
    with slack.faults({"kind": "error", "method": "conversations.info", "error": "internal_error", "times": 1}):
        form = slack.command("priya", "#support", "/rhythm setup").form
    assert not slack.knows("#support")
    assert slack.submit("priya", form, name="Support").views == []
    assert "Support is set up" in words(slack.messages("priya", "#support")).replace("*", "")
