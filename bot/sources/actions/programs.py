"""Results that programs send."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.db.database import Tx
from bot.errors import FormRefused, Refused
from bot.language.values import NotAValue, read_value
from bot.measuring.jumps import is_jump
from bot.outcomes.model import Result
from bot.outcomes.queries import View
from bot.outcomes.queries.allowed import check_is_live
from bot.outcomes.rules import TYPED_LIMIT, read_key
from bot.results.actions import Measured, add_result, check_measured, known_result
from bot.slack.typed import clean
from bot.sources.model import Token
from bot.sources.queries import author_for, outcome_for
from bot.sources.rules.moments import Moment, read_timestamp
from bot.sources.rules.requests import ResultWanted, typed_value

LOCALE = "en-US"
"""How programs write values."""


class KeyTaken(Refused):
    """This Idempotency-Key was used before, for another result. Send each result under a key of its own."""


@dataclass(frozen=True)
class Answer:
    """What became of a program's result: the result, its outcome as it stands now, and whether it is a new one."""

    result: Result
    view: View
    is_new: bool

    @property
    def is_jump(self) -> bool:
        """Whether the value is far from those before it."""
        result = self.result
        before = [one.value for one in self.view.results if (one.measured_at, one.id) < (result.measured_at, result.id)]
        return is_jump(self.view.path, before, result.value)


def log_from_program(
    tx: Tx, token: Token, wanted: ResultWanted, *, idempotency_key: str | None, now: datetime
) -> Answer:
    """Logs a result for an outcome of the token's team; sent again under the same key, answers the one there is.

    Raises NotFound for an outcome that is not this team's, FormRefused with a sentence for each field,
    KeyTaken when the key was used for another result.
    """
    view = outcome_for(tx, token, _number(wanted.outcome))
    moment = _moment(wanted, view, now)
    key = _key(token, idempotency_key)
    measured = _measured(wanted, view, moment, key)
    author = author_for(tx, token, view)
    known = known_result(tx, author, key) if key else None
    if known is not None:
        if not _is_the_same(known, view, measured, moment):
            raise KeyTaken
        return Answer(known, view, is_new=False)
    _check("outcome", lambda: check_is_live(view))
    _check("measured_at", lambda: check_measured(measured, now))
    result = add_result(tx, author, view, measured, now=now)
    return Answer(result, outcome_for(tx, token, view.outcome.number), is_new=True)


def _number(outcome: str | int) -> int:
    try:
        return read_key(str(outcome))
    except Refused:
        raise FormRefused({"outcome": "Name the outcome by its key, such as OUT-12."}) from None


def _moment(wanted: ResultWanted, view: View, now: datetime) -> Moment | None:
    if wanted.measured_at is None:
        return None
    try:
        return read_timestamp(wanted.measured_at, zone=view.owner.zone, now=now)
    except Refused as error:
        raise FormRefused({"measured_at": error.sentence}) from None


def _measured(wanted: ResultWanted, view: View, moment: Moment | None, key: str | None) -> Measured:
    typed = typed_value(wanted.value)
    if len(typed) > TYPED_LIMIT:
        raise FormRefused({"value": f"A value is at most {TYPED_LIMIT} characters long."})
    try:
        value = read_value(clean(typed), unit=view.outcome.unit, locale=LOCALE).value
    except NotAValue as error:
        raise FormRefused({"value": str(error)}) from None
    return Measured(
        value,
        clean(wanted.note),
        wanted.confidence,
        source="api",
        measured_at=moment.at if moment else None,
        idempotency_key=key,
    )


def _key(token: Token, idempotency_key: str | None) -> str | None:
    """What a result is called under that key. The key is its team's, so that a token can be replaced meanwhile."""
    if idempotency_key is None:
        return None
    return f"api:{token.team_id}:{sha256(idempotency_key.encode()).hexdigest()}"


def _is_the_same(known: Result, view: View, measured: Measured, moment: Moment | None) -> bool:
    """Whether a request says what a result says that was logged before. Without a time it was logged at once."""
    if moment is None:
        when = known.measured_at == known.recorded_at
    elif moment.day is not None:
        when = known.measured_at.astimezone(view.owner.zone).date() == moment.day
    else:
        when = known.measured_at == moment.at
    said = (view.outcome.id, measured.value, measured.note, measured.confidence)
    return when and said == (known.outcome_id, known.value, known.note, known.confidence)


def _check(field: str, check: Callable[[], None]) -> None:
    try:
        check()
    except Refused as error:
        raise FormRefused({field: error.sentence}) from None
