"""A channel has one canvas: the bot makes and edits it as in Slack, and members read, write and delete it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.sandbox import Sandbox
from bot.sandbox.canvases import content_problem
from tests.sandbox.driver import MANIFEST, MONDAY, Driver

BOT, GRACE = "U07RHYTHM3", "U05GR4CE22"
GROWTH, RANDOM, ARCHIVED, PRIVATE = "C05GR0WTH3", "C04RAND0M7", "C03LAUNCH1", "C08PE0PLE9"
TEXT = "# This quarter\n\n- [ ] More trials convert"


def _content(markdown: str) -> dict[str, str]:
    return {"type": "markdown", "markdown": markdown}


def _create(driver: Driver, channel: str = GROWTH, markdown: str = TEXT, **more: Any) -> str:
    made = driver.api("conversations.canvases.create", channel_id=channel, document_content=_content(markdown), **more)
    assert made["ok"], made
    return str(made["canvas_id"])


def _edit(driver: Driver, canvas_id: str, operation: str, **change: Any) -> dict[str, Any]:
    return driver.api("canvases.edit", canvas_id=canvas_id, changes=[{"operation": operation, **change}])


def _shown(driver: Driver, channel: str = "#growth") -> str:
    canvas = driver.canvas("@grace", channel)
    assert canvas is not None
    return str(canvas["markdown"])


@pytest.fixture
def blank(driver: Driver) -> Iterator[Driver]:
    """A sandbox in which neither #growth nor #people-ops has a canvas."""
    yield driver
    driver.raw("DELETE", "/_sandbox/faults")
    for channel in ("#growth", "#people-ops"):
        for member in ("@grace", "@henrik"):
            driver.try_post("canvas", user=member, channel=channel, deleted=True)


def test_the_bot_gives_a_channel_its_canvas(blank: Driver) -> None:
    canvas_id = _create(blank, title="Outcomes")
    canvas = blank.canvas("@grace", "#growth")
    assert canvas is not None
    assert (canvas["id"], canvas["title"], canvas["markdown"]) == (canvas_id, "Outcomes", TEXT)
    assert canvas_id.startswith("F")


def test_a_channel_says_which_canvas_it_has(blank: Driver) -> None:
    assert "properties" not in blank.api("conversations.info", channel=GROWTH)["channel"]
    made = blank.api("conversations.canvases.create", channel_id=GROWTH)
    shown = blank.api("conversations.info", channel=GROWTH)["channel"]["properties"]["canvas"]
    assert (shown["file_id"], shown["is_empty"]) == (made["canvas_id"], True)
    assert shown["quip_thread_id"]
    _edit(blank, made["canvas_id"], "replace", document_content=_content(TEXT))
    assert blank.api("conversations.info", channel=GROWTH)["channel"]["properties"]["canvas"]["is_empty"] is False


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0N0WHERE1", "channel_not_found"),
        (RANDOM, "not_in_channel"),
        (ARCHIVED, "is_archived"),
        ("D" + GRACE[1:], "method_not_supported_for_channel_type"),
    ],
)
def test_where_the_bot_may_make_a_canvas(driver: Driver, channel: str, error: str) -> None:
    driver.api("conversations.open", users=GRACE)
    assert driver.refused("conversations.canvases.create", channel_id=channel) == error


def test_a_channel_has_one_canvas_whoever_wrote_it(blank: Driver) -> None:
    written = blank.write_canvas("@grace", "#growth", "Our links", title="Links")
    assert written["created_by"] == GRACE
    assert blank.refused("conversations.canvases.create", channel_id=GROWTH) == "channel_canvas_already_exists"
    blank.delete_canvas("@grace", "#growth")
    assert blank.canvas("@grace", "#growth") is None
    assert _edit(blank, written["id"], "replace", document_content=_content("x"))["error"] == "canvas_not_found"
    assert _create(blank) != written["id"]


def test_a_canvas_is_replaced_added_to_and_renamed(blank: Driver) -> None:
    canvas_id = _create(blank, markdown="middle")
    assert _edit(blank, canvas_id, "insert_at_start", document_content=_content("start"))["ok"]
    assert _edit(blank, canvas_id, "insert_at_end", document_content=_content("end"))["ok"]
    assert _shown(blank) == "start\n\nmiddle\n\nend"
    assert _edit(blank, canvas_id, "replace", document_content=_content("new"))["ok"]
    assert _edit(blank, canvas_id, "rename", title_content=_content("Week 10"))["ok"]
    canvas = blank.canvas("@grace", "#growth")
    assert canvas is not None
    assert (canvas["title"], canvas["markdown"], canvas["updated_by"]) == ("Week 10", "new", BOT)


