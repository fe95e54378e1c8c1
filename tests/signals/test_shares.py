"""How often effort without movement is right, held to bounds on teams that the page does not report."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.signals.habits import HABITS, team
from tests.signals.shares import TEAMS, Figures, figures, written

DOCS = Path(__file__).parents[2] / "docs" / "signals.md"


@pytest.fixture(scope="module")
def told() -> Mapping[str, Figures]:
    return figures(range(100_000, 100_150))


@pytest.mark.parametrize(
    ("habit", "most_wrong"),
    [
        ("steady mover", 0.01),
        ("moves, then stops", 0.01),
        ("late finisher", 0.04),
        ("noisy, moving", 0.09),
        ("seasonal, moving", 0.15),
        ("few updates, moving", 0.25),
    ],
)
def test_what_moves_is_seldom_found(told: Mapping[str, Figures], habit: str, most_wrong: float) -> None:
    assert told[habit].share_wrong <= most_wrong


@pytest.mark.parametrize(
    ("habit", "least_found"),
    [
        ("busy and flat", 0.98),
        ("moves, then stops", 0.93),
        ("late finisher", 0.97),
        ("few updates, flat", 0.98),
        ("quiet and flat", 0.98),
        ("noisy, flat", 0.25),
        ("seasonal, flat", 0.12),
    ],
)
def test_what_does_not_move_is_found(told: Mapping[str, Figures], habit: str, least_found: float) -> None:
    assert told[habit].share_found >= least_found


@pytest.mark.parametrize("habit", [name for name in HABITS if "moving" not in name and name != "steady mover"])
def test_nine_findings_in_ten_are_right_where_something_stands_still(told: Mapping[str, Figures], habit: str) -> None:
    assert told[habit].share_right >= 0.9


def test_a_busy_outcome_that_goes_nowhere_is_found_before_it_is_due(told: Mapping[str, Figures]) -> None:
    its = told["busy and flat"]
    assert its.outcomes_found == its.outcomes


def test_a_finding_about_one_with_few_updates_mostly_says_that_there_was_no_result(told: Mapping[str, Figures]) -> None:
    its = told["few updates, moving"]
    assert its.unmeasured >= 0.8 * its.found


def test_a_team_is_the_same_every_time() -> None:
    shown = [(life.habit, life.results, life.activity) for life in team(7)]
    assert shown == [(life.habit, life.results, life.activity) for life in team(7)]
    assert shown != [(life.habit, life.results, life.activity) for life in team(8)]


def test_the_page_reports_these_figures() -> None:
    page = re.sub(r"\s+", " ", DOCS.read_text(encoding="utf-8"))
    for line in written(figures(range(TEAMS))).splitlines():
        assert re.sub(r"\s+", " ", line) in page
