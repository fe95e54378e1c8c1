"""The words of the dependencies room."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.dependencies import messages
from bot.dependencies.messages import form
from bot.dependencies.queries import Circle, DependencyView
from bot.dependencies.rules import DependencyState
from bot.slack.message import Form, Message
from tests.dependencies.samples import need, worst
from tests.outcomes.samples import READER, extreme, view
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

CIRCLE = Circle((("Growth", "Platform", "OUT-3"), ("Platform", "Growth", "OUT-7")))
HIDDEN_CIRCLE = Circle(())
ACCEPTED = need(DependencyState.ACCEPTED, promised_on=date(2026, 4, 28), may_deliver=True)
LATE = need(DependencyState.ACCEPTED, promised_on=date(2026, 3, 20), number=6)
NEAR = need(wanted_on=date(2026, 4, 2), number=7)
PAST = need(wanted_on=date(2026, 3, 20), number=8, may_decide=True)
PROPOSED = need(
    DependencyState.PROPOSED, promised_on=date(2026, 5, 15), reason="Two people are away", may_decide=True, number=9
)
DECLINED = need(DependencyState.DECLINED, reason="No room before June", number=10)
GONE = need(DependencyState.DELIVERED, promised_on=date(2026, 4, 28), number=11)
WITHDRAWN = need(DependencyState.WITHDRAWN, number=12)
TO_ANSWER = need(may_answer=True, may_deliver=True)
REDUCED = need(is_waiting_seen=False, may_answer=True, may_deliver=True)

MESSAGES: dict[str, Callable[[], Message]] = {
    "need_asked": lambda: messages.need_asked(need(may_decide=True), None, reader=READER),
    "need_asked_closing_a_circle": lambda: messages.need_asked(need(may_decide=True), CIRCLE, reader=READER),
    "asked_of_you": lambda: messages.asked_of_you(TO_ANSWER, CIRCLE, reader=READER),
    "asked_of_you_by_a_private_team": lambda: messages.asked_of_you(REDUCED, HIDDEN_CIRCLE, reader=READER),
    "asked_of_you_withdrawn": lambda: messages.asked_of_you(WITHDRAWN, None, reader=READER),
    "answered_with_another_day": lambda: messages.answered(PROPOSED, by="Lena Brandt", reader=READER),
    "answered_with_no": lambda: messages.answered(DECLINED, by="Lena Brandt", reader=READER),
    "delivered": lambda: messages.delivered(GONE, by="Lena Brandt", reader=READER),
    "agreed": lambda: messages.agreed(ACCEPTED, by="Olga Ortiz", reader=READER),
    "withdrawn": lambda: messages.withdrawn(WITHDRAWN, by="Olga Ortiz", reader=READER),
    "dependency_shown": lambda: messages.dependency_shown(
        need(is_team_seen=False, may_decide=True), None, reader=READER
    ),
    "on_card": lambda: messages.on_card([NEAR, LATE, PAST, ACCEPTED, DECLINED, GONE], {7: CIRCLE}, reader=READER),
    "my_dependencies": lambda: messages.my_dependencies([TO_ANSWER, REDUCED, PROPOSED], reader=READER),
}
FORMS: dict[str, Callable[[], Form]] = {
    "ask_form": lambda: form.ask_form(
        view().outcome, {2: "Platform", 3: "Support"}, team_id=2, text="an export", wanted_on=None, channel_id="C1"
    ),
    "accept_form": lambda: form.accept_form(TO_ANSWER, reader=READER, channel_id="C1"),
    "accept_form_changing_a_promise": lambda: form.accept_form(ACCEPTED, reader=READER, channel_id="C1"),
    "decline_form": lambda: form.decline_form(REDUCED, reader=READER, channel_id=""),
}
LONG_CIRCLE = Circle(tuple(("&" * 80, "<" * 80, "OUT-999999999") for _ in range(30)))
EXTREMES: dict[str, Callable[[], Message]] = {
    "need_asked": lambda: messages.need_asked(worst(), LONG_CIRCLE, reader=READER),
    "asked_of_you": lambda: messages.asked_of_you(worst(), LONG_CIRCLE, reader=READER),
    "answered": lambda: messages.answered(worst(), by="&" * 200, reader=READER),
    "on_card": lambda: messages.on_card(
        [worst(n) for n in range(30)], dict.fromkeys(range(30), LONG_CIRCLE), reader=READER
    ),
    "my_dependencies": lambda: messages.my_dependencies([worst(n) for n in range(30)], reader=READER),
}


def offered(view: DependencyView) -> list[str]:
    blocks = messages.dependency_shown(view, None, reader=READER).blocks
    return [button["text"]["text"] for button in blocks[1]["elements"]] if len(blocks) > 1 else []


@pytest.mark.parametrize(
    ("view", "labels"),
    [
        (need(), []),
        (need(may_answer=True, may_deliver=True), ["Accept", "Decline"]),
        (need(may_decide=True, may_deliver=True), ["Withdraw"]),
        (PROPOSED, ["Agree to Fri, May 15", "Withdraw"]),
        (ACCEPTED, ["Delivered"]),
        (need(DependencyState.DELIVERED, may_answer=True, may_decide=True, may_deliver=True), []),
    ],
)
def test_each_is_offered_what_they_may_do_about_it_as_it_stands(view: DependencyView, labels: list[str]) -> None:
    assert offered(view) == labels


def test_a_fragment_is_nothing_or_at_most_eight_blocks() -> None:
    many = [worst(n) for n in range(30)]
    assert messages.on_card([], {}, reader=READER) == messages.my_dependencies([], reader=READER) == Message("", [])
    assert len(messages.on_card(many, {}, reader=READER).blocks) <= 8
    assert len(messages.my_dependencies(many, reader=READER).blocks) <= 8


def test_a_private_outcome_is_in_no_word_of_the_reduced_form() -> None:
    for message in (
        messages.asked_of_you(REDUCED, HIDDEN_CIRCLE, reader=READER),
        messages.my_dependencies([REDUCED], reader=READER),
    ):
        assert not {"OUT-12", "Growth", "Trial"} & set(f"{message.text} {message.blocks}".replace("*", " ").split())


def test_forms_fit_at_their_limits() -> None:
    teams = dict.fromkeys(range(150), "R&D " + "x" * 90)
    for shown in (
        form.ask_form(
            extreme().outcome, teams, team_id=149, text="<" * 600, wanted_on=date(2026, 4, 1), channel_id="C" * 11
        ),
        form.accept_form(worst(), reader=READER, channel_id="C" * 11),
        form.decline_form(worst(), reader=READER, channel_id="C" * 11),
    ):
        assert len(shown.view["blocks"]) <= 100
        assert len(shown.view["private_metadata"]) <= 3_000
        assert read(shown)
