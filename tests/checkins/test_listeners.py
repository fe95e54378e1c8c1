"""Check-ins by real gestures: the form that asks about a jump, and replies in words."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import pytest

from bot.checkins.actions.replies import answer_in_words
from bot.errors import MemoryAway
from tests.living import Beginning, Json, Slack, elements, set_up, until, words, write_down

JUMP = "is over ten times the usual change"


@pytest.fixture(scope="module")
def beginning(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Beginning:
    """Monday morning: Grace owns OUT-1 and was asked about it, Priya owns OUT-2 and OUT-3."""

    def live(slack: Slack) -> None:
        set_up(slack, "grace", "#growth", name="Growth")
        write_down(slack, "grace", "#growth")
        write_down(slack, "grace", "#growth", statement="Support answers stay correct", owner="@priya")
        write_down(slack, "grace", "#growth", statement="Support answers are fast", owner="@priya")
        slack.jump("2026-03-02T09:00:00-05:00")

    return Beginning.lived(_migrated_sqlite, tmp_path_factory.mktemp("beginning"), live)


@pytest.fixture
def slack(beginning: Beginning, tmp_path: Path) -> Iterator[Slack]:
    """A company on that Monday morning."""
    with beginning.gone_on_with(tmp_path) as slack:
        yield slack


def check_in(slack: Slack, user: str) -> Json:
    return next(post for post in slack.posts(user, "bot") if words(post).startswith("Check-in\n"))


def answers(slack: Slack, user: str) -> list[Json]:
    """What was said in the thread of somebody's check-in, once everything owed is sent."""
    slack.settle()
    return slack.thread(user, "bot", check_in(slack, user)["ts"])[1:]


def posts_now(slack: Slack, user: str) -> list[Json]:
    """What Rhythm has written to somebody once everything owed is sent."""
    slack.settle()
    return slack.posts(user, "bot")


def thread_now(slack: Slack, user: str, message: Json) -> list[Json]:
    """What stands in the thread of a message once everything owed is sent."""
    slack.settle()
    return slack.thread(user, "bot", message["ts"])


def reply(slack: Slack, user: str, text: str) -> str:
    """What is answered to a reply in the thread of the check-in."""
    before = len(answers(slack, user))
    slack.reply(user, "bot", check_in(slack, user)["ts"], text)
    until(lambda: len(answers(slack, user)) >= before + 2)
    return words(answers(slack, user)[-1])


def test_a_reply_in_the_thread_is_saved_and_read_back_there(slack: Slack) -> None:
    said = reply(slack, "grace", "9.5% because the email & @marcus shipped <it>")
    assert "*OUT-1* now stands at *9.5%* (before: 8%)." in said
    assert "“the email &amp; @somebody shipped &lt;it&gt;”" in said
    assert slack.results() == ["9.5"]
    assert "All answered" in words(check_in(slack, "grace"))
    until(lambda: "9.5%" in words(slack.home("grace")))


def test_several_outcomes_are_answered_in_one_reply(slack: Slack) -> None:
    said = reply(slack, "priya", "OUT-2 9%\n3: no change because of the holidays\nhello")
    assert "*OUT-2* now stands at *9%*" in said
    assert "*OUT-3*: no change, still *8%*" in said
    assert "Not saved: “hello”" in said
    assert slack.results() == ["9", "8"]


def test_an_answer_can_be_edited_from_the_reply_to_it(slack: Slack) -> None:
    reply(slack, "grace", "9.5%")
    [answer] = [one for one in answers(slack, "grace") if "OUT-1" in words(one)]
    form = slack.click("grace", ("bot", answer), "checkins.update").form
    assert slack.submit("grace", form, value="9.7%").views == []
    assert slack.results() == ["9.5", "9.7"]


def test_a_jump_in_a_reply_is_saved_only_after_a_second_look(slack: Slack) -> None:
    assert f"*OUT-1* is not saved yet: *8% → 800%* {JUMP}" in reply(slack, "grace", "800% because it works")
    assert slack.results() == []
    [answer] = [one for one in answers(slack, "grace") if JUMP in words(one)]
    form = slack.click("grace", ("bot", answer), "checkins.check").form
    assert JUMP in words(form)
    state = form["state"]["values"]
    assert [state[name]["value"]["value"] for name in ("value", "note")] == ["800%", "it works"]
    assert slack.submit("grace", form).views == []
    assert slack.results() == ["800"]


