"""What changes in the results room. Results are only ever added; a correction is a new one that replaces another."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from bot.db.database import Tx
from bot.errors import Refused
from bot.language.values import write_value
from bot.outcomes.actions.history import record, refresh
from bot.outcomes.model import Change, Outcome, Result
from bot.outcomes.queries import View
from bot.outcomes.queries.allowed import check_is_live, check_may_change
from bot.outcomes.rules import NOTE_LIMIT
from bot.people.rules import Viewer

NOT_YET = "That day has not come yet. A result says where the measure stood, not where it will."


@dataclass(frozen=True)
class Measured:
    """A result as it was given.

    `measured_at` is when it was measured, or None for now. `idempotency_key` is what a file or a program calls it.
    """

    value: Decimal
    note: str = ""
    confidence: int | None = None
    source: str = "command"
    measured_at: datetime | None = None
    link: str = ""
    idempotency_key: str | None = None


def log_result(
    tx: Tx, viewer: Viewer, view: View, measured: Measured, *, now: datetime, replaces: Result | None = None
) -> Result:
    """Adds a result; with `replaces`, as the correction of an earlier one, at that one's time.

    Raises NotAllowed with who may; Refused as `add_result` does.
    """
    check_may_log(tx, viewer, view)
    return add_result(tx, viewer, view, measured, now=now, replaces=replaces)


def add_result(
    tx: Tx, author: Viewer, view: View, measured: Measured, *, now: datetime, replaces: Result | None = None
) -> Result:
    """The same, for what was allowed in another way: a program that holds a token of the team.

    Raises Refused for a note that is too long, a time that has not come, an outcome that is closed, or a result that
    was corrected already.
    """
    check_is_live(view)
    check_measured(measured, now)
    _check_stands(view, replaces)
    result = Result(
        workspace_id=author.workspace_id,
        outcome_id=view.outcome.id,
        value=measured.value,
        measured_at=replaces.measured_at if replaces else measured.measured_at or now,
        recorded_at=now,
        author_id=author.person_id,
        note=measured.note,
        confidence=measured.confidence,
        source=measured.source,
        link=measured.link,
        idempotency_key=measured.idempotency_key,
        replaces_id=replaces.id if replaces else None,
    )
    tx.add(result)
    tx.flush()
    outcome = tx.get_one(Outcome, view.outcome.id)
    if replaces is not None:
        _note_correction(tx, author, outcome, replaces, result, now=now)
    take_in(tx, author, outcome, measured.value, now=now)
    return result


def take_in(tx: Tx, author: Viewer, outcome: Outcome, first: Decimal, *, now: datetime) -> None:
    """Brings an outcome up to date with results that were added. `first`, the earliest of them, becomes its baseline
    while it has none."""
    if outcome.baseline is None:
        outcome.baseline = first
        record(tx, author, outcome, "baseline", after=str(first), now=now)
    refresh(tx, outcome, now=now)


def check_may_log(tx: Tx, viewer: Viewer, view: View) -> None:
    """Raises NotAllowed, saying who may, unless the viewer may log results of this outcome."""
    check_may_change(tx, viewer, view, "log its results")


def known_result(tx: Tx, viewer: Viewer, idempotency_key: str) -> Result | None:
    """The result that a file or a program has sent before under this key, or None."""
    return tx.scalars(
        select(Result).where(Result.workspace_id == viewer.workspace_id, Result.idempotency_key == idempotency_key)
    ).one_or_none()


def check_measured(measured: Measured, now: datetime) -> None:
    """Raises Refused for a note that is too long or a time that has not come."""
    if len(measured.note) > NOTE_LIMIT:
        raise Refused(f"The note is {len(measured.note):,} characters; please stay within {NOTE_LIMIT:,}.")
    if measured.measured_at is not None and measured.measured_at > now:
        raise Refused(NOT_YET)


def _note_correction(
    tx: Tx, author: Viewer, outcome: Outcome, replaced: Result, result: Result, *, now: datetime
) -> None:
    """Keeps both values in the history. The baseline follows, where the replaced result had become it."""
    before, after = _as_written(outcome, replaced), _as_written(outcome, result)
    record(tx, author, outcome, "result corrected", before=before, after=after, now=now)
    if outcome.baseline is not None and _became_baseline(tx, outcome, replaced):
        was, outcome.baseline = str(outcome.baseline), result.value
        record(tx, author, outcome, "baseline", before=was, after=str(result.value), now=now)


def _as_written(outcome: Outcome, result: Result) -> str:
    """A result as the history writes it."""
    return f"{write_value(result.value, outcome.unit, locale='en-US')} on {result.measured_at:%Y-%m-%d}"


def _became_baseline(tx: Tx, outcome: Outcome, result: Result) -> bool:
    """Whether this result became the outcome's baseline, as a first one does, and nobody has edited that since."""
    if outcome.baseline != result.value:
        return False
    line = select(Change.id).where(
        Change.workspace_id == outcome.workspace_id,
        Change.outcome_id == outcome.id,
        Change.what == "baseline",
        Change.made_at == result.recorded_at,
    )
    return tx.scalar(line.limit(1)) is not None


def _check_stands(view: View, replaces: Result | None) -> None:
    if replaces is not None and replaces.id not in {result.id for result in view.results}:
        raise Refused("That result was corrected in the meantime. Open it again to see what it says now.")
