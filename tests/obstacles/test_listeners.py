"""Obstacles as people meet them: typed, raised from a message, changed and resolved."""

from itertools import count

from sqlalchemy import select

from bot.lessons.actions import add_lesson
from bot.obstacles.actions import Told, change_obstacle
from bot.obstacles.model import Obstacle
from bot.obstacles.queries import find_obstacle
from bot.people.rules import Viewer
from bot.teams.queries import team_in_channel
from tests.living import Json, Slack, set_up, until, words, write_down

_SAID = count(1)


def obstacles(slack: Slack) -> list[Obstacle]:
    with slack.bot.db.read() as tx:
        return list(tx.scalars(select(Obstacle).order_by(Obstacle.id)))


def typed(slack: Slack, user: str, text: str) -> Json:
    """The whisper that answers `/outcome block OUT-1 text`."""
    return slack.command(user, "#growth", f"/outcome block OUT-1 {text}").whispers[-1]


def say(slack: Slack, user: str, channel: str, text: str) -> Json:
    """A message of somebody's, found again by its words."""
    text = f"{text} ({next(_SAID)})"
    slack.post("message", user=f"@{user}", channel=channel, text=text)
    return next(one for one in slack.messages(user, channel) if one["text"].endswith(text.rpartition(" ")[2]))


def options(form: Json, name: str) -> list[str]:
    block = next(one for one in form["blocks"] if one.get("block_id") == name)
    return [option["text"]["text"] for option in block["element"]["options"]]


def test_one_line_raises_it_at_once_and_the_outcomes_owner_sees_to_it(slack: Slack) -> None:
    seen = slack.command("tyler", "#growth", "/outcome block out-1 The export & import <take> 40 minutes")
    assert "OUT-1" in seen.text
    assert "raised today · Grace Whitfield sees to it" in seen.text
    newest = obstacles(slack)[-1]
    assert (newest.text, newest.owner_id) == ("The export & import <take> 40 minutes", slack.person("grace"))
    slack.settle()
    assert "40 minutes" not in words(slack.posts("grace", "bot"))


def test_change_beside_it_gives_it_to_somebody_else(slack: Slack) -> None:
    whisper = typed(slack, "tyler", "Nobody knows the numbers")
    form = slack.click("tyler", ("#growth", whisper), "obstacles.change_button").form
    assert "Nobody knows the numbers" in str(form["state"]["values"])
    decision = {"decision": ["decision"]}
    saved = slack.submit("tyler", form, text="Nobody has the numbers", owner="@marcus", **decision)
    assert saved.views == []
    assert "Marcus Bell sees to it · needs a decision" in saved.text
    newest = obstacles(slack)[-1]
    assert (newest.owner_id, newest.needs_decision) == (slack.person("marcus"), True)
    slack.settle()
    assert slack.posts("marcus", "bot") == []


def test_of_two_who_change_it_at_once_the_second_is_asked(slack: Slack) -> None:
    whisper = typed(slack, "tyler", "The lift is broken")
    mine = slack.click("tyler", ("#growth", whisper), "obstacles.change_button").form
    with slack.bot.db.begin() as tx:
        viewer = Viewer(slack.workspace, slack.person("tyler"))
        before = find_obstacle(tx, viewer, obstacles(slack)[-1].id)
        told = Told("The lift and the stairs are closed", before.owner)
        change_obstacle(tx, viewer, before.obstacle.id, told, now=slack.bot.db.now(tx))
    asked = slack.submit("tyler", mine, text="The lift is slow").form
    assert "somebody else changed this" in words(asked)
    assert obstacles(slack)[-1].text == "The lift and the stairs are closed"
    slack.submit("tyler", asked)
    assert obstacles(slack)[-1].text == "The lift is slow"


