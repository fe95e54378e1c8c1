"""Results by real gestures: the form, one line, the button, and the shortcut on a message."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.outcomes.model import Result
from tests.living import Json, Slack, living, set_up, words, write_down

JUMP = "is over ten times the usual change"


@pytest.fixture(scope="module")
def slack(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slack]:
    """A company where Grace leads Growth and owns OUT-1, and Marcus owns OUT-2."""
    path = tmp_path_factory.mktemp("company") / "rhythm.db"
    shutil.copyfile(_migrated_sqlite, path)
    with living(f"sqlite:///{path}") as slack:
        set_up(slack, "grace", "#growth", name="Growth")
        write_down(slack, "grace", "#growth")
        write_down(slack, "grace", "#growth", statement="Support answers stay correct", owner="@marcus")
        slack.jump("2026-03-23T15:00:00-04:00")
        yield slack


def new_outcome(slack: Slack, user: str = "grace", **changes: str) -> str:
    """The key of an outcome of this test's own."""
    write_down(slack, user, "#growth", **changes)
    return f"OUT-{len(slack.statements())}"


def newest(slack: Slack) -> Result:
    """The result that was logged last."""
    with slack.bot.db.read() as tx:
        return tx.scalars(select(Result).order_by(Result.id.desc())).first() or pytest.fail("no result")


def test_a_result_can_be_dated_to_a_day_before(slack: Slack) -> None:
    key = new_outcome(slack)
    form = slack.command("grace", "#growth", f"/outcome result {key}").form
    saved = slack.submit("grace", form, value="9%", measured_on="3 March")
    assert f"*{key}* stands at *9%* as of Tue, Mar 3 (before: 8%)" in saved.text
    assert f"{newest(slack).measured_at:%Y-%m-%d %H:%M}" == "2026-03-03 17:00"


@pytest.mark.parametrize(("day", "sentence"), [("tomorrow", "has not come yet"), ("soonish", "not a date I can read")])
def test_a_day_that_cannot_be_is_refused_at_its_field(slack: Slack, day: str, sentence: str) -> None:
    form = slack.command("grace", "#growth", "/outcome result OUT-1").form
    refused = slack.submit("grace", form, value="9%", measured_on=day)
    assert sentence in refused.errors["measured_on"]
    assert refused.form["state"]["values"]["value"]["value"]["value"] == "9%"
    slack.close_form("grace", refused.form)


def test_a_result_of_another_unit_is_refused_at_its_field(slack: Slack) -> None:
    form = slack.command("grace", "#growth", "/outcome result OUT-1").form
    refused = slack.submit("grace", form, value="$5")
    assert refused.errors == {"value": "This measure is in percent; $5 is in USD."}
    slack.close_form("grace", refused.form)


def test_a_correction_takes_the_place_of_what_it_corrects(slack: Slack) -> None:
    key = new_outcome(slack)
    slack.command("grace", "#growth", f"/outcome result {key} 10% on 16 March because of a slip")
    slack.command("grace", "#growth", f"/outcome result {key} 9.5%")
    form = slack.command("grace", "#growth", f"/outcome result {key}").form
    options = next(block for block in form["blocks"] if block["block_id"] == "corrects")["element"]["options"]
    assert [one["text"]["text"].replace("\xa0", " ") for one in options] == [
        "Mon, Mar 23: 9.5% (Grace Whitfield)",
        "Mon, Mar 16: 10% (Grace Whitfield)",
    ]
    refused = slack.submit("grace", form, value="9%", corrects=options[1]["value"], measured_on="yesterday")
    assert "A correction keeps the day" in refused.errors["measured_on"]
    saved = slack.submit("grace", refused.form, measured_on="")
    assert f"*{key}* on Mon, Mar 16, corrected: 10% → *9%*. It stands at 9.5% now." in saved.text


def test_the_result_of_another_outcome_cannot_be_corrected(slack: Slack) -> None:
    slack.command("grace", "#growth", "/outcome result OUT-1 8.5%")
    other = newest(slack).id
    key = new_outcome(slack)
    slack.command("grace", "#growth", f"/outcome result {key} 9%")
    form = slack.command("grace", "#growth", f"/outcome result {key}").form
    answer = slack.hear(slack.submission("grace", form, value="9.5%", corrects=str(other)))
    assert "Choose one of the results in the list" in answer.body
    slack.close_form("grace", form)


def test_a_jump_is_asked_about_once_in_the_form(slack: Slack) -> None:
    key = new_outcome(slack)
    form = slack.command("grace", "#growth", f"/outcome result {key}").form
    before = slack.results()
    asked = slack.submit("grace", form, value="800%", note="It works", confidence="7", measured_on="yesterday").form
    assert f"*8% → 800%* {JUMP}.\nIf that is right, save again." in words(asked)
    assert slack.results() == before
    kept = asked["state"]["values"]
    assert [kept[name]["value"]["value"] for name in ("value", "note", "measured_on")] == [
        "800%",
        "It works",
        "yesterday",
    ]
    assert kept["confidence"]["value"]["selected_option"]["value"] == "7"
    saved = slack.submit("grace", asked)
    assert saved.views == []
    assert slack.results() == [*before, "800"]
    assert (newest(slack).note, newest(slack).confidence) == ("It works", 7)


def test_a_jump_that_was_a_slip_is_mended_in_the_form(slack: Slack) -> None:
    key = new_outcome(slack)
    form = slack.command("grace", "#growth", f"/outcome result {key}").form
    asked = slack.submit("grace", form, value="900%").form
    assert slack.submit("grace", asked, value="9%").views == []
    assert slack.results()[-1] == "9"


