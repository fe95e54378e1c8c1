"""Reviews, debt and calibration as people meet them."""

from datetime import timedelta

from bot.decisions.actions.reviewing import review_decision
from bot.decisions.jobs import words_to_deciders_due
from bot.decisions.queries import find_decision
from bot.decisions.rules import Verdict
from bot.people.rules import Viewer
from tests.decisions.test_listeners import decide, decisions, dm, need, seen_by, typed
from tests.living import Slack, set_up, until, words

EFFECT = {"choice": "Send the report by mail", "why": "Nobody opens the page", "confidence": "8"}


def a_week_later(slack: Slack) -> None:
    with slack.bot.db.read() as tx:
        now = slack.bot.db.now(tx)
    slack.jump((now + timedelta(days=7)).isoformat())


def test_a_review_is_asked_for_in_a_form_and_its_lesson_is_found_again(slack: Slack) -> None:
    key = need(slack)
    decide(slack, key)
    form = typed(slack, "grace", f"review {key}").form
    assert form["title"]["text"] == f"Review {key}"
    saved = slack.submit("grace", form, verdict="better", learnt="Schools pay in spring")
    assert saved.views == []
    assert "is reviewed: *better than expected*" in saved.text
    assert f"from {key}" in slack.command("tyler", "#growth", "/rhythm lessons Schools").text
    assert "Schools pay in spring" in typed(slack, "tyler", f"show {key}").text


def test_of_two_who_review_at_once_the_second_is_asked(slack: Slack) -> None:
    key = need(slack)
    decide(slack, key)
    mine = typed(slack, "grace", f"review {key}").form
    with slack.bot.db.begin() as tx:
        viewer = Viewer(slack.workspace, slack.person("grace"))
        view = find_decision(tx, viewer, int(key.removeprefix("DEC-")))
        review_decision(tx, viewer, view, verdict=Verdict.WORSE, learnt="", now=slack.bot.db.now(tx))
    asked = slack.submit("grace", mine, verdict="better").form
    assert "somebody else changed this" in words(asked)
    assert [one.verdict for one in seen_by(slack, "grace", key).reviews] == ["worse"]
    slack.submit("grace", asked)
    assert [one.verdict for one in seen_by(slack, "grace", key).reviews] == ["better"]


def test_who_may_not_review_is_told_who_may_and_what_is_open_cannot_be(slack: Slack) -> None:
    key = need(slack)
    assert "is not decided yet" in typed(slack, "grace", f"review {key}").text
    decide(slack, key)
    assert "Grace Whitfield" in typed(slack, "tyler", f"review {key}").text


def test_debt_is_listed_with_what_to_do_about_it(slack: Slack) -> None:
    key = need(slack, decider=None)
    seen = typed(slack, "grace", "debt team")
    assert key in seen.text
    assert "nobody is named to decide it" in seen.text.lower()
    button = ("#growth", seen.whispers[-1])
    form = slack.click("grace", button, "decisions.edit_button", str(decisions(slack)[-1].id)).form
    slack.submit("grace", form, decider="@grace")
    assert key not in typed(slack, "grace", "debt #growth").text
    assert "Your decision debt: none" in typed(slack, "grace", "debt mine").text
    assert "Decision debt of Marcus Bell" in typed(slack, "grace", "debt @marcus").text
    assert "Whose?" in typed(slack, "grace", "debt yesterday").text
    assert "is no team's home" in typed(slack, "grace", "debt #random").text


def test_a_private_teams_debt_is_not_told_outside(slack: Slack) -> None:
    set_up(slack, "henrik", "#people-ops", name="People")
    slack.submit("henrik", slack.command("henrik", "#people-ops", "/decision need Do we sell?").form, decider="")
    assert "Do we sell?" in typed(slack, "henrik", "debt", "#people-ops").text
    assert "Do we sell?" not in typed(slack, "tyler", "debt").text


def test_calibration_is_told_to_oneself(slack: Slack) -> None:
    assert "It takes 5 reviewed decisions" in typed(slack, "tyler", "calibration").text


def test_home_shows_what_is_to_be_decided_and_a_lead_the_debt_of_their_team(slack: Slack) -> None:
    key = need(slack)
    nobodys = need(slack, decider=None)
    home = words(slack.open_home("grace"))
    assert key in home
    assert "Yours to decide or to review" in home
    assert "Decision debt of Growth" in home
    assert nobodys in home
    assert "Decision debt" not in words(slack.open_home("tyler"))


def test_the_decider_is_reminded_the_day_before_and_why_says_it(slack: Slack) -> None:
    key = need(slack, needed_by="friday")
    until(lambda: words_to_deciders_due(slack.bot.db) == 0)
    a_week_later(slack)
    assert f"Yours to decide: *{key}*" in dm(slack, "grace").replace("\\", "")
    assert "Decision needed soon" in slack.command("grace", "#growth", "/rhythm why").text
