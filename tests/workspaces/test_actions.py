"""Workspaces, the numbers of keys, and gestures that come twice."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

import pytest

from bot.clock import MovableClock
from bot.db.database import Database
from bot.workspaces.actions import forget_gestures, is_first_time, next_number, remember_workspace
from bot.workspaces.jobs import gestures_to_forget, ticks
from bot.workspaces.model import Workspace

Answer = TypeVar("Answer")


@pytest.fixture(autouse=True)
def _workspaces(database: Database, clock: MovableClock) -> None:
    with database.begin() as tx:
        for name in ("T1", "T2"):
            remember_workspace(tx, workspace_id=name, name=name, bot_user_id="UBOT", now=clock.now())


def at_once(threads: int, act: Callable[[], Answer]) -> list[Answer]:
    """What several threads answer that all begin at the same moment."""
    answers: list[Answer] = []
    start = threading.Barrier(threads)

    def run() -> None:
        start.wait(10)
        answers.append(act())

    running = [threading.Thread(target=run) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(30)
    return answers


def number(database: Database, workspace: str = "T1", kind: str = "outcome") -> int:
    with database.begin() as tx:
        return next_number(tx, workspace_id=workspace, kind=kind)


def is_new(database: Database, clock: MovableClock, gesture: str, workspace: str = "T1") -> bool:
    with database.begin() as tx:
        return is_first_time(tx, workspace_id=workspace, gesture=gesture, now=clock.now())


def test_a_workspace_is_noted_once_and_its_name_kept_fresh(database: Database, clock: MovableClock) -> None:
    began = clock.now()
    clock.advance(timedelta(days=1))
    with database.begin() as tx:
        remember_workspace(tx, workspace_id="T1", name="New name", bot_user_id="UBOT2", now=clock.now())
    with database.read() as tx:
        workspace = tx.get_one(Workspace, "T1")
    assert (workspace.name, workspace.bot_user_id, workspace.created_at) == ("New name", "UBOT2", began)


def test_each_workspace_and_kind_counts_for_itself(database: Database) -> None:
    assert [number(database), number(database), number(database, "T2"), number(database, kind="decision")] == [
        1,
        2,
        1,
        1,
    ]


def test_a_number_that_was_rolled_back_is_given_again(database: Database) -> None:
    with suppress(RuntimeError), database.begin() as tx:
        next_number(tx, workspace_id="T1", kind="outcome")
        raise RuntimeError
    assert number(database) == 1


def test_many_at_once_get_every_number_once(database: Database) -> None:
    assert sorted(at_once(12, lambda: number(database))) == list(range(1, 13))


def test_a_gesture_is_new_once(database: Database, clock: MovableClock) -> None:
    assert [is_new(database, clock, "view:V1") for _ in range(3)] == [True, False, False]


def test_the_same_gesture_in_another_workspace_is_another(database: Database, clock: MovableClock) -> None:
    assert is_new(database, clock, "view:V1")
    assert is_new(database, clock, "view:V1", "T2")


def test_of_many_at_once_exactly_one_is_new(database: Database, clock: MovableClock) -> None:
    assert sorted(at_once(8, lambda: is_new(database, clock, "view:V1"))) == [False] * 7 + [True]


def test_a_gesture_whose_work_failed_may_be_made_again(database: Database, clock: MovableClock) -> None:
    with suppress(RuntimeError), database.begin() as tx:
        is_first_time(tx, workspace_id="T1", gesture="view:V1", now=clock.now())
        raise RuntimeError
    assert is_new(database, clock, "view:V1")


def test_a_gesture_with_a_long_name_is_still_known_again(database: Database, clock: MovableClock) -> None:
    assert [is_new(database, clock, "é" * 400) for _ in range(2)] == [True, False]


def test_old_gestures_are_forgotten_and_new_ones_are_not(database: Database, clock: MovableClock) -> None:
    is_new(database, clock, "old")
    clock.advance(timedelta(days=2))
    is_new(database, clock, "new")
    clock.advance(timedelta(days=1, seconds=1))
    assert [gestures_to_forget(database), gestures_to_forget(database)] == [1, 0]
    assert [is_new(database, clock, "new"), is_new(database, clock, "old")] == [False, True]


def test_forgetting_is_a_tick(database: Database, clock: MovableClock) -> None:
    is_new(database, clock, "old")
    clock.advance(timedelta(days=4))
    assert [tick.run() for tick in ticks(database)] == [1]
    with database.begin() as tx:
        assert forget_gestures(tx, before=clock.now()) == 0
