"""What can be typed and pressed about priorities, and what comes back."""

import pytest

from bot.people.rules import Viewer
from bot.priorities.actions import retire_priority
from bot.priorities.queries import live_priorities
from tests.living import Json, Slack, buttons, until, words


@pytest.fixture(autouse=True)
def _none_live(slack: Slack) -> None:
    """Each test begins without a live priority."""
    viewer = Viewer(slack.workspace, slack.person("amara"))
    with slack.bot.db.begin() as tx:
        for priority in live_priorities(tx, viewer):
            retire_priority(tx, viewer, priority, now=slack.bot.db.now(tx))


def add(slack: Slack, name: str, period: str = "H1 2026", user: str = "amara") -> str:
    """Adds a priority, and answers what was whispered."""
    form = slack.command(user, "#growth", f"/rhythm priorities add {name}").form
    saved = slack.submit(user, form, period=period)
    assert saved.views == []
    return saved.text


def listed(slack: Slack, user: str = "amara") -> Json:
    """The list, as a message."""
    return slack.command(user, "#growth", "/rhythm priorities").whispers[-1]


def pressable(message: Json, action_id: str) -> list[str]:
    """The values of a message's buttons of that id, from top to bottom."""
    return [one.get("value", "") for _, one in buttons(message["blocks"]) if one["action_id"] == action_id]


def names(message: Json) -> list[str]:
    return [line.split("*")[1].partition(". ")[2] for line in message["text"].splitlines() if line.startswith("*")]


def test_an_admin_adds_one_and_everybody_reads_it(slack: Slack) -> None:
    saved = add(slack, "Customers stay & grow", "Q1 2027")
    assert "*Customers stay &amp; grow* is now a priority for Q1 2027." in saved
    for user in ("amara", "grace", "lena"):
        seen = slack.command(user, "#growth", "/rhythm priorities")
        assert "*1. Customers stay &amp; grow* – Q1 2027" in seen.text


def test_before_there_is_one_each_is_told_what_can_be_done(slack: Slack) -> None:
    assert (
        "Amara Okafor or another admin can add the first"
        in slack.command("grace", "#growth", "/rhythm priorities").text
    )
    empty = listed(slack)
    form = slack.click("amara", ("#growth", empty), "priorities.add").form
    assert "is now a priority" in slack.submit("amara", form, name="Hire well", period="Q2").text


def test_a_guest_sees_none(slack: Slack) -> None:
    add(slack, "Hire well")
    seen = slack.command("noah", "#growth", "/rhythm priorities")
    assert "full members only" in seen.text
    assert "Hire well" not in seen.text


def test_who_is_no_admin_gets_no_buttons_and_no_form(slack: Slack) -> None:
    add(slack, "Hire well")
    assert buttons(listed(slack, "grace")["blocks"]) == []
    seen = slack.command("grace", "#growth", "/rhythm priorities add Mine")
    assert seen.views == []
    assert "or another admin can change them" in seen.text


def test_a_button_is_judged_anew_when_it_is_pressed(slack: Slack) -> None:
    add(slack, "Hire well")
    [carried] = pressable(listed(slack), "priorities.retire")
    for action_id in ("add", "edit", "move_up", "retire"):
        slack.hear(slack.press("grace", f"priorities.{action_id}", carried))
    until(lambda: words(slack.messages("grace", "bot")).count("Amara Okafor or another admin can change them") == 4)
    assert slack.views("grace") == []
    assert names(listed(slack)) == ["Hire well"]


def test_a_form_is_judged_anew_when_it_is_sent(slack: Slack) -> None:
    add(slack, "Hire well")
    form = slack.command("amara", "#growth", "/rhythm priorities add Mine").form
    answer = slack.hear(slack.submission("grace", form, period="Now"))
    assert "or another admin can change them" in answer.body
    assert names(listed(slack)) == ["Hire well"]
    slack.close_form("amara", form)


def test_moving_up_and_retiring_show_the_list_anew_in_its_place(slack: Slack) -> None:
    for name in ("First", "Second", "Third"):
        add(slack, name)
    shown = listed(slack)
    first, _, third = pressable(shown, "priorities.edit")
    assert pressable(shown, "priorities.move_up")[-1] == third
    before = len(slack.messages("amara", "#growth"))
    slack.click("amara", ("#growth", shown), "priorities.move_up", third)
    shown = now(slack, shown)
    assert names(shown) == ["First", "Third", "Second"]
    slack.click("amara", ("#growth", shown), "priorities.retire", first)
    assert names(now(slack, shown)) == ["Third", "Second"]
    assert len(slack.messages("amara", "#growth")) == before
    assert names(listed(slack)) == ["Third", "Second"]


def now(slack: Slack, message: Json) -> Json:
    """The same message, as it is now."""
    return next(one for one in slack.messages("amara", "#growth") if one["ts"] == message["ts"])


def test_editing_changes_what_it_says(slack: Slack) -> None:
    add(slack, "Hire wel")
    form = slack.click("amara", ("#growth", listed(slack)), "priorities.edit").form
    assert form["state"]["values"]["name"]["value"]["value"] == "Hire wel"
    assert "Saved: *Hire well* – H1 2026." in slack.submit("amara", form, name="Hire well").text
    assert names(listed(slack)) == ["Hire well"]


def test_a_name_that_is_taken_keeps_the_form_with_what_was_typed(slack: Slack) -> None:
    add(slack, "Hire well")
    form = slack.command("amara", "#growth", "/rhythm priorities add hire WELL").form
    refused = slack.submit("amara", form, period="Q2")
    assert "by that name already" in refused.errors["name"]
    assert refused.form["state"]["values"]["period"]["value"]["value"] == "Q2"
    slack.close_form("amara", form)


def test_the_same_form_sent_twice_adds_one(slack: Slack) -> None:
    form = slack.command("amara", "#growth", "/rhythm priorities add Hire well").form
    sent = slack.submission("amara", form, period="Q2")
    assert [slack.hear(sent).status, slack.hear(sent).status] == [200, 200]
    assert names(listed(slack)) == ["Hire well"]
    slack.close_form("amara", form)


def test_the_sixth_is_added_with_a_word_on_it(slack: Slack) -> None:
    said = [add(slack, f"Number {number}") for number in range(1, 7)]
    assert ["Three to five" in one for one in said] == [False] * 5 + [True]
    assert "That is six." in listed(slack)["text"]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/rhythm priorities remove", "/rhythm priorities add [name]"),
        ("/rhythm priorities add " + "x" * 121, "has 120 characters at most"),
        ("/rhythm priority", "Did you mean `/rhythm priorities`"),
        ("/rhythm help", "`/rhythm priorities`"),
    ],
)
def test_a_line_that_cannot_be_done_says_what_can(slack: Slack, line: str, answer: str) -> None:
    seen = slack.command("amara", "#growth", line)
    assert answer in seen.text
    assert seen.views == []


def test_a_button_that_names_nothing_is_answered(slack: Slack) -> None:
    for carried in ("", "x", "1 2", "-1"):
        slack.hear(slack.press("amara", "priorities.edit", carried))
    slack.hear(slack.press("amara", "priorities.edit", "999"))
    until(lambda: words(slack.messages("amara", "bot")).count("from an older message") == 4)
    until(lambda: "That priority is not there any more" in words(slack.messages("amara", "bot")))
    assert slack.views("amara") == []
