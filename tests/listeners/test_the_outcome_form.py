"""The form that writes an outcome down advises while it is filled, and an edit never overwrites another unseen."""

import pytest

from tests.living import Json, Seen, Slack, buttons, words, write_down


def new(slack: Slack, statement: str = "", user: str = "grace") -> Json:
    return slack.command(user, "#growth", f"/outcome new {statement}".strip()).form


def edit(slack: Slack, key: str, user: str = "grace") -> Json:
    return slack.command(user, "#growth", f"/outcome edit {key}").form


def written(slack: Slack, **changes: str) -> str:
    """The key of a new outcome of Grace's."""
    seen = write_down(slack, "grace", "#growth", **changes)
    return seen.text.split(maxsplit=1)[0].strip("*")


def field(form: Json, name: str) -> str:
    values = next(fields for block, fields in form["state"]["values"].items() if block.split("~")[0] == name)
    return str(values["value"].get("value") or "")


def labels(form: Json) -> list[str]:
    return [button["text"]["text"] for _, button in buttons(form["blocks"])]


def pressed(slack: Slack, form: Json, label: str, user: str = "grace") -> Json:
    button = next(button for _, button in buttons(form["blocks"]) if button["text"]["text"] == label)
    return slack.click(user, form, button["action_id"], button.get("value", "")).form


def test_a_task_in_the_guise_of_an_outcome_is_said_to_be_one_while_it_is_typed(slack: Slack) -> None:
    form = slack.type("grace", new(slack), statement="Launch the new pricing page").form
    assert "This reads like an output, not a change" in words(form)
    assert field(form, "statement") == "Launch the new pricing page"


def test_advice_leaves_everything_that_was_typed_where_it_is(slack: Slack) -> None:
    form = slack.type("grace", new(slack), measure="Trial conversion", target="12%").form
    form = slack.type("grace", form, statement="Send more newsletters").form
    assert [field(form, name) for name in ("measure", "target")] == ["Trial conversion", "12%"]


def test_a_rewriting_is_taken_with_one_click(slack: Slack) -> None:
    form = slack.type("grace", new(slack), statement="Launch the new pricing page").form
    form = pressed(slack, form, "Use this wording")
    assert field(form, "statement").startswith("[Who]")
    assert "This reads like an output" not in words(form)


def test_a_finding_is_dismissed_with_a_word_why_and_stays_so(slack: Slack) -> None:
    form = slack.type("grace", new(slack), statement="Launch week sells out in Ghent").form
    form = slack.type("grace", form, statement="Build the harbour bridge").form
    form = pressed(slack, form, "Keep it as it is")
    kept = [name for name in form["state"]["values"] if name.startswith("keep_")]
    assert kept == ["keep_L1"]
    answers = {"measure": "Crossings", "target": "900", "baseline": "0", "due": "2026-06-30", "keep_L1": "It is a name"}
    seen = slack.submit("grace", form, **answers)
    assert "This reads like an output" not in seen.text
    key = seen.text.split(maxsplit=1)[0].strip("*")
    assert "This reads like an output" not in words(edit(slack, key))


def test_the_further_fields_come_when_asked_for_and_nothing_typed_is_lost(slack: Slack) -> None:
    form = slack.type("grace", new(slack), measure="Trial conversion").form
    assert "milestones" not in form["state"]["values"]
    form = pressed(slack, form, "More fields")
    assert field(form, "measure") == "Trial conversion"
    assert "milestones" in form["state"]["values"]
    assert "More fields" not in labels(form)


def test_milestones_a_start_and_a_parent_are_kept(slack: Slack) -> None:
    whole = written(slack)
    form = pressed(slack, new(slack, "Paying trials renew"), "More fields")
    more = {"start": "2026-02-01", "milestones": "2026-04-01: 9%\n2026-05-01: 11%", "parent": whole}
    common = {"measure": "Renewals", "baseline": "8%", "target": "12%", "due": "2026-06-30"}
    key = slack.submit("grace", form, **common, **more).text.split(maxsplit=1)[0].strip("*")
    again = edit(slack, key)
    assert {name: field(again, name) for name in more} == more
    assert f"*Made of*\n*{key}*" in slack.command("grace", "#growth", f"/outcome show {whole}").text


