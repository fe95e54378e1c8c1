"""The words of handovers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.handovers import messages
from bot.handovers.messages import forms, news
from bot.handovers.model import Handover
from bot.handovers.queries import Offer
from bot.handovers.rules import HandoverState
from bot.outcomes.queries import View
from bot.people.model import Person
from bot.slack.message import Form, Message
from tests.outcomes.samples import NASTY, NOW, READER, extreme, person, view
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

OLGA, LEA, MARCUS = person(), person("Lea Lind", "ULEAD"), person("Marcus Bell", "UMARCUS")


def offer(
    shown: View, *, by: Person = OLGA, to: Person = MARCUS, note: str = "", reason: str = "", days: int = 2
) -> Offer:
    handover = Handover(
        workspace_id="T1",
        id=5,
        outcome_id=shown.outcome.id,
        from_id="UOLGA",
        to_id=to.id,
        note=note,
        state=HandoverState.OFFERED,
        reason=reason,
        offered_at=NOW - timedelta(days=days),
        offered_by=by.id,
    )
    return Offer(handover, shown, to, by)


def gone(name: str = "Marcus Bell", person_id: str = "UMARCUS") -> Person:
    left = person(name, person_id)
    left.is_active = False
    return left


MOVED = view("8.5", "9.5")
ORPHAN = replace(MOVED, owner=gone("Olga Ortiz", "UOLGA"))
PLAIN = offer(MOVED)
BY_LEAD = offer(MOVED, by=LEA, note="You know the trial best", reason="I am full until May")
TAKEN = offer(MOVED, by=LEA, to=LEA)
NASTY_NAME = (NASTY * 10)[:200]
WORST = offer(
    extreme(),
    by=person(NASTY_NAME, "ULEAD"),
    to=person(NASTY_NAME, "UMARCUS"),
    note=(NASTY * 60)[:1_000],
    reason=(NASTY * 60)[:1_000],
)

MESSAGES: dict[str, Callable[[], Message]] = {
    "outcome_offered": lambda: news.outcome_offered(PLAIN, reader=READER),
    "outcome_offered_by_the_lead": lambda: news.outcome_offered(BY_LEAD, reader=READER),
    "outcome_offered_before_a_result": lambda: news.outcome_offered(offer(view()), reader=READER),
    "offer_accepted": lambda: news.offer_accepted(PLAIN),
    "offer_declined_by_you": lambda: news.offer_declined_by_you(PLAIN),
    "offer_withdrawn": lambda: news.offer_withdrawn(BY_LEAD),
    "offer_made": lambda: news.offer_made(PLAIN),
    "offer_taken_back": lambda: news.offer_taken_back(PLAIN),
    "handed_over_line": lambda: news.handed_over_line(PLAIN, old_owner=OLGA),
    "handed_over_line_by_the_lead": lambda: news.handed_over_line(BY_LEAD, old_owner=OLGA),
    "handed_over_line_taken": lambda: news.handed_over_line(TAKEN, old_owner=OLGA),
    "handed_over": lambda: news.handed_over(PLAIN, old_owner=OLGA, reader=OLGA),
    "handed_over_for_the_lead": lambda: news.handed_over(BY_LEAD, old_owner=OLGA, reader=LEA),
    "handed_over_taken": lambda: news.handed_over(TAKEN, old_owner=OLGA, reader=OLGA),
    "offer_declined": lambda: news.offer_declined(PLAIN),
    "offer_declined_with_a_reason": lambda: news.offer_declined(BY_LEAD),
    "offer_unanswered": lambda: news.offer_unanswered(PLAIN),
    "offer_unanswered_by_somebody_gone": lambda: news.offer_unanswered(offer(MOVED, to=gone())),
    "offer_declined_and_the_owner_gone": lambda: news.offer_declined(offer(ORPHAN, by=LEA)),
    "on_card": lambda: messages.on_card(PLAIN, reader=READER, may_change=True),
    "on_card_to_look_at": lambda: messages.on_card(PLAIN, reader=READER, may_change=False),
    "my_offers": lambda: messages.my_offers([BY_LEAD], reader=READER),
    "my_offers_of_five": lambda: messages.my_offers([offer(view(number=n), days=n) for n in range(5)], reader=READER),
}
FORMS: dict[str, Callable[[], Form]] = {
    "offer_form": lambda: forms.offer_form(MOVED, None, reader=READER, channel_id="C1"),
    "offer_form_again": lambda: forms.offer_form(MOVED, PLAIN, reader=READER, channel_id="C1"),
    "decline_form": lambda: forms.decline_form(PLAIN),
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "outcome_offered": lambda: news.outcome_offered(WORST, reader=READER),
    "offer_declined": lambda: news.offer_declined(WORST),
    "handed_over_line": lambda: news.handed_over_line(WORST, old_owner=person(NASTY_NAME)),
    "handed_over": lambda: news.handed_over(WORST, old_owner=person(NASTY_NAME), reader=person(NASTY_NAME)),
    "offer_withdrawn": lambda: news.offer_withdrawn(WORST),
    "on_card": lambda: messages.on_card(WORST, reader=READER, may_change=True),
    "my_offers": lambda: messages.my_offers([WORST] * 9, reader=READER),
}


def test_a_fragment_has_at_most_eight_blocks() -> None:
    assert len(messages.my_offers([WORST] * 9, reader=READER).blocks) == 8
    assert len(messages.my_offers([WORST] * 3, reader=READER).blocks) == 7


def test_where_nothing_is_offered_nothing_is_said() -> None:
    assert messages.my_offers([], reader=READER) == Message("", [])
    assert messages.on_card(None, reader=READER, may_change=True) == Message("", [])


def test_forms_fit_at_their_limits() -> None:
    for one in (
        forms.offer_form(extreme(), WORST, reader=READER, channel_id="C1"),
        forms.decline_form(WORST),
    ):
        assert len(one.view["title"]["text"]) <= 24
