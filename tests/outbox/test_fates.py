"""What became of deliveries, for operators, on both databases."""

from datetime import timedelta

from sqlalchemy import update

from bot.clock import MovableClock
from bot.db.database import Database
from bot.outbox.fates import fates_standing
from bot.outbox.model import Delivery
from bot.outbox.rules import LEASE, STANDINGS, State
from tests.outbox.slack import owe

MINUTE = timedelta(minutes=1)


def put(
    database: Database, clock: MovableClock, key: str, state: State, minutes: int = 0, *, held: bool = False
) -> None:
    """A delivery in that state, due so many minutes from now."""
    with database.begin() as tx:
        made = owe(tx, key, clock.now(), after=minutes * MINUTE)
        lease = clock.now() + LEASE if held else None
        tx.execute(update(Delivery).where(Delivery.id == made.id).values(state=state, leased_until=lease))


def keys(database: Database, clock: MovableClock, *standings: str, prefix: str = "", limit: int = 50) -> list[str]:
    with database.read() as tx:
        found = fates_standing(tx, standings=standings, prefix=prefix, limit=limit, now=clock.now())
    return [fate.key for fate in found]


def test_what_is_owed_longest_comes_first_then_what_ended_last(database: Database, clock: MovableClock) -> None:
    for key, state, minutes in (
        ("sent:1", State.SENT, 0),
        ("owed:late", State.OWED, -5),
        ("failed:2", State.FAILED, -9),
        ("owed:later", State.LEASED, 5),
        ("owed:oldest", State.OWED, -30),
    ):
        put(database, clock, key, state, minutes)
    everything = ["owed:oldest", "owed:late", "owed:later", "failed:2", "sent:1"]
    assert keys(database, clock) == everything
    assert [keys(database, clock, limit=limit) for limit in (1, 3, 4)] == [everything[:n] for n in (1, 3, 4)]


def test_each_standing_is_found_by_its_name(database: Database, clock: MovableClock) -> None:
    for state in State:
        put(database, clock, f"{state}:1", state, held=True)
    put(database, clock, "unknown:1", State.POSTING)
    for standing in STANDINGS:
        assert keys(database, clock, standing) == [f"{standing}:1"]
    assert set(keys(database, clock, "failed", "unknown")) == {"failed:1", "unknown:1"}
    assert len(keys(database, clock)) == len(STANDINGS)


def test_a_lease_that_ran_out_makes_a_posting_unknown(database: Database, clock: MovableClock) -> None:
    put(database, clock, "k", State.POSTING, held=True)
    assert keys(database, clock, "unknown") == []
    clock.advance(LEASE)
    assert keys(database, clock, "unknown") == ["k"]
    with database.read() as tx:
        [fate] = fates_standing(tx, now=clock.now())
    assert fate.standing(clock.now()) == "unknown"
    assert fate.standing(clock.now() - LEASE) == "posting"


def test_a_beginning_of_keys_is_no_pattern(database: Database, clock: MovableClock) -> None:
    for key in ("checkin:U1:a", "checkin:U2:a", "check%:x"):
        put(database, clock, key, State.OWED)
    assert keys(database, clock, prefix="checkin:U1") == ["checkin:U1:a"]
    assert keys(database, clock, prefix="check%") == ["check%:x"]
    assert keys(database, clock, prefix="heckin") == []


def test_one_workspace_is_shown_alone(database: Database, clock: MovableClock) -> None:
    with database.begin() as tx:
        owe(tx, "k", clock.now())
        owe(tx, "k", clock.now(), workspace_id="T2")
        assert [one.workspace_id for one in fates_standing(tx, workspace_id="T2", now=clock.now())] == ["T2"]
