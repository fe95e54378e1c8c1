"""The words of signals."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.absences.rules import Days
from bot.language.units import money
from bot.linter.findings import Finding
from bot.measuring.effort import Effort
from bot.outcomes.rules.lists import Asked, Scope
from bot.people.messages import Reader
from bot.signals import messages
from bot.signals.messages.explained import rules_explained
from bot.signals.messages.findings import cause_words, effort_words
from bot.signals.queries import PAGE_SIZE, SignalPage, Signals
from bot.signals.rules import Cause
from bot.slack.message import Form, Message
from tests.outcomes.samples import NASTY, READER, extreme, view
from tests.signals.samples import BUSY, EFFORT, EVERYTHING, found
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

TEAM = Asked(Scope.TEAM, "1")
GERMAN = Reader("de-DE", ZoneInfo("Europe/Berlin"), READER.today)
LATE = view("8", number=14, statement="Renewals close within a week")
NEVER = view(number=15, statement="Support answers within the hour")


def listed(*signals: Signals, total: int = 0, offset: int = 0, asked: Asked = TEAM) -> Message:
    page = SignalPage(signals, total or len(signals), offset)
    return messages.signal_list(page, title="Growth", asked=asked, reader=READER)


MESSAGES: dict[str, Callable[[], Message]] = {
    "signal_list": lambda: listed(
        found(),
        found(LATE, effort=None),
        found(NEVER, effort=None, days_without_result=28, owned=4),
    ),
    "signal_list_of_everything": lambda: listed(found(**EVERYTHING)),
    "signal_list_for_somebody_else": lambda: listed(found(may_change=False, **EVERYTHING)),
    "signal_list_of_many": lambda: listed(*[found()] * PAGE_SIZE, total=20, offset=7),
    "signal_list_empty": listed,
    "rules_explained": lambda: rules_explained(focus_limit=3, actions_limit=3),
}
FORMS: dict[str, Callable[[], Form]] = {}

_UNCLEAR = tuple(Finding(f"L{n}", (NASTY * 10)[:300], "Reason.", "") for n in range(1, 8))
_WORST = found(
    extreme(),
    effort=Effort(10**6, Decimal(10**6), Decimal("-0.0499"), 99, 9, before=Decimal("-0.000001"), now=Decimal(10**18)),
    **EVERYTHING | {"findings": _UNCLEAR},
)
EXTREMES: dict[str, Callable[[], Message]] = {
    "signal_list": lambda: listed(*[_WORST] * PAGE_SIZE, total=1_000, offset=993),
}


def said(effort: Effort, reader: Reader = READER) -> str:
    return effort_words(effort, BUSY, reader)


def test_effort_says_the_numbers_it_was_found_by() -> None:
    assert said(EFFORT) == (
        "*Effort without movement:* 7 things done in 4 weeks, usually 5; "
        "the measure went from 8.05% to 8.1%, 1.2% of the path, where 5% would count."
    )


@pytest.mark.parametrize(
    ("effort", "words"),
    [
        (Effort(4, Decimal(0), Decimal(0), 1, 2, Decimal(8), Decimal(8)), "usually 0; the measure stayed at 8%."),
        (
            Effort(4, Decimal(4), Decimal("-0.01"), 0, 1, Decimal("8.1"), Decimal("8.06")),
            "while it is too young for a usual; the measure went from 8.1% to 8.06%, 1% of the path backwards",
        ),
        (
            Effort(4, Decimal(2), Decimal("0.049999"), 9, 1, Decimal(8), Decimal("8.199996")),
            "4.9% of the path, where 5%",
        ),
        (Effort(4, Decimal(2), Decimal("0.00001"), 9, 1, Decimal(8), Decimal("8.00004")), "less than 0.1% of the path"),
        (Effort(4, Decimal(2), Decimal(0), 9, 0, Decimal(8), Decimal(8)), "no result in that time, so the measure"),
    ],
)
def test_what_is_said_of_effort_is_never_more_than_is_known(effort: Effort, words: str) -> None:
    assert words in said(effort)


def test_of_an_outcome_that_was_never_measured_that_is_said() -> None:
    never = Effort(6, Decimal(4), Decimal(0), 2, 0, Decimal(8), Decimal(8))
    assert "nothing has been measured yet" in effort_words(never, NEVER, READER)


def test_each_reader_reads_values_as_they_write_them() -> None:
    assert "from 8,05" in said(EFFORT, GERMAN)
    dollars = view("1000000", unit=money("USD"), baseline="1000000", target="2000000")
    told = Effort(4, Decimal(4), Decimal("0.01"), 2, 2, Decimal(1_000_000), Decimal(1_010_000))
    assert "from $1,000,000 to $1,010,000" in effort_words(told, dollars, READER)


def test_every_cause_says_its_numbers() -> None:
    words = {cause: str(cause_words(cause, found(**EVERYTHING), READER)) for cause in Cause}
    assert "Olga Ortiz owns 5 live outcomes, and the limit is 3." in words[Cause.FRAGMENTED]
    assert "no result for 23 days; two periods are 14 days." in words[Cause.NO_FEEDBACK]
    for reason in ("Olga Ortiz is deactivated", "until Sun, Apr 12, 24 days in all", "handed over 2 times"):
        assert reason in words[Cause.NO_OWNER]
    assert "“Launch”: This reads like an output, not a change (L1)" in words[Cause.NO_END]


def test_an_absence_without_an_end_is_counted_up_to_today() -> None:
    words = cause_words(Cause.NO_OWNER, found(away=Days(date(2026, 3, 20), date.max)), READER)
    assert "with no day to be back, 11 days so far, more than a period of 7 days" in words


def test_each_finding_has_one_action_a_click_away() -> None:
    shown = read(listed(found(**EVERYTHING)))
    for label in ("Add an action", "Edit", "Hand over", "Log result", "Show"):
        assert f"[{label}]" in shown
    others = read(listed(found(may_change=False, **EVERYTHING)))
    assert "[Propose an action]" in others
    assert "[Log result]" not in others


def test_one_that_is_behind_without_a_cause_says_so() -> None:
    assert "None of the four causes is seen here." in listed(found(LATE, effort=None)).text


def test_pages_are_turned_where_there_are_more() -> None:
    for offset, labels in ((0, {"Next"}), (7, {"Previous", "Next"}), (14, {"Previous"})):
        shown = read(listed(*[found()] * min(PAGE_SIZE, 16 - offset), total=16, offset=offset))
        assert {label for label in ("Previous", "Next") if f"[{label}]" in shown} == labels


@given(st.text(max_size=300), st.text(max_size=200), st.text(max_size=80))
@settings(deadline=None, max_examples=30)
def test_whatever_is_typed_is_only_text(statement: str, words: str, name: str) -> None:
    typed = view("9", statement=statement, measure=words[:100], owner_name=name, team_name=name)
    unclear = (Finding("L1", words, words, words),)
    message = listed(found(typed, **EVERYTHING | {"findings": unclear}))
    assert "<" not in message.text
