"""What can be typed and pressed about lessons, and what comes back."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete

from bot.lessons.actions import add_lesson
from bot.lessons.model import Lesson
from bot.people.rules import Viewer
from bot.priorities.actions import add_priority
from bot.teams.queries import visible_teams
from tests.living import Json, Slack, buttons, until, words


@pytest.fixture(autouse=True)
def _forgotten(slack: Slack) -> Iterator[None]:
    """Each test begins without a lesson."""
    yield
    with slack.bot.db.begin() as tx:
        tx.execute(delete(Lesson))


def add(slack: Slack, text: str, *, user: str = "grace", channel: str = "#growth", **answers: str) -> str:
    """Keeps a lesson, and answers what was whispered."""
    form = slack.command(user, channel, f"/rhythm lessons add {text}").form
    saved = slack.submit(user, form, **answers)
    assert saved.views == []
    return saved.text


def found(slack: Slack, query: str = "", user: str = "grace") -> str:
    return slack.command(user, "#growth", f"/rhythm lessons {query}").text


def many(slack: Slack, count: int) -> None:
    """Keeps lessons without typing them."""
    viewer = Viewer(slack.workspace, slack.person("grace"))
    with slack.bot.db.begin() as tx:
        [team] = visible_teams(tx, viewer)
        for number in range(1, count + 1):
            add_lesson(tx, viewer, team=team, text=f"Lesson {number} of mail", now=slack.bot.db.now(tx))


def values(form: Json, name: str) -> Json:
    value: Json = form["state"]["values"][name]["value"]
    return value


def test_a_lesson_that_was_typed_is_in_the_form_and_then_in_the_list(slack: Slack) -> None:
    form = slack.command("grace", "#growth", "/rhythm lessons add Short forms <double> R&D sign-ups").form
    assert values(form, "text")["value"] == "Short forms <double> R&D sign-ups"
    assert values(form, "team")["selected_option"]["text"]["text"] == "Growth"
    saved = slack.submit("grace", form, measure="Sign-ups")
    assert "Kept for *Growth*: “Short forms &lt;double&gt; R&amp;D sign-ups”" in saved.text
    shown = found(slack)
    assert "What was learnt: 1 lesson" in shown
    assert "Growth · Sign-ups · Grace Whitfield, today" in shown


def test_words_find_a_lesson_and_near_ones_find_the_closest(slack: Slack) -> None:
    add(slack, "Short forms double sign-ups")
    add(slack, "Interviews on Mondays are forgotten")
    assert "1 lesson with “short form”" in found(slack, "short form")
    near = found(slack, "shorter sign-up forms please")
    assert "No lesson has all of “shorter sign-up forms please”. The closest:" in near
    assert "Short forms double sign-ups" in near
    assert "Interviews" not in near
    assert "No lesson that you can see is about “invoices &amp; tax” yet." in found(slack, "invoices & tax")


@pytest.mark.parametrize("query", ["???", "%", "*", "🚀"])
def test_without_a_letter_to_look_for_the_newest_are_shown(slack: Slack, query: str) -> None:
    add(slack, "Short forms double sign-ups")
    shown = found(slack, query)
    assert "What was learnt: 1 lesson\n" in shown


def test_before_there_is_one_the_list_says_how_to_begin(slack: Slack) -> None:
    assert "`/rhythm lessons add` keeps one" in found(slack)


def test_a_private_teams_lesson_is_its_channels_alone(slack: Slack) -> None:
    add(slack, "Ask for references early", user="henrik", channel="#people-ops")
    assert "Ask for references early" in found(slack, "references", "kavya")
    for user in ("grace", "lena", "noah", "daniel"):
        for query in ("references", "ask for references earlier", ""):
            assert "Ask for references early" not in found(slack, query, user)


def test_anyone_who_sees_a_team_may_add_to_it_and_nobody_else(slack: Slack) -> None:
    add(slack, "Short forms double sign-ups", user="lena", channel="bot", team="Growth")
    form = slack.command("lena", "bot", "/rhythm lessons add Mine").form
    offered = next(block["element"]["options"] for block in form["blocks"] if block["block_id"] == "team")
    assert [one["text"]["text"] for one in offered] == ["Growth"]
    slack.close_form("lena", form)
    forbidden = slack.command("henrik", "#people-ops", "/rhythm lessons add Mine").form
    answer = slack.hear(slack.submission("lena", forbidden))
    assert "Choose one of the teams in the list" in answer.body
    slack.close_form("henrik", forbidden)
    assert "1 lesson" in found(slack, user="henrik")


def test_a_priority_is_offered_once_there_is_one_and_not_to_a_guest(slack: Slack) -> None:
    admin = Viewer(slack.workspace, slack.person("amara"))
    found(slack, user="amara")
    with slack.bot.db.begin() as tx:
        add_priority(tx, admin, name="Customers stay", period="2026", now=slack.bot.db.now(tx))
    add(slack, "Short forms double sign-ups", priority="Customers stay")
    assert "Growth · Customers stay · Grace Whitfield" in found(slack)
    assert "Customers stay" not in found(slack, user="noah")
    form = slack.command("noah", "#growth", "/rhythm lessons add").form
    assert "priority" not in form["state"]["values"]
    slack.close_form("noah", form)


def test_next_and_previous_turn_the_page_in_its_place(slack: Slack) -> None:
    many(slack, 23)
    shown = slack.command("grace", "#growth", "/rhythm lessons mail").whispers[-1]
    before = len(slack.messages("grace", "#growth"))
    assert "1 to 10 of 23" in words(shown)
    for action_id, place, first in (
        ("lessons.next", "11 to 20 of 23", "Lesson 13 of mail"),
        ("lessons.next", "21 to 23 of 23", "Lesson 3 of mail"),
        ("lessons.previous", "11 to 20 of 23", "Lesson 13 of mail"),
        ("lessons.previous", "1 to 10 of 23", "Lesson 23 of mail"),
    ):
        slack.click("grace", ("#growth", shown), action_id)
        shown = next(one for one in slack.messages("grace", "#growth") if one["ts"] == shown["ts"])
        assert place in words(shown)
        assert words(shown["blocks"]).splitlines()[1] == first
        assert "23 lessons with “mail”" in words(shown)
    assert len(slack.messages("grace", "#growth")) == before


def test_a_page_that_is_gone_shows_the_first_one(slack: Slack) -> None:
    many(slack, 11)
    shown = slack.command("grace", "#growth", "/rhythm lessons").whispers[-1]
    with slack.bot.db.begin() as tx:
        tx.execute(delete(Lesson).where(Lesson.text == "Lesson 1 of mail"))
    slack.click("grace", ("#growth", shown), "lessons.next")
    shown = next(one for one in slack.messages("grace", "#growth") if one["ts"] == shown["ts"])
    assert "Lesson 11 of mail" in words(shown)
    assert buttons(shown["blocks"]) == []


def test_a_button_shows_only_what_its_presser_may_see(slack: Slack) -> None:
    add(slack, "Ask for references early", user="henrik", channel="#people-ops")
    slack.command("grace", "#growth", "/rhythm lessons")
    slack.hear(slack.press("grace", "lessons.next", "0 references"))
    slack.hear(slack.press("grace", "lessons.next", "x references"))
    until(lambda: "from an older message" in words(slack.messages("grace", "bot")))
    assert "Ask for references early" not in words([slack.messages("grace", one) for one in ("bot", "#growth")])


def test_a_form_is_refused_with_what_was_typed_kept(slack: Slack) -> None:
    form = slack.command("grace", "#growth", "/rhythm lessons add").form
    answer = slack.hear(slack.submission("grace", form, text="x" * 601))
    assert "in at most 600 characters" in answer.body
    refused = slack.submit("grace", form, text="  ", measure="Sign-ups")
    assert "Say what was learnt" in refused.errors["text"]
    assert values(refused.form, "measure")["value"] == "Sign-ups"
    slack.close_form("grace", form)


def test_the_same_form_sent_twice_keeps_one_lesson(slack: Slack) -> None:
    form = slack.command("grace", "#growth", "/rhythm lessons add Short forms double sign-ups").form
    sent = slack.submission("grace", form)
    assert [slack.hear(sent).status, slack.hear(sent).status] == [200, 200]
    assert "What was learnt: 1 lesson\n" in found(slack)
    slack.close_form("grace", form)


def test_a_lesson_too_long_to_read_is_given_back(slack: Slack) -> None:
    seen = slack.command("grace", "#growth", "/rhythm lessons add " + "word " * 130)
    assert seen.views == []
    assert "a lesson has 600 at most" in seen.text
    assert "word word" in seen.text


def test_in_a_channel_without_rhythm_the_confirmation_comes_by_message(slack: Slack) -> None:
    assert add(slack, "Short forms double sign-ups", channel="#random", team="Growth") == ""
    slack.settle()
    assert "Kept for *Growth*" in words(slack.posts("grace", "bot"))


def test_who_sees_no_team_is_told_how_to_begin(slack: Slack) -> None:
    slack.post("membership", user="@noah", channel="#growth", joined=False)
    try:
        until(lambda: "you can see none yet" in slack.command("noah", "#random", "/rhythm lessons add").text)
    finally:
        slack.post("membership", user="@noah", channel="#growth", joined=True)


def test_the_help_says_both_ways(slack: Slack) -> None:
    shown = slack.command("grace", "#growth", "/rhythm help").text
    assert "`/rhythm lessons [words]`" in shown
    assert "`lessons add [text]`" in shown
