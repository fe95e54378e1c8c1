"""What Slack refuses in messages and views, the sandbox refuses at the same size and by the same pointer."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.block_limits import BLOCKS
from bot.sandbox.element_limits import ELEMENTS
from bot.sandbox.inspection import Surface
from bot.sandbox.limits import block_problems, check_message, check_view, view_problems
from bot.sandbox.refusals import Json, SlackError
from tests.sandbox.driver import buttons, field, modal, option, plain


def _section(**fields: Any) -> Json:
    return {"type": "section", **fields}


def _mrkdwn(length: int) -> Json:
    return {"type": "mrkdwn", "text": "x" * length}


def _select(count: int) -> Json:
    return {"type": "static_select", "action_id": "it", "options": [option(f"o{number}") for number in range(count)]}


def _table(rows: int, columns: int) -> Json:
    cell = {"type": "raw_text", "text": "x"}
    return {"type": "table", "rows": [[cell] * columns] * rows}


def _data_table(rows: int, columns: int) -> Json:
    return {**_table(rows, columns), "type": "data_table", "caption": "Results"}


def _chart(kind: str, points: int, series: int = 1) -> Json:
    labels = [f"W{number}" for number in range(points)]
    data = [{"label": label, "value": 1} for label in labels]
    lines = [{"name": f"s{number}", "data": data} for number in range(series)]
    return {
        "type": "data_visualization",
        "title": "Trend",
        "chart": {"type": kind, "series": lines, "axis_config": {"categories": labels}},
    }


SIZES: dict[str, tuple[Callable[[int], list[Json]], int]] = {
    "section text": (lambda n: [_section(text=_mrkdwn(n))], 3000),
    "section fields": (lambda n: [_section(fields=[_mrkdwn(1)] * n)], 10),
    "section field text": (lambda n: [_section(fields=[_mrkdwn(n)])], 2000),
    "header": (lambda n: [{"type": "header", "text": plain("x" * n)}], 150),
    "context": (lambda n: [{"type": "context", "elements": [_mrkdwn(1)] * n}], 10),
    "actions": (lambda n: [buttons(*[f"b{number}" for number in range(n)])], 25),
    "button text": (lambda n: [_section(text=_mrkdwn(1), accessory=_button(text=plain("x" * n)))], 75),
    "button value": (lambda n: [_section(text=_mrkdwn(1), accessory=_button(value="x" * n))], 2000),
    "options": (lambda n: [{"type": "actions", "elements": [_select(n)]}], 100),
    "overflow": (lambda n: [{"type": "actions", "elements": [{**_select(n), "type": "overflow"}]}], 5),
    "checkboxes": (lambda n: [{"type": "actions", "elements": [{**_select(n), "type": "checkboxes"}]}], 10),
    "block id": (lambda n: [{"type": "divider", "block_id": "x" * n}], 255),
    "action id": (lambda n: [_section(text=_mrkdwn(1), accessory=_button(action_id="x" * n))], 255),
    "markdown": (lambda n: [{"type": "markdown", "text": "x" * n}], 12_000),
    "table rows": (lambda n: [_table(n, 1)], 100),
    "table columns": (lambda n: [_table(1, n)], 20),
    "data table rows": (lambda n: [_data_table(n, 2)], 101),
    "chart points": (lambda n: [_chart("line", n)], 20),
    "chart series": (lambda n: [_chart("bar", 2, n)], 6),
    "charts": (lambda n: [_chart("area", 2)] * n, 2),
    "tables": (lambda n: [_table(1, 1)] * n, 1),
    "blocks": (lambda n: [{"type": "divider"}] * n, 50),
}


def _button(**fields: Any) -> Json:
    return {"type": "button", "action_id": "go", "text": plain("Go"), **fields}


@pytest.mark.parametrize("name", SIZES)
def test_the_most_that_fits_passes_and_one_more_does_not(name: str) -> None:
    make, most = SIZES[name]
    assert block_problems(make(most), "message", "/blocks") == []
    assert block_problems(make(most + 1), "message", "/blocks") != []


@settings(deadline=None)
@given(st.integers(1, 150))
def test_any_header_that_fits_passes(length: int) -> None:
    assert block_problems([{"type": "header", "text": plain("é" * length)}], "modal", "/blocks") == []


@settings(deadline=None)
@given(st.integers(151, 400))
def test_any_header_that_does_not_fit_is_refused_by_pointer(length: int) -> None:
    blocks = [{"type": "divider"}, {"type": "header", "text": plain("x" * length)}]
    assert block_problems(blocks, "modal", "/blocks") == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/1/text/text]"
    ]


FIELDS = (
    "text elements element options option_groups initial_option rows chart segments series data axis_config categories",
    "fields accessory confirm child_blocks column_settings placeholder value label caption title indent style",
)
KEYS = st.sampled_from(" ".join(FIELDS).split())
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
TYPED = st.sampled_from(
    [*BLOCKS, *ELEMENTS, "rich_text_list", "rich_text_section", "raw_text", "raw_number", "pie", "bar"]
)


def _objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(
        lambda kind, rest: {**rest, "type": kind}, TYPED | SCALARS, st.dictionaries(KEYS, inner, max_size=3)
    )


JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=2) | _objects(inner), max_leaves=8)


@settings(max_examples=150, deadline=None)
@given(st.lists(_objects(JSON) | JSON, max_size=3))
def test_nonsense_is_refused_never_broken_on(blocks: list[Any]) -> None:
    for surface in ("message", "modal", "home"):
        assert isinstance(block_problems(blocks, surface, "/blocks"), list)


@settings(deadline=None)
@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=6))
def test_block_ids_must_differ(ids: list[str]) -> None:
    problems = block_problems([{"type": "divider", "block_id": id} for id in ids], "message", "/blocks")
    assert len(problems) == len(ids) - len(set(ids))


def test_action_ids_must_differ_within_a_block_only() -> None:
    assert block_problems([buttons("go", "go")], "message", "/blocks")
    assert not block_problems([{**buttons("go"), "block_id": "one"}, buttons("go")], "message", "/blocks")


@pytest.mark.parametrize(
    ("block", "surfaces"),
    [
        ({"type": "markdown", "text": "x"}, {"message"}),
        (_table(1, 1), {"message"}),
        (_data_table(2, 2), {"message", "home"}),
        (_chart("line", 2), {"message", "home"}),
        ({"type": "alert", "text": plain("x")}, {"modal"}),
        (field("n", {"type": "number_input", "is_decimal_allowed": True}), {"modal"}),
        (field("n", {"type": "datetimepicker"}), {"message", "modal"}),
        (field("n", {"type": "plain_text_input"}), {"message", "modal", "home"}),
        ({"type": "shout", "text": "x"}, set()),
    ],
)
def test_a_block_stands_only_on_its_surfaces(block: Json, surfaces: set[str]) -> None:
    everywhere: tuple[Surface, ...] = ("message", "modal", "home")
    assert {surface for surface in everywhere if not block_problems([block], surface, "/blocks")} == surfaces


@pytest.mark.parametrize(
    "block",
    [
        _section(),
        _section(text={"type": "markdown", "text": "x"}),
        _section(text=plain("")),
        {"type": "header", "text": _mrkdwn(1)},
        {"type": "divider", "text": "x"},
        {"type": "image", "image_url": "https://example.com/a.png"},
        {"type": "actions", "elements": []},
        {"type": "actions", "elements": [{"type": "plain_text_input", "action_id": "x"}]},
        {"type": "input", "element": {"type": "plain_text_input"}},
        field("x", {"type": "button", "text": plain("Go")}),
        {**_data_table(2, 2), "caption": None},
        {**_chart("line", 2), "title": "x" * 51},
        {**_chart("line", 2), "chart": {**_chart("line", 2)["chart"], "axis_config": {"categories": ["W0"]}}},
        {"type": "actions", "elements": [{**_select(2), "initial_option": option("other")}]},
    ],
)
def test_a_malformed_block_is_refused(block: Json) -> None:
    assert block_problems([block], "message", "/blocks")


def test_a_form_with_fields_needs_a_submit_button() -> None:
    form = modal(field("name", {"type": "plain_text_input"}))
    assert view_problems(form) == []
    del form["submit"]
    assert view_problems(form) == ["[ERROR] `submit` is required when an `input` block is present [json-pointer:/view]"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"title": plain("x" * 25)}, "invalid_arguments"),
        ({"submit": plain("x" * 25)}, "invalid_arguments"),
        ({"private_metadata": "x" * 3001}, "invalid_arguments"),
        ({"callback_id": "x" * 256}, "invalid_arguments"),
        ({"type": "window"}, "invalid_arguments"),
        ({"blocks": [{"type": "divider"}] * 101}, "invalid_arguments"),
        ({"blocks": [_section(text=_mrkdwn(3000))] * 99}, "view_too_large"),
    ],
)
def test_a_view_has_limits_of_its_own(change: Json, error: str) -> None:
    with pytest.raises(SlackError) as refusal:
        check_view({**modal({"type": "divider"}), **change})
    assert refusal.value.error == error


def test_only_one_element_may_take_the_focus() -> None:
    focused = {"type": "plain_text_input", "focus_on_load": True}
    assert not view_problems(modal(field("a", focused)))
    assert view_problems(modal(field("a", focused), field("b", focused)))


def test_markdown_is_counted_over_the_whole_message() -> None:
    half = {"type": "markdown", "text": "x" * 6001}
    with pytest.raises(SlackError, match="invalid_blocks"):
        check_message({"text": "x", "blocks": [half, half]})
