"""Deciding periods: an owner is asked, or it is recorded why not."""

from datetime import datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.absences.queries import absences_in, delegate_on, hours_of, why_away
from bot.absences.rules import Days
from bot.absences.rules.hours import Hours, Span
from bot.checkins import messages
from bot.checkins.actions.leavers import tell_teams
from bot.checkins.actions.rewriting import UPDATED_ALREADY
from bot.checkins.model import CheckIn, CheckInItem
from bot.checkins.queries import asked_in, is_decided, rhythms_of, seen_by
from bot.checkins.rules import State
from bot.checkins.rules.reminders import first_nudge_at
from bot.checkins.rules.slots import Slot, first_week_owed, has_waited_for_quiet, slots_from, when_not_quiet
from bot.db.database import Tx
from bot.deliveries.actions import ask
from bot.deliveries.rules import MOST_A_WEEK
from bot.outbox.queue import enqueue, withhold
from bot.outcomes.queries import View, live_count, outcomes_by_id, outcomes_owned_by
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.teams.rules import instant_of
from bot.teams.rules.rhythm import WEEKS_MOVED

_TRY_AGAIN_IN = timedelta(minutes=5)
_PAUSED = "The team's rhythm was paused."
_QUIET_ENDED = "Do Not Disturb ended"
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
        _decide(tx, person, decision, most_a_week, now=now)
    return now + _NOTHING_AHEAD


class _Decision(NamedTuple):
    """What becomes of a slot.

    Attributes:
        due: what it asks about, or would have.
        who: who is asked, or would have been.
        hours: when they may be written to.
        until: until when it may be sent; None where nobody is asked.
        why_not: why it is kept back; empty for what is sent, or was missed and expires.
    """

    slot: Slot
    closes_at: datetime
    state: State
    due: list[View]
    who: Person
    hours: Hours
    until: datetime | None
    why_not: str = ""


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
    left = Days(slot.day, hours.day_of(last))
    if waiting and (not due or absences_in(tx, owner, left) or any(days.overlap(left) for days in hours.away)):
        # Another day may have another delegate, or one who is back. Whoever comes back sooner than they said is still
        # asked: it is settled in the period's last second.
        looks += [instant_of(today + timedelta(days=1), time(0), hours.zone), last]
    if waiting and (ahead := [look for look in looks if now < look <= last]):
        return min(ahead)
    state, why_not = _why_not(waiting, due, away=why_away(tx, person, slot.day))
    return _Decision(slot, closes_at, state, waiting, person, hours, None, why_not)


def _chances(
    tx: Tx, person: Person, due: list[View], slot: Slot, hours: Hours, *, closes_at: datetime, now: datetime
) -> list[tuple[Person, Hours, Span]]:
    """Who may be asked from now on, and when: whoever stands in while the owner is away, and the owner."""
    found = []
    delegate = delegate_on(tx, _as_viewer(person), hours.day_of(now)) if hours.is_away(hours.day_of(now)) else None
    if delegate and outcomes_by_id(tx, _as_viewer(delegate), [view.outcome.id for view in due]):
        theirs = hours_of(tx, delegate, hours.workdays, now=now)
        found.append((delegate, theirs, theirs.when_there(now, before=closes_at)))
    found.append((person, hours, when_not_quiet(slot, hours=hours, closes_at=closes_at, now=now)))
    return [(who, theirs, span) for who, theirs, span in found if span]


def _why_not(waiting: list[View], due: list[View], *, away: str) -> tuple[State, str]:
    """What is recorded of a slot in which nobody is asked, and why."""
    if not waiting:
        return State.NOT_NEEDED, UPDATED_ALREADY
    if not due:
        return State.PAUSED, _PAUSED
    return (State.AWAY, away) if away else (State.MISSED, "")


def _decide(tx: Tx, person: Person, decision: _Decision, most_a_week: int, *, now: datetime) -> None:
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
    owed: dict[str, Any] = {
        "key": checkin.key,
        "message": messages.check_in(seen_by(tx, checkin.asked, checkin), reader=Reader.of(decision.who, now)),
        "due_at": slot.at,
        "expires_at": decision.until or now,
    }
    if decision.state == State.ASKED:
        waited = has_waited_for_quiet(slot, hours=hours, closes_at=closes_at, now=now)
        why_late = _QUIET_ENDED if waited else ""
        ask(tx, decision.who, **owed, most_a_week=most_a_week, late_because=why_late, now=now)
        return
    enqueue(tx, workspace_id=person.workspace_id, place=checkin.asked_id, **owed, now=now)
    if decision.why_not:
        withhold(tx, workspace_id=person.workspace_id, key=checkin.key, reason=decision.why_not, now=now)


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
