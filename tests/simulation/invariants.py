"""What must hold at the end of a life, whatever happened in it. Written from the promise, not from the code."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.outbox.model import Delivery
from bot.outbox.rules import LEASE, ORPHANED, REPLACED, Kind, State
from tests.simulation.memory import Move
from tests.simulation.planner import LONG, Planner, Wanted
from tests.simulation.slack import Shown
from tests.simulation.weather import Weather

_STEPS = {
    "owed": {"leased", "expired", "withheld", "cancelled"},
    "leased": {"owed", "posting", "failed", "withheld", "cancelled"},
    "posting": {"owed", "sent", "failed", "withheld", "cancelled"},
}


@dataclass(frozen=True)
class Violation:
    """A broken promise: `doubled`, `lost`, `unwanted`, `untimely`, `not final` or `wrong`, and about what."""

    promise: str
    about: str

    def __str__(self) -> str:
        return f"{self.promise}: {self.about}"


@dataclass(frozen=True)
class Ending:
    """What a life left behind."""

    weather: Weather
    planner: Planner
    rows: list[Delivery]
    moves: list[Move]
    shown: list[Shown]
    surprises: list[str]


def violations(end: Ending) -> list[Violation]:
    """Every promise that was broken."""
    return [*_doubled(end), *_lost(end), *_unwanted(end), *_untimely(end), *_not_final(end), *_wrong(end)]


def _doubled(end: Ending) -> Iterator[Violation]:
    """Posted once per key."""
    for uid, times in Counter(one.uid for one in end.shown).items():
        if times > 1:
            text = next(one.text for one in end.shown if one.uid == uid)
            yield Violation("doubled", f"“{text}” is there {times} times")


def _lost(end: Ending) -> Iterator[Violation]:
    """What was wanted to the end is there, unless Slack refuses the place or it could not be in time."""
    uids = {one.uid for one in end.shown}
    rows = {(row.workspace_id, row.key): row for row in end.rows}
    for wanted in end.planner.wanted:
        row = rows.get((wanted.workspace_id, wanted.key))
        if row is None:
            yield Violation("lost", f"{wanted.key} has no row")
        elif row.state == State.SENT and row.uid not in uids:
            yield Violation("lost", f"{wanted.key} is said to be sent, and is not there")
        elif row.state != State.SENT and not _may_be_unsent(end.planner, wanted, row):
            yield Violation("lost", f"{wanted.key} is {row.state}: {row.reason}")
    for row in end.rows:
        if row.kind == Kind.UPDATE and row.state != State.SENT and row.reason not in {REPLACED, ORPHANED}:
            yield Violation("lost", f"the rewriting {row.key} is {row.state}: {row.reason}")


def _may_be_unsent(planner: Planner, wanted: Wanted, row: Delivery) -> bool:
    if row.state in (State.CANCELLED, State.WITHHELD):
        return (wanted.workspace_id, wanted.key) in planner.stopped or (
            wanted.thread_of is not None and row.reason == ORPHANED
        )
    if row.state == State.FAILED:
        return wanted.is_refused
    return row.state == State.EXPIRED and (wanted.lasts < LONG or wanted.thread_of is not None)


def _unwanted(end: Ending) -> Iterator[Violation]:
    """Nothing is there that a row says is not, or that has no row."""
    posts = {row.uid: row for row in end.rows if row.kind == Kind.POST}
    for one in end.shown:
        row = posts.get(one.uid)
        if row is None or row.state != State.SENT:
            yield Violation("unwanted", f"“{one.text}” is there, and {row.state if row else 'has no row'}")


def _untimely(end: Ending) -> Iterator[Violation]:
    """Not before it is due, nor after it expired, unless it was on its way then; and expired with the reason."""
    jumped = sum((abs(by) for _, by in end.weather.clock_jumps), timedelta(0))
    posts = {row.uid: row for row in end.rows}
    for one in end.shown:
        row = posts[one.uid]
        latest = row.expires_at + LEASE + timedelta(seconds=end.weather.bounds.late)
        if not row.due_at - jumped <= one.judged_at <= latest + jumped:
            yield Violation("untimely", f"“{one.text}” came at {one.judged_at}, due {row.due_at}")
    for row in end.rows:
        if row.state == State.EXPIRED and not (row.reason and row.ended_at and row.ended_at >= row.expires_at):
            yield Violation("untimely", f"{row.key} expired at {row.ended_at}: {row.reason}")


def _not_final(end: Ending) -> Iterator[Violation]:
    """States follow one another as they should, and nothing is written to what has ended."""
    keys = {row.id: row.key for row in end.rows}
    for move in end.moves:
        if move.after not in _STEPS.get(move.before, set()):
            yield Violation("not final", f"{keys[move.delivery_id]} went from {move.before} to {move.after}")


def _wrong(end: Ending) -> Iterator[Violation]:
    """In its workspace, place and thread, under the timestamp that its row has, in its newest words; no surprise."""
    yield from (Violation("wrong", f"an error nobody simulated: {surprise}") for surprise in end.surprises)
    rows = {row.id: row for row in end.rows}
    there = {one.uid: one for one in end.shown}
    for row in end.rows:
        one = there.get(row.uid)
        if one is None:
            continue
        if (one.workspace_id, one.channel, one.ts) != (row.workspace_id, row.channel, row.ts):
            yield Violation("wrong", f"{row.key} has {row.channel} {row.ts}, and is at {one.channel} {one.ts}")
        first = rows.get(row.follows_id or 0)
        if one.thread_ts != (first.ts if first else None):
            yield Violation("wrong", f"{row.key} is not in the thread it belongs to")
        updates = [other for other in end.rows if other.kind == Kind.UPDATE and other.follows_id == row.id]
        newest = [other.text for other in updates if other.state == State.SENT][-1:] or [row.text]
        if one.text != newest[0]:
            yield Violation("wrong", f"{row.key} says “{one.text}” instead of “{newest[0]}”")
