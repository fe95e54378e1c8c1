"""What changes in the people room."""

from datetime import datetime, timedelta

from bot.db.database import Tx
from bot.people.model import Person
from bot.people.rules import Profile

_FURTHEST_MOVE = timedelta(hours=26)
"""Between the zones that are furthest apart, UTC-12 and UTC+14."""


def remember_person(tx: Tx, *, workspace_id: str, profile: Profile, now: datetime) -> Person:
    """Notes what Slack says of a person. A new zone, or a change of being active, plans their check-in afresh."""
    person = tx.get(Person, (workspace_id, profile.id))
    if person is None:
        person = Person(workspace_id=workspace_id, id=profile.id)
        tx.add(person)
    elif person.is_active != profile.is_active:
        plan_afresh(person, now=now)
    elif person.time_zone != profile.time_zone and person.next_checkin_at is not None:
        # Moving east can step over what is left of a week: look back as far as any move can reach.
        plan_afresh(person, now=now - _FURTHEST_MOVE)
    person.name = profile.name
    person.time_zone = profile.time_zone
    person.locale = profile.locale
    person.is_active = profile.is_active
    person.is_bot = profile.is_bot
    person.is_guest = profile.is_guest
    person.is_admin = profile.is_admin
    person.refreshed_at = now
    tx.flush()
    return person


def plan_afresh(person: Person, *, now: datetime) -> None:
    """Has the next tick look whether, and when, to ask this person: their outcomes or their team's rhythm changed."""
    if person.next_checkin_at is None or person.next_checkin_at > now:
        person.next_checkin_at = now
