"""The history of a decision, as people read it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.decisions.messages.history import MOST_LINES, decision_history
from bot.decisions.model import DecisionEvent
from bot.decisions.queries import DecisionView
from bot.people.model import Person
from bot.slack.message import Form, Message
from tests.decisions.samples import GRACE, MAX, asked, made, question, worst
from tests.outcomes.samples import NASTY, NOW, READER, person
from tests.slack.every_message import (
    test_as_it_is_read,
    test_at_its_limits_a_message_still_fits_and_pings_nobody,
    test_the_payload,
    test_the_text_says_every_word_that_the_blocks_say,
)

__all__ = [
    "test_as_it_is_read",
    "test_at_its_limits_a_message_still_fits_and_pings_nobody",
    "test_the_payload",
    "test_the_text_says_every_word_that_the_blocks_say",
]

Line = tuple[DecisionEvent, Person]


def line(what: str, before: str = "", after: str = "", *, by: Person = MAX, days_ago: int = 0) -> Line:
    event = DecisionEvent(
        workspace_id="T1",
        decision_id=3,
        made_at=NOW - timedelta(days=days_ago),
        actor_id=by.id,
        what=what,
        before=before,
        after=after,
        version=1,
    )
    return event, by


EVERYTHING = [
    line("superseded", "Keep them", "DEC-9", by=person()),
    line("reviewed", "", "worse", by=person(), days_ago=1),
    line("changed", "Raise them by 10%", "Keep them", by=person(), days_ago=2),
    line("objected", after="We lose the schools", by=GRACE, days_ago=3),
    line("decided", after="Raise them by 10%", by=person(), days_ago=4),
    line("reopened", "Raise them", "A rival halved theirs", days_ago=5),
    line("reopened", "Raise them", days_ago=6),
    line("needed_by", "2026-04-03", "2026-05-01", days_ago=7),
    line("decider", "", "Olga Ortiz", days_ago=8),
    line("context", "Support costs rose", "", days_ago=9),
    line("team", "Secret plant", "Growth", days_ago=10),
    line("waits", "something of another team", "2 things of other teams", days_ago=11),
    line("options", "Raise them\n+ money", "Raise them\n+ money\nKeep them", days_ago=12),
    line("withdrawn", after="Nobody asks any more", days_ago=13),
    line("logged", after="Raise them", days_ago=14),
    line("opened", days_ago=15),
]


def shown(history: list[Line], view: DecisionView | None = None) -> Message:
    return decision_history(view or asked(), history, teams=frozenset({"Growth"}), reader=READER)


MESSAGES: dict[str, Callable[[], Message]] = {
    "decision_history": lambda: shown(EVERYTHING),
    "decision_history_new": lambda: shown(EVERYTHING[-1:]),
}
FORMS: dict[str, Callable[[], Form]] = {}
EXTREMES: dict[str, Callable[[], Message]] = {
    "decision_history": lambda: shown([line("question", NASTY * 40, NASTY * 40)] * (MOST_LINES + 1), worst()),
}


@pytest.mark.parametrize(("successor", "said"), [(question(9), "put DEC-9 in its place"), (None, "another decision")])
def test_what_took_its_place_is_named_to_those_who_may_see_it(successor: object, said: str) -> None:
    text = shown(EVERYTHING[:1], made(superseded_by=successor)).text
    assert said in text
    assert ("DEC-9" in text) == (successor is not None)


def test_a_team_one_cannot_see_is_not_named() -> None:
    assert "Secret plant" not in shown(EVERYTHING).text
    assert "another team → Growth" in shown(EVERYTHING).text


def test_who_logged_it_and_who_had_decided_it_are_both_named() -> None:
    view = made(is_logged=True)
    assert (
        "Max Muster logged what Olga Ortiz had decided: “Raise them”"
        in shown([line("logged", after="Raise them")], view).text
    )


def test_the_newest_lines_are_shown_and_that_there_are_more_is_said() -> None:
    many = [line("context", str(n), str(n + 1)) for n in range(MOST_LINES + 1)]
    assert "not shown" in shown(many).text
    assert "not shown" not in shown(many[1:]).text
