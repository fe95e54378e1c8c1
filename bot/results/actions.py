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
from bot.outcomes.queries import View, check_is_live, check_may_change
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

    Raises NotAllowed with who may; Refused for a note that is too long, a time that has not come, an outcome that is
    closed, or a result that was corrected already.
    """
    check_may_log(tx, viewer, view)
    check_is_live(view)
    _check(view, measured, replaces, now)
    result = Result(
        workspace_id=viewer.workspace_id,
        outcome_id=view.outcome.id,
        value=measured.value,
        measured_at=replaces.measured_at if replaces else measured.measured_at or now,
        recorded_at=now,
        author_id=viewer.person_id,
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
        before, after = _as_written(outcome, replaces), _as_written(outcome, result)
        record(tx, viewer, outcome, "result corrected", before=before, after=after, now=now)
    if outcome.baseline is None or (replaces is not None and _became_baseline(tx, outcome, replaces)):
        before = "" if outcome.baseline is None else str(outcome.baseline)
        outcome.baseline = measured.value
        record(tx, viewer, outcome, "baseline", before=before, after=str(measured.value), now=now)
    refresh(tx, outcome, now=now)
    return result


def check_may_log(tx: Tx, viewer: Viewer, view: View) -> None:
    """Raises NotAllowed, saying who may, unless the viewer may log results of this outcome."""
    check_may_change(tx, viewer, view, "log its results")


def known_result(tx: Tx, viewer: Viewer, idempotency_key: str) -> Result | None:
    """The result that a file or a program has sent before under this key, or None."""
    return tx.scalars(
        select(Result).where(Result.workspace_id == viewer.workspace_id, Result.idempotency_key == idempotency_key)
    ).one_or_none()


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


def _check(view: View, measured: Measured, replaces: Result | None, now: datetime) -> None:
    if len(measured.note) > NOTE_LIMIT:
        raise Refused(f"The note is {len(measured.note):,} characters; please stay within {NOTE_LIMIT:,}.")
    if measured.measured_at is not None and measured.measured_at > now:
        raise Refused(NOT_YET)
    if replaces is not None and replaces.id not in {result.id for result in view.results}:
        raise Refused("That result was corrected in the meantime. Open it again to see what it says now.")