def test_the_bot_may_edit_what_a_member_wrote_and_a_member_what_the_bot_wrote(blank: Driver) -> None:
    written = blank.write_canvas("@grace", "#growth", "Our links", title="Links")
    assert _edit(blank, written["id"], "insert_at_end", document_content=_content("and more"))["ok"]
    again = blank.write_canvas("@grace", "#growth", "Only this")
    assert (again["id"], again["title"], again["markdown"]) == (written["id"], "Links", "Only this")


def test_content_comes_as_a_form_too(blank: Driver, sandbox: Sandbox) -> None:
    form = {"token": sandbox.bot_token, "channel_id": GROWTH, "document_content": json.dumps(_content(TEXT))}
    canvas_id = blank.raw("POST", "/api/conversations.canvases.create", data=form).json()["canvas_id"]
    change = [{"operation": "replace", "document_content": _content("by form")}]
    form = {"token": sandbox.bot_token, "canvas_id": canvas_id, "changes": json.dumps(change)}
    assert blank.raw("POST", "/api/canvases.edit", data=form).json() == {"ok": True}
    assert _shown(blank) == "by form"


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"changes": []},
        {"changes": "replace"},
        {"changes": [{"operation": "replace", "document_content": _content("a")}] * 2},
        {"changes": [{"operation": "shout"}]},
        {"changes": [{"operation": "replace"}]},
        {"changes": [{"operation": "replace", "document_content": {"type": "html", "markdown": "a"}}]},
        {"changes": [{"operation": "replace", "document_content": {"type": "markdown"}}]},
        {"changes": [{"operation": "rename", "title_content": "Week 10"}]},
    ],
)
def test_an_edit_is_one_whole_change(blank: Driver, arguments: dict[str, Any]) -> None:
    canvas_id = _create(blank)
    assert blank.refused("canvases.edit", canvas_id=canvas_id, **arguments) == "invalid_arguments"
    assert _shown(blank) == TEXT


@pytest.mark.parametrize("operation", ["insert_before", "insert_after", "replace", "delete"])
def test_sections_are_not_known_and_it_says_so(blank: Driver, operation: str) -> None:
    change = {"section_id": "temp:C:AAAA", "document_content": _content("a")}
    answer = _edit(blank, _create(blank), operation, **change)
    assert answer["error"] == "canvas_editing_failed"
    assert "knows no sections" in answer["detail"]


def _table(rows: int, columns: int) -> str:
    rule = "|" + "---|" * columns
    return "\n".join(["|" + "a|" * columns, rule, *(["|" + "b|" * columns] * (rows - 1))])


@pytest.mark.parametrize(
    ("markdown", "detail"),
    [
        ("a" * 1_048_577, "'content' error: 1048577 characters, no more than 1048576 allowed"),
        ("# one\n\n#### four", "'content' error: line 3: Unsupported heading depth (4)"),
        ("> said\n> - item", "'content' error: line 2: Unsupported block type (List) within block quote"),
        ("words\n\n" + _table(61, 5), "'content' error: line 3: Table has more than 300 cells"),
    ],
)
def test_a_document_over_a_limit_is_refused_and_says_why(blank: Driver, markdown: str, detail: str) -> None:
    content = _content(markdown)
    made = blank.api("conversations.canvases.create", channel_id=GROWTH, document_content=content)
    assert (made["error"], made["detail"]) == ("canvas_creation_failed", detail)
    assert blank.canvas("@grace", "#growth") is None
    edited = _edit(blank, _create(blank), "replace", document_content=content)
    assert (edited["error"], edited["detail"]) == ("canvas_editing_failed", detail)
    assert _shown(blank) == TEXT
    status, refusal = blank.try_post("canvas", user="@grace", channel="#growth", markdown=markdown)
    assert (status, detail in refusal["error"]) == (400, True)


@pytest.mark.parametrize(
    "markdown",
    [
        "a" * 1_048_576,
        "### three\n\n> said\n\n- item\n- [x] done\n\n---\n\n```\n#### not a heading\n> - not a quote\n```",
        _table(60, 5),
        _table(60, 5) + "\n\n" + _table(60, 5),
        "| a \\| b | c |\n|---|---|\n" + "| d \\| e | f |\n" * 149,
    ],
)
def test_a_document_within_the_limits_is_taken(markdown: str) -> None:
    assert content_problem(markdown) is None


def test_what_is_added_counts_with_what_is_there(blank: Driver) -> None:
    canvas_id = _create(blank, markdown="a" * 1_000_000)
    answer = _edit(blank, canvas_id, "insert_at_end", document_content=_content("a" * 100_000))
    assert answer["error"] == "canvas_editing_failed"


