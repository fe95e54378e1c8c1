"""What schedulers ask of check-ins, over all workspaces; what they do for each, they do as its owner."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Exists, Integer, Select, and_, bindparam, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from bot.absences.queries import stand_ins_of
from bot.absences.rules import Days
from bot.checkins.model import CheckIn, CheckInItem
from bot.checkins.rules import State
from bot.db.database import Tx
from bot.db.types import UtcDateTime
from bot.outcomes.model import Outcome, Result
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.workspaces.queries import in_fair_turns

_Found = Select[str, str, int, int]
_LATE_COUNTS_FOR = timedelta(weeks=2)
"""How long after the close a result by other means is still looked for."""


def due_people(tx: Tx, *, now: datetime, limit: int) -> Sequence[Viewer]:
    """The people for whom it is time to look whether a check-in is due, the longest overdue first."""
    people = select(Person.workspace_id, Person.id)
    found = in_fair_turns(tx, people, Person, Person.next_checkin_at, now=now, limit=limit)
    return [Viewer(workspace_id, person_id) for workspace_id, person_id in found]


def whoever_is_asked(tx: Tx, owners: Sequence[Viewer], *, now: datetime) -> Sequence[Viewer]:
    """These owners, and whoever may be asked instead of one of them now, wherever they are."""
    if not owners:
        return owners
    around = Days((now - timedelta(days=1)).date(), (now + timedelta(days=1)).date())
    return [*owners, *stand_ins_of(tx, owners, around)]


def next_look_at(tx: Tx) -> datetime | None:
    """The earliest instant at which somebody is to be looked at."""
    planned = Person.next_checkin_at
    return tx.scalar(select(planned).where(planned.is_not(None)).order_by(planned).limit(1))


class Due(NamedTuple):
    """A check-in that something is to be done about."""

    owner: Viewer
    checkin_id: int


def nudges_due(tx: Tx, *, now: datetime, limit: int) -> list[Due]:
    """The check-ins for which it is time to look whether to nudge, the longest overdue first."""
    return _due(tx, CheckIn.next_nudge_at, now, limit)


def next_nudge_look(tx: Tx) -> datetime | None:
    """When to look next whether somebody is to be nudged."""
    return _soonest(tx, CheckIn.next_nudge_at)


def closes_due(tx: Tx, *, now: datetime, limit: int) -> list[Due]:
    """The check-ins that are to be closed, the longest overdue first."""
    return _due(tx, CheckIn.next_close_at, now, limit)


def next_close_look(tx: Tx) -> datetime | None:
    """When a check-in is to be closed next."""
    return _soonest(tx, CheckIn.next_close_at)


class Elsewhere(NamedTuple):
    """An outcome that changed by other means while a check-in about it was open."""

    owner: Viewer
    checkin_id: int
    outcome_id: int


def answered_elsewhere(tx: Tx, *, now: datetime, limit: int) -> list[Elsewhere]:
    """Unanswered items of open check-ins whose outcome has got a result since."""
    return _elsewhere(tx, _ANSWERED, now=now, limit=limit)


def answered_late(tx: Tx, *, now: datetime, limit: int) -> list[Elsewhere]:
    """The same of check-ins that closed without news lately, unless the outcome was asked about anew before."""
    return _elsewhere(tx, _ANSWERED_LATE, now=now, limit=limit)


def gone_or_back(tx: Tx, *, now: datetime, limit: int) -> list[Elsewhere]:
    """Unanswered items of open check-ins that were closed or handed over, or are its owner's again, since it was last
    noted."""
    return _elsewhere(tx, _GONE_OR_BACK, now=now, limit=limit)


def _elsewhere(tx: Tx, chosen: _Found, *, now: datetime, limit: int) -> list[Elsewhere]:
    moments = {"now": now, "lately": now - _LATE_COUNTS_FOR, "limit": limit}
    return [
        Elsewhere(Viewer(workspace_id, person_id), checkin_id, outcome_id)
        for workspace_id, person_id, checkin_id, outcome_id in tx.execute(chosen, moments)
    ]


def _with_a_result(*chosen: ColumnElement[bool], unless_asked_anew: bool = False) -> _Found:
    # These check-ins are few, of all that there ever were: they are found first, whatever a planner thinks.
    asked = (
        select(CheckIn.workspace_id, CheckIn.person_id, CheckIn.id, CheckIn.due_at, CheckIn.decided_at)
        .add_columns(CheckInItem.outcome_id)
        .join(CheckInItem, _ITS_ITEMS)
        .where(*chosen, CheckInItem.answered_at.is_(None))
        .cte("asked")
        .prefix_with("MATERIALIZED")
        .c
    )
    return (
        select(asked.workspace_id, asked.person_id, asked.id, asked.outcome_id)
        .distinct()
        .join(Result, and_(Result.workspace_id == asked.workspace_id, Result.outcome_id == asked.outcome_id))
        .join(Outcome, and_(Outcome.workspace_id == Result.workspace_id, Outcome.id == Result.outcome_id))
        .where(
            # What was handed over or closed meanwhile is not this check-in's any more.
            Outcome.owner_id == asked.person_id,
            Outcome.closed_at.is_(None),
            Result.recorded_at >= asked.decided_at,
            *([~_asked_anew(asked)] if unless_asked_anew else []),
        )
        .limit(_LIMIT)
    )


def _asked_anew(asked: ReadOnlyColumnCollection[str, ColumnElement[Any]]) -> Exists:
    """Whether a later check-in asked about the outcome before the result came."""
    return (
        select(CheckIn.id)
        .join(CheckInItem, _ITS_ITEMS)
        .where(
            CheckInItem.workspace_id == asked.workspace_id,
            CheckInItem.outcome_id == asked.outcome_id,
            CheckIn.due_at > asked.due_at,
            CheckIn.decided_at <= Result.recorded_at,
        )
        .exists()
    )


def _changed_hands() -> _Found:
    is_gone = or_(Outcome.closed_at.is_not(None), Outcome.owner_id != CheckIn.person_id)
    return (
        select(CheckIn.workspace_id, CheckIn.person_id, CheckInItem.checkin_id, CheckInItem.outcome_id)
        .join(CheckInItem, _ITS_ITEMS)
        .join(Outcome, and_(Outcome.workspace_id == CheckIn.workspace_id, Outcome.id == CheckInItem.outcome_id))
        .where(
            CheckIn.closes_at > _NOW,
            CheckInItem.answered_at.is_(None),
            CheckInItem.is_gone.is_(False) & is_gone | CheckInItem.is_gone.is_(True) & not_(is_gone),
        )
        .limit(_LIMIT)
    )


# What is asked at every beat is put together once: that takes longer than the database does to answer.
_NOW, _LATELY = bindparam("now", type_=UtcDateTime()), bindparam("lately", type_=UtcDateTime())
_LIMIT: BindParameter[int] = bindparam("limit", type_=Integer())
_ITS_ITEMS = and_(CheckInItem.workspace_id == CheckIn.workspace_id, CheckInItem.checkin_id == CheckIn.id)
_ANSWERED = _with_a_result(CheckIn.closes_at > _NOW)
_ANSWERED_LATE = _with_a_result(
    CheckIn.state == State.UNANSWERED, CheckIn.closes_at > _LATELY, CheckIn.closes_at <= _NOW, unless_asked_anew=True
)
_GONE_OR_BACK = _changed_hands()


def _due(tx: Tx, planned: InstrumentedAttribute[datetime | None], now: datetime, limit: int) -> list[Due]:
    check_ins = select(CheckIn.workspace_id, CheckIn.person_id, CheckIn.id)
    found = in_fair_turns(tx, check_ins, CheckIn, planned, now=now, limit=limit)
    return [Due(Viewer(workspace_id, person_id), checkin_id) for workspace_id, person_id, checkin_id in found]


def _soonest(tx: Tx, planned: InstrumentedAttribute[datetime | None]) -> datetime | None:
    return tx.scalar(select(planned).where(planned.is_not(None)).order_by(planned).limit(1))
