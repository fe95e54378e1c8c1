"""Owners who left, or see less than they did: nothing goes on silently, whoever leads the team is asked what next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.absences.actions.telling import tell_delegate_gone
from bot.absences.queries import stands_in_for
from bot.absences.rules import LONGEST_DAYS, Days
from bot.checkins import messages
from bot.db.database import Tx
from bot.outbox.queue import enqueue
from bot.outcomes.queries import View, outcomes_by_id, outcomes_left_by
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.slack.message import Message
from bot.teams.queries import who_hears
from bot.teams.rules import period_of

_LASTS = timedelta(days=7)


def tell_teams(tx: Tx, person: Person, *, now: datetime) -> None:
    """Tells the leads of a person's teams once that they left or became a guest; nothing for anybody else."""
    if not person.is_active:
        _tell_of_leaver(tx, person, now=now)
    elif person.turned_guest_at is not None:
        _tell_of_guest(tx, person, person.turned_guest_at, now=now)


def _tell_of_leaver(tx: Tx, person: Person, *, now: datetime) -> None:
    for place, views in _by_place(tx, person).items():
        key = f"ownerless:{person.id}:{place}:{period_of(now.date())}"
        _owe(tx, person, key, place, messages.owner_left(person, views), now=now)
    today = now.astimezone(person.zone).date()
    ahead = Days(today, today + timedelta(days=LONGEST_DAYS))
    for away in stands_in_for(tx, Viewer(person.workspace_id, person.id), ahead):
        tell_delegate_gone(tx, away, now=now)


def _tell_of_guest(tx: Tx, person: Person, since: datetime, *, now: datetime) -> None:
    for place, views in _by_place(tx, person).items():
        seen = outcomes_by_id(tx, Viewer(person.workspace_id, person.id), [view.outcome.id for view in views])
        hidden = {view.outcome.id for view in views} - {brief.outcome.id for brief in seen}
        key = f"guest:{person.id}:{place}:{since:%Y-%m-%d}"
        _owe(tx, person, key, place, messages.owner_is_guest(person, views, hidden), now=now)


def _by_place(tx: Tx, person: Person) -> Mapping[str, Sequence[View]]:
    """Every live outcome of theirs, by where its team's lead is told."""
    by_place: dict[str, list[View]] = defaultdict(list)
    for view in outcomes_left_by(tx, Viewer(person.workspace_id, person.id)):
        by_place[who_hears(tx, view.team, besides=person.id)].append(view)
    return by_place


def _owe(tx: Tx, person: Person, key: str, place: str, message: Message, *, now: datetime) -> None:
    enqueue(
        tx,
        workspace_id=person.workspace_id,
        key=key,
        place=place,
        message=message,
        due_at=now,
        expires_at=now + _LASTS,
        now=now,
    )