def test_a_canvas_is_its_channels_members_own(blank: Driver) -> None:
    canvas_id = _create(blank, channel=PRIVATE)
    assert blank.canvas("@henrik", "#people-ops") is not None
    assert blank.raw("GET", "/_sandbox/canvas", params={"user": "@tyler", "channel": "#people-ops"}).status_code == 403
    assert blank.try_post("canvas", user="@tyler", channel="#people-ops", markdown="mine")[0] == 403
    blank.post("membership", user="@rhythm", channel="#people-ops", joined=False)
    try:
        assert _edit(blank, canvas_id, "replace", document_content=_content("a"))["error"] == "canvas_not_found"
    finally:
        blank.post("membership", user="@rhythm", channel="#people-ops", joined=True)
    assert _edit(blank, canvas_id, "replace", document_content=_content("a"))["ok"]


def test_who_may_not_post_in_a_channel_may_not_write_its_canvas(blank: Driver) -> None:
    canvas_id = _create(blank)
    blank.post("membership", user="@rhythm", channel="#growth", joined=False)
    blank.post("membership", user="@grace", channel="#growth", joined=False)
    try:
        assert _edit(blank, canvas_id, "replace", document_content=_content("a"))["error"] == "restricted_action"
        assert blank.try_post("canvas", user="@grace", channel="#growth", markdown="mine")[0] == 403
        assert _shown(blank) == TEXT
    finally:
        blank.post("membership", user="@rhythm", channel="#growth", joined=True)
        blank.post("membership", user="@grace", channel="#growth", joined=True)
    blank.post("archive", channel="#growth", archived=True)
    try:
        assert _edit(blank, canvas_id, "replace", document_content=_content("a"))["error"] == "restricted_action"
        assert blank.try_post("canvas", user="@grace", channel="#growth", deleted=True)[0] == 403
    finally:
        blank.post("archive", channel="#growth", archived=False)


def test_a_workspace_may_refuse_canvases(blank: Driver) -> None:
    canvas_id = _create(blank)
    refusals = [
        {"kind": "error", "method": "canvases.edit", "error": "canvas_disabled_user_team", "channel": "#growth"},
        {
            "kind": "error",
            "method": "conversations.canvases.create",
            "error": "team_tier_cannot_create_channel_canvases",
            "channel": "#people-ops",
            "times": None,
        },
    ]
    blank.post("faults", faults=refusals)
    error = blank.refused("conversations.canvases.create", channel_id=PRIVATE)
    assert error == "team_tier_cannot_create_channel_canvases"
    assert blank.refused("conversations.canvases.create", channel_id=GROWTH) == "channel_canvas_already_exists"
    change = _content("a")
    assert _edit(blank, canvas_id, "replace", document_content=change)["error"] == "canvas_disabled_user_team"
    assert _edit(blank, canvas_id, "replace", document_content=change)["ok"]


def test_an_optional_scope_can_be_left_out_and_granted_later(blank: Driver, sandbox: Sandbox) -> None:
    sandbox.leave_out(["canvases:write"])
    refused = blank.api("conversations.canvases.create", channel_id=GROWTH)
    assert (refused["error"], refused["needed"]) == ("missing_scope", "canvases:write")
    header = blank.raw("POST", "/api/auth.test", headers={"Authorization": f"Bearer {sandbox.bot_token}"}).headers
    assert "canvases:write" not in header["x-oauth-scopes"].split(",")
    assert "canvases:write" in blank.post("scopes", left_out=[])["granted"]
    assert _create(blank)


def test_a_scope_that_is_needed_cannot_be_left_out(driver: Driver, sandbox: Sandbox) -> None:
    assert driver.try_post("scopes", left_out=["chat:write"])[0] == 400
    with pytest.raises(ValueError, match="not chat:write"):
        sandbox.leave_out(["canvases:write", "chat:write"])
    assert "chat:write" in driver.post("scopes", left_out=[])["granted"]


def test_the_sidebar_says_which_channels_have_a_canvas(blank: Driver) -> None:
    def with_canvas() -> list[str]:
        return [each["name"] for each in blank.get("sidebar", user="@grace")["channels"] if each["has_canvas"]]

    assert with_canvas() == []
    _create(blank)
    assert with_canvas() == ["growth"]


def test_a_canvas_is_kept_over_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "sandbox.jsonl"
    with Sandbox(clock=MovableClock(MONDAY), journal=path, manifest=MANIFEST) as sandbox:
        driver = Driver(sandbox)
        canvas_id = _create(driver)
        _edit(driver, canvas_id, "replace", document_content=_content("the last word"))
        driver.write_canvas("@henrik", "#people-ops", "gone soon")
        driver.delete_canvas("@henrik", "#people-ops")
        driver.close()
    with Sandbox(clock=MovableClock(MONDAY), journal=path, manifest=MANIFEST) as sandbox:
        driver = Driver(sandbox)
        assert _shown(driver) == "the last word"
        assert _edit(driver, canvas_id, "insert_at_end", document_content=_content("and on"))["ok"]
        assert driver.canvas("@henrik", "#people-ops") is None
        driver.close()
