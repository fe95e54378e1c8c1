"""Sending, and every way in which it can go wrong, on both databases."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from bot.clock import MovableClock
from bot.db.database import Database
from bot.errors import MemoryAway
from bot.outbox.model import Delivery, Lane
from bot.outbox.queries import counts, delivery_at, next_send_at, owed_by
from bot.outbox.queue import cancel, revise
from bot.outbox.rules import LEASE, State
from bot.outbox.sender import Sender
from bot.slack.message import Message
from tests.outbox.slack import PACE, FakeSlack, Killed, owe, row

Run = Callable[[float], None]
SECOND = timedelta(seconds=1)


@pytest.fixture
def owed(database: Database, clock: MovableClock) -> Callable[..., None]:
    """Owes messages, one a transaction."""

    def owing(*keys: str, **how: object) -> None:
        for key in keys:
            with database.begin() as tx:
                owe(tx, key, clock.now(), **how)  # type: ignore[arg-type]

    return owing


Owed = Callable[..., None]


def test_what_is_due_is_sent_once(
    database: Database, sender: Sender, slack: FakeSlack, clock: MovableClock, owed: Owed, run_for: Run
) -> None:
    owed("k")
    assert sender.send_due() == 1
    run_for(300)
    assert slack.texts() == ["k"]
    sent = row(database, "k")
    assert (sent.state, sent.channel, sent.ts) == (State.SENT, "C1", slack.messages[0].ts)
    assert sent.reason is None
    with database.begin() as tx:
        assert delivery_at(tx, workspace_id="T1", channel="C1", ts=sent.ts or "") is not None


def test_what_is_due_later_waits(sender: Sender, slack: FakeSlack, clock: MovableClock, owed: Owed) -> None:
    owed("k", after=timedelta(hours=1))
    assert sender.send_due() == 0
    clock.advance(timedelta(minutes=59, seconds=59))
    assert sender.send_due() == 0
    clock.advance(SECOND)
    assert sender.send_due() == 1
    assert slack.texts() == ["k"]


def test_a_person_gets_a_direct_message_and_the_channel_is_remembered(
    slack: FakeSlack, owed: Owed, run_for: Run
) -> None:
    owed("k1", "k2", place="U7")
    run_for(5)
    assert slack.texts("DU7") == ["k1", "k2"]
    assert len(slack.times("open")) == 1


def test_a_reply_waits_for_the_message_that_starts_its_thread(
    slack: FakeSlack, owed: Owed, run_for: Run, clock: MovableClock
) -> None:
    owed("first", place="U7", after=timedelta(seconds=60))
    owed("reply", place="U7", thread_of="first")
    run_for(30)
    assert slack.texts() == []
    run_for(40)
    assert slack.texts() == ["first", "reply"]
    assert slack.messages[1].thread_ts == slack.messages[0].ts


def test_what_goes_with_a_message_that_failed_is_dropped(
    database: Database, slack: FakeSlack, owed: Owed, run_for: Run
) -> None:
    slack.refuses["C1"] = "is_archived"
    owed("first")
    owed("reply", thread_of="first")
    run_for(10)
    reply = row(database, "reply")
    assert (reply.state, reply.reason) == (State.CANCELLED, "The message it goes with was not sent.")


def test_a_refusal_is_final_and_says_what_to_do(database: Database, slack: FakeSlack, owed: Owed, run_for: Run) -> None:
    slack.refuses["C1"] = "not_in_channel"
    owed("k")
    run_for(300)
    failed = row(database, "k")
    assert failed.state == State.FAILED
    assert failed.reason == "Rhythm is not in that channel: invite it with /invite @rhythm."
    assert len(slack.times("post")) == 1


def test_a_person_who_left_is_a_failure_before_any_post(
    database: Database, slack: FakeSlack, owed: Owed, run_for: Run
) -> None:
    slack.refuses["U7"] = "user_disabled"
    owed("k", place="U7")
    run_for(10)
    assert row(database, "k").state == State.FAILED
    assert slack.times("post") == []


def test_a_retry_after_is_obeyed_to_the_second_by_the_whole_workspace(
    slack: FakeSlack, owed: Owed, run_for: Run, clock: MovableClock
) -> None:
    start = clock.now()
    slack.faults.append("429 30")
    owed("k1")
    owed("k2", place="C2")
    owed("other", workspace_id="T2")
    run_for(60)
    assert sorted(slack.texts()) == ["k1", "k2", "other"]
    of_t1 = [at for workspace_id, _, at in slack.calls if workspace_id == "T1"]
    assert of_t1[0] == start
    assert of_t1[1] == start + timedelta(seconds=30)
    assert next(at for workspace_id, _, at in slack.calls if workspace_id == "T2") == start


@pytest.mark.parametrize("fault", ["http_500 after", "timeout after", "reset after", "internal_error after"])
def test_a_message_that_slack_took_without_saying_so_is_found_not_repeated(
    database: Database, slack: FakeSlack, owed: Owed, run_for: Run, fault: str
) -> None:
    slack.faults.append(fault)
    owed("k")
    run_for(300)
    assert slack.texts() == ["k"]
    assert row(database, "k").state == State.SENT
    assert row(database, "k").ts == slack.messages[0].ts


@pytest.mark.parametrize("fault", ["http_500 before", "timeout before"])
def test_a_message_that_slack_dropped_is_posted_after_two_looks(
    slack: FakeSlack, owed: Owed, run_for: Run, clock: MovableClock, fault: str
) -> None:
    slack.faults.append(fault)
    owed("k")
    run_for(300)
    assert slack.texts() == ["k"]
    first, second = slack.times("look")
    attempt, repeat = slack.times("post")
    assert first - attempt >= timedelta(seconds=90)
    assert second - first >= timedelta(seconds=30)
    assert repeat >= second


def test_a_history_that_lags_does_not_double_a_message(slack: FakeSlack, owed: Owed, run_for: Run) -> None:
    slack.lag = timedelta(seconds=110)
    slack.faults.append("timeout after")
    owed("k")
    run_for(600)
    assert slack.texts() == ["k"]


def test_a_message_in_a_thread_is_looked_for_in_the_thread(slack: FakeSlack, owed: Owed, run_for: Run) -> None:
    slack.faults.extend(["", "timeout after"])
    owed("first")
    owed("reply", thread_of="first")
    run_for(300)
    assert slack.texts() == ["first", "reply"]


def test_a_look_goes_on_from_page_to_page_at_the_pace_of_history(
    slack: FakeSlack, owed: Owed, run_for: Run, database: Database
) -> None:
    slack.faults.append("timeout after")
    owed("lost from sight")
    run_for(1)
    for number in range(5):
        owed(f"later {number}")
    run_for(30)
    slack.page_size = 1
    run_for(300)
    assert row(database, "lost from sight").state == State.SENT
    assert len(slack.times("look")) == 6
    assert len(slack.texts()) == 6


def test_what_is_on_no_page_is_posted_after_two_whole_looks(
    slack: FakeSlack, owed: Owed, run_for: Run, database: Database
) -> None:
    slack.faults.append("timeout before")
    owed("dropped")
    run_for(1)
    for number in range(3):
        owed(f"later {number}")
    run_for(30)
    slack.page_size = 2
    run_for(300)
    assert len(slack.times("look")) == 4
    assert slack.texts().count("dropped") == 1


def test_a_look_that_does_not_work_counts_as_no_look(
    slack: FakeSlack, owed: Owed, run_for: Run, database: Database
) -> None:
    slack.faults.append("timeout after")
    slack.look_faults.extend(["timeout", "429 60", "http_500"])
    owed("k")
    run_for(900)
    assert slack.texts() == ["k"]
    assert row(database, "k").state == State.SENT


def test_a_look_that_is_refused_ends_in_words_that_say_so(
    slack: FakeSlack, owed: Owed, run_for: Run, database: Database
) -> None:
    slack.faults.append("timeout after")
    slack.look_faults.append("refused missing_scope")
    owed("k")
    run_for(300)
    failed = row(database, "k")
    assert failed.state == State.FAILED
    assert (failed.reason or "").startswith("It may or may not have arrived")


def test_looking_forever_comes_to_an_end(
    slack: FakeSlack, owed: Owed, sender: Sender, database: Database, clock: MovableClock
) -> None:
    slack.faults.append("timeout after")
    slack.look_faults.extend(["timeout"] * 1000)
    owed("k")
    sender.send_due()
    for _ in range(60):
        clock.advance(timedelta(hours=1))
        sender.reconcile_due()
    assert row(database, "k").state == State.FAILED


def test_a_slack_that_cannot_be_reached_is_tried_again(slack: FakeSlack, owed: Owed, run_for: Run) -> None:
    slack.faults.extend(["unreachable"] * 3)
    owed("k")
    run_for(60)
    assert slack.texts() == ["k"]


def test_blocks_that_slack_refuses_are_left_out(database: Database, slack: FakeSlack, owed: Owed, run_for: Run) -> None:
    slack.faults.append("blocks refused")
    owed("k")
    run_for(10)
    assert [stored.message for stored in slack.messages] == [Message("k", [])]
    assert row(database, "k").plain


def test_what_could_not_be_sent_in_time_expires_with_the_reason(
    database: Database, slack: FakeSlack, owed: Owed, run_for: Run
) -> None:
    slack.faults.extend(["unreachable"] * 100)
    owed("k", lasts=timedelta(seconds=60))
    run_for(120)
    expired = row(database, "k")
    assert expired.state == State.EXPIRED
    assert expired.reason == "Slack could not be reached."
    assert slack.texts() == []


def test_a_row_that_fails_unexpectedly_does_not_starve_the_rest(slack: FakeSlack, owed: Owed, run_for: Run) -> None:
    slack.faults.append("unforeseen")
    owed("broken")
    owed("k", place="C2")
    run_for(5)
    assert slack.texts() == ["k"]
    run_for(300)
    assert slack.texts() == ["k", "broken"]


def test_a_row_that_cannot_be_read_does_not_starve_the_rest(
    database: Database, slack: FakeSlack, owed: Owed, run_for: Run
) -> None:
    owed("unreadable", lasts=timedelta(minutes=2))
    owed("k", place="C2")
    unreadable = "blocks = 'not json'" if database.is_sqlite else "end_as = 'nonsense'"
    with database.begin() as tx:
        tx.execute(text(f"UPDATE delivery SET {unreadable} WHERE key = 'unreadable'"))
    run_for(200)
    assert slack.texts() == ["k"]
    assert row_state(database, "unreadable") == "expired"


def row_state(database: Database, key: str) -> str:
    with database.begin() as tx:
        return str(tx.execute(text("SELECT state FROM delivery WHERE key = :key"), {"key": key}).scalar_one())


@pytest.mark.parametrize("fault", ["killed before", "killed after"])
def test_a_process_that_dies_while_posting_neither_loses_nor_repeats(
    database: Database, slack: FakeSlack, owed: Owed, sender: Sender, run_for: Run, fault: str
) -> None:
    slack.faults.append(fault)
    owed("k")
    with pytest.raises(Killed):
        sender.send_due()
    assert row(database, "k").state == State.POSTING
    run_for(300)
    assert slack.texts() == ["k"]
    assert row(database, "k").state == State.SENT


def test_what_a_vanished_sender_had_leased_is_owed_again(
    database: Database, slack: FakeSlack, owed: Owed, clock: MovableClock, run_for: Run
) -> None:
    owed("k", place="U7")

    class Vanishing(FakeSlack):
        def open_dm(self, workspace_id: str, *, person_id: str) -> str:
            raise Killed

    with pytest.raises(Killed):
        Sender(database, Vanishing(clock), clock, PACE).send_due()
    assert row(database, "k").state == State.LEASED
    run_for(90)
    assert slack.texts() == ["k"]


@pytest.mark.parametrize("until", [None, timedelta(days=400)])
def test_a_lease_without_a_plausible_end_does_not_hold_a_row_for_ever(
    database: Database, slack: FakeSlack, owed: Owed, clock: MovableClock, run_for: Run, until: timedelta | None
) -> None:
    owed("k")
    leased_until = None if until is None else clock.now() + until
    with database.begin() as tx:
        tx.execute(update(Delivery).values(state=State.LEASED, lease_token="x", leased_until=leased_until))
    run_for(10)
    assert slack.texts() == ["k"]


def test_times_written_by_a_wrong_clock_are_forgotten(
    database: Database, slack: FakeSlack, owed: Owed, clock: MovableClock, run_for: Run
) -> None:
    owed("k")
    wrong = clock.now() + timedelta(days=400)
    with database.begin() as tx:
        tx.execute(update(Delivery).values(attempts=1, next_try_at=wrong))
        tx.execute(update(Lane).values(next_at=wrong, blocked_until=wrong))
    run_for(10)
    assert slack.texts() == ["k"]


def test_a_sender_whose_lease_was_taken_over_writes_nothing(
    database: Database, slack: FakeSlack, owed: Owed, clock: MovableClock, sender: Sender
) -> None:
    owed("k")
    other = Sender(database, slack, clock, PACE)

    def frozen_for_long() -> None:
        clock.advance(timedelta(seconds=100))
        other.reconcile_due()
        clock.advance(timedelta(seconds=31))
        other.reconcile_due()
        clock.advance(timedelta(seconds=31))
        slack.refuses["C1"] = "is_archived"
        other.send_due()
        del slack.refuses["C1"]

    slack.meanwhile = frozen_for_long
    slack.faults.append("429")
    sender.send_due()
    assert row(database, "k").state == State.FAILED


def test_a_call_does_not_begin_when_the_lease_is_nearly_over(
    database: Database, slack: FakeSlack, owed: Owed, clock: MovableClock
) -> None:
    owed("k", place="U7")

    class Slow(FakeSlack):
        def open_dm(self, workspace_id: str, *, person_id: str) -> str:
            clock.advance(LEASE - timedelta(seconds=15))
            return "DU7"

    slow = Slow(clock)
    Sender(database, slow, clock, PACE, timeout=10.0).send_due()
    assert slow.calls[0][1] == "post"
    assert len(slow.messages) == 1
    assert row(database, "k").attempts == 1


def test_a_stopping_sender_finishes_the_message_in_hand_and_takes_no_other(
    database: Database, slack: FakeSlack, owed: Owed, sender: Sender
) -> None:
    owed("k1")
    owed("k2", place="C2")
    slack.meanwhile = sender.stop
    sender.send_due()
    assert slack.texts() == ["k1"]
    assert (row(database, "k2").state, row(database, "k2").attempts) == (State.OWED, 0)
    assert sender.send_due() == 0


def test_what_the_pace_lets_through_at_once_is_sent_together_and_each_is_intended_before(
    database: Database, slack: FakeSlack, owed: Owed, sender: Sender
) -> None:
    owed("k1")
    owed("k2", place="C2")
    owed("k3", place="C3")
    standing: list[State] = []
    slack.meanwhile = lambda: standing.extend(row(database, key).state for key in ("k1", "k2", "k3"))
    assert sender.send_due() == 3
    assert standing == [State.POSTING] * 3
    assert slack.texts() == ["k1", "k2", "k3"]
    assert {row(database, key).state for key in ("k1", "k2", "k3")} == {State.SENT}


def test_after_a_429_nothing_more_of_what_was_taken_together_is_posted(
    database: Database, slack: FakeSlack, owed: Owed, sender: Sender
) -> None:
    slack.faults.extend(["", "429 30"])
    for number in range(1, 4):
        owed(f"k{number}", place=f"C{number}")
    sender.send_due()
    assert slack.texts() == ["k1"]
    assert len(slack.times("post")) == 2
    assert [row(database, key).state for key in ("k1", "k2", "k3")] == [State.SENT, State.OWED, State.OWED]
    assert row(database, "k3").attempts == 0


def test_a_stopping_sender_hands_back_what_it_has_not_begun_to_post(
    database: Database,
    slack: FakeSlack,
    owed: Owed,
    clock: MovableClock,
    sender: Sender,
    lines: list[dict[str, object]],
) -> None:
    owed("k", place="U7")
    released: list[int] = []

    class Stopping(FakeSlack):
        def open_dm(self, workspace_id: str, *, person_id: str) -> str:
            released.append(stopping.release())
            return "DU7"

    stopped = Stopping(clock)
    stopping = Sender(database, stopped, clock, PACE)
    stopping.send_due()
    assert (released, stopped.texts()) == ([1], [])
    assert [line["event"] for line in lines] == ["lease lost before posting"]
    assert (row(database, "k").state, row(database, "k").attempts) == (State.OWED, 0)
    clock.advance(SECOND)
    sender.send_due()
    assert slack.texts() == ["k"]


def test_a_message_cancelled_while_its_fate_is_unknown_is_not_repeated(
    database: Database, slack: FakeSlack, owed: Owed, run_for: Run, clock: MovableClock
) -> None:
    slack.faults.append("timeout before")
    owed("k")
    run_for(5)
    with database.begin() as tx:
        assert not cancel(tx, workspace_id="T1", key="k", reason="The outcome was closed.", now=clock.now())
    run_for(300)
    ended = row(database, "k")
    assert (slack.texts(), ended.state, ended.reason) == ([], State.CANCELLED, "The outcome was closed.")


def rewrite(database: Database, clock: MovableClock, words: str) -> None:
    with database.begin() as tx:
        now = clock.now()
        revise(tx, workspace_id="T1", key="k", message=Message(words, []), now=now, expires_at=now + timedelta(hours=1))


@pytest.mark.parametrize("fault", ["timeout before", "timeout after", "429 5", "unreachable"])
def test_an_update_that_went_wrong_is_simply_repeated(
    slack: FakeSlack, owed: Owed, run_for: Run, database: Database, clock: MovableClock, fault: str
) -> None:
    slack.faults.extend(["", fault])
    owed("k")
    run_for(1)
    rewrite(database, clock, "new")
    run_for(30)
    assert slack.texts() == ["new"]
    assert slack.times("look") == []


def test_the_newest_update_is_the_last_to_arrive_whatever_happens_to_the_earlier_one(
    slack: FakeSlack, owed: Owed, run_for: Run, database: Database, clock: MovableClock
) -> None:
    slack.faults.extend(["", "timeout before"])
    owed("k")
    run_for(1)
    rewrite(database, clock, "first")
    slack.meanwhile = lambda: rewrite(database, clock, "second")
    run_for(120)
    assert slack.texts() == ["second"]
    assert row(database, "k#r1").state == State.CANCELLED


def test_an_update_waits_while_nobody_knows_whether_its_message_is_out(
    slack: FakeSlack, owed: Owed, run_for: Run, database: Database, clock: MovableClock
) -> None:
    slack.faults.append("timeout after")
    owed("k")
    run_for(1)
    rewrite(database, clock, "new")
    run_for(200)
    assert slack.texts() == ["new"]


def test_posts_keep_the_pace_of_channel_and_workspace(
    slack: FakeSlack, owed: Owed, run_for: Run, clock: MovableClock
) -> None:
    owed(*(f"a{n}" for n in range(10)), place="CA")
    for n in range(60):
        owed(f"b{n}", place=f"CB{n}")
    run_for(30)
    assert len(slack.messages) == 70
    posts = slack.times("post")
    for first, start in enumerate(posts):
        within = [at for at in posts[first:] if at - start < timedelta(seconds=10)]
        assert len(within) <= 10 * 4 + 5
    in_a = [stored.stored_at for stored in slack.messages if stored.channel == "CA"]
    assert in_a[-1] - in_a[0] >= timedelta(seconds=8.5)


def test_a_small_workspace_does_not_wait_behind_a_large_one(
    slack: FakeSlack, owed: Owed, run_for: Run, clock: MovableClock
) -> None:
    for n in range(100):
        owed(f"k{n}", place=f"C{n}")
    owed("small", workspace_id="T2")
    run_for(2)
    assert "small" in slack.texts()


def test_several_senders_at_once_send_each_message_once(
    database: Database, slack: FakeSlack, owed: Owed, clock: MovableClock
) -> None:
    for n in range(24):
        owed(f"k{n}", place=f"C{n}")
    done = threading.Event()

    def work() -> None:
        worker = Sender(database, slack, clock, PACE)
        while not done.wait(0.01):
            with suppress(MemoryAway):
                worker.send_due()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    with_rows_left = True
    while with_rows_left and not done.wait(0.02):
        clock.advance(timedelta(seconds=0.5))
        with database.begin() as tx:
            with_rows_left = owed_by(tx, instant=clock.now()) > 0
    done.set()
    for worker in workers:
        worker.join()
    assert sorted(slack.texts()) == sorted(f"k{n}" for n in range(24))


def test_a_clock_moved_from_step_to_step_sends_everything_due_on_the_way(
    database: Database, slack: FakeSlack, owed: Owed, clock: MovableClock, sender: Sender
) -> None:
    owed("soon", after=timedelta(hours=2))
    owed("later", after=timedelta(days=2))
    owed("reply", thread_of="later", after=timedelta(hours=3), lasts=timedelta(days=30))
    owed("unknown", place="C2", after=timedelta(hours=4))
    slack.faults.extend(["", "timeout before"])
    steps = 0
    while True:
        while sender.send_due() + sender.reconcile_due() > 0:
            pass
        with database.begin() as tx:
            instant = next_send_at(tx, now=clock.now())
        if instant is None:
            break
        steps += 1
        clock.move_to(instant)
    assert slack.texts() == ["soon", "unknown", "later", "reply"]
    assert steps < 12
    with database.begin() as tx:
        assert owed_by(tx, instant=clock.now()) == 0


def test_the_counts_say_how_the_outbox_is_doing(
    database: Database, owed: Owed, clock: MovableClock, sender: Sender
) -> None:
    owed("sent")
    sender.send_due()
    owed("waiting")
    owed("planned", after=timedelta(days=1))
    with database.begin() as tx:
        found = counts(tx, now=clock.now())
    assert found.by_state[State.SENT] == 1
    assert found.by_state[State.OWED] == 2
    assert found.by_state[State.FAILED] == 0
    assert found.oldest_due_at == clock.now()


def test_the_log_names_the_delivery_and_never_says_what_it_says(
    owed: Owed, run_for: Run, slack: FakeSlack, lines: list[dict[str, object]]
) -> None:
    slack.faults.extend(["unforeseen", "429", "timeout before"])
    owed("k", text="a secret plan")
    run_for(300)
    assert {line["delivery"] for line in lines} == {"k"}
    assert {line["workspace"] for line in lines} == {"T1"}
    assert "a secret plan" not in str(lines)
