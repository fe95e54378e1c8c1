"""Reading absences. Everybody in a workspace may know who is away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import aliased

from bot.absences.model import Absence
from bot.absences.rules import Days
from bot.absences.rules.hours import Hours
from bot.db.database import Tx
from bot.errors import NotAllowed
from bot.outcomes.queries import Brief, outcomes_by_id, outcomes_owned_by
from bot.people.model import Person
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.teams.model import Team
from bot.teams.rules.workdays import Workdays


@dataclass(frozen=True)
class Away:
    """An absence with who is away, and who is asked instead: None when nobody is."""

    absence: Absence
    person: Person
    delegate: Person | None

    @property
    def days(self) -> Days:
        """From the first day to the last."""
        return self.absence.days


def absence_on(tx: Tx, owner: Viewer, day: date) -> Absence | None:
    """The absence of this person that a day of their calendar is in, or None when they are there."""
    on_day = (Absence.first_on <= day) & (Absence.last_on >= day)
    return tx.scalars(select(Absence).where(_stands(owner), on_day).limit(1)).one_or_none()


def absences_ahead(tx: Tx, owner: Viewer, *, today: date) -> list[Away]:
    """The absences of this person that are not over, the one they are in first."""
    return _aways(tx, _stands(owner), Absence.last_on >= today)


def days_by_status(person: Person) -> Days | None:
    """The days on which somebody is away by what their Slack status says, or said last; None when there are none.

    From the day on which it said so, to the day on which it ends by itself. On the day on which it is taken down, or
    they say that they are back, they are there. Nobody knows how long one stands that has no end.
    """
    if person.status_away_at is None:
        return None
    last = date.max
    if person.status_until is not None:
        last = (person.status_until - timedelta(seconds=1)).astimezone(person.zone).date()
    if person.status_back_at is not None:
        last = min(last, person.status_back_at.astimezone(person.zone).date() - timedelta(days=1))
    first = person.status_away_at.astimezone(person.zone).date()
    return Days(first, last) if first <= last else None


def days_away(tx: Tx, person: Person, *, today: date) -> tuple[Days, ...]:
    """The days, not over yet, on which somebody is away: as they said, or as their status says."""
    ahead = absences_ahead(tx, Viewer(person.workspace_id, person.id), today=today)
    by_status = days_by_status(person)
    return tuple(away.days for away in ahead) + ((by_status,) if by_status else ())


def hours_of(tx: Tx, person: Person, workdays: Workdays, *, now: datetime) -> Hours:
    """When somebody may be written to: as a team works, as they or their status say, and as Do Not Disturb is known."""
    # An absence that ended yesterday counts: a late slot of that day may last into today.
    yesterday = now.astimezone(person.zone).date() - timedelta(days=1)
    return Hours(person.zone, workdays, days_away(tx, person, today=yesterday), person.quiet_until)


def why_away(tx: Tx, person: Person, day: date) -> str:
    """Why somebody was not asked on a day of their calendar, as a sentence; empty when they are there on it."""
    if absence_on(tx, Viewer(person.workspace_id, person.id), day) is not None:
        return "The owner was away, and nobody could be asked in their place."
    by_status = days_by_status(person)
    return "The owner's Slack status said that they were away." if by_status and day in by_status else ""


def absences_in(tx: Tx, owner: Viewer, days: Days) -> list[Away]:
    """The absences of this person that overlap with these days, the earliest first."""
    return _aways(tx, _stands(owner), Absence.first_on <= days.last, Absence.last_on >= days.first)


def stands_in_for(tx: Tx, delegate: Viewer, days: Days) -> list[Away]:
    """The absences of others that overlap with these days, in which this person is asked instead."""
    is_theirs = (Absence.workspace_id == delegate.workspace_id) & (Absence.delegate_id == delegate.person_id)
    overlap = (Absence.first_on <= days.last) & (Absence.last_on >= days.first)
    return _aways(tx, is_theirs, Absence.cancelled_at.is_(None), overlap)


def stand_ins_of(tx: Tx, owners: Sequence[Viewer], days: Days) -> list[Viewer]:
    """Who is asked instead of any of these people on one of these days: a scheduler's question, for nobody's eyes."""
    found = tx.execute(
        select(Absence.workspace_id, Absence.delegate_id)
        .distinct()
        .where(
            Absence.workspace_id.in_({owner.workspace_id for owner in owners}),
            Absence.person_id.in_({owner.person_id for owner in owners}),
            Absence.cancelled_at.is_(None),
            Absence.first_on <= days.last,
            Absence.last_on >= days.first,
        )
    )
    return [Viewer(workspace_id, delegate_id) for workspace_id, delegate_id in found if delegate_id is not None]


def find_absence(tx: Tx, owner: Viewer, absence_id: int) -> Away | None:
    """This person's absence by its row's id, while it stands; None for anybody else's."""
    return next(iter(_aways(tx, _stands(owner), Absence.id == absence_id)), None)