def test_a_correction_that_jumps_is_asked_about_too(slack: Slack) -> None:
    key = new_outcome(slack)
    slack.command("grace", "#growth", f"/outcome result {key} 9%")
    form = slack.command("grace", "#growth", f"/outcome result {key}").form
    asked = slack.submit("grace", form, value="900%", corrects=str(newest(slack).id)).form
    assert JUMP in words(asked)
    assert "corrected: 9% → *900%*" in slack.submit("grace", asked).text


def test_a_form_that_asked_and_was_saved_is_saved_once(slack: Slack) -> None:
    key = new_outcome(slack)
    form = slack.command("grace", "#growth", f"/outcome result {key}").form
    asked = slack.submit("grace", form, value="800%").form
    again = slack.submission("grace", asked)
    slack.submit("grace", asked)
    before = slack.results()
    assert slack.hear(again).status == 200
    assert slack.results() == before


def test_a_jump_in_one_line_opens_the_form_with_what_was_typed(slack: Slack) -> None:
    key, before = new_outcome(slack), slack.results()
    form = slack.command("grace", "#growth", f"/outcome result {key} 800% on 3 March because it works").form
    assert slack.results() == before
    assert JUMP in words(form)
    state = form["state"]["values"]
    assert [state[name]["value"]["value"] for name in ("value", "note", "measured_on")] == [
        "800%",
        "it works",
        "2026-03-03",
    ]
    assert f"*{key}* stands at *800%* as of Tue, Mar 3" in slack.submit("grace", form).text


def test_a_jump_of_somebody_who_may_not_log_is_refused(slack: Slack) -> None:
    seen = slack.command("tyler", "#growth", "/outcome result OUT-1 900000%")
    assert seen.views == []
    assert "OUT-1 is Grace Whitfield's" in seen.text


def said(slack: Slack, user: str, channel: str, text: str) -> Json:
    """A message that somebody wrote."""
    slack.post("message", user=f"@{user}", channel=channel, text=text)
    return next(one for one in reversed(slack.messages(user, channel)) if text[:12] in one.get("text", ""))


def from_message(slack: Slack, user: str, channel: str, text: str, *, by: str = "tyler") -> Json:
    """The form that the shortcut opens on a message with that text."""
    told = said(slack, by, channel, text)
    return slack.message_shortcut(user, channel, told["ts"], "results.log_shortcut").form


def test_the_shortcut_logs_what_a_message_says_and_links_it(slack: Slack) -> None:
    form = from_message(slack, "grace", "#growth", "We are at 8.7% & <climbing>, says @marcus")
    note = form["state"]["values"]["note"]["value"]["value"]
    assert note == "We are at 8.7% & <climbing>, says @Marcus Bell"
    saved = slack.submit("grace", form, outcome="1", value="8.7%")
    assert "*OUT-1* now stands at *8.7%*" in saved.text
    result = newest(slack)
    assert (result.note, result.source) == (note, "message")
    assert result.link.startswith("https://")
    assert slack.channel("#growth") in result.link


def test_the_shortcut_offers_ones_own_first_then_the_teams_one_leads(slack: Slack) -> None:
    form = from_message(slack, "grace", "#growth", "Support is at 9% today")
    options = next(block for block in form["blocks"] if block["block_id"] == "outcome")["element"]["options"]
    keys = [one["text"]["text"].split()[0] for one in options]
    assert keys[0] == "OUT-1"
    assert keys[-1] == "OUT-2"
    slack.close_form("grace", form)
    mine = from_message(slack, "marcus", "#growth", "Support is at 9.1% today")
    assert mine["state"]["values"]["outcome"]["value"]["selected_option"]["value"] == "2"
    slack.close_form("marcus", mine)


def test_a_long_message_is_shortened_to_what_a_note_holds(slack: Slack) -> None:
    form = from_message(slack, "grace", "#growth", "word " * 500)
    note = form["state"]["values"]["note"]["value"]["value"]
    assert len(note) <= 1_000
    assert note.endswith("…")
    slack.close_form("grace", form)


def test_the_shortcut_asks_about_a_jump_once(slack: Slack) -> None:
    form = from_message(slack, "marcus", "#growth", "Support is at 900 today")
    asked = slack.submit("marcus", form, value="900%").form
    assert JUMP in words(asked)
    assert asked["state"]["values"]["note"]["value"]["value"] == "Support is at 900 today"
    assert "*OUT-2* now stands at *900%*" in slack.submit("marcus", asked).text
    assert newest(slack).link


def test_a_message_where_rhythm_is_not_is_logged_without_a_link(slack: Slack) -> None:
    form = from_message(slack, "marcus", "#random", "Support is at 12% now")
    with slack.faults({"kind": "error", "method": "chat.getPermalink", "error": "channel_not_found"}):
        assert slack.submit("marcus", form, value="12%").views == []
    assert newest(slack).link == ""
    assert newest(slack).note == "Support is at 12% now"


def test_the_shortcut_tells_somebody_who_may_log_nothing(slack: Slack) -> None:
    told = said(slack, "tyler", "#growth", "We are at 42 now")
    seen = slack.message_shortcut("tyler", "#growth", told["ts"], "results.log_shortcut")
    assert seen.views == []
    assert "There is no outcome here that you can log a result for" in seen.text


def test_a_forged_choice_of_the_shortcut_is_refused(slack: Slack) -> None:
    form = from_message(slack, "marcus", "#growth", "Trials are at 9.9%")
    before = slack.results()
    for outcome, sentence in (("1", "OUT-1 is Grace Whitfield's"), ("999", "in the list"), ("x", "in the list")):
        answer = slack.hear(slack.submission("marcus", form, outcome=outcome, value="9.9%"))
        assert sentence in answer.body
    assert slack.results() == before
