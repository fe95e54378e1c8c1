"""What people, and programs that pretend to be Slack, should not send: answered clearly, and nothing is lost."""

import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from tests.living import Json, Slack, as_form, set_up, until, words, write_down

GIVEN = {"statement": "x", "measure": "m", "baseline": "1", "target": "2", "due": "2026-06-30"}
STRANGE = [
    "🚀 Launch 👩‍👩‍👧‍👦 day",
    "זמן התגובה יורד",
    "<!channel> and <@U05GR4CE22> & <https://evil.example|click>",
    "</script><script>alert(1)</script>",
    "*bold* _it_ `code` ~no~ > quote",
    "a\x00b\x07c\x1b[31md",
    "half a surrogate \ud83d here",
    "x" * 300,
]


def count(slack: Slack) -> int:
    """How many outcomes there are, as the heading of the list says."""
    return int(slack.command("grace", "#growth", "/outcome list all").text.split(": ")[1].split(" ")[0])


def new_form(slack: Slack) -> Json:
    return slack.command("grace", "#growth", "/outcome new").form


def errors(body: str) -> dict[str, str]:
    """The sentences of a refused form."""
    answer = json.loads(body)
    assert answer["response_action"] == "errors", answer
    refused: dict[str, str] = answer["errors"]
    return refused


@pytest.mark.parametrize("statement", STRANGE, ids=lambda text: ascii(text[:12]))
def test_any_text_is_only_text(slack: Slack, statement: str) -> None:
    form = new_form(slack)
    answer = slack.hear(slack.submission("grace", form, **{**GIVEN, "statement": statement, "why": statement}))
    assert answer.body == ""
    slack.close_form("grace", form)
    shown = slack.command("grace", "#growth", "/outcome list all").text
    kept = statement.replace("\x00", "").replace("\x07", "").replace("\x1b", "").replace("\ud83d", "")
    assert kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")[:130] in shown
    assert "<!channel>" not in shown
    assert "<@U05GR4CE22>" not in shown


@pytest.mark.parametrize(
    ("field", "most"),
    [("statement", 300), ("measure", 100), ("why", 1000), ("baseline", 60), ("due", 60)],
)
def test_a_field_over_its_limit_is_refused_even_when_slack_let_it_through(slack: Slack, field: str, most: int) -> None:
    form, before = new_form(slack), count(slack)
    answer = slack.hear(slack.submission("grace", form, **{**GIVEN, field: "7" * (most + 1)}))
    assert f"stay within {most:,}" in errors(answer.body)[field]
    assert count(slack) == before
    slack.close_form("grace", form)


def test_a_further_field_over_its_limit_is_refused_too(slack: Slack) -> None:
    form = slack.click("grace", new_form(slack), "outcomes.more_fields").form
    answer = slack.hear(slack.submission("grace", form, **{**GIVEN, "unit": "7" * 61, "milestones": "7" * 601}))
    refused = errors(answer.body)
    assert "stay within 60" in refused["unit"]
    assert "stay within 600" in refused["milestones"]
    slack.close_form("grace", form)


def test_every_field_that_is_wrong_is_named_at_once(slack: Slack) -> None:
    refused = slack.submit("grace", new_form(slack), **{**GIVEN, "baseline": "many", "target": "soon", "due": "maybe"})
    assert set(refused.errors) == {"baseline", "target", "due"}
    assert refused.form["state"]["values"]["baseline"]["value"]["value"] == "many"
    slack.close_form("grace", refused.form)


def test_a_note_over_its_limit_keeps_the_form(slack: Slack) -> None:
    form = slack.command("grace", "#growth", "/outcome result OUT-1").form
    answer = slack.hear(slack.submission("grace", form, value="9%", note="n" * 1001))
    assert "1,001 characters" in " ".join(errors(answer.body).values())
    assert slack.results() == []
    slack.close_form("grace", form)


@pytest.mark.parametrize("name", ["", "   ", "n" * 81])
def test_a_team_without_a_fitting_name_is_refused(slack: Slack, name: str) -> None:
    form = slack.command("grace", "#growth", "/rhythm setup").form
    assert "name" in " ".join(errors(slack.hear(slack.submission("grace", form, name=name)).body).values())
    slack.close_form("grace", form)