def test_without_words_a_form_is_opened_and_sent_twice_it_is_raised_once(slack: Slack) -> None:
    form = slack.command("tyler", "#growth", "/outcome block OUT-1").form
    assert form["title"]["text"] == "Raise an obstacle"
    before = len(obstacles(slack))
    submission = slack.submission("tyler", form, text="Legal has not answered")
    slack.hear(submission)
    slack.hear(submission)
    assert [one.text for one in obstacles(slack)[before:]] == ["Legal has not answered"]


def test_a_form_without_words_stays_open_and_says_what_is_missing(slack: Slack) -> None:
    form = slack.command("tyler", "#growth", "/outcome block OUT-1").form
    refused = slack.hear(slack.submission("tyler", form, text=" "))
    assert "Say what stands in the way" in str(refused.body)
    slack.close_form("tyler", form)


def test_whoever_sees_to_it_says_what_resolved_it(slack: Slack) -> None:
    whisper = typed(slack, "grace", "The vendor is silent")
    form = slack.click("grace", ("#growth", whisper), "obstacles.resolve_button").form
    saved = slack.submit("grace", form, resolution="They answered on the phone")
    assert saved.views == []
    assert "What resolved it: They answered on the phone" in saved.text
    slack.click("grace", ("#growth", whisper), "obstacles.resolve_button")
    until(lambda: "resolved already: They answered on the phone" in words(slack.messages("grace", "#growth")))


def test_who_may_not_resolve_it_is_told_who_may(slack: Slack) -> None:
    typed(slack, "tyler", "One of several")
    slack.hear(slack.press("tyler", "obstacles.resolve_button", str(obstacles(slack)[-1].id)))
    until(lambda: "the lead of Growth or an admin can say" in words([slack.views("tyler"), _dm(slack, "tyler")]))


def test_a_form_raised_from_a_message_links_it_and_keeps_only_what_is_confirmed(slack: Slack) -> None:
    message = say(slack, "marcus", "#growth", "@tyler the importer is down, https://example.com/1 says & more")
    form = slack.message_shortcut("tyler", "#growth", message["ts"], "obstacles.raise_shortcut").form
    prefilled = form["state"]["values"]["text"]["value"]["value"]
    assert prefilled.startswith("@Tyler Nguyen the importer is down, https://example.com/1 says & more")
    saved = slack.submit("tyler", form, outcome=str(options_by_key(form)["OUT-1"]), text="The importer is down")
    assert saved.views == []
    assert "from this message" in saved.text
    newest = obstacles(slack)[-1]
    assert (newest.text, newest.owner_id) == ("The importer is down", slack.person("grace"))
    assert newest.link.endswith(f"/p{message['ts'].replace('.', '')}")


def test_the_form_offers_ones_own_outcomes_first_then_those_of_the_channel(slack: Slack) -> None:
    write_down(slack, "lena", "#platform", statement="Builds are fast", owner="@lena", due="2026-05-01")
    write_down(slack, "lena", "#platform", statement="Builds are green", owner="@jonas", due="2026-07-01")
    message = say(slack, "jonas", "#platform", "The queue is stuck")
    form = slack.message_shortcut("jonas", "#platform", message["ts"], "obstacles.raise_shortcut").form
    assert [one.split(" ", 1)[1] for one in options(form, "outcome")] == [
        "Builds are green",
        "Builds are fast",
        "More trials become paying customers",
    ]
    slack.close_form("jonas", form)


def test_in_a_channel_without_rhythm_there_is_no_link_and_nothing_is_said_of_it(slack: Slack) -> None:
    message = say(slack, "tyler", "#random", "The coffee is cold")
    form = slack.message_shortcut("tyler", "#random", message["ts"], "obstacles.raise_shortcut").form
    with slack.faults({"kind": "error", "method": "chat.getPermalink", "error": "channel_not_found"}):
        saved = slack.submit("tyler", form, outcome=str(options_by_key(form)["OUT-1"]), text="No coffee")
    assert saved.views == []
    assert obstacles(slack)[-1].link == ""
    slack.settle()
    confirmed = words(slack.posts("tyler", "bot"))
    assert "No coffee" in confirmed
    assert "message" not in confirmed


