"""Closing an outcome and opening it again. Nothing closes silently."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.db.database import Tx
from bot.errors import Refused
from bot.lessons.actions import add_lesson
from bot.outbox.queue import enqueue
from bot.outcomes.actions.history import ask_afresh, record, refresh
from bot.outcomes.actions.writing import check_owner
from bot.outcomes.messages import closing as messages
from bot.outcomes.queries import Brief, View, find_outcome_by_id
from bot.outcomes.queries.allowed import check_is_live, check_may_change
from bot.outcomes.rules import Ending
from bot.people.messages import Reader
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.slack.message import Message

_LINE_LASTS = timedelta(days=2)


@dataclass(frozen=True)
class Closing:
    """How an outcome ended, as a person said it."""

    ending: Ending
    note: str = ""
    lesson: str = ""
    rescoped_to: Brief | None = None


def close_outcome(tx: Tx, viewer: Viewer, view: View, closing: Closing, *, now: datetime) -> View:
    """Closes an outcome, keeps the lesson where there is one, and says so in the team's channel.

    Raises NotAllowed with who may, Refused when it is closed already.
    """
    check_may_change(tx, viewer, view, "close it")
    check_is_live(view)
    outcome = view.outcome
    outcome.closed_at, outcome.closed_as, outcome.closing_note = now, closing.ending, closing.note
    outcome.rescoped_to_id = closing.rescoped_to.outcome.id if closing.rescoped_to else None
    outcome.version += 1
    record(tx, viewer, outcome, "closed", after=str(closing.ending), now=now)
    if closing.lesson:
        add_lesson(
            tx,
            viewer,
            team=view.team,
            text=closing.lesson,
            measure=outcome.measure,
            priority_id=outcome.priority_id,
            outcome_id=outcome.id,
            outcome_key=outcome.key,
            now=now,
        )
    ask_afresh(tx, outcome, now=now)
    after = find_outcome_by_id(tx, viewer, outcome.id)
    message = messages.outcome_closed(after, by=_name(tx, viewer), reader=Reader.for_channel(now, after.owner.zone))
    _announce(tx, after, message, now=now)
    return after


def reopen_outcome(tx: Tx, viewer: Viewer, view: View, *, now: datetime) -> View:
    """Makes a closed outcome live again, and says so in the team's channel. How it had ended stays in its history.

    Raises NotAllowed with who may, Refused when it is live.
    """
    check_may_change(tx, viewer, view, "reopen it")
    outcome = view.outcome
    if outcome.closed_at is None:
        raise Refused(f"{outcome.key} is not closed.")
    check_owner(tx, view.team, view.owner)
    was = str(outcome.closed_as)
    outcome.closed_at, outcome.closed_as, outcome.closing_note, outcome.rescoped_to_id = None, None, "", None
    outcome.version += 1
    record(tx, viewer, outcome, "reopened", before=was, now=now)
    refresh(tx, outcome, now=now)
    ask_afresh(tx, outcome, now=now)
    after = find_outcome_by_id(tx, viewer, outcome.id)
    _announce(tx, after, messages.outcome_reopened(after, by=_name(tx, viewer)), now=now)
    return after


def link_rescoped(tx: Tx, viewer: Viewer, old: View, new: View) -> None:
    """Notes which outcome took the place of a re-scoped one. Raises NotAllowed, or Refused when it was not."""
    check_may_change(tx, viewer, old, "link the one that takes its place")
    if old.outcome.closed_as != Ending.RESCOPED or new.outcome.id == old.outcome.id:
        raise Refused(f"{old.outcome.key} was not re-scoped, so nothing takes its place.")
    old.outcome.rescoped_to_id = new.outcome.id
    tx.flush()


def _name(tx: Tx, viewer: Viewer) -> str:
    person = find_person(tx, viewer, viewer.person_id)
    return person.name if person else "Somebody"


def _announce(tx: Tx, view: View, message: Message, *, now: datetime) -> None:
    outcome = view.outcome
    enqueue(
        tx,
        workspace_id=outcome.workspace_id,
        key=f"outcome:{outcome.id}:v{outcome.version}",
        place=view.team.channel_id,
        message=message,
        due_at=now,
        expires_at=now + _LINE_LASTS,
        now=now,
    )