@pytest.mark.parametrize(
    ("owner", "sentence"), [("buildbot", "is a bot"), ("oliver", "is deactivated"), ("rhythm", "is a bot")]
)
def test_a_bot_or_a_leaver_cannot_own(slack: Slack, owner: str, sentence: str) -> None:
    form = new_form(slack)
    answer = slack.hear(slack.submission("grace", form, **GIVEN, owner=slack.person(owner)))
    assert sentence in errors(answer.body)["owner"]
    slack.close_form("grace", form)


def test_an_owner_whom_slack_does_not_know_is_said_so(slack: Slack) -> None:
    form = new_form(slack)
    answer = slack.hear(slack.submission("grace", form, **GIVEN, owner="U0NOB0DY99"))
    assert "Slack knows nobody by that name" in " ".join(errors(answer.body).values())
    slack.close_form("grace", form)


def test_a_bot_cannot_lead(slack: Slack) -> None:
    form = slack.command("grace", "#growth", "/rhythm setup").form
    refused = slack.submit("grace", form, lead="@buildbot")
    assert "cannot lead a team" in " ".join(refused.errors.values())
    slack.close_form("grace", form)


@pytest.mark.parametrize("team", ["", "abc", "0", "-1", "9" * 40, "²", "1; drop table team"])
def test_a_team_that_is_none_is_refused(slack: Slack, team: str) -> None:
    form = new_form(slack)
    assert "team" in errors(slack.hear(slack.submission("grace", form, **GIVEN, team=team)).body)
    slack.close_form("grace", form)


def test_a_command_of_eight_thousand_characters_is_answered_and_given_back(slack: Slack) -> None:
    typed = "<!here> & " + "long " * 1600
    answer = slack.command("grace", "#growth", f"/outcome new {typed}").text
    assert "a statement has 300 at most" in answer
    assert "&lt;!here&gt; &amp; long long" in answer
    assert answer.count("long ") >= 1599
    assert "does not know" in slack.command("grace", "#growth", "/" + "outcome " + "y" * 8000).text
    assert "Name the outcome" in slack.command("grace", "#growth", "/outcome show " + "1" * 8000).text


@pytest.mark.parametrize("action_id", ["outcomes.show", "results.log_result", "checkins.update", "checkins.no_change"])
@pytest.mark.parametrize("value", ["1; drop table", "9" * 30, "-1", "² ²", "4711", "4711 4711"])
def test_a_button_with_a_tampered_value_does_nothing_and_says_so(slack: Slack, action_id: str, value: str) -> None:
    before = len(slack.messages("marcus", "bot"))
    assert slack.hear(slack.press("marcus", action_id, value)).status == 200
    until(lambda: len(slack.messages("marcus", "bot")) > before or slack.views("marcus"))
    shown = words([slack.views("marcus"), slack.messages("marcus", "bot")])
    assert "wrong on Rhythm's side" not in shown
    assert slack.results() == []


@pytest.mark.parametrize("action_id", ["checkins.update", "checkins.no_change"])
def test_somebody_elses_check_in_cannot_be_answered(slack: Slack, action_id: str) -> None:
    before = len(slack.messages("tyler", "bot"))
    assert slack.hear(slack.press("tyler", action_id, "1 1")).status == 200
    until(lambda: len(slack.messages("tyler", "bot")) > before)
    assert "That check-in is not yours" in words(slack.messages("tyler", "bot"))
    assert slack.results() == []


def test_another_workspace_sees_and_changes_nothing(slack: Slack) -> None:
    for action_id, value in (("outcomes.show", "1"), ("checkins.no_change", "1 1")):
        payload = slack.press("grace", action_id, value)
        payload["team"] = {"id": "T0STRANGER", "domain": "stranger"}
        payload["user"]["team_id"] = "T0STRANGER"
        slack.hear(payload)
    assert slack.results() == []
    assert "T0STRANGER" not in words(slack.messages("grace", "bot"))


def test_a_button_that_nobody_listens_to_any_more_is_answered(slack: Slack) -> None:
    assert slack.hear(slack.press("yusuf", "outcomes.button_of_last_year", "1")).status == 200
    until(lambda: "from an older message" in words(slack.messages("yusuf", "bot")))


