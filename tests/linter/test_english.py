"""Every example beside the English rules is run."""

import pytest

from bot.linter import english, lint_statement
from bot.linter.inflections import gerund, listed, participle, third
from bot.linter.numbers import ABSOLUTES, DEADLINES, NAMES, TARGETS, Numbers, has_absolute, has_number


def ids(statement: str) -> set[str]:
    return {finding.id for finding in lint_statement(statement)}


def examples(entries: tuple[english.Activities, ...] | tuple[english.Counts, ...], which: str) -> list[str]:
    return [statement for entry in entries for statement in getattr(entry, which)]


@pytest.mark.parametrize("statement", examples(english.ACTIVITIES, "found"))
def test_an_activity_is_found(statement: str) -> None:
    assert "L1" in ids(statement)


@pytest.mark.parametrize("statement", examples(english.ACTIVITIES, "left"))
def test_a_change_that_only_sounds_like_an_activity_is_left_alone(statement: str) -> None:
    assert "L1" not in ids(statement)


@pytest.mark.parametrize("spared", english.SPARED, ids=lambda spared: spared.example)
def test_an_activity_verb_that_says_a_change_is_spared(spared: english.Spared) -> None:
    assert "L1" not in ids(spared.example)


@pytest.mark.parametrize("example", [example for _, example in english.SERVICE_LEVEL])
def test_how_well_a_service_is_done_is_a_change(example: str) -> None:
    assert "L1" not in ids(example)


@pytest.mark.parametrize("statement", examples(english.COUNTS, "found"))
def test_counted_work_is_found(statement: str) -> None:
    assert "L2" in ids(statement)


@pytest.mark.parametrize("statement", examples(english.COUNTS, "left"))
def test_what_came_of_the_work_is_left_alone(statement: str) -> None:
    assert "L2" not in ids(statement)


@pytest.mark.parametrize("vague", [english.VAGUE_VERBS, english.VAGUE_NOUNS], ids=lambda vague: vague.kind)
def test_a_vague_wish_is_found_and_a_measured_one_is_not(vague: english.Vague) -> None:
    assert [statement for statement in vague.found if "L7" not in ids(statement)] == []
    assert [statement for statement in vague.left if "L7" in ids(statement)] == []


@pytest.mark.parametrize("statement", ["Make our meetings better", "More efficient processes", "Service gets better"])
def test_better_in_other_words_is_vague_too(statement: str) -> None:
    assert "L7" in ids(statement)


@pytest.mark.parametrize("names", NAMES, ids=lambda names: names.kind)
def test_a_number_that_names_something_is_no_target(names: Numbers) -> None:
    assert [text for text in names.found if has_number(text.lower())] == []
    assert [text for text in names.left if not has_number(text.lower())] == []


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.kind)
def test_a_number_that_says_how_far_is_a_target(target: Numbers) -> None:
    assert [text for text in target.found if not has_number(text.lower())] == []
    assert [text for text in target.left if has_number(text.lower())] == []


def test_a_deadline_is_no_target_of_a_task_or_a_wish() -> None:
    assert [text for text in DEADLINES.found if "L3" not in ids(text)] == []
    assert [text for text in DEADLINES.left if "L3" in ids(text)] == []


def test_words_for_all_are_told_from_how_often() -> None:
    assert [text for text in ABSOLUTES.found if not has_absolute(text.lower())] == []
    assert [text for text in ABSOLUTES.left if has_absolute(text.lower())] == []


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("launch", ("launches", "launching", "launched")),
        ("roll out", ("rolls out", "rolling out", "rolled out")),
        ("ship", ("ships", "shipping", "shipped")),
        ("organise", ("organises", "organising", "organised")),
        ("certify", ("certifies", "certifying", "certified")),
        ("deploy", ("deploys", "deploying", "deployed")),
        ("build", ("builds", "building", "built")),
        ("set up", ("sets up", "setting up", "set up")),
        ("run", ("runs", "running", "run")),
        ("email", ("emails", "emailing", "emailed")),
    ],
)
def test_the_forms_of_a_verb_are_made(verb: str, forms: tuple[str, str, str]) -> None:
    assert (third(verb), gerund(verb), participle(verb)) == forms


def test_no_verb_stands_in_two_groups() -> None:
    verbs = [verb for group in english.ACTIVITIES for verb in listed(group.verbs)]
    assert sorted({verb for verb in verbs if verbs.count(verb) > 1}) == []


def test_no_verb_is_an_activity_and_a_change() -> None:
    verbs = {verb for group in english.ACTIVITIES for verb in listed(group.verbs)}
    assert sorted(verbs.intersection(listed(f"{english.CHANGES} {english.PURE_CHANGES}"))) == []
