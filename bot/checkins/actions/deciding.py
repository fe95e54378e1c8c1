"""Deciding periods: an owner is asked, or it is recorded why not."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.absences.queries import absence_on, absences_in, delegate_on
from bot.absences.rules import Days
from bot.checkins import messages
from bot.checkins.actions.rewriting import UPDATED_ALREADY
from bot.checkins.model import CheckIn, CheckInItem
from bot.checkins.queries import asked_in, hours_of, is_decided, rhythms_of, seen_by
from bot.checkins.rules import State
from bot.checkins.rules.hours import Hours, Span
from bot.checkins.rules.reminders import first_nudge_at
from bot.checkins.rules.slots import Slot, first_week_owed, next_chance, slots_from
from bot.db.database import Tx
from bot.outbox.queue import enqueue, withhold
from bot.outcomes.queries import View, outcomes_by_id, outcomes_left_by, outcomes_owned_by
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.teams.queries import who_hears
from bot.teams.rules import instant_of, period_of
from bot.teams.rules.rhythm import WEEKS_MOVED

_TRY_AGAIN_IN = timedelta(minutes=5)
_NOT_ASKED = {
    State.NOT_NEEDED: UPDATED_ALREADY,
    State.AWAY: "The owner was away, and nobody could be asked in their place.",
    State.PAUSED: "The team's rhythm was paused.",
}
"""Why a check-in is kept back. One that was missed expires."""
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
    zone = person.zone
    owed = min(person.next_checkin_at or now, now).astimezone(zone).date()
    first = first_week_owed(owed, now.astimezone(zone).date())
    for slot, closes_at in slots_from(rhythms_of(views), first - timedelta(weeks=WEEKS_MOVED), zone):
        if slot.day < first or is_decided(tx, _as_viewer(person), slot.period):
            continue
        if slot.at > now:
            return slot.at
        asked_about = asked_in(slot, views)
        if not asked_about:
            continue
        waiting = [view for view in asked_about if not _is_updated(view, slot, zone)]
        decision = _decision(tx, person, waiting, slot, closes_at, now=now)
        if isinstance(decision, datetime):
            return decision
        _decide(tx, person, decision, now=now)
    return now + _NOTHING_AHEAD


class _Decision(NamedTuple):
    """What becomes of a slot.

    Attributes:
        due: what it asks about, or would have.
        who: who is asked, or would have been.
        hours: when they may be written to.
        until: until when it may be sent; None where nobody is asked.
    """

    slot: Slot
    closes_at: datetime
    state: State
    due: list[View]
    who: Person
    hours: Hours
    until: datetime | None


def _decision(
    tx: Tx, person: Person, waiting: list[View], slot: Slot, closes_at: datetime, *, now: datetime
) -> _Decision | datetime:
    """What becomes of a slot now; or when to look again, while somebody may still be asked in what is left of it.

    Nothing is asked about a team on a day on which it pauses.
    """
    owner, hours = _as_viewer(person), hours_of(tx, person, slot.rhythm.workdays, now=now)
    last = closes_at - timedelta(seconds=1)
    today = hours.day_of(min(now, last))
    due = [view for view in waiting if not view.team.is_paused_on(today)]
    chances = _chances(tx, person, due, slot, hours, closes_at=closes_at, now=now) if due else []
    for who, theirs, span in chances:
        if span.opens_at <= now:
            return _Decision(slot, closes_at, State.ASKED, due, who, theirs, span.until)
    looks = [span.opens_at for _, _, span in chances]
    if waiting and (not due or absences_in(tx, owner, Days(slot.day, hours.day_of(last)))):
        # Another day may have another delegate, or one who is back. Whoever comes back sooner than they said is still
        # asked: it is settled in the period's last second.
        looks += [instant_of(today + timedelta(days=1), time(0), hours.zone), last]
    if waiting and (ahead := [look for look in looks if now < look <= last]):
        return min(ahead)
    is_away = absence_on(tx, owner, slot.day) is not None
    return _Decision(slot, closes_at, _state(waiting, due, is_away=is_away), waiting, person, hours, None)


def _chances(
    tx: Tx, person: Person, due: list[View], slot: Slot, hours: Hours, *, closes_at: datetime, now: datetime
) -> list[tuple[Person, Hours, Span]]:
    """Who may be asked from now on, and when: whoever stands in while the owner is away, and the owner."""
    found = []
    delegate = delegate_on(tx, _as_viewer(person), hours.day_of(now)) if hours.is_away(hours.day_of(now)) else None
    if delegate and outcomes_by_id(tx, _as_viewer(delegate), [view.outcome.id for view in due]):
        theirs = hours_of(tx, delegate, hours.workdays, now=now)
        found.append((delegate, theirs, theirs.from_instant(now, before=closes_at)))
    found.append((person, hours, next_chance(slot, hours=hours, closes_at=closes_at, now=now)))
    return [(who, theirs, span) for who, theirs, span in found if span]


def _state(waiting: list[View], due: list[View], *, is_away: bool) -> State:
    if not waiting:
        return State.NOT_NEEDED
    if not due:
        return State.PAUSED
    return State.AWAY if is_away else State.MISSED


def _decide(tx: Tx, person: Person, decision: _Decision, *, now: datetime) -> None:
    slot, closes_at, hours = decision.slot, decision.closes_at, decision.hours
    checkin = CheckIn(
        workspace_id=person.workspace_id,
        person_id=person.id,
        asked_id=decision.who.id,
        period=slot.period,
        state=decision.state,
        due_at=slot.at,
        decided_at=now,
        closes_at=closes_at,
    )
    if decision.state == State.ASKED:
        checkin.next_nudge_at = first_nudge_at(slot.at, asked_at=now, hours=hours, closes_at=closes_at)
        checkin.next_close_at = Hours(person.zone, slot.rhythm.workdays).next_morning(closes_at)
    tx.add(checkin)
    tx.flush()
    ids = [view.outcome.id for view in decision.due]
    tx.add_all(CheckInItem(workspace_id=person.workspace_id, checkin_id=checkin.id, outcome_id=one) for one in ids)
    tx.flush()
    enqueue(
        tx,
        workspace_id=person.workspace_id,
        key=checkin.key,
        place=checkin.asked_id,
        message=messages.check_in(seen_by(tx, checkin.asked, checkin), reader=Reader.of(decision.who, now)),
        due_at=slot.at,
        expires_at=decision.until or now,
        now=now,
    )
    if reason := _NOT_ASKED.get(decision.state):
        withhold(tx, workspace_id=person.workspace_id, key=checkin.key, reason=reason, now=now)


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
    since, until = slot.strikes[view.team.live_rhythm].since, max(slot.monday + timedelta(days=6), slot.day)
    return any(since <= result.measured_at.astimezone(zone).date() <= until for result in view.results)


def _as_viewer(person: Person) -> Viewer:
    return Viewer(person.workspace_id, person.id)
