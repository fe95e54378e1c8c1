"""What changes in the people room."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import select

from bot.db.database import Tx
from bot.people.model import Person
from bot.people.rules import Profile, Viewer

_FURTHEST_MOVE = timedelta(hours=26)
"""Between the zones that are furthest apart, UTC-12 and UTC+14."""


class Changed(Protocol):
    """What other rooms do when somebody left, came back or lives in another zone."""

    def __call__(self, tx: Tx, person: Person, /, *, now: datetime) -> None:
        """Does it in this transaction."""


def remember_person(tx: Tx, *, workspace_id: str, profile: Profile, now: datetime) -> Person:
    """Notes what Slack says of a person. Whatever decides whether and when they are asked plans that afresh."""
    person = tx.get(Person, (workspace_id, profile.id))
    if person is None:
        person = Person(workspace_id=workspace_id, id=profile.id, says_away=False)
        tx.add(person)
    elif person.is_active != profile.is_active:
        plan_afresh(person, now=now)
    elif person.time_zone != profile.time_zone and person.next_checkin_at is not None:
        # Moving east can step over what is left of a week: look back as far as any move can reach.
        plan_afresh(person, now=now - _FURTHEST_MOVE)
    _note_status(person, profile, now=now)
    _note_guest(person, profile, now=now)
    person.name = profile.name
    person.time_zone = profile.time_zone
    person.locale = profile.locale
    person.is_active = profile.is_active
    person.is_bot = profile.is_bot
    person.is_admin = profile.is_admin
    person.refreshed_at = now
    tx.flush()
    return person


def note_gone(tx: Tx, viewer: Viewer, *, now: datetime) -> Person:
    """Notes that Slack knows nobody by that id any more."""
    person = tx.get_one(Person, (viewer.workspace_id, viewer.person_id))
    person.refreshed_at = now
    if person.is_active:
        person.is_active = False
        plan_afresh(person, now=now)
    tx.flush()
    return person


def leave_status_aside(person: Person, *, now: datetime) -> None:
    """Notes that somebody is back whatever their status says, until it says something else."""
    person.status_back_at = now
    plan_afresh(person, now=now)


def note_quiet(tx: Tx, workspace_id: str, until: Mapping[str, datetime | None], *, now: datetime) -> None:
    """Notes until when people are in Do Not Disturb, by their ids; None for those who are not.

    When it ended stays known: what waited for that is sent then, and says so.
    """
    held = select(Person).where(Person.workspace_id == workspace_id, Person.id.in_(sorted(until)))
    for person in tx.scalars(held):
        has_ended = person.quiet_until is not None and person.quiet_until <= now
        if until[person.id] is not None or not has_ended:
            person.quiet_until = until[person.id]
    tx.flush()


def _note_status(person: Person, profile: Profile, *, now: datetime) -> None:
    """A status that says away, or says it until another time, counts from now on; one that is taken down, to now."""
    says_away = profile.says_away and (profile.away_until is None or profile.away_until > now)
    is_news = says_away and (not person.says_away or profile.away_until != person.status_until)
    if is_news:
        if not _status_stands(person, now=now):
            person.status_away_at = now
        person.status_until, person.status_back_at = profile.away_until, None
    elif person.says_away and not says_away and person.status_back_at is None:
        is_news, person.status_back_at = True, now
    person.says_away = says_away
    if is_news and person.next_checkin_at is not None:
        plan_afresh(person, now=now)


def _note_guest(person: Person, profile: Profile, *, now: datetime) -> None:
    """Of somebody deactivated Slack does not say whether they are a guest: what they were before still counts."""
    was_guest = person.is_guest
    person.is_guest = bool(was_guest) if was_guest is not None and not profile.is_active else profile.is_guest
    if was_guest is not None and person.is_guest != was_guest:
        person.turned_guest_at = now if person.is_guest else None
        plan_afresh(person, now=now)


def _status_stands(person: Person, *, now: datetime) -> bool:
    is_over = person.status_until is not None and person.status_until <= now
    return person.says_away and person.status_back_at is None and not is_over


def plan_afresh(person: Person, *, now: datetime) -> None:
    """Has the next tick look whether, and when, to ask this person: their outcomes or their team's rhythm changed."""
    if person.next_checkin_at is None or person.next_checkin_at > now:
        person.next_checkin_at = now
