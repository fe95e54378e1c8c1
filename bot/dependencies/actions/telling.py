"""Who is told what of a dependency. Everybody is told only what they may see themselves.

The lead of the asked team gets one message, which is drawn anew as things change; the side that waits, one for each
answer.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from bot.db.database import Tx
from bot.dependencies import messages
from bot.dependencies.model import Dependency
from bot.dependencies.queries import DependencyView, circle_of, find_dependency
from bot.errors import NotFound
from bot.outbox.queue import enqueue, revise
from bot.outcomes.model import Outcome
from bot.people.messages import Reader
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.slack.message import Message
from bot.teams.model import Team

_LASTS = timedelta(days=2)


class Words(Protocol):
    """What somebody is told of a dependency, as they see it."""

    def __call__(self, view: DependencyView, *, by: str, reader: Reader) -> Message: ...


def outcome_of(tx: Tx, one: Dependency) -> Outcome:
    """The outcome that waits, seen or not."""
    return tx.get_one(Outcome, one.outcome_id)


def those_waiting(tx: Tx, one: Dependency) -> set[str]:
    """Who waits: whoever asked, and the outcome's owner."""
    return {one.asked_by, outcome_of(tx, one).owner_id}


def lead_of(tx: Tx, one: Dependency) -> set[str]:
    """Who leads the asked team now."""
    return {tx.get_one(Team, one.team_id).lead_id}


def tell(
    tx: Tx, viewer: Viewer, one: Dependency, people: Iterable[str], words: Words, *, key: str, now: datetime
) -> None:
    """Owes each of these people but the viewer a message, of what they may see."""
    me = find_person(tx, viewer, viewer.person_id)
    for person_id in sorted(set(people) - {viewer.person_id}):
        seen = _seen_by(tx, one, person_id, now)
        if seen is not None:
            message = words(seen[0], by=me.name if me else "Somebody", reader=seen[1])
            _owe(tx, one, person_id, message, key=f"{key}:{person_id}", now=now)


def ask_lead(tx: Tx, one: Dependency, *, now: datetime) -> None:
    """Owes the lead of the asked team the question, once."""
    for lead_id in lead_of(tx, one) - {one.asked_by}:
        if message := _question(tx, one, lead_id, now):
            _owe(tx, one, lead_id, message, key="asked", now=now)


def redraw(tx: Tx, one: Dependency, *, now: datetime) -> None:
    """Has the message that asked the lead say how things stand now; it pings nobody."""
    for lead_id in lead_of(tx, one):
        if message := _question(tx, one, lead_id, now):
            revise(
                tx,
                workspace_id=one.workspace_id,
                key=key_of(one, "asked"),
                message=message,
                now=now,
                expires_at=now + _LASTS,
            )


def _question(tx: Tx, one: Dependency, lead_id: str, now: datetime) -> Message | None:
    seen = _seen_by(tx, one, lead_id, now)
    if seen is None:
        return None
    circle = circle_of(tx, Viewer(one.workspace_id, lead_id), one.id)
    return messages.asked_of_you(seen[0], circle, reader=seen[1])


def _seen_by(tx: Tx, one: Dependency, person_id: str, now: datetime) -> tuple[DependencyView, Reader] | None:
    """The dependency as somebody sees it, and how they read; None for somebody who is gone or may not see it."""
    viewer = Viewer(one.workspace_id, person_id)
    person = find_person(tx, viewer, person_id)
    if person is None or not person.is_active:
        return None
    try:
        return find_dependency(tx, viewer, one.id), Reader.of(person, now)
    except NotFound:
        return None


def _owe(tx: Tx, one: Dependency, place: str, message: Message, *, key: str, now: datetime) -> None:
    enqueue(
        tx,
        workspace_id=one.workspace_id,
        key=key_of(one, key),
        place=place,
        message=message,
        due_at=now,
        expires_at=now + _LASTS,
        now=now,
    )


def key_of(one: Dependency, event: str) -> str:
    """The key of a delivery about a dependency."""
    return f"dependency:{one.id}:{event}"
