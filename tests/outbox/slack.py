"""A Slack of a few lines, in this process, that fails on demand. A Poster for the sender's tests."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.db.database import Database, Tx
from bot.outbox.model import Delivery
from bot.outbox.posting import BlocksRefused, NotSent, Page, Posted, Refused, Unknown
from bot.outbox.queries import delivery_with_key
from bot.outbox.queue import enqueue
from bot.outbox.rules import Pace
from bot.slack.message import Message

PACE = Pace.of(workspace_posts_per_second=4, channel_posts_per_second=1, history_calls_per_minute=50)


class Killed(BaseException):
    """The process ends here, as by kill -9: nothing else of the sender runs."""


@dataclass
class Stored:
    """A message that people can see."""

    channel: str
    ts: str
    uid: str
    message: Message
    thread_ts: str | None
    stored_at: datetime
    times_updated: int = 0


class FakeSlack:
    """Takes messages. `faults` are used up one a call; `lag` is how long history takes to show a message.

    `meanwhile` happens once, after Slack took (or did not take) the next message and before its answer arrives.
    """

    def __init__(self, clock: Clock, *, lag: timedelta = timedelta(0)) -> None:
        self.clock = clock
        self.lag = lag
        self.page_size = 200
        self.faults: deque[str] = deque()
        self.look_faults: deque[str] = deque()
        self.refuses: dict[str, str] = {}
        self.messages: list[Stored] = []
        self.calls: list[tuple[str, str, datetime]] = []
        self.meanwhile: Callable[[], None] = lambda: None

    def post(self, workspace_id: str, *, channel: str, message: Message, uid: str, thread_ts: str | None) -> Posted:
        def store() -> Posted:
            ts = f"{1_700_000_000 + len(self.messages)}.000100"
            self.messages.append(Stored(channel, ts, uid, message, thread_ts, self.clock.now()))
            return Posted(channel, ts)

        self._note(workspace_id, "post")
        return self._carried_out(channel, message, store)

    def update(self, workspace_id: str, *, channel: str, ts: str, message: Message, uid: str) -> Posted:
        def store() -> Posted:
            stored = next(stored for stored in self.messages if (stored.channel, stored.ts) == (channel, ts))
            assert stored.uid == uid
            stored.message, stored.times_updated = message, stored.times_updated + 1
            return Posted(channel, ts)

        self._note(workspace_id, "update")
        return self._carried_out(channel, message, store)

    def open_dm(self, workspace_id: str, *, person_id: str) -> str:
        self._note(workspace_id, "open")
        if person_id in self.refuses:
            raise Refused(self.refuses[person_id])
        return "D" + person_id

    def look(
        self, workspace_id: str, *, channel: str, since: datetime, uid: str, thread_ts: str | None, page: str
    ) -> Page:
        self._note(workspace_id, "look")
        if self.look_faults:
            _raise(self.look_faults.popleft())
        until = self.clock.now() - self.lag
        there = [one for one in self.messages if since <= one.stored_at <= until and one.thread_ts == thread_ts]
        begin = int(page or 0)
        shown = [one for one in reversed(there) if one.channel == channel][begin:]
        ts = next((one.ts for one in shown[: self.page_size] if one.uid == uid), None)
        return Page(ts, str(begin + self.page_size) if len(shown) > self.page_size else "")

    def texts(self, channel: str | None = None) -> list[str]:
        """What people read, in order."""
        return [stored.message.text for stored in self.messages if channel in {None, stored.channel}]

    def times(self, method: str) -> list[datetime]:
        """When a method was called."""
        return [at for _, called, at in self.calls if called == method]

    def _carried_out(self, channel: str, message: Message, store: Callable[[], Posted]) -> Posted:
        fault = self.faults.popleft() if self.faults else ""
        refusal = self.refuses.get(channel)
        takes_it = refusal is None and not (fault and not fault.endswith("after"))
        blocks_refused = fault == "blocks refused" and bool(message.blocks)
        posted = store() if takes_it or (fault == "blocks refused" and not blocks_refused) else None
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        if refusal is not None:
            raise Refused(refusal)
        if blocks_refused:
            raise BlocksRefused("invalid_blocks")
        if posted is None or fault.endswith("after"):
            _raise(fault)
        assert posted is not None
        return posted

    def _note(self, workspace_id: str, method: str) -> None:
        self.calls.append((workspace_id, method, self.clock.now()))


def _raise(fault: str) -> None:
    if fault.startswith("429"):
        raise NotSent("ratelimited", float(fault.removeprefix("429").strip() or "3"))
    if fault.startswith("killed"):
        raise Killed
    if fault == "unreachable":
        raise NotSent("unreachable")
    if fault == "unforeseen":
        raise KeyError("a mistake in the code")
    if fault.startswith("refused"):
        raise Refused(fault.split()[1])
    raise Unknown(fault)


def owe(
    tx: Tx,
    key: str,
    now: datetime,
    *,
    place: str = "C1",
    text: str = "",
    after: timedelta = timedelta(0),
    lasts: timedelta = timedelta(hours=6),
    workspace_id: str = "T1",
    thread_of: str | None = None,
) -> Delivery:
    """Enqueues a message whose text is its key."""
    return enqueue(
        tx,
        workspace_id=workspace_id,
        key=key,
        place=place,
        message=Message(text or key, [{"type": "divider"}]),
        due_at=now + after,
        expires_at=now + after + lasts,
        now=now,
        thread_of=thread_of,
    )


def row(database: Database, key: str, workspace_id: str = "T1") -> Delivery:
    """A delivery as it stands."""
    with database.begin() as tx:
        delivery = delivery_with_key(tx, workspace_id=workspace_id, key=key)
    assert delivery is not None
    return delivery
