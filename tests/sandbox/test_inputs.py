"""Every kind of field reports what was put in as Slack does, and refuses what Slack's client refuses."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox.driver import Driver
from tests.sandbox.tiny_app import TinyApp, lived_in_by_socket


@pytest.fixture(scope="module")
def lived_in() -> Iterator[tuple[Driver, TinyApp]]:
    with lived_in_by_socket() as both:
        yield both


def _fill(people: Driver, **values: Any) -> tuple[int, dict[str, Any]]:
    view = people.post("command", user="@grace", channel="#growth", text="/pick")["views"][-1]
    given = {block: {"who" if block == "found" else "it": value} for block, value in values.items()}
    return people.try_post("submit", user="@grace", view_id=view["id"], values=given)


CHOICE = {"text": {"type": "plain_text", "text": "Two"}, "value": "two"}


def test_every_field_reports_its_value_in_slacks_shape(people: Driver, app: TinyApp) -> None:
    status, answer = _fill(
        people,
        number=7,
        email="ada@example.com",
        url="https://example.com",
        rich="hello",
        one="Two",
        many=["two", "Three"],
        boxes=["one"],
        radio="two",
        who="@lena",
        whos=["@lena", "U06J0NAS2H"],
        where="#growth",
        talk="#growth",
        day="2026-03-30",
        hour="09:00",
        moment="2026-03-30T09:00:00+02:00",
        found="ada",
    )
    assert status == 200, answer
    sent = app.last("everything")
    values = {block: next(iter(fields.values())) for block, fields in sent["view"]["state"]["values"].items()}
    assert values["text"] == {"type": "plain_text_input", "value": "started"}
    assert values["number"] == {"type": "number_input", "value": "7"}
    assert values["email"] == {"type": "email_text_input", "value": "ada@example.com"}
    assert values["url"] == {"type": "url_text_input", "value": "https://example.com"}
    assert values["rich"]["rich_text_value"]["elements"][0]["elements"] == [{"type": "text", "text": "hello"}]
    assert values["one"] == {"type": "static_select", "selected_option": CHOICE}
    assert [option["value"] for option in values["many"]["selected_options"]] == ["two", "three"]
    assert [option["value"] for option in values["boxes"]["selected_options"]] == ["one"]
    assert values["radio"] == {"type": "radio_buttons", "selected_option": CHOICE}
    assert values["who"] == {"type": "users_select", "selected_user": "U06LENA51B"}
    assert values["whos"]["selected_users"] == ["U06LENA51B", "U06J0NAS2H"]
    assert values["where"] == {"type": "channels_select", "selected_channel": "C05GR0WTH3"}
    assert values["talk"] == {"type": "conversations_select", "selected_conversation": "C05GR0WTH3"}
    assert values["day"] == {"type": "datepicker", "selected_date": "2026-03-30"}
    assert values["hour"] == {"type": "timepicker", "selected_time": "09:00"}
    assert values["moment"] == {"type": "datetimepicker", "selected_date_time": 1774854000}
    assert values["found"]["selected_option"]["text"]["text"] == "Ada"
    assert [url["channel_id"] for url in sent["response_urls"]] == ["C05GR0WTH3"]


def test_untouched_fields_report_nothing(people: Driver, app: TinyApp) -> None:
    assert _fill(people, number=1)[0] == 200
    values = app.last("everything")["view"]["state"]["values"]
    assert values["one"]["it"]["selected_option"]["value"] == "one"
    assert values["boxes"]["it"] == {"type": "checkboxes", "selected_options": []}
    assert values["whos"]["it"] == {"type": "multi_users_select", "selected_users": []}
    assert values["day"]["it"] == {"type": "datepicker", "selected_date": None}
    assert values["found"]["who"] == {"type": "external_select", "selected_option": None}


@pytest.mark.parametrize(
    ("block", "value"),
    [
        ("number", "seven"),
        ("number", 1.5),
        ("number", 10),
        ("number", ""),
        ("email", "ada"),
        ("url", "example"),
        ("one", "four"),
        ("many", ["one", "four"]),
        ("who", "@nobody"),
        ("where", "#people-ops"),
        ("day", "30.3.2026"),
        ("hour", "9"),
        ("moment", "2026-03-30T09:00:00"),
        ("text", "x" * 3001),
        ("nothing", "x"),
    ],
)
def test_a_value_slacks_client_would_not_send_is_refused_by_block(people: Driver, block: str, value: object) -> None:
    status, answer = _fill(people, **{"number": 1, block: value})
    assert status == 400
    assert f"Block {block}" in answer["error"]


def test_a_menu_in_a_form_that_does_not_dispatch_only_keeps_the_choice(people: Driver, app: TinyApp) -> None:
    view = people.post("command", user="@grace", channel="#growth", text="/pick")["views"][-1]
    before = len(app.seen)
    people.post("click", user="@grace", view_id=view["id"], action_id="it", block_id="one", value="three")
    assert len(app.seen) == before
    [held] = people.get("views", user="@grace")["views"]
    assert held["state"]["values"]["one"]["it"]["selected_option"]["value"] == "three"


def test_what_is_typed_into_an_external_menu_is_asked_of_the_app(people: Driver, app: TinyApp) -> None:
    view = people.post("command", user="@grace", channel="#growth", text="/pick")["views"][-1]
    found = people.post("options", user="@grace", view_id=view["id"], action_id="who", query="bea")
    assert [option["value"] for option in found["options"]] == ["bea"]
    sent = app.last("options")
    assert (sent["value"], sent["action_id"], sent["view"]["id"]) == ("bea", "who", view["id"])
