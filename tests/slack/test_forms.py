"""Forms that change while they are filled in, lived against a real Slack double: what was typed is never lost."""

from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest

from bot.sandbox import exchange
from bot.slack.typed import Answers
from tests.living import words
from tests.sandbox.driver import Driver, Json, buttons, until
from tests.slack.live_form import SHORTER, Pace, listening


class Person:
    """Grace, at the form."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        for view in reversed(self.views()):
            driver.post("close", user="@grace", view_id=view["id"])
        driver.post("command", user="@grace", channel="#growth", text="/form")
        self.id = self.form()["id"]

    def views(self) -> list[Json]:
        views: list[Json] = self.driver.get("views", user="@grace")["views"]
        return views

    def form(self) -> Json:
        return self.views()[-1]

    def type(self, **values: str) -> Json:
        given = {name: {"value": value} for name, value in values.items()}
        return self.driver.post("type", user="@grace", view_id=self.id, values=given)

    def press(self, action_id: str) -> Json:
        return self.driver.post("click", user="@grace", view_id=self.id, action_id=action_id)

    def submit(self, **values: Any) -> Json:
        given = {name: {"value": value} for name, value in values.items()}
        return self.driver.post("submit", user="@grace", view_id=self.form()["id"], values=given)

    def answers(self) -> Answers:
        return Answers(self.form())


@pytest.fixture(scope="module")
def lived_in() -> Iterator[tuple[Driver, Pace]]:
    with pytest.MonkeyPatch.context() as patch, listening() as (sandbox, pace):
        patch.setattr(exchange, "PATIENCE", 0.3)
        driver = Driver(sandbox)
        yield driver, pace
        driver.close()


@pytest.fixture
def person(lived_in: tuple[Driver, Pace]) -> Person:
    return Person(lived_in[0])


@pytest.fixture
def pace(lived_in: tuple[Driver, Pace]) -> Pace:
    pace = lived_in[1]
    for events in (pace.heard, pace.drawn, pace.waits_for):
        events.clear()
    return pace


def test_the_form_says_what_it_thinks_of_what_is_being_typed(person: Person) -> None:
    person.type(why="They are many", statement="Trials stay")
    assert "Trials stay because They are many" in words(person.form())
    assert (person.answers()["statement"], person.answers()["why"]) == ("Trials stay", "They are many")


def test_a_field_made_anew_takes_what_it_is_given_and_the_others_keep_theirs(person: Person) -> None:
    person.type(why="They are many", statement="Launch the trials page")
    person.press("take")
    assert (person.answers()["statement"], person.answers()["why"]) == (SHORTER, "They are many")
    assert person.answers().block_id("statement") == "statement~1"
    person.press("take")
    assert person.answers().block_id("statement") == "statement~2"


def test_what_was_typed_last_is_answered_though_the_form_was_drawn_meanwhile(person: Person, pace: Pace) -> None:
    pace.waits_for |= {"Trials": pace.heard["Trials stay"], "Trials stay": pace.drawn["Trials"]}
    person.type(statement="Trials")
    person.type(statement="Trials stay")
    until(lambda: "Trials stay because" in words(person.form()))


def test_what_was_typed_before_does_not_answer_late(person: Person, pace: Pace) -> None:
    pace.waits_for |= {"Slow": pace.drawn["Slow and sure"]}
    person.type(statement="Slow")
    person.type(statement="Slow and sure")
    until(pace.drawn["Slow"].is_set)
    assert "Slow and sure because" in words(person.form())


@pytest.mark.parametrize("typed_first", [True, False])
def test_a_field_made_anew_meanwhile_stays_so(person: Person, pace: Pace, typed_first: bool) -> None:
    pace.waits_for |= {"take": pace.heard["Launch"], "Launch": pace.drawn["take"]}
    if typed_first:
        person.type(statement="Launch")
    person.press("take")
    if not typed_first:
        person.type(statement="Launch")
    until(pace.drawn["Launch"].is_set)
    assert (person.answers()["statement"], person.answers().block_id("statement")) == (SHORTER, "statement~1")


def test_a_form_that_was_closed_meanwhile_is_left_closed(person: Person, pace: Pace) -> None:
    closed = Event()
    pace.waits_for |= {"Gone": closed}
    person.type(statement="Gone")
    person.driver.post("close", user="@grace", view_id=person.id)
    closed.set()
    until(pace.drawn["Gone"].is_set)
    assert person.views() == []


def test_what_goes_wrong_while_somebody_types_does_not_disturb_them(person: Person) -> None:
    assert [view["id"] for view in person.type(statement="boom")["views"]] == [person.id]
    assert person.answers()["statement"] == "boom"


def test_a_form_lies_on_top_of_another(person: Person) -> None:
    views = person.press("ask")["views"]
    assert [view["previous_view_id"] for view in views] == [None, person.id]
    assert "On top" in words(views[-1])


def test_a_trouble_in_a_form_is_told_on_top_of_it(person: Person) -> None:
    person.type(statement="Trials stay")
    views = person.press("break")["views"]
    assert len(views) == 2
    assert "That is not possible today." in words(views[-1])
    person.driver.post("close", user="@grace", view_id=views[-1]["id"])
    assert person.answers()["statement"] == "Trials stay"


@pytest.mark.parametrize("under_another", [True, False])
def test_a_trouble_with_a_message_is_told_where_that_stands(person: Person, under_another: bool) -> None:
    api = person.driver.api
    first = api("chat.postMessage", channel="C05GR0WTH3", text="x", blocks=[buttons("break")])["ts"]
    below = api("chat.postMessage", channel="C05GR0WTH3", text="x", blocks=[buttons("break")], thread_ts=first)["ts"]
    ts = below if under_another else first
    seen = person.driver.post("click", user="@grace", channel="#growth", ts=ts, action_id="break")
    assert [whisper.get("thread_ts") for whisper in seen["ephemerals"]] == [first if under_another else None]


def test_a_refusal_stands_beside_a_field_however_often_it_was_made_anew(person: Person) -> None:
    person.press("take")
    person.submit(**{"statement~1": "wrong"})
    assert person.form()["errors"] == {"statement~1": "Say what changes. And that."}


def test_a_saved_form_closes_with_a_word(person: Person) -> None:
    seen = person.submit(statement="Trials stay")
    assert seen["views"] == []
    assert "Saved Trials stay" in words(seen["ephemerals"])


def test_a_submission_can_be_answered_with_another_form(person: Person) -> None:
    [view] = person.submit(statement="risky")["views"]
    assert (view["id"], view["callback_id"], view["private_metadata"]) == (person.id, "sure", "7")


def test_a_refusal_in_a_form_without_fields_stands_above_it_once(person: Person) -> None:
    person.submit(statement="risky")
    for _ in range(2):
        [view] = person.submit()["views"]
        assert words(view["blocks"]) == "Not today, 7.\nIt moves tenfold."
        assert view["callback_id"] == "sure"
