"""A result as a person gives it, in the fields of a form or in one line: read, logged, and read back to them."""

import re
from dataclasses import dataclass
from datetime import datetime, time

from bot.db.database import Tx
from bot.errors import FormRefused, Refused
from bot.language.dates import NotADate
from bot.language.past_dates import read_past_date
from bot.language.values import NotAValue, read_value, read_value_and_note
from bot.outcomes.model import Result
from bot.outcomes.queries import View, find_outcome_by_id
from bot.outcomes.rules import read_confidence
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.results.actions import NOT_YET, Measured, log_result
from bot.results.messages import Typed, result_logged
from bot.results.queries import find_result
from bot.results.rules import Jump, jump_to
from bot.slack.app import carried_ids
from bot.slack.message import Message
from bot.slack.typed import Answers
from bot.teams.rules import instant_of

_BECAUSE = r"(?:because of|because|due to|thanks to)\b[\s:,]*"
_DAY_ENDS = re.compile(rf"\s*$|\s*[,;:.–—-]\s+(?:{_BECAUSE})?|\s+{_BECAUSE}")
_LONGEST_DAY = 40


@dataclass(frozen=True)
class Given:
    """A result as it was given: what was measured, what it corrects, and the jump it would be, where it is one."""

    measured: Measured
    replaces: Result | None
    jump: Jump | None


@dataclass(frozen=True)
class Logging:
    """What is said of a result that was logged, and the key under which it can be owed."""

    key: str
    message: Message


def typed_in(answers: Answers) -> Typed:
    """What stands in the fields of a result."""
    names = ("value", "note", "confidence", "measured_on", "corrects")
    return Typed(**{name: answers[name] for name in names})


def read_measured(answers: Answers, view: View, person: Person, *, source: str, now: datetime) -> Measured:
    """Reads the fields of a result. Raises FormRefused with a sentence for the field that needs another look."""
    try:
        value = read_value(answers["value"], unit=view.outcome.unit, locale=person.locale).value
    except NotAValue as error:
        raise FormRefused({"value": str(error)}) from None
    try:
        measured_at = _read_instant(answers["measured_on"], person, now)
    except (NotADate, Refused) as error:
        raise FormRefused({"measured_on": str(error)}) from None
    return Measured(value, answers["note"], read_confidence(answers["confidence"]), source, measured_at)


def read_given(tx: Tx, answers: Answers, view: View, person: Person, *, source: str, now: datetime) -> Given:
    """Reads the fields of a result, with the choice of one to correct. Raises FormRefused."""
    measured = read_measured(answers, view, person, source=source, now=now)
    replaces = None
    if answers["corrects"]:
        [result_id] = carried_ids(answers["corrects"], 1)
        replaces = find_result(tx, view, result_id)
        if replaces is None:
            raise FormRefused({"corrects": "Choose one of the results in the list."})
        if answers["measured_on"]:
            raise FormRefused({"measured_on": "A correction keeps the day of what it corrects. Leave this empty."})
    at = replaces.measured_at if replaces else measured.measured_at or now
    return Given(measured, replaces, jump_to(view, measured.value, at=at, replaces=replaces))


def read_in_one_line(said: str, view: View, person: Person, *, now: datetime) -> Given:
    """Reads `42`, `42 because the email shipped`, `42 on 3 March because …`. Raises Refused."""
    try:
        reading, note = read_value_and_note(said, unit=view.outcome.unit, locale=person.locale)
    except NotAValue as error:
        raise Refused(str(error)) from None
    measured_at, note = _day_before_note(note, person, now)
    measured = Measured(reading.value, note, measured_at=measured_at)
    return Given(measured, None, jump_to(view, reading.value, at=measured_at or now))


def log_given(tx: Tx, viewer: Viewer, before: View, given: Given, reader: Reader, *, now: datetime) -> Logging:
    """Logs it for an outcome, `before` it. Raises as `log_result` does."""
    stood_at = before.latest_value
    result = log_result(tx, viewer, before, given.measured, now=now, replaces=given.replaces)
    after = find_outcome_by_id(tx, viewer, before.outcome.id)
    said = result_logged(after, result, before=stood_at, reader=reader, replaced=given.replaces)
    return Logging(f"result:{result.id}:logged", said)


def _day_before_note(note: str, person: Person, now: datetime) -> tuple[datetime | None, str]:
    """The day that a note begins with, `on 3 March because …`, and the rest; anything else is the note itself."""
    word, _, text = note.partition(" ")
    is_day = word.lower() == "on"
    ends = [end for end in _DAY_ENDS.finditer(text) if is_day and 0 < end.start() <= _LONGEST_DAY]
    for end in reversed(ends):
        try:
            return _read_instant(text[: end.start()], person, now), text[end.end() :].strip()
        except NotADate:
            continue
    return None, note


def _read_instant(text: str, person: Person, now: datetime) -> datetime | None:
    """Noon of a day that has been, for this person; None for today, which means now. Raises NotADate and Refused."""
    if not text:
        return None
    today = now.astimezone(person.zone).date()
    day = read_past_date(text, today=today, locale=person.locale)
    if day > today:
        raise Refused(NOT_YET)
    return instant_of(day, time(12), person.zone) if day < today else None