def test_a_form_that_nobody_listens_to_any_more_stays_open_and_says_so(slack: Slack) -> None:
    form = new_form(slack)
    payload = slack.submission("grace", {**form, "callback_id": "outcomes.form_of_last_year"}, **GIVEN)
    assert "from an older" in " ".join(errors(slack.hear(payload).body).values())
    slack.close_form("grace", form)


def test_a_name_in_a_refusal_cannot_ping(slack: Slack) -> None:
    slack.post("user", user="@sofia", name="<!channel> Sofia")
    write_down(slack, "grace", "#growth", owner="@sofia")
    key = slack.command("grace", "#growth", "/outcome list @sofia").text.split("OUT-")[1].split("*")[0]
    assert "<!channel>" not in slack.command("tyler", "#growth", f"/outcome result OUT-{key} 9%").text


def test_a_form_submitted_twice_is_saved_once(slack: Slack) -> None:
    form, before = new_form(slack), count(slack)
    payload = slack.submission("grace", form, **GIVEN)
    assert [slack.hear(payload).body for _ in range(2)] == ["", ""]
    assert count(slack) == before + 1


# The HTTP door


def test_a_forged_signature_is_turned_away(slack: Slack) -> None:
    form, before = new_form(slack), count(slack)
    body = as_form(slack.submission("grace", form, **GIVEN))
    assert slack.signed(body, secret="another secret").status_code == 401
    assert slack.signed(body, age=-600).status_code == 401
    assert slack.signed(body, age=600).status_code == 401
    assert count(slack) == before
    slack.close_form("grace", form)


def test_a_replayed_form_is_not_saved_twice(slack: Slack) -> None:
    form, before = new_form(slack), count(slack)
    body = as_form(slack.submission("grace", form, **GIVEN))
    assert [slack.signed(body).status_code for _ in range(3)] == [200, 200, 200]
    assert count(slack) == before + 1


def test_a_replayed_command_logs_its_result_once(slack: Slack) -> None:
    form = {
        "command": "/outcome",
        "text": "result OUT-1 8.25%",
        "team_id": slack.workspace,
        "user_id": slack.person("grace"),
        "channel_id": slack.channel("#growth"),
        "trigger_id": "77.88.99",
        "response_url": f"{slack.rehearsal.sandbox.url}/hooks/commands/x/y",
    }
    assert [slack.signed(urlencode(form)).status_code for _ in range(2)] == [200, 200]
    until(lambda: slack.results() == ["8.25"])
    slack.settle()
    assert slack.results() == ["8.25"]


@pytest.mark.parametrize("body", ["", "payload=", "payload=%7B", "payload=null", "command=", "ssl_check=1", "\x00\xff"])
def test_nonsense_with_a_good_signature_does_no_harm(slack: Slack, body: str) -> None:
    assert slack.signed(body).status_code < 500
    assert slack.signed("x" * 1_100_000).status_code == 413


def test_concurrent_submissions_of_one_form_are_saved_once(company: Slack) -> None:
    form = new_form(company)
    payload = company.submission("grace", form, **GIVEN)
    with ThreadPoolExecutor(8) as together:
        bodies = list(together.map(lambda _: company.hear(payload).body, range(8)))
    assert bodies == [""] * 8
    assert count(company) == 2


def test_strangers_who_come_at_once_are_each_met_once(company: Slack) -> None:
    """Two listeners look the same new person up at the same moment."""
    with ThreadPoolExecutor(8) as together:
        answers = list(together.map(lambda _: company.command("jonas", "#platform", "/outcome").text, range(8)))
    assert all("You own no outcome yet" in answer for answer in answers)


def test_a_channel_set_up_twice_at_once_becomes_one_team(company: Slack) -> None:
    set_up(company, "lena", "#platform", name="Platform")
    form = company.command("priya", "#support", "/rhythm setup").form
    until(lambda: company.knows("#support"))
    payload = company.submission("priya", form, name="Support")
    with ThreadPoolExecutor(6) as together:
        bodies = list(together.map(lambda _: company.hear(payload).body, range(6)))
    assert bodies == [""] * 6
