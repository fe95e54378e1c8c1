"""Forms live as Slack's do: triggers, stacks, hashes, and what was typed surviving an update."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.clock import MovableClock
from bot.demo.company import COMPANY
from bot.sandbox import interactions
from bot.sandbox.hints import Hints
from bot.sandbox.interactions import Interactions
from bot.sandbox.journal import Journal
from bot.sandbox.refusals import SlackError
from bot.sandbox.world import World
from tests.sandbox.driver import MONDAY, Driver, Json, buttons, field, modal, until
from tests.sandbox.tiny_app import TinyApp, lived_in_by_socket

GRACE = "U05GR4CE22"
NAME = field("name", {"type": "plain_text_input", "initial_value": "first"})


@pytest.fixture(scope="module")
def lived_in() -> Iterator[tuple[Driver, TinyApp]]:
    with lived_in_by_socket() as both:
        yield both


def _trigger(people: Driver, app: TinyApp) -> str:
    """A fresh trigger id of Grace's."""
    people.post("command", user="@grace", channel="#growth", text="/plain")
    return str(app.last("command")["trigger_id"])


def _open(people: Driver, app: TinyApp, view: Json) -> Json:
    answer = people.api("views.open", trigger_id=_trigger(people, app), view=view)
    assert answer["ok"], answer
    opened: Json = answer["view"]
    return opened


def test_a_trigger_works_once(people: Driver, app: TinyApp) -> None:
    trigger = _trigger(people, app)
    assert people.api("views.open", trigger_id=trigger, view=modal(NAME))["ok"]
    assert people.refused("views.open", trigger_id=trigger, view=modal(NAME)) == "trigger_exchanged"


def test_a_view_slack_refuses_leaves_the_trigger_unused(people: Driver, app: TinyApp) -> None:
    trigger = _trigger(people, app)
    assert people.refused("views.open", trigger_id=trigger, view=modal(NAME, NAME)) == "invalid_arguments"
    assert people.api("views.open", trigger_id=trigger, view=modal(NAME))["ok"]


def test_a_trigger_ends_after_three_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interactions, "TRIGGER_SECONDS", -0.001)
    world = World(COMPANY, MovableClock(MONDAY), Journal(None), Hints())

    async def spend() -> None:
        keys = Interactions(world)
        keys.spend(keys.trigger(GRACE))

    with pytest.raises(SlackError, match="expired_trigger_id"):
        asyncio.run(spend())


def test_at_most_three_views_lie_on_each_other(people: Driver, app: TinyApp) -> None:
    _open(people, app, modal(NAME))
    for _ in range(2):
        assert people.api("views.push", trigger_id=_trigger(people, app), view=modal(NAME))["ok"]
    assert people.refused("views.push", trigger_id=_trigger(people, app), view=modal(NAME)) == "push_limit_reached"
    views = people.get("views", user="@grace")["views"]
    assert [view["previous_view_id"] for view in views] == [None, views[0]["id"], views[1]["id"]]
    assert {view["root_view_id"] for view in views} == {views[0]["id"]}


def test_nothing_can_be_pushed_onto_nothing(people: Driver, app: TinyApp) -> None:
    assert people.refused("views.push", trigger_id=_trigger(people, app), view=modal(NAME)) == "not_found"


def test_an_update_keeps_what_was_typed_where_ids_stay(people: Driver, app: TinyApp) -> None:
    view = _open(people, app, modal(NAME))
    people.post("click", user="@grace", view_id=view["id"], action_id="it", value="typed")
    fresh = field("name", {"type": "plain_text_input", "initial_value": "second"})
    moved = field("name_2", {"type": "plain_text_input", "initial_value": "second"})
    kept = people.api("views.update", view_id=view["id"], view=modal(fresh, moved))["view"]
    assert kept["state"]["values"]["name"]["it"]["value"] == "typed"
    assert kept["state"]["values"]["name_2"]["it"]["value"] == "second"


def test_a_stale_hash_conflicts(people: Driver, app: TinyApp) -> None:
    view = _open(people, app, modal(NAME))
    assert people.api("views.update", view_id=view["id"], view=modal(NAME), hash=view["hash"])["ok"]
    assert people.refused("views.update", view_id=view["id"], view=modal(NAME), hash=view["hash"]) == "hash_conflict"


def test_an_external_id_finds_its_view_and_is_unique(people: Driver, app: TinyApp) -> None:
    _open(people, app, modal(NAME, external_id="mine"))
    assert people.api("views.update", external_id="mine", view=modal(NAME, external_id="mine"))["ok"]
    trigger = _trigger(people, app)
    taken = people.refused("views.push", trigger_id=trigger, view=modal(NAME, external_id="mine"))
    assert taken == "duplicate_external_id"


def test_a_view_that_clears_on_close_takes_the_whole_stack(people: Driver, app: TinyApp) -> None:
    _open(people, app, modal(NAME, notify_on_close=True))
    clearing = modal(NAME, clear_on_close=True, notify_on_close=True)
    top = people.api("views.push", trigger_id=_trigger(people, app), view=clearing)["view"]
    before = app.count("closed")
    assert people.post("close", user="@grace", view_id=top["id"])["views"] == []
    until(lambda: app.count("closed") == before + 2)
    assert app.last("closed")["is_cleared"] is True


def test_a_press_in_a_form_carries_what_is_typed_so_far(people: Driver, app: TinyApp) -> None:
    view = _open(people, app, modal(NAME, buttons("press")))
    people.post("click", user="@grace", view_id=view["id"], action_id="it", value="half")
    people.post("click", user="@grace", view_id=view["id"], action_id="press")
    sent = app.last("action")
    assert sent["view"]["state"]["values"]["name"]["it"]["value"] == "half"
    assert "response_url" not in sent
    assert "message" not in sent


def test_a_form_belongs_to_one_person(people: Driver, app: TinyApp) -> None:
    view = _open(people, app, modal(NAME))
    assert people.try_post("submit", user="@marcus", view_id=view["id"], values={})[0] == 404
    assert people.try_post("close", user="@marcus", view_id=view["id"])[0] == 404
