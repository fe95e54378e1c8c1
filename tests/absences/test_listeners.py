"""Every word, form and button of absences, as people use them. For Grace it is Sunday 1 March 2026."""

from collections.abc import Iterator

import pytest

from tests.living import Json, Slack, until, words


@pytest.fixture(autouse=True)
def everybody_is_there(slack: Slack) -> Iterator[None]:
    """Leaves nobody away, and no form open, for the next test."""
    yield
    for user in ("grace", "marcus"):
        for form in slack.views(user):
            slack.close_form(user, form)
        if "You are away" in (said := slack.command(user, "#growth", "/rhythm")).text:
            slack.click(user, ("#growth", said.whispers[-1]), "absences.back")


def newest(slack: Slack, user: str) -> Json:
    """The last message in somebody's DM."""
    slack.settle()
    return slack.posts(user, "bot")[-1]


def test_a_line_says_who_is_away_and_the_delegate_is_told(slack: Slack) -> None:
    said = slack.command("grace", "#growth", "/rhythm away today 15 March delegate @marcus").text
    assert "You are away until Sun, Mar 15." in said
    assert "Marcus Bell is asked about your outcomes instead, and is told so." in said
    asked = words(newest(slack, "marcus"))
    assert "Grace Whitfield is away until Sun, Mar 15 and names you to stand in" in asked
    assert "OUT-1" in asked
    assert "Grace Whitfield is away until" in slack.command("marcus", "#growth", "/rhythm").text


def test_the_week_and_home_say_it_and_back_ends_it(slack: Slack) -> None:
    slack.command("grace", "#growth", "/rhythm away today friday")
    week = slack.command("grace", "#growth", "/rhythm")
    assert "You are away until Fri, Mar 6." in week.text
    assert "You are away until Fri, Mar 6." in words(slack.open_home("grace"))
    slack.click("grace", slack.home("grace"), "absences.back")
    until(lambda: "You are away" not in words(slack.home("grace")))
    assert "You are away" not in slack.command("grace", "#growth", "/rhythm").text


def test_the_card_of_an_outcome_says_that_its_owner_is_away(slack: Slack) -> None:
    assert "away" not in slack.command("marcus", "#growth", "/outcome show OUT-1").text
    slack.command("grace", "#growth", "/rhythm away today friday delegate @marcus")
    shown = slack.command("marcus", "#growth", "/outcome show OUT-1").text
    assert "Grace Whitfield, away until Fri, Mar 6; Marcus Bell is asked instead" in shown


def test_back_is_a_word_too(slack: Slack) -> None:
    slack.command("grace", "#growth", "/rhythm away today friday")
    assert "Welcome back" in slack.command("grace", "#growth", "/rhythm back").text
    assert "You are not away now" in slack.command("grace", "#growth", "/rhythm back").text


def test_what_is_planned_is_called_off_by_its_button(slack: Slack) -> None:
    slack.command("grace", "#growth", "/rhythm away next week")
    said = slack.command("grace", "#growth", "/rhythm back")
    assert "You are away from Mon, Mar 2 to Sun, Mar 8." in said.text
    pressed = slack.click("grace", ("#growth", said.whispers[-1]), "absences.back")
    until(lambda: "any more" in words(slack.messages("grace", "#growth")))
    again = slack.click("grace", ("#growth", said.whispers[-1]), "absences.back")
    assert pressed != again
    until(lambda: "over already" in words(slack.messages("grace", "#growth")))


def test_without_words_a_form_asks_and_answers_where_it_was_opened(slack: Slack) -> None:
    form = slack.command("grace", "#growth", "/rhythm away").form
    assert form["title"]["text"] == "You are away"
    closed = slack.submit("grace", form, first="2026-03-09", last="2026-03-13", delegate="@marcus")
    assert closed.views == []
    until(lambda: "from Mon, Mar 9 to Fri, Mar 13" in words(slack.messages("grace", "#growth")))
    assert "from Mon, Mar 9 to Fri, Mar 13" in words(newest(slack, "marcus"))


def test_a_form_in_a_direct_message_is_answered_there(slack: Slack) -> None:
    form = slack.command("grace", "bot", "/rhythm away").form
    slack.submit("grace", form, first="2026-03-09", last="2026-03-10")
    assert "You are away from Mon, Mar 9 to Tue, Mar 10." in words(newest(slack, "grace"))


def test_the_form_stays_with_a_sentence_where_something_has_to_change(slack: Slack) -> None:
    form = slack.command("grace", "#growth", "/rhythm away").form
    errors = slack.submit("grace", form, first="2026-03-13", last="2026-03-09").errors
    assert errors["last"].startswith("That would end on Mon, Mar 9")
    errors = slack.submit("grace", form, first="2026-03-09", last="2026-03-13", delegate="@grace").errors
    assert errors["delegate"].startswith("You cannot stand in for yourself")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("soon", "I cannot read which days you are away"),
        ("friday maybe", "Usage: /rhythm away FROM TO"),
        ("next week delegate marcus", "Name the delegate with an @"),
        ("delegate @marcus", "Usage: /rhythm away FROM TO"),
    ],
)
def test_what_cannot_be_read_is_answered_with_the_usage(slack: Slack, typed: str, why: str) -> None:
    said = slack.command("grace", "#growth", f"/rhythm away {typed}").text
    assert why in said
    assert "Usage: /rhythm away FROM TO [delegate @person]" in said


def test_help_lists_the_words(slack: Slack) -> None:
    said = slack.command("grace", "#growth", "/rhythm help").text
    assert "/rhythm away [FROM TO] [delegate @person]" in said
    for word in ("back", "pause [until DATE]", "resume"):
        assert f"/rhythm {word}" in said


def test_the_lead_pauses_the_team_and_lets_it_go_on(slack: Slack) -> None:
    said = slack.command("grace", "#growth", "/rhythm pause until 15 March").text
    assert "Growth is paused until Sun, Mar 15." in said
    assert "It goes on by itself on Mon, Mar 16" in said
    assert "Growth is paused until Sun, Mar 15." in slack.command("grace", "#growth", "/rhythm").text
    assert "It lasts until `/rhythm resume`" in slack.command("grace", "#growth", "/rhythm pause").text
    assert "Growth goes on." in slack.command("grace", "#growth", "/rhythm resume").text
    assert "Growth is not paused" in slack.command("grace", "#growth", "/rhythm resume").text
    assert "is paused" not in slack.command("grace", "#growth", "/rhythm").text


def test_others_are_told_who_can_pause_it(slack: Slack) -> None:
    assert "Grace Whitfield leads Growth" in slack.command("marcus", "#growth", "/rhythm pause").text


@pytest.mark.parametrize(
    ("channel", "typed", "why"),
    [
        ("bot", "pause", "There is no team in this channel"),
        ("#growth", "pause until soon", "Usage: /rhythm pause [until DATE]"),
        ("#growth", "pause until 2026-02-01", "Sun, Feb 1 is past"),
    ],
)
def test_a_pause_that_cannot_be_is_answered_with_what_to_change(
    slack: Slack, channel: str, typed: str, why: str
) -> None:
    assert why in slack.command("grace", channel, f"/rhythm {typed}").text
