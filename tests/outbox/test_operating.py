"""What an operator changes by hand, on both databases."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.clock import MovableClock
from bot.db.database import Database
from bot.errors import NotFound, Refused
from bot.outbox.model import Delivery
from bot.outbox.operating import call_off, retry, workspace_of
from bot.outbox.queue import cancel, revise, withhold
from bot.outbox.rules import LOOK_AFTER, State
from bot.outbox.sender import Sender
from bot.slack.message import Message
from tests.outbox.slack import FakeSlack, Killed, owe, row

Run = Callable[[float], None]
Owed = Callable[..., None]
HOUR = timedelta(hours=1)


@pytest.fixture
def owed(database: Database, clock: MovableClock) -> Owed:
    """Owes a message."""

    def enqueue(key: str, **details: object) -> None:
        with database.begin() as tx:
            owe(tx, key, clock.now(), **details)  # type: ignore[arg-type]

    return enqueue


def again(database: Database, clock: MovableClock, key: str) -> State:
    with database.begin() as tx:
        return retry(tx, workspace_id="T1", key=key, by="ana", lasts=HOUR, now=clock.now()).state


def test_what_expired_untried_is_sent_and_keeps_who_asked(
    database: Database, clock: MovableClock, slack: FakeSlack, owed: Owed, run_for: Run, sender: Sender
) -> None:
    owed("k", lasts=timedelta(seconds=10))
    clock.advance(timedelta(seconds=20))
    sender.reconcile_due()
    assert row(database, "k").state == State.EXPIRED
    assert again(database, clock, "k") == State.OWED
    assert row(database, "k").expires_at == clock.now() + HOUR
    run_for(10)
    sent = row(database, "k")
    assert (slack.texts(), sent.state) == (["k"], State.SENT)
    assert sent.reason == (
        "Tried again at the request of ana. Before, it had expired. "
        "Rhythm was not running, or other messages went first."
    )
    assert slack.times("look") == []


def test_what_slack_refused_is_looked_for_and_then_sent(
    database: Database, clock: MovableClock, slack: FakeSlack, owed: Owed, run_for: Run
) -> None:
    slack.refuses["C1"] = "is_archived"
    owed("k")
    run_for(5)
    assert row(database, "k").state == State.FAILED
    slack.refuses.clear()
    assert again(database, clock, "k") == State.POSTING
    run_for(300)
    assert (slack.texts(), row(database, "k").state) == (["k"], State.SENT)
    assert len(slack.times("look")) == 2


def test_what_was_posted_though_nobody_knew_is_found_and_not_posted_again(
    database: Database, clock: MovableClock, slack: FakeSlack, owed: Owed, run_for: Run
) -> None:
    slack.faults.append("timeout after")
    slack.look_faults.append("refused missing_scope")
    owed("k")
    run_for(200)
    assert row(database, "k").state == State.FAILED
    assert "may or may not have arrived" in (row(database, "k").reason or "")
    again(database, clock, "k")
    run_for(300)
    assert (slack.texts(), row(database, "k").state) == (["k"], State.SENT)
    assert len(slack.times("post")) == 1


def test_a_look_waits_until_history_must_show_the_message(
    database: Database, clock: MovableClock, slack: FakeSlack, owed: Owed, run_for: Run
) -> None:
    slack.refuses["C1"] = "is_archived"
    owed("k")
    run_for(1)
    again(database, clock, "k")
    intent_at = row(database, "k").intent_at
    assert intent_at is not None
    assert row(database, "k").next_try_at == intent_at + LOOK_AFTER


def test_a_refused_change_is_simply_made_again(
    database: Database, clock: MovableClock, slack: FakeSlack, owed: Owed, run_for: Run
) -> None:
    owed("k")
    run_for(5)
    now = clock.now()
    with database.begin() as tx:
        revise(tx, workspace_id="T1", key="k", message=Message("new", []), now=now, expires_at=now + HOUR)
    slack.faults.append("refused edit_window_closed")
    run_for(5)
    assert row(database, "k#r1").state == State.FAILED
    assert again(database, clock, "k#r1") == State.OWED
    run_for(5)
    assert slack.texts() == ["new"]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (State.SENT, "k was sent. Rhythm never sends a message twice."),
        (State.OWED, "k is owed, and is tried by itself"),
        (State.LEASED, "k is owed, and is tried by itself"),
        (State.POSTING, "k may be out. Rhythm looks for it"),
        (State.CANCELLED, "k is not wanted any more"),
        (State.WITHHELD, "k is not wanted any more"),
    ],
)
def test_anything_else_is_left_alone_with_the_reason(
    database: Database, clock: MovableClock, owed: Owed, state: State, sentence: str
) -> None:
    owed("k")
    with database.begin() as tx:
        tx.execute(update(Delivery).values(state=state))
    with pytest.raises(Refused, match=sentence):
        again(database, clock, "k")
    assert row(database, "k").state == state


def test_what_was_called_off_while_it_was_on_its_way_is_not_wanted(
    database: Database, clock: MovableClock, owed: Owed
) -> None:
    owed("k")
    with database.begin() as tx:
        tx.execute(update(Delivery).values(state=State.FAILED, end_as=State.CANCELLED))
    with pytest.raises(Refused, match="not wanted any more"):
        again(database, clock, "k")


def test_an_answer_in_a_thread_waits_for_the_message_above_it(
    database: Database, clock: MovableClock, owed: Owed
) -> None:
    owed("first")
    owed("second", thread_of="first")
    with database.begin() as tx:
        tx.execute(update(Delivery).values(state=State.EXPIRED))
    with pytest.raises(Refused, match=r"second goes with first, which was not sent. Retry that one first."):
        again(database, clock, "second")
    again(database, clock, "first")
    assert again(database, clock, "second") == State.OWED


def test_what_is_owed_is_called_off_by_name(
    database: Database, clock: MovableClock, slack: FakeSlack, owed: Owed, run_for: Run
) -> None:
    owed("k")
    with database.begin() as tx:
        assert call_off(tx, workspace_id="T1", key="k", by="ana", now=clock.now())
    run_for(5)
    ended = row(database, "k")
    assert (slack.texts(), ended.state, ended.reason) == (
        [],
        State.CANCELLED,
        "Called off by ana, at the command line.",
    )


def test_what_may_be_out_is_called_off_only_if_it_turns_out_not_to_be(
    database: Database, clock: MovableClock, slack: FakeSlack, sender: Sender, owed: Owed, run_for: Run
) -> None:
    owed("k")
    slack.faults.append("killed before")
    with pytest.raises(Killed):
        sender.send_due()
    with database.begin() as tx:
        assert not call_off(tx, workspace_id="T1", key="k", by="ana", now=clock.now())
    run_for(300)
    assert (slack.texts(), row(database, "k").state) == ([], State.CANCELLED)


@pytest.mark.parametrize("end", [cancel, withhold])
def test_what_has_ended_cannot_be_called_off(
    database: Database, clock: MovableClock, owed: Owed, end: Callable[..., bool]
) -> None:
    owed("k")
    with database.begin() as tx:
        end(tx, workspace_id="T1", key="k", reason="It is closed.", now=clock.now())
    with database.begin() as tx, pytest.raises(Refused, match="nothing left to cancel"):
        call_off(tx, workspace_id="T1", key="k", by="ana", now=clock.now())
    assert row(database, "k").reason == "It is closed."


def test_a_key_belongs_to_one_workspace_or_is_asked_about(database: Database, clock: MovableClock, owed: Owed) -> None:
    owed("k")
    with database.begin() as tx:
        assert workspace_of(tx, "k", None) == "T1"
    owed("k", workspace_id="T2")
    with database.begin() as tx:
        assert workspace_of(tx, "k", "T2") == "T2"
        with pytest.raises(Refused, match="Several workspaces have the key k: T1, T2"):
            workspace_of(tx, "k", None)
        for key, named in (("nowhere", None), ("k", "T3")):
            with pytest.raises(NotFound):
                workspace_of(tx, key, named)
        with pytest.raises(NotFound):
            retry(tx, workspace_id="T1", key="nowhere", by="ana", lasts=HOUR, now=clock.now())


FAULTS = ["timeout before", "timeout after", "reset after", "refused is_archived", "unreachable", "429 9"]
LOOK_FAULTS = ["refused missing_scope", "timeout", "429 20"]


def test_however_often_an_operator_retries_a_message_appears_once(
    database: Database, clock: MovableClock, slack: FakeSlack, sender: Sender, owed: Owed, run_for: Run
) -> None:
    """Bad weather, in which messages fail and expire, out or not; an operator asks again at any moment; then good."""
    revived = 0
    for seed in range(12):
        chance, key = random.Random(seed), f"k{seed}"
        slack.lag = timedelta(seconds=chance.uniform(0, 110))
        owed(key, place=f"C{seed}", lasts=timedelta(seconds=chance.uniform(10, 600)))
        for _ in range(12):
            slack.faults.extend(chance.sample(FAULTS, chance.randrange(2)))
            slack.look_faults.extend(chance.sample(LOOK_FAULTS, chance.randrange(2)))
            chance.choice([sender.send_due, sender.reconcile_due])()
            revived += is_revived(database, clock, key)
            clock.advance(timedelta(seconds=chance.uniform(0, 100)))
        slack.faults.clear()
        slack.look_faults.clear()
        run_for(600)
        is_revived(database, clock, key)
        run_for(600)
        assert slack.texts(f"C{seed}") == [key], f"seed {seed}"
    assert revived > 10


def is_revived(database: Database, clock: MovableClock, key: str) -> bool:
    try:
        again(database, clock, key)
    except Refused:
        return False
    return True
