"""Deciding periods: an owner is asked, or it is recorded why not."""

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.absences.queries import stand_in_on, why_away
from bot.checkins import messages
from bot.checkins.actions.asking import ask
from bot.checkins.actions.leavers import tell_teams
from bot.checkins.actions.rewriting import UPDATED_ALREADY
from bot.checkins.model import CheckIn, CheckInItem
from bot.checkins.queries import asked_in, hours_of, is_decided, seen_by
from bot.checkins.rules import MOST_A_WEEK, State
from bot.checkins.rules.hours import Hours
from bot.checkins.rules.reminders import first_nudge_at
from bot.checkins.rules.slots import Slot, first_week_owed, slots_from, when_not_quiet
from bot.db.database import Tx
from bot.outbox.queue import withhold
from bot.outcomes.queries import View, live_count, outcomes_by_id, outcomes_owned_by
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer

_TRY_AGAIN_IN = timedelta(minutes=5)
_NOTHING_AHEAD = timedelta(weeks=4)
"""When to look again at an owner whose teams have no check-in ahead."""


def check_in_next(tx: Tx, owner: Viewer, *, most_a_week: int = MOST_A_WEEK, now: datetime) -> bool:
    """Asks this person if it is time, and writes down when to look next.

    Every period between the one that was owed and this one is decided: asked, not needed, or missed with the reason.
    Somebody who had `most_a_week` messages already is asked in My week alone.
    Answers False when another replica is at it, or it is not time after all.
    """
    person = tx.scalars(
        select(Person)
        .where(Person.workspace_id == owner.workspace_id, Person.id == owner.person_id)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if person is None or person.next_checkin_at is None or person.next_checkin_at > now:
        return False
    tell_teams(tx, person, now=now)
    views = outcomes_owned_by(tx, owner) if person.is_active else []
    if views:
        person.next_checkin_at = _decide_periods(tx, person, views, most_a_week, now=now)
    else:
        # What they own and cannot see now, they may see again.
        owns_unseen = person.is_active and live_count(tx, owner, owner_id=person.id)
        person.next_checkin_at = now + _NOTHING_AHEAD if owns_unseen else None
    tx.flush()
    return True


def _decide_periods(tx: Tx, person: Person, views: list[View], most_a_week: int, *, now: datetime) -> datetime:
    """Decides what can be decided now; answers when to look next."""
    zone, rhythms = person.zone, {view.team.live_rhythm for view in views}
    owed = min(person.next_checkin_at or now, now).astimezone(zone).date()
    first = first_week_owed(owed, now.astimezone(zone).date())
    for slot, closes_at in slots_from(rhythms, first - timedelta(weeks=1), zone):
        if slot.day < first or is_decided(tx, _as_viewer(person), slot.period):
            continue
        if slot.at > now:
            return slot.at
        asked_about = asked_in(slot, views)
        if not asked_about:
            continue
        due = [view for view in asked_about if not _is_updated(view, slot, zone)]
        asking = _asking(tx, person, due, slot, closes_at, now=now)
        if due and asking.opens_at and asking.opens_at > now:
            return asking.opens_at
        _decide(tx, person, due, asking, most_a_week, now=now)
    return now + _NOTHING_AHEAD


class _Asking(NamedTuple):
    """A slot, who is asked in it, from when on, and until when that may still be sent.

    Without an `until` nobody is asked any more; without an `opens_at` that is certain already.
    """

    slot: Slot
    closes_at: datetime
    who: Person
    hours: Hours
    opens_at: datetime | None
    until: datetime | None
    why_away: str


def _asking(tx: Tx, person: Person, due: list[View], slot: Slot, closes_at: datetime, *, now: datetime) -> _Asking:
    """Who is asked, and when: the owner; while they are away whoever stands in; else the owner once they are back."""
    owner, workdays = _as_viewer(person), slot.rhythm.workdays
    hours = hours_of(tx, person, workdays, now=now)
    delegate = stand_in_on(tx, owner, hours.day_of(now)) if hours.is_away(hours.day_of(now)) else None
    if delegate and outcomes_by_id(tx, _as_viewer(delegate), [view.outcome.id for view in due]):
        theirs = hours_of(tx, delegate, workdays, now=now)
        if span := theirs.when_there(now, before=closes_at):
            return _Asking(slot, closes_at, delegate, theirs, span.opens_at, span.until, "")
    away = why_away(tx, person, slot.day)
    chance = when_not_quiet(slot, hours=hours, closes_at=closes_at, now=now)
    if chance:
        return _Asking(slot, closes_at, person, hours, chance.opens_at, chance.until, away)
    # Whoever comes back sooner than they said is still asked: it is settled in the period's last second.
    last = closes_at - timedelta(seconds=1)
    return _Asking(slot, closes_at, person, hours, last if away and now < last else None, None, away)


def _decide(tx: Tx, person: Person, due: list[View], asking: _Asking, most_a_week: int, *, now: datetime) -> None:
    slot, state = asking.slot, _state(due, asking)
    hours, closes_at = asking.hours, asking.closes_at
    checkin = CheckIn(
        workspace_id=person.workspace_id,
        person_id=person.id,
        asked_id=asking.who.id,
        period=slot.period,
        state=state,
        due_at=slot.at,
        decided_at=now,
        closes_at=closes_at,
        next_close_at=Hours(person.zone, slot.rhythm.workdays).next_morning(closes_at),
        next_nudge_at=first_nudge_at(slot.at, asked_at=now, hours=hours, closes_at=closes_at),
    )
    if state != State.ASKED:
        checkin.next_nudge_at = checkin.next_close_at = None
    tx.add(checkin)
    tx.flush()
    items = [CheckInItem(workspace_id=person.workspace_id, checkin_id=checkin.id, outcome_id=v.outcome.id) for v in due]
    tx.add_all(items)
    tx.flush()
    ask(
        tx,
        asking.who,
        key=checkin.key,
        message=messages.check_in(seen_by(tx, checkin.asked, checkin), reader=Reader.of(asking.who, now)),
        due_at=slot.at,
        expires_at=asking.until or now,
        most_a_week=most_a_week,
        now=now,
    )
    if reason := {State.NOT_NEEDED: UPDATED_ALREADY, State.AWAY: asking.why_away}.get(state):
        # One that was missed expires.
        withhold(tx, workspace_id=person.workspace_id, key=checkin.key, reason=reason, now=now)


def _state(due: list[View], asking: _Asking) -> State:
    if not due:
        return State.NOT_NEEDED
    if asking.until is not None:
        return State.ASKED
    return State.AWAY if asking.why_away else State.MISSED


def postpone(tx: Tx, owner: Viewer, *, now: datetime) -> None:
    """Looks at this person again a little later, after something went wrong."""
    person = tx.get(Person, (owner.workspace_id, owner.person_id))
    if person is not None and person.next_checkin_at is not None and person.next_checkin_at <= now:
        person.next_checkin_at = now + _TRY_AGAIN_IN
        tx.flush()


def _is_updated(view: View, slot: Slot, zone: ZoneInfo) -> bool:
    """Whether somebody logged a result in the period that the slot asks about."""
    since, until = slot.strikes[view.team.live_rhythm].since, max(slot.monday + timedelta(days=6), slot.day)
    return any(since <= result.measured_at.astimezone(zone).date() <= until for result in view.results)


def _as_viewer(person: Person) -> Viewer:
    return Viewer(person.workspace_id, person.id)
