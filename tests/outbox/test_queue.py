"""Owing, rewriting and stopping messages, on both databases."""

import threading
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.db.database import Database
from bot.outbox.fates import fates_at
from bot.outbox.model import Delivery
from bot.outbox.queue import cancel, enqueue, revise, withhold
from bot.outbox.rules import State
from bot.outbox.sender import Sender
from bot.slack.message import Message
from tests.outbox.slack import FakeSlack, owe, row

LATER = timedelta(hours=1)


def rewritten(database: Database, clock: MovableClock, key: str, text: str) -> str | None:
    """Revises, and answers the key of the delivery that carries the new text."""
    now = clock.now()
    with database.begin() as tx:
        found = revise(
            tx, workspace_id="T1", key=key, message=Message(text, []), now=now, expires_at=now + timedelta(hours=1)
        )
        return None if found is None else found.key


def test_the_same_key_owes_one_message(database: Database, clock: MovableClock) -> None:
    with database.begin() as tx:
        first = owe(tx, "k", clock.now())
        second = owe(tx, "k", clock.now())
        assert first.id == second.id
        assert first.uid == second.uid
        assert len(fates_at(tx, workspace_id="T1", places=["C1"], since=clock.now())) == 1


def test_the_same_key_in_another_workspace_is_another_message(database: Database, clock: MovableClock) -> None:
    with database.begin() as tx:
        assert owe(tx, "k", clock.now()).id != owe(tx, "k", clock.now(), workspace_id="T2").id


def test_planning_again_refreshes_what_nobody_touched(database: Database, clock: MovableClock) -> None:
    with database.begin() as tx:
        owe(tx, "k", clock.now(), text="old")
    with database.begin() as tx:
        again = owe(tx, "k", clock.now(), text="new", place="C2", after=LATER)
        assert (again.text, again.place, again.due_at) == ("new", "C2", clock.now() + LATER)
        assert again.next_try_at == again.due_at


def test_planning_again_leaves_what_was_sent(database: Database, clock: MovableClock, sender: Sender) -> None:
    with database.begin() as tx:
        owe(tx, "k", clock.now(), text="old")
    sender.send_due()
    with database.begin() as tx:
        again = owe(tx, "k", clock.now(), text="new", after=LATER)
        assert (again.text, again.state) == ("old", State.SENT)


def test_planning_again_leaves_what_was_tried(
    database: Database, clock: MovableClock, sender: Sender, slack: FakeSlack
) -> None:
    with database.begin() as tx:
        owe(tx, "k", clock.now(), text="old")
    slack.faults.append("429 30")
    sender.send_due()
    with database.begin() as tx:
        again = owe(tx, "k", clock.now(), text="new")
        assert (again.text, again.state) == ("old", State.OWED)
        assert again.next_try_at == clock.now() + timedelta(seconds=30)


def test_planning_again_does_not_revive_what_was_cancelled(database: Database, clock: MovableClock) -> None:
    with database.begin() as tx:
        owe(tx, "k", clock.now())
        assert cancel(tx, workspace_id="T1", key="k", reason="The outcome was closed.", now=clock.now())
        assert owe(tx, "k", clock.now()).state == State.CANCELLED


def test_nothing_is_owed_when_the_fact_was_not_saved(database: Database, clock: MovableClock) -> None:
    def change() -> None:
        with database.begin() as tx:
            owe(tx, "k", clock.now())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    with database.begin() as tx:
        assert fates_at(tx, workspace_id="T1", places=["C1"], since=clock.now()) == []


def test_a_key_that_is_too_long_is_refused(database: Database, clock: MovableClock) -> None:
    with database.begin() as tx, pytest.raises(ValueError, match="200 characters"):
        owe(tx, "k" * 201, clock.now())


def test_a_thread_needs_a_message_to_start_it(database: Database, clock: MovableClock) -> None:
    with database.begin() as tx, pytest.raises(LookupError, match="nowhere"):
        owe(tx, "k", clock.now(), thread_of="nowhere")


