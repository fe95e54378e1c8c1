"""Dependencies as people meet them: asked in a line or a form, answered from a direct message."""

import pytest
from sqlalchemy import select

from bot.dependencies.model import Dependency
from tests.living import Json, Slack, buttons, set_up, until, words, write_down


def newest(slack: Slack) -> Dependency:
    with slack.bot.db.read() as tx:
        return list(tx.scalars(select(Dependency).order_by(Dependency.id)))[-1]


def ask(slack: Slack, text: str, *, user: str = "grace") -> str:
    """Asks Platform for something that OUT-1 needs, and answers what was whispered."""
    return slack.command(user, "#growth", f"/outcome need OUT-1 #platform {text}").text


def message_about(slack: Slack, user: str, text: str) -> tuple[str, Json]:
    """The newest direct message about what was asked."""
    slack.settle()
    return "bot", [one for one in slack.posts(user, "bot") if text in words(one)][-1]


def labels(message: tuple[str, Json]) -> list[str]:
    return [one["text"]["text"] for _, one in buttons(message[1]["blocks"])]


@pytest.mark.parametrize("team", ["#platform", "@Platform", "@platform"])
def test_one_line_asks_the_team_and_its_lead_gets_one_message(slack: Slack, team: str) -> None:
    said = slack.command("grace", "#growth", f"/outcome need out-1 {team} an export for {team} by end of March").text
    assert "*Platform* is asked. Lena Brandt gets a message" in said
    assert newest(slack).wanted_on.isoformat() == "2026-03-31"
    question = message_about(slack, "lena", "an export for")
    assert "Grace Whitfield asked *Platform*" in words(question[1])
    assert "OUT-1" in words(question[1])
    assert labels(question) == ["Accept", "Decline"]


def test_the_asked_lead_accepts_and_delivers_and_whoever_asked_hears_of_both(slack: Slack) -> None:
    ask(slack, "a faster export by 2026-03-31")
    question = message_about(slack, "lena", "a faster export")
    form = slack.click("lena", question, "dependencies.accept_button").form
    assert form["state"]["values"]["day"]["value"]["selected_date"] == "2026-03-31"
    assert slack.submit("lena", form).views == []
    answer = message_about(slack, "grace", "a faster export")
    assert "Lena Brandt answered for *Platform*" in words(answer[1])
    assert "Promised for *Tue, Mar 31*" in words(answer[1])
    question = message_about(slack, "lena", "asked *Platform* for something")
    assert labels(question) == ["Change the day", "Decline", "Delivered"]
    slack.click("lena", question, "dependencies.delivered")
    until(lambda: newest(slack).state == "delivered")
    assert "says that this is delivered" in words(message_about(slack, "grace", "a faster export")[1])


def test_another_day_is_proposed_and_agreed_to(slack: Slack) -> None:
    ask(slack, "a safer export by 2026-03-31")
    question = message_about(slack, "lena", "a safer export")
    form = slack.click("lena", question, "dependencies.accept_button").form
    assert slack.submit("lena", form, day="2026-04-10", reason="Jonas is away").views == []
    proposal = message_about(slack, "grace", "a safer export")
    assert "Another day is proposed: Fri, Apr 10.* Why: Jonas is away" in words(proposal[1])
    slack.click("grace", proposal, "dependencies.agree")
    until(lambda: newest(slack).state == "accepted")
    assert str(newest(slack).promised_on) == "2026-04-10"
    assert "agrees with the day that *Platform* proposed" in words(message_about(slack, "lena", "a safer export")[1])
    slack.click("grace", proposal, "dependencies.agree")
    until(lambda: "not proposed any more" in words(slack.messages("grace", "bot")))


def test_a_day_that_has_passed_keeps_the_form_open(slack: Slack) -> None:
    ask(slack, "a smaller export by 2026-03-31")
    form = slack.click("lena", message_about(slack, "lena", "a smaller export"), "dependencies.accept_button").form
    assert "has passed" in slack.submit("lena", form, day="2026-02-10").errors["day"]
    slack.close_form("lena", form)


def test_declined_with_a_reason_it_is_told(slack: Slack) -> None:
    ask(slack, "a prettier export by 2026-03-31")
    form = slack.click("lena", message_about(slack, "lena", "a prettier"), "dependencies.decline_button").form
    assert slack.submit("lena", form, reason="No designer before May").views == []
    answer = message_about(slack, "grace", "a prettier export")
    assert "*Declined:* No designer before May" in words(answer[1])
    assert labels(answer) == []