def delegate_on(tx: Tx, owner: Viewer, day: date) -> Person | None:
    """Who was named for that day by an owner who is away: None when nobody was, or they have left the company.

    They may be away themselves.
    """
    absence = absence_on(tx, owner, day)
    if absence is None or absence.delegate_id is None:
        return None
    delegate = find_person(tx, owner, absence.delegate_id)
    return delegate if delegate is not None and delegate.is_active and not delegate.is_bot else None


def stand_in_on(tx: Tx, owner: Viewer, day: date) -> Person | None:
    """Who is asked on that day instead of an owner who is away: None when nobody is, or they are away themselves."""
    delegate = delegate_on(tx, owner, day)
    if delegate is None or absence_on(tx, Viewer(owner.workspace_id, delegate.id), day):
        return None
    return delegate


@dataclass(frozen=True)
class Shared:
    """Of an owner's live outcomes, those that their delegate may see, and how many they may not."""

    seen: Sequence[Brief]
    hidden: int


def outcomes_shared(tx: Tx, owner: Viewer, delegate: Viewer) -> Shared:
    """What a delegate can be asked about: the visibility rule holds for them as for anybody."""
    owned = [view.outcome.id for view in outcomes_owned_by(tx, owner)]
    seen = outcomes_by_id(tx, delegate, owned) if owned else []
    return Shared(seen, len(owned) - len(seen))


def check_may_pause(tx: Tx, viewer: Viewer, team: Team) -> None:
    """Raises NotAllowed, saying who may, unless the viewer leads this team or is an admin."""
    person = find_person(tx, viewer, viewer.person_id)
    if team.lead_id == viewer.person_id or (person is not None and person.is_admin):
        return
    lead = find_person(tx, viewer, team.lead_id)
    name = lead.name if lead else "The lead"
    raise NotAllowed(f"{name} leads {team.name} and can pause it and let it go on; so can an admin.")


def _stands(owner: Viewer) -> ColumnElement[bool]:
    return and_(
        Absence.workspace_id == owner.workspace_id,
        Absence.person_id == owner.person_id,
        Absence.cancelled_at.is_(None),
    )


def _aways(tx: Tx, *wanted: ColumnElement[bool]) -> list[Away]:
    return [Away(*row) for row in tx.execute(_AWAYS.where(*wanted))]


def _with_people() -> Select[Absence, Person, Person]:
    person, delegate = aliased(Person), aliased(Person)
    return (
        select(Absence, person, delegate)
        .join(person, and_(person.workspace_id == Absence.workspace_id, person.id == Absence.person_id))
        .outerjoin(delegate, and_(delegate.workspace_id == Absence.workspace_id, delegate.id == Absence.delegate_id))
        .order_by(Absence.first_on, Absence.id)
    )


_AWAYS = _with_people()
"""Built once: building it takes longer than answering it."""
