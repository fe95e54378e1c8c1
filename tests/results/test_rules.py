"""When a result is so far off that it is worth a question."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.results.rules import Jump, jump_to
from tests.outcomes.samples import NOW, view

WORKING = view("8.5", "9", "9.5")
LATEST = WORKING.results[-1]


@pytest.mark.parametrize("value", ["800", "95", "-90"])
def test_a_slip_of_the_decimal_mark_is_a_jump(value: str) -> None:
    assert jump_to(WORKING, Decimal(value), at=NOW) == Jump(Decimal("9.5"), Decimal(value))


@pytest.mark.parametrize("value", ["9.5", "10", "14", "5"])
def test_a_change_as_usual_is_none(value: str) -> None:
    assert jump_to(WORKING, Decimal(value), at=NOW) is None


def test_a_result_of_an_earlier_day_is_seen_from_the_one_before_it() -> None:
    jump = jump_to(WORKING, Decimal(800), at=NOW - timedelta(weeks=1, days=3))
    assert jump == Jump(Decimal("8.5"), Decimal(800))


def test_a_result_before_all_others_is_seen_from_the_baseline() -> None:
    assert jump_to(WORKING, Decimal(800), at=NOW - timedelta(weeks=9)) == Jump(Decimal(8), Decimal(800))


def test_mending_a_jump_is_none_and_making_one_is() -> None:
    slipped = view("8.5", "9", "950")
    assert jump_to(slipped, Decimal("9.5"), at=NOW, replaces=slipped.results[-1]) is None
    assert jump_to(WORKING, Decimal(950), at=NOW, replaces=LATEST) == Jump(Decimal(9), Decimal(950))


def test_before_anything_is_known_nothing_is_a_jump() -> None:
    unknown = view()
    unknown.outcome.baseline = None
    assert jump_to(unknown, Decimal(10**9), at=NOW) is None