def test_a_second_look_without_the_reply_opens_the_form_as_ever(slack: Slack) -> None:
    reply(slack, "grace", "800%")
    [answer] = [one for one in answers(slack, "grace") if JUMP in words(one)]
    with slack.faults({"kind": "error", "method": "conversations.replies", "error": "internal_error", "times": None}):
        form = slack.click("grace", ("bot", answer), "checkins.check").form
    assert JUMP not in words(form)
    assert slack.submit("grace", form, value="9%").views == []
    assert slack.results() == ["9"]


def test_the_form_asks_about_a_jump_once(slack: Slack) -> None:
    form = slack.click("grace", ("bot", check_in(slack, "grace")), "checkins.update").form
    asked = slack.submit("grace", form, value="800%", note="It works").form
    assert JUMP in words(asked)
    assert asked["state"]["values"]["note"]["value"]["value"] == "It works"
    assert slack.results() == []
    assert slack.submit("grace", asked).views == []
    assert slack.results() == ["800"]


def test_the_form_takes_what_is_in_the_way_and_what_is_done(slack: Slack) -> None:
    added = slack.command("grace", "#growth", "/outcome action OUT-1 Call ten customers")
    assert "Call ten customers" in added.text
    form = slack.click("grace", ("bot", check_in(slack, "grace")), "checkins.update").form
    assert "Call ten customers" in words(form)
    given = {"value": "9%", "obstacle": "The legal <review>", "decision": ["decision"], "done": ["1"], "seen": "yes"}
    need = slack.submit("grace", form, **given).form
    assert "Your answer is saved" in words(need)
    slack.close_form("grace", need)
    card = slack.command("grace", "#growth", "/outcome show OUT-1").text
    assert "The legal &lt;review&gt;" in card
    assert "needs a decision" in card
    assert "Call ten customers (effect seen: yes)" in card
    assert slack.results() == ["9"]


def test_a_form_that_asks_again_keeps_what_else_was_said(slack: Slack) -> None:
    slack.command("grace", "#growth", "/outcome action OUT-1 Call ten customers")
    form = slack.click("grace", ("bot", check_in(slack, "grace")), "checkins.update").form
    given = {"value": "800%", "obstacle": "The legal review", "decision": ["decision"], "done": ["1"], "seen": "no"}
    asked = slack.submit("grace", form, **given).form
    assert JUMP in words(asked)
    need = slack.submit("grace", asked).form
    assert "Your answer is saved" in words(need)
    slack.close_form("grace", need)
    card = slack.command("grace", "#growth", "/outcome show OUT-1").text
    assert all(said in card for said in ("The legal review", "needs a decision", "effect seen: no"))


def test_the_decision_that_an_answer_needs_is_asked_for_next(slack: Slack) -> None:
    form = slack.click("grace", ("bot", check_in(slack, "grace")), "checkins.update").form
    given = {"value": "9%", "obstacle": "Nobody says what the price is", "decision": ["decision"]}
    need = slack.submit("grace", form, **given).form
    state = need["state"]["values"]
    assert state["question"]["value"]["value"] == "Nobody says what the price is"
    assert "OUT-1" in words(state["waits"])
    assert slack.submit("grace", need, question="What is the price?", decider="@priya").views == []
    slack.settle()
    assert "Priya" in words(slack.posts("grace", "bot")[-1])
    assert "asks you to decide *DEC-1* What is the price?" in words(slack.posts("priya", "bot"))
    card = slack.command("grace", "#growth", "/outcome show OUT-1").text
    assert "*DEC-1* is open: Priya" in card
    assert "waits for this" in card
    until(lambda: "*DEC-1* is open: Priya" in words(slack.home("grace")))


def test_a_decision_about_nothing_is_asked_about_beside_its_field(slack: Slack) -> None:
    form = slack.click("grace", ("bot", check_in(slack, "grace")), "checkins.update").form
    refused = slack.submit("grace", form, value="9%", decision=["decision"])
    assert refused.errors == {"obstacle": "Say what has to be decided, and what waits for it."}
    assert slack.results() == []


