"""Going away, and coming back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from bot.absences.actions.telling import ask_delegate, release_delegate, tell_left_alone, tell_shortened
from bot.absences.messages import when
from bot.absences.model import Absence
from bot.absences.queries import (
    Away,
    Shared,
    absences_ahead,
    absences_in,
    days_by_status,
    find_absence,
    outcomes_shared,
    stands_in_for,
)
from bot.absences.rules import LONGEST_DAYS, Days, left_before, trouble_with
from bot.db.database import Tx
from bot.errors import FormRefused, Refused
from bot.outcomes.queries import live_count
from bot.people.actions import leave_status_aside, plan_afresh
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer


@dataclass(frozen=True)
class Gone:
    """An absence as it was noted, with what it did to what had been said before."""

    away: Away
    shared: Shared
    replaced: Sequence[Days] = ()
    """The earlier absences whose place it took."""
    shortened: Sequence[Away] = ()
    """The earlier one that now ends as it begins."""
    left_alone: Sequence[Away] = ()
    """The absences of others in which the viewer stands in, on days on which they are away now."""


def go_away(tx: Tx, viewer: Viewer, days: Days, *, delegate: Person | None, now: datetime) -> Gone:
    """Notes that the viewer is away, and who is asked instead. From its first day on, what was said last holds.

    Raises FormRefused at `last` for days that nobody can be away on, at `delegate` for somebody who cannot stand in.
    """
    person = _hold(tx, viewer)
    reader = Reader.of(person, now)
    if trouble := trouble_with(days, today=reader.today, locale=person.locale):
        raise FormRefused({"last": trouble})
    shared = _check_delegate(tx, viewer, delegate, days, reader) if delegate else Shared((), 0)
    delegate_id = delegate.id if delegate else None
    days, replaced, shortened = _make_room(tx, viewer, days, delegate_id, now=now)
    absence = Absence(
        workspace_id=viewer.workspace_id,
        person_id=viewer.person_id,
        first_on=days.first,
        last_on=days.last,
        delegate_id=delegate_id,
        created_at=now,
    )
    tx.add(absence)
    tx.flush()
    gone = Gone(Away(absence, person, delegate), shared, replaced, shortened, stands_in_for(tx, viewer, days))
    _tell(tx, gone, now=now)
    _look_again(tx, viewer, person, now=now)
    return gone


def come_back(tx: Tx, viewer: Viewer, absence_id: int | None = None, *, now: datetime) -> Away:
    """Ends the viewer's absence as of today, or calls off one that has not begun; without an id, the one they are in.

    Raises Refused when there is none, or it is over already.
    """
    person = _hold(tx, viewer)
    today = now.astimezone(person.zone).date()
    away = find_absence(tx, viewer, absence_id) if absence_id else _current(tx, viewer, today)
    if away is None or away.days.last < today:
        raise Refused("That absence is over already. /rhythm away tells of another one.")
    if away.days.first < today:
        away.absence.last_on = today - timedelta(days=1)
    else:
        away.absence.cancelled_at = now
    tx.flush()
    release_delegate(tx, away, now=now)
    _look_again(tx, viewer, person, now=now)
    return away


def come_back_despite_status(tx: Tx, viewer: Viewer, *, now: datetime) -> bool:
    """Has the viewer asked again though their Slack status says away. Answers whether it did, and counted."""
    person = _hold(tx, viewer)
    by_status = days_by_status(person)
    if by_status is None or now.astimezone(person.zone).date() not in by_status:
        return False
    leave_status_aside(person, now=now)
    tx.flush()
    return True


def ask_for_others_afresh(tx: Tx, delegate: Person, *, now: datetime) -> None:
    """Has the next tick look at those for whom somebody stands in: that somebody moved, left, or is there again."""
    today = now.astimezone(delegate.zone).date()
    # A day more on either side, for owners to whom it is yesterday still, or tomorrow.
    days = Days(today - timedelta(days=1), today + timedelta(days=1))
    for away in stands_in_for(tx, Viewer(delegate.workspace_id, delegate.id), days):
        plan_afresh(away.person, now=now)
    tx.flush()


def _hold(tx: Tx, viewer: Viewer) -> Person:
    """Lets one change of somebody's absences at a time through: they never overlap."""
    held = select(Person).where(Person.workspace_id == viewer.workspace_id, Person.id == viewer.person_id)
    return tx.scalars(held.with_for_update().execution_options(populate_existing=True)).one()


def _current(tx: Tx, viewer: Viewer, today: date) -> Away | None:
    return next((away for away in absences_ahead(tx, viewer, today=today) if today in away.days), None)


def _check_delegate(tx: Tx, viewer: Viewer, delegate: Person, days: Days, reader: Reader) -> Shared:
    """What the delegate can be asked about. Raises FormRefused when they cannot stand in."""
    asked = Viewer(viewer.workspace_id, delegate.id)
    if delegate.id == viewer.person_id:
        raise FormRefused({"delegate": "You cannot stand in for yourself. Name somebody else, or nobody."})
    if delegate.is_bot or not delegate.is_active or delegate.workspace_id != viewer.workspace_id:
        is_what = "is a bot" if delegate.is_bot else "is not active in this workspace"
        raise FormRefused({"delegate": f"{delegate.name} {is_what} and could not answer. Name somebody else."})
    if theirs := absences_in(tx, asked, days):
        away = when(theirs[0].days, reader)
        raise FormRefused({"delegate": f"{delegate.name} is away themselves {away}. Name somebody else, or nobody."})
    shared = outcomes_shared(tx, viewer, asked)
    if shared.hidden and not shared.seen:
        raise FormRefused({"delegate": f"{delegate.name} cannot see any of your outcomes. Name somebody who can."})
    return shared


def _make_room(
    tx: Tx, viewer: Viewer, days: Days, delegate_id: str | None, *, now: datetime
) -> tuple[Days, list[Days], list[Away]]:
    """Ends earlier absences where the new one begins; one with the same delegate goes on into it.

    Answers the days of the new one, the days whose place it takes, and what was shortened.
    """
    replaced, shortened, first = [], [], days.first
    for earlier in absences_in(tx, viewer, days):
        was, left = earlier.days, left_before(earlier.days, days.first)
        is_same = earlier.absence.delegate_id == delegate_id
        if left and not (is_same and (days.last - was.first).days < LONGEST_DAYS):
            earlier.absence.last_on = left.last
            shortened.append(earlier)
        else:
            first = min(first, was.first)
            earlier.absence.cancelled_at = now
            replaced.append(was)
            release_delegate(tx, earlier, is_asked_anew=is_same, now=now)
    tx.flush()
    return Days(first, days.last), replaced, shortened


def _tell(tx: Tx, gone: Gone, *, now: datetime) -> None:
    ask_delegate(tx, gone.away, gone.shared.seen, now=now)
    for earlier in gone.shortened:
        tell_shortened(tx, earlier, now=now)
    for other in gone.left_alone:
        tell_left_alone(tx, other, gone.away, now=now)


def _look_again(tx: Tx, viewer: Viewer, person: Person, *, now: datetime) -> None:
    """Plans afresh when to ask somebody who owns live outcomes, and those for whom they stand in."""
    if live_count(tx, viewer, owner_id=person.id):
        plan_afresh(person, now=now)
    ask_for_others_afresh(tx, person, now=now)
