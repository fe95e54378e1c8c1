"""When a decider is reminded: once before the day a decision is needed by, once after it, once to review. Pure.

After that it is on the agenda, and nothing more is sent. Days are those of the decider's calendar.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.absences.rules.hours import Hours, Span
from bot.teams.rules import instant_of

_LONGEST = timedelta(days=400)
_LOOKS_BACK_DAYS = 30


class Word(StrEnum):
    """What a decider is told of Rhythm's own accord."""

    BEFORE = "before"
    OVERDUE = "overdue"
    REVIEW = "review"


@dataclass(frozen=True)
class Owed:
    """What a decider is to be told next, and in which of their working hours."""

    word: Word
    span: Span


def word_key(decision_id: int, word: Word, person_id: str, about: str) -> str:
    """The key of its delivery: `decision:D7:before:UOLGA:2026-03-10`, `decision:D7:review:UOLGA:v1`.

    `about` is the day or the version it is about: each day and each choice has its own, and each decider.
    """
    return f"decision:D{decision_id}:{word}:{person_id}:{about}"


def next_choice_word(
    needed_by_on: date, *, known_since: datetime, hours: Hours, given: Collection[Word], now: datetime
) -> Owed | None:
    """The next reminder of a decision that is open; None when both were given, or are not to be.

    Nobody is reminded on the day on which they were told to decide, nor of a day that had passed when they were.

    Args:
        known_since: since when the decider knows that they are to decide.
        given: the reminders for that day that were given.
    """
    eve, knew_on = _working_day_before(needed_by_on, hours), hours.day_of(known_since)
    if Word.BEFORE not in given and eve is not None and knew_on < eve:
        day = hours.of_day(eve)
        if now < day.until:
            span = hours.when_there(max(now, day.opens_at), before=day.until)
            if span is not None:
                return Owed(Word.BEFORE, span)
    if Word.OVERDUE in given or knew_on > needed_by_on:
        return None
    return _from(needed_by_on + timedelta(days=1), Word.OVERDUE, hours, now)


def next_review_word(review_on: date, *, hours: Hours, given: Collection[Word], now: datetime) -> Owed | None:
    """When a decider is asked what came of a choice: on its day or, where they are not there, on the next they are."""
    return None if Word.REVIEW in given else _from(review_on, Word.REVIEW, hours, now)


def _from(day: date, word: Word, hours: Hours, now: datetime) -> Owed | None:
    opens_at = max(now, instant_of(day, time(0), hours.zone))
    span = hours.when_there(opens_at, before=opens_at + _LONGEST)
    return Owed(word, span) if span else None


def _working_day_before(day: date, hours: Hours) -> date | None:
    before = (day - timedelta(days=back) for back in range(1, _LOOKS_BACK_DAYS))
    return next((one for one in before if hours.is_working_day(one)), None)