def asked_again(slack: Slack, user: str) -> Json:
    """The check-in of the next Monday."""
    slack.jump("2026-03-09T09:00:00-05:00")
    slack.settle()
    return [post for post in slack.posts(user, "bot") if words(post).startswith("Check-in\n")][-1]


def test_no_change_again_asks_why_in_a_small_form(slack: Slack) -> None:
    slack.click("grace", ("bot", check_in(slack, "grace")), "checkins.no_change")
    second = asked_again(slack, "grace")
    form = slack.click("grace", ("bot", second), "checkins.no_change").form
    assert "What holds it?" in words(form)
    assert slack.results() == ["8"]
    assert slack.submit("grace", form, note="The data team is away").views == []
    assert slack.results() == ["8", "8"]
    slack.settle()
    assert "“The data team is away”" in words(slack.posts("grace", "#growth")[-1])


def test_a_bare_no_change_again_is_answered_with_the_question(slack: Slack) -> None:
    slack.click("grace", ("bot", check_in(slack, "grace")), "checkins.no_change")
    second = asked_again(slack, "grace")
    slack.reply("grace", "bot", second["ts"], "no change")

    def asked_why() -> list[Json]:
        slack.settle()
        return [one for one in slack.thread("grace", "bot", second["ts"]) if "What holds it?" in words(one)]

    until(asked_why)
    form = slack.click("grace", ("bot", asked_why()[0]), "checkins.no_change").form
    assert slack.submit("grace", form, note="The data team is away").views == []
    assert slack.results() == ["8", "8"]


def test_a_snoozed_check_in_comes_back_when_it_says(slack: Slack) -> None:
    message = check_in(slack, "grace")
    [afternoon, _] = next(menu["options"] for _, menu in elements(message["blocks"]) if "options" in menu)
    said = slack.choose("grace", ("bot", message), "checkins.snooze", afternoon["value"]).text
    assert "I come back to this today at 14:00, your time." in said
    slack.settle()
    assert "Snoozed until Mon, Mar 2 at 14:00." in words(check_in(slack, "grace"))
    slack.jump("2026-03-02T14:00:01-05:00")
    until(lambda: "You asked to come back" in words(posts_now(slack, "grace")[-1]))
    form = slack.click("grace", ("bot", slack.posts("grace", "bot")[-1]), "checkins.update").form
    assert slack.submit("grace", form, value="9%").views == []
    until(lambda: "All answered" in words(posts_now(slack, "grace")[-1]))


def test_who_says_nothing_is_nudged_and_can_answer_there(slack: Slack) -> None:
    slack.settle()
    slack.jump("2026-03-03T09:00:01-05:00")
    until(lambda: "Your check-in is still open" in words(posts_now(slack, "priya")[-1]))
    nudge = slack.posts("priya", "bot")[-1]
    slack.click("priya", ("bot", nudge), "checkins.no_change")
    until(lambda: "1 outcome waits for your answer" in words(posts_now(slack, "priya")[-1]))
    slack.reply("priya", "bot", nudge["ts"], "9%")
    until(lambda: "*OUT-3* now stands at *9%*" in words(thread_now(slack, "priya", nudge)))
    assert "All answered" in words(thread_now(slack, "priya", nudge)[0])
    assert slack.results() == ["8", "9"]


def test_a_week_without_an_answer_is_told_to_the_team_and_taken_back(slack: Slack) -> None:
    slack.settle()
    slack.jump("2026-03-09T09:00:05-04:00")

    def told() -> Json:
        slack.settle()
        return [post for post in slack.posts("priya", "#growth") if "check-in of Mon, Mar 2" in words(post)][-1]

    assert "closed without news of" in words(told())
    assert all(key in words(told()) for key in ("OUT-1", "OUT-2", "OUT-3"))
    slack.click("grace", ("bot", check_in(slack, "grace")), "checkins.no_change")
    until(lambda: "OUT-1" not in words(told()))


def test_a_message_outside_of_a_thread_answers_an_open_check_in(slack: Slack) -> None:
    slack.post("message", user="@grace", channel="bot", text="9% because the email shipped")
    until(lambda: "*OUT-1* now stands at *9%*" in words(answers(slack, "grace")))
    assert slack.results() == ["9"]


