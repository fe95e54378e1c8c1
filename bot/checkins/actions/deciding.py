"""Deciding periods: an owner is asked, or it is recorded why not."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.checkins import messages
from bot.checkins.actions.rewriting import UPDATED_ALREADY
from bot.checkins.model import CheckIn, CheckInItem
from bot.checkins.queries import Asked, is_decided, steps_due
from bot.checkins.rules import State
from bot.checkins.rules.reminders import first_nudge_at, next_morning
from bot.checkins.rules.slots import Slot, first_week_owed, next_chance, slots_from
from bot.db.database import Tx
from bot.outbox.queue import enqueue, withhold
from bot.outcomes.queries import View, outcomes_left_by, outcomes_owned_by
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.teams.queries import who_hears
from bot.teams.rules import period_of

_TRY_AGAIN_IN = timedelta(minutes=5)
_NOTHING_AHEAD = timedelta(weeks=4)
"""When to look again at an owner whose teams have no check-in ahead."""


def check_in_next(tx: Tx, owner: Viewer, *, now: datetime) -> bool:
    """Asks this person if it is time, and writes down when to look next.

    Every period between the one that was owed and this one is decided: asked, not needed, or missed with the reason.
    Answers False when another replica is at it, or it is not time after all.
    """
    person = tx.scalars(
        select(Person)
        .where(Person.workspace_id == owner.workspace_id, Person.id == owner.person_id)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if person is None or person.next_checkin_at is None or person.next_checkin_at > now:
        return False
    if person.is_active:
        views = outcomes_owned_by(tx, owner)
    else:
        views = []
        _tell_teams(tx, person, now=now)
    person.next_checkin_at = _decide_periods(tx, person, views, now=now) if views else None
    tx.flush()
    return True


def _decide_periods(tx: Tx, person: Person, views: list[View], *, now: datetime) -> datetime:
    """Decides what can be decided now; answers when to look next."""
    zone, rhythms = person.zone, {view.team.rhythm for view in views}
    owed = min(person.next_checkin_at or now, now).astimezone(zone).date()
    first = first_week_owed(owed, now.astimezone(zone).date())
    for slot, closes_at in slots_from(rhythms, first - timedelta(weeks=1), zone):
        if slot.day < first or is_decided(tx, _as_viewer(person), slot.period):
            continue
        if slot.at > now:
            return slot.at
        asked_about = [v for v in views if v.team.rhythm in slot.strikes and v.outcome.created_at < slot.at]
        due = [view for view in asked_about if not _is_updated(view, slot, zone)]
        chance = next_chance(slot, closes_at=closes_at, now=now, zone=zone)
        if due and chance and chance.opens_at > now:
            return chance.opens_at
        if asked_about:
            _decide(tx, person, due, _Asking(slot, closes_at, chance.until if chance else None), now=now)
    return now + _NOTHING_AHEAD


class _Asking(NamedTuple):
    """A slot, when its period closes, and until when it may still be sent: None when it no longer may."""

    slot: Slot
    closes_at: datetime
    until: datetime | None


def _decide(tx: Tx, person: Person, due: list[View], asking: _Asking, *, now: datetime) -> None:
    slot, until = asking.slot, asking.until
    state = State.NOT_NEEDED if not due else State.MISSED if until is None else State.ASKED
    nudge_at = first_nudge_at(slot.at, asked_at=now, zone=person.zone, closes_at=asking.closes_at)
    checkin = CheckIn(
        workspace_id=person.workspace_id,
        person_id=person.id,
        period=slot.period,
        state=state,
        due_at=slot.at,
        decided_at=now,
        closes_at=asking.closes_at,
        next_nudge_at=nudge_at if state == State.ASKED else None,
        next_close_at=next_morning(asking.closes_at, person.zone) if state == State.ASKED else None,
    )
    tx.add(checkin)
    tx.flush()
    items = [CheckInItem(workspace_id=person.workspace_id, checkin_id=checkin.id, outcome_id=v.outcome.id) for v in due]
    tx.add_all(items)
    tx.flush()
    asked = Asked(checkin, tuple(zip(items, due, strict=True)), steps_due(tx, _as_viewer(person), checkin))
    enqueue(
        tx,
        workspace_id=person.workspace_id,
        key=checkin.key,
        place=person.id,
        message=messages.check_in(asked, reader=Reader.of(person, now)),
        due_at=slot.at,
        expires_at=until or now,
        now=now,
    )
    if state == State.NOT_NEEDED:
        withhold(tx, workspace_id=person.workspace_id, key=checkin.key, reason=UPDATED_ALREADY, now=now)


def postpone(tx: Tx, owner: Viewer, *, now: datetime) -> None:
    """Looks at this person again a little later, after something went wrong."""
    person = tx.get(Person, (owner.workspace_id, owner.person_id))
    if person is not None and person.next_checkin_at is not None and person.next_checkin_at <= now:
        person.next_checkin_at = now + _TRY_AGAIN_IN
        tx.flush()


def _tell_teams(tx: Tx, person: Person, *, now: datetime) -> None:
    """Nothing goes on silently: whoever leads the team hears that an owner has left."""
    by_place: dict[str, list[View]] = defaultdict(list)
    for view in outcomes_left_by(tx, _as_viewer(person)):
        by_place[who_hears(tx, view.team, besides=person.id)].append(view)
    for place, theirs in by_place.items():
        enqueue(
            tx,
            workspace_id=person.workspace_id,
            key=f"ownerless:{person.id}:{place}:{period_of(now.date())}",
            place=place,
            message=messages.owner_left(person, theirs),
            due_at=now,
            expires_at=now + timedelta(days=7),
            now=now,
        )


def _is_updated(view: View, slot: Slot, zone: ZoneInfo) -> bool:
    """Whether somebody logged a result in the period that the slot asks about."""
    since, until = slot.strikes[view.team.rhythm].since, max(slot.monday + timedelta(days=6), slot.day)
    return any(since <= result.measured_at.astimezone(zone).date() <= until for result in view.results)


def _as_viewer(person: Person) -> Viewer:
    return Viewer(person.workspace_id, person.id)
