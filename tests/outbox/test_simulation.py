"""A small simulated world, lived again and again: several senders, a Slack that fails in every way, and kills anywhere.

Whatever happens, each message appears once, none is lost, and a delivery that ended never changes again. A naive
sender, which repeats what was not answered, fails the same test: the test can see what it is looking for.

One thing this world does not do, because nobody can guard against it: it does not freeze a process for minutes between
its last look at the lease and the moment its call reaches Slack. An answer may take as long as it likes.
"""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, event, select

from bot.clock import MovableClock
from bot.db.base import Base
from bot.db.database import Database, Tx
from bot.errors import MemoryAway
from bot.outbox.claims import Held
from bot.outbox.model import Delivery, DirectChannel, Lane
from bot.outbox.posting import NotSent, Unknown
from bot.outbox.queries import next_send_at, owed_by
from bot.outbox.rules import TERMINAL, State
from bot.outbox.sender import Sender
from bot.workspaces.model import Workspace
from tests.outbox.slack import PACE, FakeSlack, Killed, owe

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
FAULTS = [
    "http_500 before",
    "http_500 after",
    "timeout before",
    "timeout after",
    "reset before",
    "reset after",
    "429 7",
    "unreachable",
    "blocks refused",
    "unforeseen",
    "killed before",
    "killed after",
]
KEYS = [f"k{number}" for number in range(5)]
LIVES = 25
LOOK_FAULTS = ["timeout", "http_500", "429 20", "killed"]


class MortalDatabase(Database):
    """A database at whose every transaction the process may die, before or after the commit, or lose touch."""

    chance: random.Random | None = None

    @contextmanager
    def begin(self) -> Iterator[Tx]:
        if self._dies():
            raise Killed
        with super().begin() as tx:
            yield tx
            if self._dies():
                raise Killed
        if self._dies():
            raise Killed
        if self._dies():
            raise MemoryAway("the answer to the commit was lost")

    def _dies(self) -> bool:
        return self.chance is not None and self.chance.random() < 0.01


class NaiveSender(Sender):
    """Repeats a post that was not answered, as a client with retries does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._settle.no_answer = self._repeat  # type: ignore[method-assign]

    def _repeat(self, held: Held, cause: str) -> None:
        self._settle.hand_back(held)


class HastySender(Sender):
    """Looks at once, and only once: the history lags behind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._settle.no_answer = self._look_at_once  # type: ignore[method-assign]

    def _look_at_once(self, held: Held, cause: str) -> None:
        since = self._clock.now() - timedelta(days=1)
        try:
            found = self._poster.look(
                held.workspace_id, channel=held.channel or "", since=since, uid=held.uid, thread_ts=held.parent_ts
            )
        except (Unknown, NotSent):
            return
        if found is None:
            self._settle.hand_back(held)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[MortalDatabase, MovableClock]]:
    clock = MovableClock(START, frozen=True)
    database = MortalDatabase(f"sqlite:///{tmp_path_factory.mktemp('world') / 'world.db'}", clock)

    @event.listens_for(database.engine, "connect")
    def forget_safety(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    Base.metadata.create_all(database.engine)
    with database.begin() as tx:
        tx.add(Workspace(id="T1", name="T1", bot_user_id="UBOT", created_at=clock.now()))
    yield database, clock
    database.dispose()


def live(world: tuple[MortalDatabase, MovableClock], seed: int, kind: type[Sender] = Sender) -> FakeSlack:
    """One life: five messages, three senders, faults and deaths until half time; then the weather clears.

    Answers the Slack it left behind. Raises AssertionError when a message was lost or an ended delivery changed.
    """
    database, clock = world
    chance = random.Random(seed)
    database.chance = None
    _empty(database)
    slack = FakeSlack(clock, lag=timedelta(seconds=chance.uniform(0, 110)))
    _owe_some(database, clock, chance)
    database.chance = chance

    def new_sender() -> Sender:
        return kind(database, slack, clock, PACE, chance=chance.random)

    def another_gets_ahead() -> None:
        clock.advance(timedelta(seconds=chance.uniform(0, 150)))
        step()

    def step() -> None:
        which = chance.randrange(len(senders))
        if chance.random() < 0.4:
            slack.faults.append(chance.choice(FAULTS))
        if chance.random() < 0.2:
            slack.look_faults.append(chance.choice(LOOK_FAULTS))
        if chance.random() < 0.2:
            slack.meanwhile = another_gets_ahead
        try:
            chance.choice([senders[which].send_due, senders[which].reconcile_due])()
        except (Killed, MemoryAway):
            senders[which] = new_sender()

    senders = [new_sender() for _ in range(3)]
    ended: dict[str, tuple[State, str | None]] = {}
    for _ in range(18):
        step()
        ended = _still_ended(database, ended)
        clock.advance(timedelta(seconds=chance.uniform(0, 40)))
    slack.faults.clear()
    slack.look_faults.clear()
    slack.meanwhile = lambda: None
    database.chance = None
    _finish(database, clock, new_sender())
    _still_ended(database, ended)
    return slack


def _owe_some(database: Database, clock: MovableClock, chance: random.Random) -> None:
    places = ["C1", "C2", "U1"]
    with database.begin() as tx:
        for number, key in enumerate(KEYS):
            due = timedelta(seconds=chance.uniform(0, 200))
            owe(tx, key, clock.now(), place=places[number % 3], after=due, lasts=timedelta(days=2))


def _finish(database: Database, clock: MovableClock, sender: Sender) -> None:
    end = clock.now() + timedelta(days=1)
    while True:
        while sender.send_due() + sender.reconcile_due() > 0:
            pass
        with database.begin() as tx:
            instant = next_send_at(tx, now=clock.now())
            if owed_by(tx, instant=end) == 0 or instant is None:
                return
        assert instant < end, "a message was still owed after a day of good weather"
        clock.move_to(instant)


def _still_ended(
    database: MortalDatabase, before: dict[str, tuple[State, str | None]]
) -> dict[str, tuple[State, str | None]]:
    mortal, database.chance = database.chance, None
    with database.begin() as tx:
        rows = tx.execute(select(Delivery.key, Delivery.state, Delivery.ts)).all()
    database.chance = mortal
    now = {key: (state, ts) for key, state, ts in rows if state in TERMINAL}
    assert before.items() <= now.items(), "a delivery that had ended changed"
    return now


def _empty(database: Database) -> None:
    with database.begin() as tx:
        for table in (Delivery, DirectChannel, Lane):
            tx.execute(delete(table))


def times_each(slack: FakeSlack) -> Counter[str]:
    return Counter(slack.texts())


def test_each_message_appears_once_whatever_happens(world: tuple[MortalDatabase, MovableClock]) -> None:
    for seed in range(LIVES):
        slack = live(world, seed)
        assert times_each(slack) == dict.fromkeys(KEYS, 1), f"seed {seed}"


@pytest.mark.parametrize("kind", [NaiveSender, HastySender])
def test_a_lesser_sender_would_be_found_out(world: tuple[MortalDatabase, MovableClock], kind: type[Sender]) -> None:
    doubled = sum(max(times_each(live(world, seed, kind)).values()) > 1 for seed in range(12))
    assert doubled > 0