def test_somebody_who_sees_no_outcome_is_told_how_to_begin(slack: Slack) -> None:
    slack.post("membership", user="@noah", channel="#growth", joined=False)
    try:
        message = say(slack, "noah", "#random", "Stuck")
        slack.message_shortcut("noah", "#random", message["ts"], "obstacles.raise_shortcut")
        until(
            lambda: (
                "no live outcome that you can see" in words([slack.messages("noah", "#random"), slack.views("noah")])
            )
        )
    finally:
        slack.post("membership", user="@noah", channel="#growth", joined=True)


def test_an_obstacle_of_a_private_team_stays_there(slack: Slack) -> None:
    set_up(slack, "henrik", "#people-ops", name="People")
    write_down(slack, "henrik", "#people-ops", statement="Offers are signed sooner")
    key = next(one for one in slack.command("henrik", "#people-ops", "/outcome").text.split() if "OUT-" in one).strip(
        "*"
    )
    assert "No budget" in slack.command("henrik", "#people-ops", f"/outcome block {key} No budget").text
    for line in (f"/outcome block {key} guess", f"/outcome block {key}"):
        seen = slack.command("tyler", "#growth", line)
        assert seen.views == []
        assert f"There is no {key} that you can see" in seen.text
    slack.hear(slack.press("tyler", "obstacles.change_button", str(obstacles(slack)[-1].id)))
    until(lambda: "not there any more, or you cannot see it" in words([slack.views("tyler"), _dm(slack, "tyler")]))


def learn(slack: Slack, user: str, text: str) -> None:
    """A lesson of Growth."""
    with slack.bot.db.begin() as tx:
        viewer = Viewer(slack.workspace, slack.person(user))
        team = team_in_channel(tx, viewer, slack.channel("#growth"))
        assert team is not None
        add_lesson(tx, viewer, team=team, text=text, now=slack.bot.db.now(tx))


def test_what_was_learnt_before_is_offered_while_one_is_raised(slack: Slack) -> None:
    learn(slack, "grace", "Invoice mails were late because the warehouse queue was full")
    learn(slack, "grace", "Interns need a buddy")
    seen = slack.command("tyler", "#growth", "/outcome block OUT-1 The warehouse queue is full again")
    assert "Invoice mails were late" in seen.text
    assert "Interns" not in seen.text
    form = slack.command("tyler", "#growth", "/outcome block OUT-1").form
    assert "Invoice mails" not in words(form)
    slack.type("tyler", form, text="The warehouse queue is full, mails are late")
    until(lambda: "Invoice mails were late" in words(slack.views("tyler")))
    [drawn] = slack.views("tyler")
    assert drawn["state"]["values"]["text"]["value"]["value"] == "The warehouse queue is full, mails are late"
    assert "Invoice mails were late" in slack.submit("tyler", drawn).text


def test_a_message_brings_up_the_lessons_that_are_like_it(slack: Slack) -> None:
    learn(slack, "grace", "Partner logins broke whenever the certificate was renewed")
    message = say(slack, "marcus", "#growth", "Partner logins broke, the certificate again")
    form = slack.message_shortcut("tyler", "#growth", message["ts"], "obstacles.raise_shortcut").form
    assert "whenever the certificate was renewed" in words(form)
    slack.type("tyler", form, text="Invoice mails are late, the warehouse queue is full")
    until(lambda: "whenever the certificate" not in words(slack.views("tyler")))
    slack.close_form("tyler", form)


def options_by_key(form: Json) -> dict[str, str]:
    block = next(one for one in form["blocks"] if one.get("block_id") == "outcome")
    return {one["text"]["text"].split()[0]: one["value"] for one in block["element"]["options"]}


def _dm(slack: Slack, user: str) -> list[Json]:
    return slack.messages(user, "bot")