def test_a_message_that_is_no_answer_is_told_what_rhythm_reads(slack: Slack) -> None:
    slack.post("message", user="@grace", channel="bot", text="hello, 42 it is")
    until(lambda: "I only understand" in words(posts_now(slack, "grace")))
    assert slack.results() == []


def test_a_reply_that_is_delivered_twice_counts_once(slack: Slack) -> None:
    reply(slack, "grace", "9%")
    slack.hear(event(slack, "grace", "9%", ts=newest_reply(slack, "grace")["ts"]))
    slack.hear(event(slack, "grace", "10%", ts="1772460000.000100"))
    until(lambda: slack.results() == ["9", "10"])
    me = slack.person("grace")
    until(lambda: len([one for one in answers(slack, "grace") if one["user"] != me]) >= 2)
    told = [words(one) for one in answers(slack, "grace") if one["user"] != me]
    assert ["*9%* (before: 8%)" in told[0], "*10%* (before: 9%)" in told[1], len(told)] == [True, True, 2]
    assert slack.results() == ["9", "10"]


def test_somebody_elses_thread_is_nobodys_to_answer(slack: Slack) -> None:
    slack.hear(event(slack, "priya", "9%", ts="1772460000.000100"))
    until(lambda: "I only understand" in words(posts_now(slack, "priya")))
    assert slack.results() == []


def test_an_edited_message_or_a_bots_is_no_reply(slack: Slack) -> None:
    for odd in ({"subtype": "message_changed"}, {"bot_id": "B1"}, {"channel_type": "channel"}):
        slack.hear(event(slack, "grace", "9%", ts="1772460000.000100", **odd))
    slack.hear(event(slack, "grace", "10%", ts="1772460000.000200", subtype="file_share"))
    until(lambda: slack.results() == ["10"])


def test_a_trouble_while_a_reply_is_read_is_told(slack: Slack, monkeypatch: pytest.MonkeyPatch) -> None:
    def trouble(*_given: Any, **_named: Any) -> bool:
        raise RuntimeError("trouble")

    monkeypatch.setattr("bot.home.listeners.answer_in_words", trouble)
    slack.post("message", user="@grace", channel="bot", text="9%")
    until(lambda: "Something went wrong on Rhythm's side" in words(slack.messages("grace", "bot")))


def test_a_reply_is_acknowledged_only_once_it_is_kept(slack: Slack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack brings again what was not acknowledged; what was, nobody would miss when the process ends."""
    kept = threading.Event()

    def in_a_while(*given: Any, **named: Any) -> bool:
        kept.wait()
        return answer_in_words(*given, **named)

    monkeypatch.setattr("bot.home.listeners.answer_in_words", in_a_while)
    with ThreadPoolExecutor(1) as meanwhile:
        acknowledged = meanwhile.submit(slack.hear, event(slack, "grace", "9%", ts="1772460000.000100"))
        assert not wait([acknowledged], timeout=0.3).done
        kept.set()
        assert acknowledged.result().status == 200
    assert slack.results() == ["9"]


def test_a_reply_that_meets_no_database_is_brought_again_by_slack(
    slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_given: Any, **_named: Any) -> bool:
        raise MemoryAway("gone")

    said = event(slack, "grace", "9%", ts="1772460000.000100")
    with monkeypatch.context() as patch:
        patch.setattr("bot.home.listeners.answer_in_words", away)
        assert slack.hear(said).status == 503
    assert slack.results() == []
    assert slack.hear(said).status == 200
    assert slack.results() == ["9"]


def newest_reply(slack: Slack, user: str) -> Json:
    """What the person wrote last in the thread."""
    me = slack.person(user)
    thread = slack.thread(user, "bot", check_in(slack, user)["ts"])
    return next(one for one in reversed(thread) if one["user"] == me)


def event(slack: Slack, user: str, text: str, *, ts: str, **odd: str) -> Json:
    """The payload of a message in the thread of Grace's check-in, as Slack sends it."""
    asked = check_in(slack, "grace")
    said = {
        "type": "message",
        "user": slack.person(user),
        "text": text,
        "ts": ts,
        "thread_ts": asked["ts"],
        "channel": "D" + slack.person("grace")[1:],
        "channel_type": "im",
        **odd,
    }
    return {"type": "event_callback", "team_id": slack.workspace, "event": said}
