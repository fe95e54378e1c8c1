"""The words of a digest."""

from collections.abc import Callable
from datetime import date

from bot.digests import messages
from bot.digests.rules import Concern, Exceptions
from bot.slack.message import Form, Message
from tests.outcomes.samples import EMOJI, NASTY, READER, team
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

TRIALS = Concern("Trial users reach their first report within a day", "Olga Ortiz", "OUT-12")
REFUNDS = Concern("Refunds fall", "Max Mason", "OUT-3")
MANY = tuple(Concern(f"Outcome {n} moves", "Olga Ortiz", f"OUT-{n}") for n in range(1, 8))
EVERYTHING = Exceptions(
    busy=(TRIALS,),
    off_track=(REFUNDS,),
    at_risk=MANY,
    stale=(Concern("Support answers stay correct", "Lea Lind", "OUT-8"),),
    overdue=(Concern("Call ten customers", "Max Mason", "OUT-12", date(2026, 3, 27)),),
    obstacles=(
        Concern("Legal is silent", "Lea Lind", "OUT-3"),
        Concern("No data", "Olga Ortiz", "OUT-12"),
    ),
    awaited=(Concern("a faster export", "Olga Ortiz", "OUT-12", date(2026, 4, 30)),),
    asked=(Concern("a list of <old> & new prices", "Kim Kay", on=date(2026, 4, 2)),),
)
WORST = (Concern((NASTY * 40)[:600], (EMOJI * 40)[:200], "OUT-999999999", date(2199, 12, 31)),) * 200

MESSAGES: dict[str, Callable[[], Message]] = {
    "everything": lambda: messages.weekly_digest(team("R&D"), EVERYTHING, reader=READER),
    "nobody_busy": lambda: messages.weekly_digest(team(), Exceptions(stale=(REFUNDS,)), reader=READER),
}
FORMS: dict[str, Callable[[], Form]] = {}
EXTREMES: dict[str, Callable[[], Message]] = {
    "everything": lambda: messages.weekly_digest(
        team("&" * 80), Exceptions(WORST, WORST, WORST, WORST, WORST, WORST, WORST, WORST), reader=READER
    ),
}


def test_it_begins_with_effort_without_movement_whatever_there_is() -> None:
    for found in (EVERYTHING, Exceptions(obstacles=(REFUNDS,)), Exceptions()):
        assert messages.weekly_digest(team(), found, reader=READER).text.startswith("*Effort without movement:*")


def test_it_fits_on_a_screen() -> None:
    assert len(messages.weekly_digest(team(), EVERYTHING, reader=READER).text.splitlines()) <= 10
