"""The words of an outcome's card."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import messages
from bot.cards.queries import Card
from bot.decisions.queries.beside import OfOutcome
from bot.execution.queries import ExecutionPath
from bot.language.units import duration, money
from bot.linter.statements import lint_statement
from bot.measuring.forecast import Forecast, forecast
from bot.outcomes.model import Change
from bot.outcomes.queries import View
from bot.outcomes.rules import Ending
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.priorities.model import Priority
from bot.slack.blocks import notice
from bot.slack.message import Form, Message
from tests.absences.samples import MARCUS, away
from tests.decisions.samples import asked, choice, made, question
from tests.dependencies.samples import need
from tests.execution.samples import path
from tests.handovers.test_messages import offer
from tests.obstacles.samples import obstacle
from tests.outcomes.samples import LESSON, NOW, READER, closed, extreme, person, view
from tests.signals.samples import found
from tests.slack.every_message import (
    test_as_it_is_read,
    test_at_its_limits_a_message_still_fits_and_pings_nobody,
    test_the_payload,
    test_the_text_says_every_word_that_the_blocks_say,
)
from tests.slack.reading import read

__all__ = [
    "test_as_it_is_read",
    "test_at_its_limits_a_message_still_fits_and_pings_nobody",
    "test_the_payload",
    "test_the_text_says_every_word_that_the_blocks_say",
]

GERMAN = Reader("de-DE", ZoneInfo("Europe/Berlin"), READER.today)
WORKING = view("8.5", "9", "9.5", note="The onboarding email shipped")

BUSY = view("8", "8.05", "8.1", "8.1", "8.1", "8.1", note="Two more webinars held")


def shown(of: View, *, reader: Reader = READER, may_change: bool = False, **more: Any) -> Message:
    """The card of an outcome of which nothing else is known, unless said."""
    nothing: dict[str, Any] = {
        "forecast": None,
        "signals": None,
        "findings": (),
        "priority": None,
        "parent": None,
        "parts": (),
        "rescoped_to": None,
        "path": ExecutionPath(Viewer("T1", "UOLGA")),
        "obstacles": (),
        "needs": (),
        "circles": {},
        "offer": None,
        "lessons": (),
        "away": None,
        "history": (),
    }
    return messages.outcome_card(Card(of, may_change, **{**nothing, **more}), reader=reader)


def change(what: str, before: str = "", after: str = "") -> tuple[Change, Person]:
    """A line of history."""
    line = Change(
        workspace_id="T1", id=1, outcome_id=12, made_at=NOW, actor_id="UOLGA", what=what, before=before, after=after
    )
    return line, person()


def forecast_of(of: View) -> Forecast | None:
    return forecast(of.path, [(result.measured_at.date(), result.value) for result in of.results])


HISTORY = [
    change("comment", after="<!channel> Looks good to me & the team"),
    change("target", "12%", "15%"),
    change("why", "", "Trials decide"),
    change("parent", "OUT-3", ""),
    change("reopened", before="missed"),
    change("closed", after="missed"),
    change("action added", after="Move the pricing page"),
    change("created"),
]
DECISIONS = OfOutcome([asked()], [made(), made([choice(effect_value=None)], decision=question(9, decided=True))])
EVERYTHING: dict[str, Any] = {
    "forecast": forecast_of(BUSY),
    "signals": found(BUSY, owned=5, handed_over=2),
    "findings": lint_statement("Launch the new onboarding and improve retention"),
    "priority": Priority(id=7, name="Win small firms"),
    "parent": view(number=3),
    "parts": [view("9", number=5), view(number=6)],
    "path": path(),
    "obstacles": [obstacle()],
    "decisions": DECISIONS,
    "needs": [need()],
    "offer": offer(BUSY),
    "lessons": [LESSON],
    "away": away(delegate=MARCUS),
    "history": HISTORY,
}

MESSAGES: dict[str, Callable[[], Message]] = {
    "outcome_card": lambda: shown(WORKING, may_change=True),
    "outcome_card_new": lambda: shown(view(why="Trials decide")),
    "outcome_card_whole": lambda: shown(BUSY, may_change=True, **EVERYTHING),
    "outcome_card_of_an_owner_who_is_away": lambda: shown(WORKING, away=away()),
    "outcome_card_too_early": lambda: shown(view("8.5", "9", "10"), forecast=forecast_of(view("8.5", "9", "10"))),
    "outcome_card_closed": lambda: shown(
        closed(WORKING, Ending.RESCOPED), may_change=True, rescoped_to=view(number=14, statement="Trials pay sooner")
    ),
    "outcome_card_of_money": lambda: shown(
        view("1200000", unit=money("USD"), baseline="1000000", target="2000000"), reader=GERMAN
    ),
    "outcome_card_of_days": lambda: shown(
        view("777600", "561600", unit=duration("days"), baseline="777600", target="345600"), may_change=True
    ),
    "commented": lambda: messages.commented(WORKING.outcome),
}
FORMS: dict[str, Callable[[], Form]] = {
    "comment_form": lambda: messages.comment_form(WORKING, channel_id="C1"),
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "outcome_card": lambda: shown(extreme(), may_change=True, **EVERYTHING),
}


def test_a_card_in_a_modal_has_no_chart() -> None:
    card = shown(WORKING, may_change=True)
    assert "data_visualization" in {block["type"] for block in card.blocks}
    assert "data_visualization" not in {block["type"] for block in notice("OUT-12", card).view["blocks"]}


def test_the_chart_is_told_in_words_too() -> None:
    text = shown(WORKING).text
    assert "16 Mar: 8.5%, expected 8.67%" in text


def test_only_those_who_may_are_offered_to_log() -> None:
    for may_log in (True, False):
        card = shown(WORKING, may_change=may_log)
        assert ("[Log result]" in read(card)) is may_log


@given(st.text(max_size=300), st.text(max_size=100), st.text(max_size=200))
@settings(deadline=None, max_examples=30)
def test_whatever_is_typed_fits_and_is_only_text(statement: str, measure: str, note: str) -> None:
    typed = view("9", "10", statement=statement, measure=measure, note=note, owner_name=measure, team_name=measure[:80])
    message = shown(typed, history=[change("comment", after=note), change("why", note, statement)])
    assert "<" not in message.text
    assert "<" not in str([block for block in message.blocks if block["type"] in {"section", "context"}])


def test_each_reader_reads_values_and_dates_as_they_write_them() -> None:
    card = shown(WORKING, reader=GERMAN)
    assert "9,5" in card.text
    assert "Mon 25 May" in card.text
