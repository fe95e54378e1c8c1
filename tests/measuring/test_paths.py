"""Progress, and what a path expects."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.measuring.paths import Milestone, Path, check_milestones
from tests.measuring.samples import DUE, START, day, days, path, paths, values, values_near


@given(values, values)
def test_the_baseline_is_no_progress_and_the_target_is_all_of_it(baseline: Decimal, target: Decimal) -> None:
    way = Path(baseline, target, START, DUE)
    if baseline != target:
        assert [way.progress(baseline), way.progress(target)] == [0, 1]


@given(values, values, values)
def test_a_path_down_is_the_path_up_in_a_mirror(baseline: Decimal, target: Decimal, latest: Decimal) -> None:
    up, down = Path(baseline, target, START, DUE), Path(-baseline, -target, START, DUE)
    assert up.progress(latest) == down.progress(-latest)


@given(values, values)
def test_moving_away_from_the_target_is_progress_below_zero(baseline: Decimal, target: Decimal) -> None:
    if baseline != target:
        assert Path(baseline, target, START, DUE).progress(baseline - (target - baseline)) < 0


@pytest.mark.parametrize(
    ("baseline", "target", "latest", "progress"),
    [
        ("10", "4", "7", "0.5"),
        ("-20", "0", "-5", "0.75"),
        ("0", "-8", "-2", "0.25"),
        ("5", "5", "5", "1"),
        ("5", "5", "6", "0"),
        ("0.5", "0.6", "0.55", "0.5"),
    ],
)
def test_progress_is_the_share_of_the_way(baseline: str, target: str, latest: str, progress: str) -> None:
    assert path(baseline, target).progress(Decimal(latest)) == Decimal(progress)


@given(days, days, days)
def test_expectation_stays_between_nothing_and_everything(start: date, due: date, today: date) -> None:
    assert 0 <= Path(Decimal(0), Decimal(1), start, due).expected(today) <= 1


@given(paths(), st.integers(-10, 1510))
def test_expectation_never_falls(way: Path, number: int) -> None:
    today, tomorrow = (way.starts_on + timedelta(days=number + more) for more in (0, 1))
    assert 0 <= way.expected(today) <= way.expected(tomorrow) <= 1


def test_everything_is_expected_from_the_due_date_on() -> None:
    assert [path().expected(DUE + timedelta(days=n)) for n in (-101, -100, -50, 0, 9)] == [0, 0, Decimal("0.5"), 1, 1]


def test_a_path_due_on_its_first_day_expects_everything_at_once() -> None:
    sudden = Path(Decimal(0), Decimal(1), DUE, DUE)
    assert [sudden.expected(DUE - timedelta(days=1)), sudden.expected(DUE)] == [0, 1]


def test_a_steady_path_shows_its_value_for_each_day() -> None:
    assert path("10", "4").expected_value(day(50)) == 7


def test_between_milestones_a_path_is_straight() -> None:
    way = path("10", "4", (20, "9"), (60, "5"))
    assert [way.expected_value(day(n)) for n in (-1, 0, 10, 20, 40, 60, 80, 100, 101)] == [
        Decimal(value) for value in ("10", "10", "9.5", "9", "7", "5", "4.5", "4", "4")
    ]
    assert way.expected(day(40)) == Decimal("0.5")


@given(paths())
def test_what_is_expected_on_a_milestone_is_the_milestone(way: Path) -> None:
    for milestone in (*way.milestones, Milestone(way.due_on, way.target)):
        assert way.expected_value(milestone.on) == milestone.value
    for milestone in way.milestones:
        assert way.expected(milestone.on) == way.progress(milestone.value)


@given(paths())
def test_a_milestone_on_the_straight_line_changes_nothing(way: Path) -> None:
    steady = Path(way.baseline, way.target, way.starts_on, way.starts_on + timedelta(days=100))
    milestone = Milestone(steady.starts_on + timedelta(days=50), (way.baseline + way.target) / 2)
    bent = Path(way.baseline, way.target, steady.starts_on, steady.due_on, (milestone,))
    for number in range(0, 101, 10):
        today = steady.starts_on + timedelta(days=number)
        assert abs(bent.expected_value(today) - steady.expected_value(today)) < Decimal("1e-9")


@given(paths(), st.data())
def test_the_first_day_expecting_more_is_the_first_of_them(way: Path, data: st.DataObject) -> None:
    progress = data.draw(
        st.one_of(
            st.integers(-10, 110).map(lambda hundredths: Decimal(hundredths) / 100),
            st.just(way.progress(data.draw(values_near(way)))),
        )
    )
    first = way.first_day_expecting_more_than(progress)
    if first is None:
        assert way.expected(way.due_on) <= progress
    else:
        assert way.expected(first) > progress
        assert first == date.min or way.expected(first - timedelta(days=1)) <= progress


def test_the_first_day_expecting_more_is_a_day_after_the_one_that_expects_as_much() -> None:
    assert path().first_day_expecting_more_than(Decimal("0.5")) == day(51)
    assert path().first_day_expecting_more_than(Decimal("0.995")) == DUE
    assert path().first_day_expecting_more_than(Decimal(1)) is None
    assert path().first_day_expecting_more_than(Decimal("-0.01")) == date.min


def test_a_path_that_is_due_before_it_starts_expects_everything_on_its_due_date() -> None:
    backwards = Path(Decimal(0), Decimal(1), DUE, START)
    assert [backwards.expected(day(n)) for n in (-1, 0, 50)] == [0, 1, 1]
    assert backwards.first_day_expecting_more_than(Decimal(0)) == START


def test_no_milestone_makes_a_path_expect_more_than_everything_or_less_than_nothing() -> None:
    way = path("0", "100", (30, "-50"), (60, "150"))
    assert [way.expected(day(n)) for n in (30, 60)] == [0, 1]


@given(paths())
def test_milestones_nearer_and_nearer_to_the_target_are_fine(way: Path) -> None:
    assert check_milestones(way) == ""


@pytest.mark.parametrize(
    ("milestones", "says"),
    [
        ([(0, "50")], "Milestone 1 is not between the start and the due date."),
        ([(20, "9"), (100, "5")], "Milestone 2 is not between the start and the due date."),
        ([(20, "9"), (20, "8")], "Milestone 2 is no later than the one before it."),
        ([(20, "9"), (19, "8")], "Milestone 2 is no later than the one before it."),
        ([(20, "10")], "Milestone 1 is no nearer to the target than the baseline."),
        ([(20, "11")], "Milestone 1 is no nearer to the target than the baseline."),
        ([(20, "9"), (30, "9")], "Milestone 2 is no nearer to the target than the one before it."),
        ([(20, "3.9")], "Milestone 1 is past the target."),
    ],
)
def test_a_milestone_that_leads_nowhere_is_told_why(milestones: list[tuple[int, str]], says: str) -> None:
    assert check_milestones(path("10", "4", *milestones)).startswith(f"{says} Type ")


def test_the_target_may_be_a_milestone_to_be_held_until_the_due_date() -> None:
    assert check_milestones(path("10", "4", (20, "9"), (60, "4"))) == ""


def test_a_path_that_leads_nowhere_has_no_milestones() -> None:
    assert "no nearer" in check_milestones(path("5", "5", (20, "5")))
    assert "past the target" in check_milestones(path("5", "5", (20, "6")))
