"""What changes in the check-ins room: a period is decided, an owner answers."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from bot.checkins import messages
from bot.checkins.model import CheckIn, CheckInItem
from bot.checkins.queries import Asked, find_check_in, given_result, is_decided, item_of, steps_due
from bot.checkins.rules import Answer, State, closes_at, next_chance, slot_in_week, weeks_to_settle
from bot.db.database import Tx
from bot.errors import NotFound, Refused
from bot.outbox.queue import enqueue, revise, withhold
from bot.outcomes.model import Result
from bot.outcomes.queries import View, outcomes_left_by, outcomes_owned_by
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.results.actions import Measured, log_result
from bot.teams.queries import who_hears
from bot.teams.rules import period_of

_LINE_LASTS = timedelta(days=2)
_TRY_AGAIN_IN = timedelta(minutes=5)
_UPDATED_ALREADY = "Everything due was already updated in this period."


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
    today = now.astimezone(zone).date()
    owed = min(person.next_checkin_at or now, now).astimezone(zone).date()
    for monday in weeks_to_settle(owed, today):
        slot = slot_in_week(rhythms, monday, zone)
        period = period_of(slot.astimezone(zone).date())
        if is_decided(tx, _as_viewer(person), period):
            continue
        if slot > now:
            return slot
        asked_about = [view for view in views if view.outcome.created_at < slot]
        due = [view for view in asked_about if not _is_updated(view, period, person)]
        chance = next_chance(slot, now=now, zone=zone)
        if due and chance and chance.opens_at > now:
            return chance.opens_at
        if asked_about:
            _decide(tx, person, due, _Slot(period, slot, chance.until if chance else None), now=now)
    return slot_in_week(rhythms, today + timedelta(weeks=1), zone)


class _Slot(NamedTuple):
    """A period's slot, and until when it may still be sent: None when it no longer may."""

    period: str
    at: datetime
    until: datetime | None


def _decide(tx: Tx, person: Person, due: list[View], slot: _Slot, *, now: datetime) -> None:
    state = State.NOT_NEEDED if not due else State.MISSED if slot.until is None else State.ASKED
    checkin = CheckIn(
        workspace_id=person.workspace_id,
        person_id=person.id,
        period=slot.period,
        state=state,
        due_at=slot.at,
        decided_at=now,
        closes_at=closes_at(slot.at.astimezone(person.zone).date(), person.zone),
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
        expires_at=slot.until or now,
        now=now,
    )
    if state == State.NOT_NEEDED:
        withhold(tx, workspace_id=person.workspace_id, key=checkin.key, reason=_UPDATED_ALREADY, now=now)


def answer(
    tx: Tx,
    owner: Viewer,
    *,
    checkin_id: int,
    outcome_id: int,
    measured: Measured | None,
    note: str = "",
    now: datetime,
) -> View:
    """The owner's answer for one outcome; None says that nothing changed, with a note maybe. Answers the outcome as
    it then stands.

    An answer given again corrects the first one while the period is open. A first answer counts however late.
    Raises NotFound for somebody else's check-in, Refused once the period has closed on an answer.
    """
    _hold(tx, owner, checkin_id)
    asked = find_check_in(tx, owner, checkin_id)
    item, view = item_of(asked, outcome_id)
    earlier = given_result(item, view)
    if item.answered_at is not None and now >= asked.checkin.closes_at:
        raise Refused(f"This check-in has closed. /outcome result {view.outcome.key} logs a new result.")
    if measured is None and item.answer == Answer.NO_CHANGE and not note:
        return view
    if measured is None:
        said, measured = Answer.NO_CHANGE, Measured(_value_before(view, earlier), note, source="no change")
    else:
        said, measured = Answer.UPDATED, replace(measured, source="check-in")
    result = log_result(tx, owner, view, measured, now=now, replaces=earlier)
    return _settle(tx, owner, item, said, result, now=now)


def note_answer_elsewhere(tx: Tx, owner: Viewer, *, checkin_id: int, outcome_id: int, now: datetime) -> bool:
    """A result logged by command or form while the check-in was open answers it too."""
    _hold(tx, owner, checkin_id)
    try:
        item, view = item_of(find_check_in(tx, owner, checkin_id), outcome_id)
    except NotFound:
        return False
    if item.answered_at is not None or view.latest is None:
        return False
    _settle(tx, owner, item, Answer.UPDATED, view.latest, now=now)
    return True


def _hold(tx: Tx, owner: Viewer, checkin_id: int) -> None:
    """Lets one answer at a time through: a second click waits, and then sees what the first one said."""
    held = select(CheckIn.id).where(CheckIn.workspace_id == owner.workspace_id, CheckIn.id == checkin_id)
    tx.execute(held.with_for_update())


def _settle(tx: Tx, owner: Viewer, item: CheckInItem, said: Answer, result: Result, *, now: datetime) -> View:
    item.answer, item.result_id, item.answered_at = said, result.id, item.answered_at or now
    tx.flush()
    asked = find_check_in(tx, owner, item.checkin_id)
    _, view = item_of(asked, item.outcome_id)
    _rewrite_check_in(tx, owner, asked, now=now)
    _owe_line(tx, owner, item, view, now=now)
    return view


def _rewrite_check_in(tx: Tx, owner: Viewer, asked: Asked, *, now: datetime) -> None:
    person = _person(tx, owner)
    if not asked.open_items and withhold(
        tx, workspace_id=owner.workspace_id, key=asked.checkin.key, reason=_UPDATED_ALREADY, now=now
    ):
        return
    revise(
        tx,
        workspace_id=owner.workspace_id,
        key=asked.checkin.key,
        message=messages.check_in(asked, reader=Reader.of(person, now)),
        now=now,
        expires_at=now + _LINE_LASTS,
    )


def _owe_line(tx: Tx, owner: Viewer, item: CheckInItem, view: View, *, now: datetime) -> None:
    person = _person(tx, owner)
    line = messages.answer_line(item, view, by=person.name, reader=Reader.for_channel(now, person.zone))
    revised = revise(
        tx,
        workspace_id=owner.workspace_id,
        key=item.line_key,
        message=line,
        now=now,
        expires_at=now + _LINE_LASTS,
    )
    if revised is None:
        enqueue(
            tx,
            workspace_id=owner.workspace_id,
            key=item.line_key,
            place=view.team.channel_id,
            message=line,
            due_at=now,
            expires_at=now + _LINE_LASTS,
            now=now,
        )


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


def _value_before(view: View, earlier: Result | None) -> Decimal:
    """Where the measure stood before this period's answer."""
    before = view.results if earlier is None else view.results[: view.results.index(earlier)]
    value = before[-1].value if before else view.outcome.baseline
    if value is None:
        raise Refused(f"{view.outcome.key} has no value yet that could stay the same. Choose Update to type the first.")
    return value


def _is_updated(view: View, period: str, person: Person) -> bool:
    return any(period_of(result.measured_at.astimezone(person.zone).date()) == period for result in view.results)


def _person(tx: Tx, owner: Viewer) -> Person:
    return tx.get_one(Person, (owner.workspace_id, owner.person_id))


def _as_viewer(person: Person) -> Viewer:
    return Viewer(person.workspace_id, person.id)


def postpone(tx: Tx, owner: Viewer, *, now: datetime) -> None:
    """Looks at this person again a little later, after something went wrong."""
    person = tx.get(Person, (owner.workspace_id, owner.person_id))
    if person is not None and person.next_checkin_at is not None and person.next_checkin_at <= now:
        person.next_checkin_at = now + _TRY_AGAIN_IN
        tx.flush()
