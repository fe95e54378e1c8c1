"""What is true of dependencies."""

from datetime import date, timedelta
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dependencies.rules import (
    LIVE,
    NEAR,
    DependencyState,
    Edge,
    Lateness,
    answered,
    circle_through,
    lateness,
    split_date,
    split_team,
)
from bot.errors import Refused

TODAY = date(2026, 3, 2)
TEAMS = ["Platform", "Data Platform", "R&D", "Größe"]

pairs = st.tuples(st.integers(1, 6), st.integers(1, 6)).filter(lambda pair: pair[0] != pair[1])
graphs = st.lists(pairs, min_size=1, max_size=9).map(
    lambda found: [Edge(n, waiting, asked) for n, (waiting, asked) in enumerate(found)]
)


def shortest_by_trying_all(edge: Edge, edges: list[Edge]) -> int:
    """How many links the shortest circle through `edge` has, by every order of every choice of teams; 0 for none."""
    links = {(one.waiting, one.asked) for one in edges}
    others = sorted({team for link in links for team in link} - {edge.waiting, edge.asked})
    if (edge.asked, edge.waiting) in links:
        return 2
    for count in range(1, len(others) + 1):
        for between in permutations(others, count):
            if set(pairwise([edge.asked, *between, edge.waiting])) <= links:
                return count + 2
    return 0


@given(graphs)
def test_a_circle_is_found_exactly_where_there_is_one_and_it_is_the_shortest(edges: list[Edge]) -> None:
    for edge in edges:
        circle = circle_through(edge, edges)
        assert len(circle) == shortest_by_trying_all(edge, edges)
        if circle:
            assert circle[0] == edge
            assert set(circle) <= set(edges)
            assert all(one.asked == following.waiting for one, following in pairwise([*circle, circle[0]]))


def test_two_teams_that_wait_for_each_other_are_a_circle() -> None:
    first, second = Edge(3, waiting=1, asked=2), Edge(7, waiting=2, asked=1)
    assert circle_through(second, [first, second]) == (second, first)
    assert circle_through(first, [first]) == ()


@pytest.mark.parametrize(
    ("state", "wanted", "promised", "late"),
    [
        (DependencyState.ASKED, 8, None, None),
        (DependencyState.ASKED, 7, None, Lateness.UNANSWERED),
        (DependencyState.ASKED, -30, None, Lateness.UNANSWERED),
        (DependencyState.PROPOSED, 3, 10, Lateness.UNANSWERED),
        (DependencyState.ACCEPTED, -5, 0, None),
        (DependencyState.ACCEPTED, -5, -1, Lateness.OVERDUE),
        (DependencyState.ACCEPTED, 5, 3, None),
        (DependencyState.DECLINED, -5, -1, None),
        (DependencyState.DELIVERED, -5, -1, None),
        (DependencyState.WITHDRAWN, -5, None, None),
    ],
)
def test_it_is_late_when_a_promise_is_broken_or_a_wanted_day_is_near_without_one(
    state: DependencyState, wanted: int, promised: int | None, late: Lateness | None
) -> None:
    promised_on = None if promised is None else TODAY + timedelta(days=promised)
    assert lateness(state, wanted_on=TODAY + timedelta(days=wanted), promised_on=promised_on, today=TODAY) == late


@given(st.sampled_from(list(DependencyState)), st.integers(-40, 40), st.integers(-40, 40), st.integers(0, 40))
def test_what_is_late_stays_late_while_nothing_happens_and_only_what_is_waited_for_is(
    state: DependencyState, wanted: int, promised: int, later: int
) -> None:
    days = {"wanted_on": TODAY + timedelta(days=wanted), "promised_on": TODAY + timedelta(days=promised)}
    now = lateness(state, **days, today=TODAY)
    assert now is None or lateness(state, **days, today=TODAY + timedelta(days=later)) == now
    assert (lateness(state, **days, today=TODAY + NEAR * 10) is not None) == (state in LIVE)


@pytest.mark.parametrize(
    ("offered", "state"),
    [(-1, DependencyState.ACCEPTED), (0, DependencyState.ACCEPTED), (1, DependencyState.PROPOSED)],
)
def test_a_later_day_is_a_proposal_and_any_other_is_a_promise(offered: int, state: DependencyState) -> None:
    assert answered(agreed_on=TODAY, offered_on=TODAY + timedelta(days=offered)) == state


@pytest.mark.parametrize(
    ("typed", "text", "day"),
    [
        ("a faster export by end of March", "a faster export", date(2026, 3, 31)),
        ("a faster export BY 2026-04-01", "a faster export", date(2026, 4, 1)),
        ("an export sorted by name, by Friday", "an export sorted by name", date(2026, 3, 6)),
        ("an export sorted by name", "an export sorted by name", None),
        ("by tomorrow", "", date(2026, 3, 3)),
        ("a standby plan", "a standby plan", None),
        ("", "", None),
    ],
)
def test_the_day_is_what_follows_the_last_by_that_reads_as_one(typed: str, text: str, day: date | None) -> None:
    assert split_date(typed, today=TODAY, locale="en-US") == (text, day)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_kept_or_read(typed: str) -> None:
    text, day = split_date(typed, today=TODAY, locale="en-US")
    assert typed.startswith(text)
    assert text == typed or day is not None


@pytest.mark.parametrize(
    ("typed", "name", "rest"),
    [
        ("@Platform a faster export", "Platform", "a faster export"),
        ("@platform", "Platform", ""),
        ("@Data Platform  a faster export", "Data Platform", "a faster export"),
        ("data platform a faster export", "Data Platform", "a faster export"),
        ("@r&d help", "R&D", "help"),
        ("@grosse Hilfe", "Größe", "Hilfe"),
    ],
)
def test_a_team_is_named_by_the_words_the_line_begins_with(typed: str, name: str, rest: str) -> None:
    assert split_team(typed, TEAMS) == (name, rest)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("@platfrom a faster export", "“platfrom” that you can see. Did you mean @Platform?"),
        ("@xyzzy a faster export", "“xyzzy” that you can see. Name the team by its channel"),
        ("@", "Name the team by its channel"),
        ("", "Name the team by its channel"),
    ],
)
def test_an_unknown_team_is_answered_with_the_nearest_one(typed: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        split_team(typed, TEAMS)
    assert said in str(refused.value)