def test_two_planners_at_once_owe_one_message(database: Database, clock: MovableClock) -> None:
    together = threading.Barrier(4)
    ids: list[int] = []

    def plan() -> None:
        together.wait()
        with database.begin() as tx:
            ids.append(owe(tx, "k", clock.now()).id)

    planners = [threading.Thread(target=plan) for _ in range(4)]
    for planner in planners:
        planner.start()
    for planner in planners:
        planner.join()
    assert len(ids) == 4
    assert len(set(ids)) == 1


def test_rewriting_what_is_still_owed_changes_it_in_place(
    database: Database, clock: MovableClock, sender: Sender, slack: FakeSlack
) -> None:
    with database.begin() as tx:
        owe(tx, "k", clock.now(), text="old")
    assert rewritten(database, clock, "k", "new") == "k"
    sender.send_due()
    assert slack.texts() == ["new"]


def test_rewriting_what_was_sent_owes_an_update(
    database: Database, clock: MovableClock, sender: Sender, slack: FakeSlack
) -> None:
    with database.begin() as tx:
        owe(tx, "k", clock.now(), text="old")
    sender.send_due()
    assert rewritten(database, clock, "k", "new") == "k#r1"
    sender.send_due()
    assert slack.texts() == ["new"]
    assert row(database, "k#r1").ts == row(database, "k").ts
    assert rewritten(database, clock, "k", "newest") == "k#r2"


def test_the_newest_rewriting_replaces_an_earlier_one_still_owed(
    database: Database, clock: MovableClock, sender: Sender, slack: FakeSlack
) -> None:
    with database.begin() as tx:
        owe(tx, "k", clock.now(), text="old")
    sender.send_due()
    rewritten(database, clock, "k", "first")
    rewritten(database, clock, "k", "second")
    sender.send_due()
    assert slack.texts() == ["second"]
    assert slack.messages[0].times_updated == 1
    replaced = row(database, "k#r1")
    assert (replaced.state, replaced.reason) == (State.CANCELLED, "Replaced by a newer version.")


def test_there_is_nothing_to_rewrite_where_nothing_was_or_will_be_sent(database: Database, clock: MovableClock) -> None:
    assert rewritten(database, clock, "nowhere", "new") is None
    with database.begin() as tx:
        owe(tx, "k", clock.now())
        withhold(tx, workspace_id="T1", key="k", reason="Ana is away.", now=clock.now())
    assert rewritten(database, clock, "k", "new") is None
    assert row(database, "k").state == State.WITHHELD


def test_what_was_cancelled_is_not_sent_and_says_why(
    database: Database, clock: MovableClock, sender: Sender, slack: FakeSlack
) -> None:
    with database.begin() as tx:
        owe(tx, "k", clock.now())
        cancel(tx, workspace_id="T1", key="k", reason="The outcome was closed.", now=clock.now())
    sender.send_due()
    ended = row(database, "k")
    assert (slack.texts(), ended.reason, ended.ended_at) == ([], "The outcome was closed.", clock.now())


def test_what_was_sent_can_no_longer_be_cancelled(database: Database, clock: MovableClock, sender: Sender) -> None:
    with database.begin() as tx:
        owe(tx, "k", clock.now())
    sender.send_due()
    with database.begin() as tx:
        assert not cancel(tx, workspace_id="T1", key="k", reason="Too late.", now=clock.now())
    assert row(database, "k").state == State.SENT


def test_cancelling_nothing_is_no_mistake(database: Database, clock: MovableClock) -> None:
    with database.begin() as tx:
        assert not cancel(tx, workspace_id="T1", key="nowhere", reason="", now=clock.now())


def test_a_message_survives_any_words_in_it(database: Database, clock: MovableClock) -> None:
    words = "'; DROP TABLE delivery; -- \u202e \N{FAMILY} <!channel> \\u0041 " + "x" * 3000
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": words}}]
    with database.begin() as tx:
        enqueue(
            tx,
            workspace_id="T1",
            key="k",
            place="C1",
            message=Message(words, blocks),
            due_at=clock.now(),
            expires_at=clock.now(),
            now=clock.now(),
        )
    saved: Delivery = row(database, "k")
    assert saved.message == Message(words, blocks)
