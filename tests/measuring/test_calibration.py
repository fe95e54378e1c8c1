"""Stated confidence against what came of it."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.measuring.calibration import FEWEST, Band, Lean, calibration

statements = st.lists(st.tuples(st.integers(0, 10), st.booleans()), min_size=FEWEST, max_size=40)


def of(*said: tuple[int, int, int]) -> list[tuple[int, bool]]:
    """Statements as (confidence, how many, how many of them came true)."""
    return [(confidence, number < true) for confidence, many, true in said for number in range(many)]


def test_a_worked_example() -> None:
    told = calibration(of((9, 4, 3), (6, 2, 1)))
    assert told is not None
    assert (told.stated, told.came_true, told.mean) == (6, 4, Decimal(8))
    # (3 × 0.01 + 0.81 + 0.16 + 0.36) / 6
    assert round(told.brier, 4) == Decimal("0.2267")
    assert told.bands == (Band(4, 6, 2, 1), Band(9, 10, 4, 3))
    assert told.lean == Lean.ABOUT_RIGHT


def test_fewer_than_five_say_nothing() -> None:
    assert calibration(of((9, 4, 4))) is None
    assert calibration([]) is None


def test_always_saying_five_scores_a_quarter() -> None:
    told = calibration(of((5, 10, 3)))
    assert told is not None
    assert told.brier == Decimal("0.25")


def test_high_confidence_that_half_the_time_is_wrong_is_too_sure() -> None:
    told = calibration(of((9, 10, 5)))
    assert told is not None
    assert told.lean == Lean.TOO_SURE


def test_low_confidence_that_comes_true_is_too_cautious() -> None:
    told = calibration(of((3, 10, 9)))
    assert told is not None
    assert told.lean == Lean.TOO_CAUTIOUS


@given(statements)
def test_a_score_lies_between_best_and_worst_and_the_order_does_not_matter(said: list[tuple[int, bool]]) -> None:
    told = calibration(said)
    assert told is not None
    assert 0 <= told.brier <= 1
    assert told == calibration(sorted(said))


@given(statements)
def test_every_statement_is_in_one_band(said: list[tuple[int, bool]]) -> None:
    told = calibration(said)
    assert told is not None
    assert sum(band.stated for band in told.bands) == told.stated == len(said)
    assert sum(band.came_true for band in told.bands) == told.came_true
    assert all(0 <= band.came_true <= band.stated for band in told.bands)


@given(statements)
def test_only_full_confidence_that_was_right_scores_nothing(said: list[tuple[int, bool]]) -> None:
    told = calibration(said)
    assert told is not None
    assert (told.brier == 0) == all(confidence == (10 if came_true else 0) for confidence, came_true in said)


@given(statements, st.integers(0, 10))
def test_what_came_true_scores_better_the_surer_it_was_stated(said: list[tuple[int, bool]], confidence: int) -> None:
    less, more = calibration([*said, (confidence, True)]), calibration([*said, (min(confidence + 1, 10), True)])
    assert less is not None
    assert more is not None
    assert more.brier <= less.brier
