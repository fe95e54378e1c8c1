"""What the rest of the house does meanwhile, in a process of its own: it owes messages, rewrites and stops them."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.db.database import Tx
from bot.errors import MemoryAway
from bot.outbox.queue import cancel, enqueue, revise, withhold
from bot.slack.message import Message
from tests.simulation.memory import WORKSPACES, SimulatedDatabase
from tests.simulation.slack import ARCHIVED, GONE
from tests.simulation.world import START, Process, World

LONG = timedelta(days=2)
_PLACES = ["C1", "C1", "C2", "U1", "U1", "U2"]
_DEEDS_ABOUT_ONE = [[], [], [], ["rewrite"], ["rewrite", "rewrite"], ["cancel"], ["withhold"], ["plan again"]]


@dataclass(frozen=True)
class Wanted:
    """A message that the planner means to owe."""

    workspace_id: str
    key: str
    place: str
    due_at: datetime
    lasts: timedelta
    thread_of: str | None

    @property
    def is_refused(self) -> bool:
        """Whether Slack takes no message there."""
        return self.place in (ARCHIVED, GONE)


@dataclass(frozen=True)
class Errand:
    """One transaction of the planner's, to be done at that second."""

    at: float
    what: str
    deed: Callable[[Tx, datetime], object]


class Planner:
    """Draws what is wanted in one life, and carries it out. An errand that died with its process is done again."""

    def __init__(self, world: World, database: SimulatedDatabase) -> None:
        self._world = world
        self._database = database
        self.wanted: list[Wanted] = []
        self.stopped: set[tuple[str, str]] = set()
        """What somebody called off, whether or not that was in time."""
        errands = [errand for _ in range(world.chance.randint(2, 4)) for errand in self._draw()]
        self._errands = deque(sorted(errands, key=lambda errand: errand.at))
        self._start()

    @property
    def is_done(self) -> bool:
        """Whether no errand is left."""
        return not self._errands

    def _start(self) -> None:
        process = Process("planner")
        process.when_dead = partial(self._world.later, 5.0, self._start)
        self._world.start(process, self._work)

    def _work(self) -> None:
        while self._errands:
            errand = self._errands[0]
            self._world.sleep(max(0.0, errand.at - self._world.seconds))
            try:
                self._run(errand)
            except MemoryAway:
                self._world.sleep(5.0)
            else:
                self._errands.popleft()

    def _run(self, errand: Errand) -> None:
        with self._database.begin() as tx:
            errand.deed(tx, self._database.now(tx))
            self._world.note(f"planner: {errand.what.partition(' “')[0]}", errand.what.partition(" “")[2].rstrip("”"))

    # What is wanted

    def _draw(self) -> list[Errand]:
        """One message, and what is done about it later."""
        chance = self._world.chance
        first = self._parent() if chance.random() < 0.3 else None
        refused = chance.random() < self._world.weather.refused
        wanted = Wanted(
            workspace_id=first.workspace_id if first else chance.choice(WORKSPACES),
            key=f"k{len(self.wanted)}",
            place=first.place if first else chance.choice([ARCHIVED, GONE] if refused else _PLACES),
            due_at=START + timedelta(seconds=chance.uniform(0, 120)),
            lasts=timedelta(seconds=chance.uniform(5, 200)) if chance.random() < 0.15 else LONG,
            thread_of=first.key if first else None,
        )
        self.wanted.append(wanted)
        owed_at = min((wanted.due_at - START).total_seconds(), chance.uniform(0, 150)) if first is None else 0.01
        errands = [self._owe(owed_at, wanted, "first")]
        later = owed_at
        for number, deed in enumerate(chance.choice(_DEEDS_ABOUT_ONE)):
            later += chance.uniform(1, 120)
            errands.append(self._errand_about(deed, later, wanted, number))
        return errands

    def _parent(self) -> Wanted | None:
        """Something owed already at the beginning, in whose thread another may go."""
        return self.wanted[0] if self.wanted else None

    def _owe(self, at: float, wanted: Wanted, version: str) -> Errand:
        def deed(tx: Tx, now: datetime) -> object:
            return enqueue(
                tx,
                workspace_id=wanted.workspace_id,
                key=wanted.key,
                place=wanted.place,
                message=_message(wanted, version),
                due_at=wanted.due_at,
                expires_at=wanted.due_at + wanted.lasts,
                now=now,
                thread_of=wanted.thread_of,
            )

        is_first = not self.wanted or wanted is self.wanted[0]
        return Errand(0.0 if is_first and version == "first" else at, f"owe “{wanted.key}”", deed)

    def _errand_about(self, deed: str, at: float, wanted: Wanted, number: int) -> Errand:
        named = {"workspace_id": wanted.workspace_id, "key": wanted.key}

        def rewrite(tx: Tx, now: datetime) -> object:
            message = _message(wanted, f"rewritten {number}")
            return revise(tx, **named, message=message, now=now, expires_at=now + LONG)

        def stop(tx: Tx, now: datetime) -> object:
            self.stopped.add((wanted.workspace_id, wanted.key))
            ending = cancel if deed == "cancel" else withhold
            return ending(tx, **named, reason=f"The planner said {deed}.", now=now)

        if deed == "plan again":
            return self._owe(at, wanted, "planned again")
        return Errand(at, f"{deed} “{wanted.key}”", rewrite if deed == "rewrite" else stop)


def _message(wanted: Wanted, version: str) -> Message:
    return Message(f"{wanted.key} {version}", [{"type": "divider"}])
