"""An owner answers a check-in in words: by a reply in its thread, or by writing to Rhythm while one is open."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.checkins.actions.answering import answer
from bot.checkins.messages.replies import AskedWhy, Doubted, Line, NotSaved, Obstacle, Saved, reply_read
from bot.checkins.model import CheckInItem
from bot.checkins.queries import (
    Asked,
    check_in_with_key,
    find_check_in,
    item_of,
    jump_of_answer,
    needs_why,
    open_check_in,
)
from bot.checkins.rules.replies import Blocked, Elsewhere, Item, NoChange, Said, Unplaced, Unread, Value, read_reply
from bot.db.database import Tx
from bot.errors import RhythmError
from bot.obstacles.actions import Told, raise_obstacle
from bot.outbox.queries import delivery_at, is_on_its_way
from bot.outbox.queue import enqueue
from bot.outcomes.queries import View
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.queries import said_in
from bot.people.rules import Viewer
from bot.results.actions import Measured

_REPLY_LASTS = timedelta(days=1)


@dataclass(frozen=True)
class Written:
    """What somebody wrote to Rhythm in their direct messages.

    `text` is as Slack sends it; `thread_ts` is the message in whose thread it stands, or None.
    """

    channel: str
    ts: str
    thread_ts: str | None
    text: str


def answer_in_words(tx: Tx, owner: Person, written: Written, *, now: datetime) -> bool:
    """Takes what an owner wrote as their answers, and owes them what was understood, in the check-in's thread.

    In the thread of a check-in everything is a reply to it; elsewhere, what reads as an answer while one is open.
    Answers False when it is no reply to a check-in.
    """
    viewer = Viewer(owner.workspace_id, owner.id)
    asked, key = _replied_to(tx, viewer, written, now=now)
    if asked is None or not asked.items:
        return False
    said = read_reply(said_in(tx, viewer, written.text), _items(asked), owner.locale)
    if not said or (written.thread_ts is None and all(isinstance(one, Unread) for one in said)):
        return False
    lines = [_take(tx, viewer, asked, one, written, now=now) for one in said]
    enqueue(
        tx,
        workspace_id=owner.workspace_id,
        key=f"reply:{written.channel}:{written.ts}",
        place=owner.id,
        message=reply_read(lines, asked, reader=Reader.of(owner, now)),
        due_at=now,
        expires_at=now + _REPLY_LASTS,
        now=now,
        thread_of=key,
    )
    return True


def value_in(text: str, asked: Asked, outcome_id: int, locale: str) -> Value | None:
    """The value that a reply gives for one outcome of a check-in, or None."""
    _, view = item_of(asked, outcome_id)
    said = read_reply(text, _items(asked), locale)
    values = [one for one in said if isinstance(one, Value) and one.number == view.outcome.number]
    return values[-1] if values else None


def _replied_to(tx: Tx, viewer: Viewer, written: Written, *, now: datetime) -> tuple[Asked | None, str]:
    """The check-in that a reply is about, or None, and the key of the message in whose thread the answer belongs."""
    if written.thread_ts is not None:
        posted = delivery_at(tx, workspace_id=viewer.workspace_id, channel=written.channel, ts=written.thread_ts)
        if posted is not None:
            return check_in_with_key(tx, viewer, posted.key), posted.key
        # People may read a message, and reply to it, while Rhythm is still finding out whether it arrived.
        if not is_on_its_way(tx, workspace_id=viewer.workspace_id, place=viewer.person_id):
            return None, ""
    asked = open_check_in(tx, viewer, now=now)
    return asked, asked.checkin.key if asked else ""


def _items(asked: Asked) -> list[Item]:
    return [Item(view.outcome.number, view.outcome.unit, item.answered_at is None) for item, view in asked.items]


def _take(tx: Tx, viewer: Viewer, asked: Asked, said: Said, written: Written, *, now: datetime) -> Line:
    """Does what one line says, and answers what became of it."""
    match said:
        case Unread():
            return NotSaved(said.typed, said.why)
        case Unplaced():
            return NotSaved(said.typed, "Which outcome is that about? Begin the line with its key.")
        case Elsewhere():
            return NotSaved(f"OUT-{said.number}", "This check-in does not ask about it.")
    outcome_id = next(view.outcome.id for _, view in asked.items if view.outcome.number == said.number)
    item, view = item_of(find_check_in(tx, viewer, asked.checkin.id), outcome_id)
    if isinstance(said, Blocked):
        return _raise(tx, viewer, view, said.obstacle, now=now)
    return _asked_first(item, view, said, written, now=now) or _save(tx, viewer, item, view, said, now=now)


def _asked_first(
    item: CheckInItem, view: View, said: Value | NoChange, written: Written, *, now: datetime
) -> Line | None:
    """What is to be asked before an answer is saved, or None."""
    if isinstance(said, Value):
        jump = jump_of_answer(item, view, said.value, now=now)
        return Doubted(item, view, jump, written.ts) if jump else None
    return AskedWhy(item, view) if needs_why(item, view) and not said.note else None


def _raise(tx: Tx, viewer: Viewer, view: View, text: str, *, now: datetime) -> Line:
    """An owner who is blocked has said what stands in the way, or is told how to."""
    if not text:
        return Obstacle(view, "")
    try:
        raise_obstacle(tx, viewer, view, Told(text, view.owner), now=now)
    except RhythmError as error:
        return NotSaved(text, error.sentence)
    return Obstacle(view, text)


def _save(tx: Tx, viewer: Viewer, item: CheckInItem, view: View, said: Value | NoChange, *, now: datetime) -> Line:
    measured = Measured(said.value, said.note) if isinstance(said, Value) else None
    before = view.latest_value
    try:
        after = answer(
            tx,
            viewer,
            checkin_id=item.checkin_id,
            outcome_id=item.outcome_id,
            measured=measured,
            note=said.note,
            now=now,
        )
    except RhythmError as error:
        return NotSaved(view.outcome.key, error.sentence)
    return Saved(item, after, before)
