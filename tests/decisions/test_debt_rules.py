"""Which decisions are debt, since when, and how many there were on any day."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.decisions.rules.debt import (
    SETTLED,
    Debt,
    History,
    Span,
    Standing,
    age_days,
    debt_from_on,
    debt_over,
    kinds_on,
    spans,
    standing_on,
    starts,
    weeks_back,
)

MONDAY = date(2026, 3, 2)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


days = st.integers(0, 60).map(day)
standings = st.one_of(
    st.just(SETTLED),
    st.builds(Standing, review_on=days),
    st.builds(
        Standing,
        opened_on=days,
        has_decider=st.booleans(),
        needed_by_on=st.none() | days,
        reopened_on=st.none() | days,
    ),
)
histories = st.lists(st.tuples(days, standings), max_size=8).map(lambda told: sorted(told, key=lambda one: one[0]))


def test_an_open_decision_with_a_decider_is_no_debt_until_it_is_needed() -> None:
    waiting = Standing(opened_on=day(0), has_decider=True, needed_by_on=day(7))
    assert kinds_on(waiting, day(7)) == ()
    assert kinds_on(waiting, day(8)) == (Debt.OVERDUE,)
    assert debt_from_on(waiting) == day(8)


def test_without_a_day_it_is_needed_by_it_waits_without_being_debt() -> None:
    assert debt_from_on(Standing(opened_on=day(0), has_decider=True)) is None


def test_nobody_to_decide_it_is_debt_from_the_day_it_was_opened() -> None:
    assert starts(Standing(opened_on=day(3), needed_by_on=day(9))) == {Debt.OVERDUE: day(10), Debt.NO_DECIDER: day(3)}


def test_reopened_without_new_evidence_is_debt_from_that_day() -> None:
    again = Standing(opened_on=day(0), has_decider=True, reopened_on=day(20))
    assert kinds_on(again, day(20)) == (Debt.NO_EVIDENCE,)
    assert kinds_on(again, day(19)) == ()


def test_a_review_is_debt_the_day_after_its_day() -> None:
    decided = Standing(review_on=day(30))
    assert kinds_on(decided, day(30)) == ()
    assert kinds_on(decided, day(31)) == (Debt.PAST_REVIEW,)


def test_what_is_settled_is_never_debt() -> None:
    assert debt_from_on(SETTLED) is None


def test_the_first_day_counts_as_one() -> None:
    assert [age_days(day(3), day(number)) for number in (2, 3, 4)] == [0, 1, 2]


def test_a_decider_who_is_named_ends_it_and_one_who_leaves_begins_it_again() -> None:
    nobody, somebody = Standing(opened_on=day(0)), Standing(opened_on=day(0), has_decider=True)
    history = [(day(0), nobody), (day(5), somebody), (day(9), nobody)]
    assert spans(history, day(11)) == [Span(day(0), day(4)), Span(day(9), day(11))]


def test_one_kind_of_debt_that_turns_into_another_is_one_span() -> None:
    overdue = Standing(opened_on=day(0), has_decider=True, needed_by_on=day(2))
    reopened = Standing(opened_on=day(0), has_decider=True, reopened_on=day(6))
    assert spans([(day(0), overdue), (day(6), reopened)], day(8)) == [Span(day(3), day(8))]


def test_what_is_settled_on_the_day_it_begins_was_never_debt() -> None:
    assert spans([(day(0), Standing(opened_on=day(0))), (day(0), SETTLED)], day(9)) == []


def test_the_weeks_end_today() -> None:
    assert weeks_back(day(14), 3) == [day(0), day(7), day(14)]


@given(standings, days)
def test_it_is_debt_exactly_from_its_first_day_on(standing: Standing, today: date) -> None:
    first = debt_from_on(standing)
    assert bool(kinds_on(standing, today)) == (first is not None and first <= today)


@given(standings, days)
def test_debt_only_grows_while_nothing_happens(standing: Standing, today: date) -> None:
    assert set(kinds_on(standing, today)) <= set(kinds_on(standing, today + timedelta(days=1)))


@given(histories, days)
def test_spans_hold_the_days_on_which_it_was_debt_and_no_others(history: History, until: date) -> None:
    found = spans(history, until)
    for one in (day(number) for number in range(62)):
        is_debt = one <= until and bool(kinds_on(standing_on(history, one), one))
        assert is_debt == any(span.first <= one <= span.last for span in found)


@given(histories, days)
def test_spans_are_apart_and_in_order(history: History, until: date) -> None:
    found = spans(history, until)
    assert all(span.first <= span.last <= until for span in found)
    assert all((after.first - before.last).days > 1 for before, after in pairwise(found))


@given(st.lists(histories, max_size=5), days)
def test_a_trend_counts_the_spans_of_each_day(all_of_them: list[History], today: date) -> None:
    weeks = weeks_back(today, 8)
    counted = [
        sum(any(span.first <= one <= span.last for span in spans(history, today)) for history in all_of_them)
        for one in weeks
    ]
    assert debt_over(all_of_them, weeks) == counted


@given(histories, days, days)
def test_what_happened_is_not_changed_by_what_comes(history: History, today: date, later: date) -> None:
    until = min(today, later)
    before = [one for one in history if one[0] <= until]
    assert spans(before, until) == spans(history, until)
