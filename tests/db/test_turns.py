"""Turns are served in the order of asking."""

import threading

import pytest

from bot.db.turns import TurnNotReached, Turns
from tests.living import until


def test_only_one_holds_the_turn() -> None:
    turns = Turns()
    with turns.taken(within=1), pytest.raises(TurnNotReached), turns.taken(within=0.01):
        pass


def test_who_gave_up_waiting_is_passed_over() -> None:
    turns = Turns()
    with turns.taken(within=1), pytest.raises(TurnNotReached), turns.taken(within=0.01):
        pass
    with turns.taken(within=0.01):
        pass


def test_a_thread_that_loops_does_not_starve_one_that_waits() -> None:
    turns, order = Turns(), []
    held, let_go = threading.Event(), threading.Event()

    def greedy() -> None:
        with turns.taken(within=10):
            held.set()
            let_go.wait(10)
        with turns.taken(within=10):
            order.append("greedy again")

    def patient() -> None:
        with turns.taken(within=10):
            order.append("patient")

    first, second = threading.Thread(target=greedy), threading.Thread(target=patient)
    first.start()
    held.wait(10)
    second.start()
    until(lambda: len(turns._waiting) == 1)
    let_go.set()
    first.join(10)
    second.join(10)
    assert order == ["patient", "greedy again"]
