"""Forms that listen while they are filled in: what is put in is told with all the rest, and survives an update."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox.driver import Driver, Json, buttons, field, modal, option, plain
from tests.sandbox.tiny_app import TinyApp, lived_in_by_socket

LENA = "U06LENA51B"
LETTERS = {"trigger_actions_on": ["on_character_entered"]}
TEXT = field("text", {"type": "plain_text_input", "dispatch_action_config": LETTERS}, dispatch_action=True)
CHOICE = field(
    "choice", {"type": "static_select", "options": [option("one"), option("two")]}, dispatch_action=True, optional=True
)
WHO = field("who", {"type": "users_select"}, dispatch_action=True, optional=True)
DAY = field("day", {"type": "datepicker"}, dispatch_action=True, optional=True)
NOTE = field("note", {"type": "plain_text_input", "max_length": 10}, optional=True)
BESIDE = {"type": "section", "block_id": "beside", "text": plain("x"), "accessory": buttons("press")["elements"][0]}


@pytest.fixture(scope="module")
def lived_in() -> Iterator[tuple[Driver, TinyApp]]:
    with lived_in_by_socket() as both:
        yield both


@pytest.fixture
def form(people: Driver, app: TinyApp) -> Json:
    return _open(people, app, modal(TEXT, CHOICE, WHO, DAY, NOTE, BESIDE))


def _open(people: Driver, app: TinyApp, view: Json) -> Json:
    people.post("command", user="@grace", channel="#growth", text="/plain")
    answer = people.api("views.open", trigger_id=app.last("command")["trigger_id"], view=view)
    assert answer["ok"], answer
    opened: Json = answer["view"]
    return opened


def _type(people: Driver, form: Json, **values: Any) -> tuple[int, Json]:
    given = {name: {"it": value} for name, value in values.items()}
    return people.try_post("type", user="@grace", view_id=form["id"], values=given)


def _held(view: Json) -> Json:
    """What each field holds, by its block."""
    fields = {block: dict(held["it"]) for block, held in view["state"]["values"].items()}
    return {block: next(value for name, value in held.items() if name != "type") for block, held in fields.items()}


def _shown(people: Driver) -> Json:
    view: Json = people.get("views", user="@grace")["views"][-1]
    return view


def test_each_kind_of_field_tells_of_itself_and_of_all_the_others(people: Driver, app: TinyApp, form: Json) -> None:
    before = app.count("put in")
    assert _type(people, form, note="hush", text="abc", choice="Two", who="@lena", day="2026-03-30")[0] == 200
    told = [body for kind, body in app.seen if kind == "put in"][-4:]
    assert app.count("put in") == before + 4
    assert [action["block_id"] for body in told for action in body["actions"]] == ["text", "choice", "who", "day"]
    actions = [body["actions"][0] for body in told]
    assert actions[0]["value"] == "abc"
    assert actions[1]["selected_option"] == option("two")
    assert actions[2]["selected_user"] == LENA
    assert actions[3]["selected_date"] == "2026-03-30"
    assert _held(told[0]["view"]) == {"text": "abc", "choice": None, "who": None, "day": None, "note": "hush"}
    everything = {"text": "abc", "choice": option("two"), "who": LENA, "day": "2026-03-30", "note": "hush"}
    assert _held(told[3]["view"]) == everything
    assert {body["view"]["hash"] for body in told} == {form["hash"]}
    assert "response_url" not in told[0]
    assert told[0]["trigger_id"]


def test_nothing_is_submitted_by_typing(people: Driver, app: TinyApp, form: Json) -> None:
    before = app.count("submission")
    _type(people, form, text="abc")
    assert app.count("submission") == before
    assert _held(_shown(people))["text"] == "abc"


@pytest.mark.parametrize("values", [{"note": "x" * 11}, {"nothing": "x"}, {"day": "soon"}, {"choice": "three"}])
def test_what_cannot_be_typed_is_refused(people: Driver, form: Json, values: dict[str, str]) -> None:
    status, answer = _type(people, form, **values)
    assert status == 400
    assert "Block" in answer["error"]


def test_only_the_form_on_top_is_typed_into(people: Driver, app: TinyApp, form: Json) -> None:
    people.post("click", user="@grace", view_id=form["id"], action_id="press")
    assert people.api("views.push", trigger_id=app.last("action")["trigger_id"], view=modal(TEXT))["ok"]
    assert _type(people, form, text="abc")[0] == 409
    assert people.try_post("type", user="@marcus", view_id=form["id"], values={})[0] == 404


@pytest.mark.parametrize("hashed", [True, False])
def test_an_update_keeps_every_kind_of_field_and_resets_a_renamed_one(
    people: Driver, app: TinyApp, form: Json, hashed: bool
) -> None:
    _type(people, form, text="abc", choice="two", who="@lena", day="2026-03-30")
    first = field("text", {**TEXT["element"], "initial_value": "other"}, dispatch_action=True)
    renamed = field("day~1", {"type": "datepicker", "initial_date": "2026-05-01"}, dispatch_action=True)
    stale = {"hash": app.last("put in")["view"]["hash"]} if hashed else {}
    answer = people.api("views.update", view_id=form["id"], view=modal(first, CHOICE, WHO, renamed), **stale)
    assert answer["ok"], answer
    assert _held(_shown(people)) == {"text": "abc", "choice": option("two"), "who": LENA, "day~1": "2026-05-01"}
    if hashed:
        assert people.refused("views.update", view_id=form["id"], view=modal(TEXT), **stale) == "hash_conflict"


def test_an_emptied_field_stays_empty_over_an_update(people: Driver, app: TinyApp) -> None:
    started = field("text", {"type": "plain_text_input", "initial_value": "first"})
    form = _open(people, app, modal(started))
    _type(people, form, text="")
    people.api("views.update", view_id=form["id"], view=modal(started))
    assert _held(_shown(people)) == {"text": None}


def test_a_button_beside_words_in_a_form_carries_what_was_typed(people: Driver, app: TinyApp, form: Json) -> None:
    _type(people, form, note="hush")
    people.post("click", user="@grace", view_id=form["id"], action_id="press")
    sent = app.last("action")
    assert sent["actions"][0]["block_id"] == "beside"
    assert _held(sent["view"])["note"] == "hush"
