"""When a result is worth asking twice."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.measuring.jumps import is_jump
from bot.measuring.paths import Path
from tests.measuring.samples import DUE, START, path, paths, small_values


def decimals(*values: str) -> list[Decimal]:
    return [Decimal(value) for value in values]


@given(paths())
def test_a_first_result_at_the_target_is_no_jump(way: Path) -> None:
    assert not is_jump(way, [], way.target)


@given(paths(), st.lists(small_values, max_size=8))
def test_no_change_is_no_jump(way: Path, values: list[Decimal]) -> None:
    assert not is_jump(way, values, values[-1] if values else way.baseline)


@pytest.mark.parametrize(
    ("values", "new", "says"),
    [
        ([], "200", False),
        ([], "200.1", True),
        ([], "-200", False),
        ([], "-200.1", True),
        (["0", "0"], "100", False),
        (["0", "0"], "1000", True),
        (["3"], "33", False),
        (["3"], "33.1", True),
        (["3", "5", "9"], "39", False),
        (["3", "5", "9"], "39.1", True),
        (["3", "3", "3", "6"], "36", False),
        (["3", "3", "3", "6"], "-24.1", True),
        (["4", "3", "4", "3"], "370", True),
    ],
)
def test_a_jump_is_over_ten_times_the_usual_change(values: list[str], new: str, says: bool) -> None:
    assert is_jump(path(), decimals(*values), Decimal(new)) == says


def test_where_target_and_baseline_are_one_the_first_change_is_no_jump() -> None:
    assert not is_jump(path("5", "5"), [], Decimal(900))
    assert is_jump(path("5", "5"), decimals("6"), Decimal(17))


@given(
    st.lists(small_values, max_size=8),
    small_values,
    small_values,
    small_values,
    st.sampled_from(["-1", "0.01", "1000"]),
)
def test_neither_direction_nor_unit_nor_zero_makes_a_jump(
    values: list[Decimal], new: Decimal, target: Decimal, by: Decimal, factor: str
) -> None:
    def moved(value: Decimal) -> Decimal:
        return value * Decimal(factor) + by

    way, other = (
        Path(baseline, end, START, DUE) for baseline, end in ((Decimal(0), target), (moved(Decimal(0)), moved(target)))
    )
    assert is_jump(way, values, new) == is_jump(other, [moved(value) for value in values], moved(new))