def test_withdrawn_the_leads_message_says_so(slack: Slack) -> None:
    asked = slack.command("grace", "#growth", "/outcome need OUT-1 #platform a louder export by 2026-03-31").whispers[
        -1
    ]
    message_about(slack, "lena", "a louder export")
    slack.click("grace", ("#growth", asked), "dependencies.withdraw")
    until(lambda: newest(slack).state == "withdrawn")
    question = message_about(slack, "lena", "a louder export")
    assert "Withdrawn" in words(question[1])
    assert labels(question) == []


def test_who_may_not_answer_is_told_who_may(slack: Slack) -> None:
    ask(slack, "another export by 2026-03-31")
    slack.hear(slack.press("jonas", "dependencies.accept_button", str(newest(slack).id)))
    until(
        lambda: (
            "Lena Brandt leads Platform and can answer" in words([slack.views("jonas"), slack.messages("jonas", "bot")])
        )
    )


def test_without_words_or_a_day_a_form_asks_for_what_is_missing(slack: Slack) -> None:
    form = slack.command("grace", "#growth", "/outcome need OUT-1").form
    assert form["title"]["text"] == "Ask another team"
    slack.close_form("grace", form)
    form = slack.command("grace", "#growth", "/outcome need OUT-1 #platform a report sorted by name").form
    values = form["state"]["values"]
    assert values["text"]["value"]["value"] == "a report sorted by name"
    assert values["team"]["value"]["selected_option"]["text"]["text"] == "Platform"
    saved = slack.submit("grace", form, wanted="2026-03-27")
    assert saved.views == []
    assert "*Platform* is asked" in saved.text
    assert newest(slack).text == "a report sorted by name"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("OUT-1 @Platfrom an export by Friday", "Did you mean @Platform?"),
        ("OUT-1 @lena an export by Friday", "That names a person"),
        ("OUT-1 #general an export by Friday", "no team's home that you can see"),
        ("OUT-1 #growth an export by Friday", "Growth owns this outcome"),
        ("OUT-1 #platform an export by 2026-02-01", "That day has passed"),
        ("", "Name the outcome by its key"),
    ],
)
def test_what_cannot_be_asked_is_answered_with_why(slack: Slack, line: str, said: str) -> None:
    seen = slack.command("grace", "#growth", f"/outcome need {line}")
    assert said in seen.text
    assert seen.views == []


def test_somebody_who_may_not_ask_is_told_who_may(slack: Slack) -> None:
    for line in ("/outcome need OUT-1", "/outcome need OUT-1 #platform an export by Friday"):
        seen = slack.command("tyler", "#growth", line)
        assert seen.views == []
        assert "OUT-1 is Grace Whitfield's" in seen.text


def test_a_circle_is_said_to_whoever_closes_it_and_to_the_one_who_is_asked(slack: Slack) -> None:
    write_down(slack, "lena", "#platform", statement="Exports are fast", owner="@lena")
    key = next(one for one in slack.command("lena", "#platform", "/outcome").text.split() if "OUT-" in one).strip("*")
    ask(slack, "a first thing by 2026-03-31")
    said = slack.command("lena", "#platform", f"/outcome need {key} #growth a second thing by 2026-03-31").text
    circle = f"Platform waits for Growth ({key}), Growth waits for Platform (OUT-1)"
    assert circle in said
    assert circle in words(message_about(slack, "grace", "a second thing")[1])


def test_a_private_teams_outcome_does_not_leak_to_the_asked_lead(slack: Slack) -> None:
    set_up(slack, "henrik", "#people-ops", name="People")
    write_down(slack, "henrik", "#people-ops", statement="Offers are signed sooner")
    key = next(one for one in slack.command("henrik", "#people-ops", "/outcome").text.split() if "OUT-" in one).strip(
        "*"
    )
    slack.command("henrik", "#people-ops", f"/outcome need {key} #platform a secure folder by 2026-03-31")
    question = message_about(slack, "lena", "a secure folder")
    said = words(question[1])
    assert "Henrik Lindqvist" in said
    assert "For an outcome that you cannot see" in said
    assert not any(secret in said for secret in (key, "Offers are signed", "People"))
    form = slack.click("lena", question, "dependencies.accept_button").form
    assert key not in words(form)
    confirmed = slack.submit("lena", form)
    assert confirmed.views == []
    assert key not in confirmed.text
    assert key in words(message_about(slack, "henrik", "a secure folder")[1])