def test_an_outcome_cannot_be_part_of_its_own_part(slack: Slack) -> None:
    whole = written(slack)
    part = written(slack)
    slack.submit("grace", edit(slack, part), parent=whole)
    seen = slack.submit("grace", edit(slack, whole), parent=part)
    assert "itself part of" in seen.errors["parent"]


def test_outcomes_that_read_alike_are_shown_while_one_is_written(slack: Slack) -> None:
    written(slack, statement="Invoices are paid within ten days of the delivery")
    form = slack.type("grace", new(slack), statement="Invoices get paid within ten days after delivery").form
    assert "Outcomes that read alike" in words(form)


def test_an_edit_is_saved_and_read_back(slack: Slack) -> None:
    key = written(slack)
    seen = slack.submit("grace", edit(slack, key), target="14%", why="The board asked")
    assert "the target and the reason changed" in seen.text
    card = slack.command("grace", "#growth", f"/outcome show {key}").text
    assert "changed the target: 12% → 14%" in card


def test_only_those_who_may_edit_and_the_others_are_told_who(slack: Slack) -> None:
    key = written(slack)
    seen = slack.command("tyler", "#growth", f"/outcome edit {key}")
    assert "They, the lead of Growth or an admin can edit it" in seen.text


def test_two_edits_of_different_fields_are_both_kept(slack: Slack) -> None:
    key = written(slack)
    mine, theirs = edit(slack, key), edit(slack, key, "daniel")
    slack.submit("daniel", theirs, due="2026-07-31")
    seen = slack.submit("grace", mine, target="15%")
    assert "Somebody else changed the due date meanwhile" in seen.text
    again = edit(slack, key)
    assert (field(again, "target"), field(again, "due")) == ("15%", "2026-07-31")


def test_two_edits_of_the_same_field_let_the_second_choose(slack: Slack) -> None:
    key = written(slack)
    mine, theirs = edit(slack, key), edit(slack, key, "daniel")
    slack.submit("daniel", theirs, target="20%", due="2026-07-31")
    asked = slack.submit("grace", mine, target="15%").form
    assert "The target: Daniel Reyes made it “20%”" in words(asked)
    assert (field(asked, "target"), field(asked, "due")) == ("15%", "2026-07-31")
    assert field(edit(slack, key, "daniel"), "target") == "20%"
    seen: Seen = slack.submit("grace", asked)
    assert "the target changed" in seen.text
    assert field(edit(slack, key), "target") == "15%"


def test_the_unit_of_what_was_measured_stays(slack: Slack) -> None:
    key = written(slack)
    slack.command("grace", "#growth", f"/outcome result {key} 9%")
    seen = slack.submit("grace", edit(slack, key), unit="$", target="$12", baseline="$8")
    assert "unit" in seen.errors


@pytest.mark.parametrize("line", ["/outcome edit", "/outcome edit OUT-999", "/outcome edit nonsense"])
def test_an_edit_of_nothing_is_answered(slack: Slack, line: str) -> None:
    seen = slack.command("marcus", "#growth", line)
    assert seen.views == []
    assert "/outcome list" in seen.text


def test_what_is_wrong_stays_said_while_the_advice_stays_the_same(slack: Slack) -> None:
    form = slack.type("grace", new(slack, "Refunds fall from 40 to 10"), measure="Refunds", baseline="40").form
    refused = slack.submit("grace", form, target="many", due="2026-06-30")
    assert set(refused.errors) == {"target"}
    drawn = slack.calls("views.update")
    assert set(slack.type("grace", refused.form, measure="Refunds a week").errors) == {"target"}
    assert slack.calls("views.update") == drawn


def test_a_target_that_cannot_be_read_yet_is_not_called_missing(slack: Slack) -> None:
    form = slack.type("grace", new(slack, "Refunds fall"), measure="Refunds", target="twice that").form
    assert "There is no number" not in words(form)
