"""Outcomes are closed and reopened aloud, and are found again in lists and by words."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.living import Json, Slack, buttons, elements, living, set_up, words, write_down


@pytest.fixture(scope="module")
def slack(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slack]:
    path = tmp_path_factory.mktemp("company") / "rhythm.db"
    shutil.copyfile(_migrated_sqlite, path)
    with living(f"sqlite:///{path}") as slack:
        set_up(slack, "grace", "#growth", name="Growth")
        set_up(slack, "henrik", "#people-ops", name="People")
        yield slack


def written(slack: Slack, **changes: str) -> str:
    return write_down(slack, "grace", "#growth", **changes).text.split(maxsplit=1)[0].strip("*")


def closing(slack: Slack, key: str, **answers: str) -> str:
    form = slack.command("grace", "#growth", f"/outcome close {key}").form
    return slack.submit("grace", form, **answers).text


def posted(slack: Slack) -> str:
    slack.settle()
    return words(slack.posts("tyler", "#growth")[-1])


def test_closing_asks_how_it_ended_and_the_team_hears_of_it(slack: Slack) -> None:
    key = written(slack)
    slack.command("grace", "#growth", f"/outcome result {key} 12.5%")
    said = closing(slack, key, ending="achieved", note="Two weeks early", lesson="Short forms double sign-ups")
    assert "is closed as achieved. The team's channel is told." in said
    line = posted(slack)
    assert f"Grace Whitfield closed *{key}*" in line
    assert "8% → *12.5%* (target 12%)" in line
    assert "Short forms double sign-ups" in slack.command("tyler", "#growth", "/rhythm lessons").text


def test_what_is_typed_behind_the_key_is_chosen_in_the_form(slack: Slack) -> None:
    form = slack.command("grace", "#growth", f"/outcome close {written(slack)} missed").form
    assert form["state"]["values"]["ending"]["value"]["selected_option"]["value"] == "missed"
    assert "Type achieved, missed" in slack.command("grace", "#growth", "/outcome close OUT-1 somehow").text


def test_a_closed_outcome_takes_no_result_and_no_edit_until_it_is_reopened(slack: Slack) -> None:
    key = written(slack)
    closing(slack, key, ending="abandoned")
    for line in (f"result {key} 9%", f"edit {key}", f"close {key}"):
        assert f"{key} is closed" in slack.command("grace", "#growth", f"/outcome {line}").text
    assert f"*{key}*" in slack.command("grace", "#growth", f"/outcome reopen {key}").text
    assert f"Grace Whitfield reopened *{key}*" in posted(slack)
    assert "now stands at *9%*" in slack.command("grace", "#growth", f"/outcome result {key} 9%").text
    assert f"{key} is not closed" in slack.command("grace", "#growth", f"/outcome reopen {key}").text


def test_a_re_scoped_one_leads_to_the_one_that_takes_its_place(slack: Slack) -> None:
    key = written(slack, statement="Harbour firms renew on their own")
    form = slack.command("grace", "#growth", f"/outcome close {key} rescoped").form
    following = slack.submit("grace", form, note="The harbour closed").form
    assert following["title"]["text"] == "New outcome"
    new = slack.submit("grace", following, statement="River firms renew on their own", due="2026-07-31").text
    assert (
        f"Its place was taken by *{new.split()[0].strip('*')}*"
        in slack.command("grace", "#growth", f"/outcome show {key}").text
    )


def test_a_re_scoped_one_can_name_the_one_that_is_there_already(slack: Slack) -> None:
    key, other = written(slack), written(slack)
    form = slack.command("grace", "#growth", f"/outcome close {key} rescoped").form
    assert "cannot take its own place" in slack.submit("grace", form, replaced=key).errors["replaced"]
    assert "no OUT-999" in slack.submit("grace", form, replaced="OUT-999").errors["replaced"]
    assert "closed as re-scoped" in slack.submit("grace", form, replaced=other).text


def test_only_those_who_may_close(slack: Slack) -> None:
    key = written(slack)
    assert "can close it" in slack.command("tyler", "#growth", f"/outcome close {key}").text
    closing(slack, key, ending="missed")
    assert "can reopen it" in slack.command("tyler", "#growth", f"/outcome reopen {key}").text


def test_nobody_is_asked_about_what_is_closed(slack: Slack) -> None:
    key = write_down(slack, "tyler", "#growth").text.split(maxsplit=1)[0].strip("*")
    form = slack.command("tyler", "#growth", f"/outcome close {key} abandoned").form
    slack.submit("tyler", form)
    assert "You own no outcome yet" in slack.command("tyler", "#growth", "/outcome").text


def test_a_comment_is_kept_by_whoever_can_see_it(slack: Slack) -> None:
    key = written(slack)
    card = slack.command("tyler", "#growth", f"/outcome show {key}").whispers[-1]
    channel = slack.channel("#growth")
    form = slack.click("tyler", (channel, card), "cards.comment_button").form
    slack.submit("tyler", form, comment="Could Noah's <!channel> screens help?")
    again = slack.command("grace", "#growth", f"/outcome show {key}").text
    assert "Tyler Nguyen: “Could Noah's &lt;!channel&gt; screens help?”" in again


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("list team at-risk", "Growth, at risk"),
        ("list off track", "You own no outcome that is off track"),
        ("list all busy", "No outcome that you can see is with effort but no movement"),
        ("list done", "Your outcomes, closed"),
        ("list somebody", "List whose? mine, team, all"),
        ("search", "Search for what?"),
        ("search ,,;;!", "Search for what?"),
        ("search zzzz", "No outcome that you can see has all of these words"),
    ],
)
def test_a_list_answers_what_was_asked(slack: Slack, line: str, answer: str) -> None:
    slack.command("grace", "#growth", f"/outcome result {risky(slack)} 8%")
    assert answer in slack.command("grace", "#growth", f"/outcome {line}").text


def risky(slack: Slack) -> str:
    """An outcome that a result today puts at risk: a sixth of its time is over, and nothing has moved."""
    started = slack.command("grace", "#growth", "/outcome new At risk").form
    button = next(button for _, button in buttons(started["blocks"]) if button["text"]["text"] == "More fields")
    form = slack.click("grace", started, button["action_id"]).form
    answers = {"measure": "Trials", "baseline": "8%", "target": "12%", "start": "2026-02-01", "due": "2026-08-01"}
    return slack.submit("grace", form, **answers).text.split(maxsplit=1)[0].strip("*")


def test_search_knows_neither_case_nor_accents_nor_order_and_keeps_private_what_is(slack: Slack) -> None:
    written(slack, statement="Café owners across Łódź order twice a week")
    write_down(slack, "henrik", "#people-ops", statement="Café jobs in Łódź are filled")
    found = slack.command("tyler", "#growth", "/outcome search lodz CAFE").text
    assert "Café owners" in found
    assert "Café jobs" not in found
    assert "Café jobs" in slack.command("henrik", "#people-ops", "/outcome search cafe lodz").text


def test_a_key_finds_its_outcome(slack: Slack) -> None:
    key = written(slack)
    assert f"*{key}*" in slack.command("grace", "#growth", f"/outcome search {key}").text


def test_a_long_list_is_turned_page_by_page_in_place(slack: Slack) -> None:
    for _ in range(23):
        write_down(slack, "sofia", "#growth")
    first = slack.command("sofia", "#growth", "/outcome").whispers[-1]
    assert "1–20 of 23" in words(first)
    channel = slack.channel("#growth")
    seen = slack.click("sofia", (channel, first), "outcomes.turn_on")
    second = _latest(slack, channel)
    assert "21–23 of 23" in words(second)
    assert len(_lists(slack, channel)) == 1, seen
    slack.click("sofia", (channel, second), "outcomes.turn_back")
    assert "1–20 of 23" in words(_latest(slack, channel))


def _lists(slack: Slack, channel: str) -> list[Json]:
    return [one for one in slack.messages("sofia", channel) if "Your outcomes" in words(one)]


def _latest(slack: Slack, channel: str) -> Json:
    return _lists(slack, channel)[-1]


def test_a_page_that_somebody_made_up_is_refused(slack: Slack) -> None:
    assert slack.hear(slack.press("sofia", "outcomes.turn_on", "all; DROP TABLE outcome")).status == 200
    assert elements([]) == []
