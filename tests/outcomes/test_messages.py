"""The words of the outcomes room."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.linter.statements import lint_statement
from bot.outcomes import messages
from bot.outcomes.messages import closing, form, lists
from bot.outcomes.messages.disputes import Disputed
from bot.outcomes.messages.form import Choices, FilledOutcome
from bot.outcomes.queries import Page
from bot.outcomes.queries.advice import Advice
from bot.outcomes.rules import Filter
from bot.outcomes.rules.drafts import FIELDS
from bot.outcomes.rules.lists import Asked, Scope
from bot.slack.message import Form, Message
from bot.slack.mrkdwn import channel_link
from tests.outcomes.samples import LESSON, READER, closed, extreme, view
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

WORKING = view("8.5", "9", "9.5", note="The onboarding email shipped")
CHOICES = Choices({1: "Growth", 2: "R&D"}, {7: "Win small firms"})
STATEMENT = "Launch the new onboarding and improve retention"
FINDINGS = lint_statement(STATEMENT)
SILENCE = Advice()
ADVICE = Advice(tuple(FINDINGS), (view("9", number=3),), (LESSON,))


def drawn(filled: FilledOutcome, advice: Advice = SILENCE, **rest: Any) -> Form:
    return form.outcome_form(filled, CHOICES, advice, reader=READER, carries="0 0 C1", **rest)


MESSAGES: dict[str, Callable[[], Message]] = {
    "outcome_logged": lambda: form.outcome_logged(WORKING, FINDINGS, reader=READER),
    "outcome_list": lambda: lists.outcome_list(
        Page([WORKING, view(number=3), view("11.9", number=4)], 25), title="Your outcomes", empty="", reader=READER
    ),
    "outcome_list_empty": lambda: lists.outcome_list(
        Page([], 0), title="Your outcomes", empty="<!channel> owns no outcome that you can see.", reader=READER
    ),
    "outcome_closed": lambda: closing.outcome_closed(closed(WORKING), by="Olga Ortiz", reader=READER),
    "closed_by_you": lambda: closing.closed_by_you(closed(WORKING), with_lesson=True),
    "reopened_by_you": lambda: closing.reopened_by_you(WORKING, reader=replace(READER, today=date(2026, 6, 1))),
    "outcome_edited": lambda: form.outcome_edited(WORKING, ["target", "due"], ["owner"], reader=READER),
    "outcome_edited_not_at_all": lambda: form.outcome_edited(WORKING, [], [], reader=READER),
    "outcome_list_page": lambda: lists.outcome_list(
        Page([WORKING, closed(WORKING)], 57, 20),
        title="Growth",
        empty="",
        reader=READER,
        asked=Asked(Scope.TEAM, "1", Filter.OFF_TRACK, 20),
        findings={12: FINDINGS},
    ),
    "search_result": lambda: lists.search_result(Page([WORKING], 57), "trial <!channel>", reader=READER),
    "nothing_found": lambda: lists.nothing_found("trial <!channel>", [], reader=READER),
    "nothing_found_but_alike": lambda: lists.nothing_found("trials", [WORKING], reader=READER),
    "outcome_reopened": lambda: closing.outcome_reopened(WORKING, by="Olga Ortiz"),
    "no_team_yet": form.no_team_yet,
    "not_a_team_channel": lambda: lists.not_a_team_channel(channel_link("C1")),
}
FORMS: dict[str, Callable[[], Form]] = {
    "new_form": lambda: drawn(FilledOutcome({"team": "2", "owner": "UOLGA"})),
    "new_form_advising": lambda: drawn(FilledOutcome({"statement": STATEMENT}), ADVICE),
    "new_form_keeping": lambda: drawn(FilledOutcome({"statement": STATEMENT}, kept=frozenset(["L1"])), ADVICE),
    "edit_form": lambda: drawn(FilledOutcome(form.filled_with(WORKING, READER)), edited=WORKING),
    "edit_form_disputed": lambda: drawn(
        FilledOutcome(form.filled_with(WORKING, READER)),
        edited=WORKING,
        disputes=[Disputed("target", "15%", "Lea Lang"), Disputed("statement", "<!channel>", "Lea Lang")],
    ),
    "closing_form": lambda: closing.closing_form(WORKING, None, reader=READER, channel_id="C1"),
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "outcome_logged": lambda: form.outcome_logged(extreme(), FINDINGS, reader=READER),
    "outcome_list": lambda: lists.outcome_list(
        Page([extreme(n) for n in range(1, 21)], 1_000), title="&" * 80, empty="", reader=READER
    ),
    "outcome_closed": lambda: closing.outcome_closed(closed(extreme()), by="&" * 200, reader=READER),
}


def test_forms_fit_at_their_limits() -> None:
    teams = dict.fromkeys(range(150), "R&D " + "x" * 90)
    filled = FilledOutcome(dict.fromkeys((*FIELDS, "parent"), "<" * 60) | {"team": "149"})
    new = form.outcome_form(filled, Choices(teams, {}), ADVICE, reader=READER, carries="1 1 C1")
    assert len(new.view["blocks"]) <= 100
    assert len(new.view.get("private_metadata", "")) <= 3_000
    assert "R&D xxx" in read(new)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ("0", "0%"),
        ("0.005", "0%"),
        ("0.333", "33%"),
        ("-0.5", "-50%"),
        ("9.99", "999%"),
        ("10", "over 999%"),
        ("-99", "below -999%"),
    ],
)
def test_a_share_is_a_whole_percentage(share: str, said: str) -> None:
    assert messages.percent(Decimal(share)) == said
