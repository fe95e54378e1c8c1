"""What can be typed, and what comes back."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.living import Slack, until, words


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/outcome", "Your outcomes: 1 outcome"),
        ("/outcome list", "OUT-1"),
        ("/outcome list mine", "OUT-1"),
        ("/outcome list all", "OUT-1"),
        ("/outcome list team", "Growth: 1 outcome"),
        ("/outcome list @grace", "Outcomes of Grace Whitfield"),
        ("/outcome list #growth", "Growth: 1 outcome"),
        ("/outcome list #platform", "is no team's home that you can see"),
        ("/outcome list @lena", "owns no outcome that you can see"),
        ("/outcome list everything", "List whose?"),
        ("/outcome show OUT-1", "Trial conversion"),
        ("/outcome show out-1", "Trial conversion"),
        ("/outcome show 1", "Trial conversion"),
        ("/outcome SHOW 1", "Trial conversion"),
        ("/outcome show", "Name the outcome by its key"),
        ("/outcome show OUT-77", "There is no OUT-77 that you can see"),
        ("/outcome result", "Name the outcome by its key"),
        ("/outcome result OUT-1 a lot", "a lot"),
        ("/outcome help", "`/outcome show OUT-12`"),
        ("/outcome ?", "`/outcome show OUT-12`"),
        ("/outcome lst", "Did you mean `/outcome list`"),
        ("/outcome xyzzy", "Usage: `/outcome [list|"),
        ("/rhythm", "My week"),
        ("/rhythm help", "`/rhythm setup`"),
        ("/rhythm setpu", "Did you mean `/rhythm setup`"),
    ],
)
def test_a_line_is_answered_to_its_author_alone(slack: Slack, line: str, answer: str) -> None:
    before = len(slack.messages("marcus", "#growth"))
    seen = slack.command("grace", "#growth", line)
    assert answer in seen.text
    assert seen.views == []
    assert len(slack.messages("marcus", "#growth")) == before


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("/outcome new", "New outcome"),
        ("/outcome result OUT-1", "Result for OUT-1"),
        ("/outcome update out-1", "Result for OUT-1"),
        ("/rhythm setup", "Set up this team"),
    ],
)
def test_a_line_that_would_be_long_opens_a_form(slack: Slack, line: str, title: str) -> None:
    assert slack.command("grace", "#growth", line).form["title"]["text"] == title


def test_the_statement_typed_after_new_is_in_the_form(slack: Slack) -> None:
    form = slack.command("grace", "#growth", "/outcome new Refunds & <returns> fall").form
    assert form["state"]["values"]["statement"]["value"]["value"] == "Refunds & <returns> fall"


def test_a_result_can_be_logged_in_one_line(slack: Slack) -> None:
    seen = slack.command("grace", "#growth", "/outcome result OUT-1 9% because the email shipped")
    assert "*OUT-1* now stands at *9%* (before: 8%)" in seen.text
    assert "the email shipped" in slack.command("marcus", "#growth", "/outcome show 1").text


def test_a_result_of_somebody_else_is_refused_with_who_may(slack: Slack) -> None:
    for line in ("/outcome result OUT-1", "/outcome result OUT-1 50%"):
        seen = slack.command("tyler", "#growth", line)
        assert seen.views == []
        assert "OUT-1 is Grace Whitfield's" in seen.text


def test_a_guest_sees_the_teams_of_their_channels_only(slack: Slack) -> None:
    assert "OUT-1" in slack.command("noah", "#growth", "/outcome list all").text
    slack.post("membership", user="@noah", channel="#growth", joined=False)
    try:
        until(lambda: "OUT-1" not in slack.command("noah", "#random", "/outcome list all").text)
    finally:
        slack.post("membership", user="@noah", channel="#growth", joined=True)


def test_a_direct_message_is_a_place_to_type_too(slack: Slack) -> None:
    assert "OUT-1" in slack.command("grace", "bot", "/outcome").text
    assert "A team lives in a channel" in slack.command("grace", "bot", "/rhythm setup").text


def test_a_channel_without_rhythm_says_how_to_invite_it(slack: Slack) -> None:
    slack.command("grace", "#random", "/rhythm setup")
    until(lambda: "Invite Rhythm first" in words([view["title"] for view in slack.views("grace")]))
    assert "/invite @rhythm" in words(slack.views("grace"))
    assert "OUT-1" in slack.command("grace", "#random", "/outcome").text


def test_an_archived_channel_cannot_become_a_team(slack: Slack) -> None:
    slack.post("archive", channel="#support", archived=True)
    form = slack.command("priya", "#support", "/rhythm setup").form
    until(lambda: slack.knows("#support"))
    refused = slack.submit("priya", form, name="Support")
    assert "archived" in " ".join(refused.errors.values())
    assert refused.form["state"]["values"]["name"]["value"]["value"] == "Support"


def test_only_the_lead_or_an_admin_changes_a_team(slack: Slack) -> None:
    form = slack.command("sofia", "#growth", "/rhythm setup").form
    assert form["state"]["values"]["name"]["value"]["value"] == "Growth"
    refused = slack.submit("sofia", form, name="Mine now")
    assert "Grace Whitfield leads Growth" in " ".join(refused.errors.values())


def test_somebody_new_sees_the_team_that_is_there(slack: Slack) -> None:
    # Daniel has never spoken with Rhythm; the form must show what the team is, not offer to make it anew.
    form = slack.command("daniel", "#growth", "/rhythm setup").form
    assert form["submit"]["text"] == "Save"
    assert form["state"]["values"]["lead"]["value"]["selected_user"] == slack.person("grace")


def test_twenty_people_at_once_are_all_heard_in_time(slack: Slack) -> None:
    users = slack.get("state")["users"]
    people = [one["name"] for one in users if not one["is_bot"] and not one["deleted"] and one["id"] != "USLACKBOT"]

    def ask(handle: str) -> int:
        return slack.try_post("command", user=f"@{handle}", channel="bot", text="/outcome list all").status_code

    with ThreadPoolExecutor(20) as together:
        assert set(together.map(ask, people[:20])) == {200}
