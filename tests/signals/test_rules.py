"""Which of the four causes apply, from plain facts."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.absences.rules import Days
from bot.linter.findings import Finding
from bot.measuring.health import Health
from bot.signals.rules import ABOUT_THE_END, Cause, Facts, causes, is_stalled, lacks_feedback
from tests.signals.samples import CLEAR, EVERYTHING, TODAY

findings = st.lists(st.integers(1, 10).map(lambda n: Finding(f"L{n}", "words", "Reason.", "")), max_size=4).map(tuple)
days = st.integers(-60, 60).map(lambda n: TODAY + timedelta(days=n))


def away(first: int, last: int | None) -> Days:
    """From so many days from today to so many; without a last one nobody knows."""
    return Days(TODAY + timedelta(days=first), date.max if last is None else TODAY + timedelta(days=last))


facts = st.builds(
    Facts,
    findings=findings,
    owned=st.integers(0, 12),
    focus_limit=st.integers(1, 5),
    owner_trouble=st.sampled_from(["", "is deactivated"]),
    away=st.none() | st.builds(away, st.integers(-60, 0), st.none() | st.integers(0, 60)),
    handed_over=st.integers(0, 4),
    days_without_result=st.integers(0, 200),
    period_days=st.sampled_from([7, 14, 21, 28, 31, 92]),
    today=st.just(TODAY),
)


def test_an_outcome_in_whose_way_nothing_stands_has_no_cause() -> None:
    assert causes(CLEAR) == ()


@pytest.mark.parametrize(
    ("known", "cause"),
    [
        ({"findings": EVERYTHING["findings"]}, Cause.NO_END),
        ({"owned": 4}, Cause.FRAGMENTED),
        ({"owner_trouble": "is deactivated"}, Cause.NO_OWNER),
        ({"away": away(0, 7)}, Cause.NO_OWNER),
        ({"away": away(-7, None)}, Cause.NO_OWNER),
        ({"handed_over": 2}, Cause.NO_OWNER),
        ({"days_without_result": 15}, Cause.NO_FEEDBACK),
    ],
)
def test_each_cause_is_found_by_itself(known: dict[str, Any], cause: Cause) -> None:
    assert causes(replace(CLEAR, **known)) == (cause,)


@pytest.mark.parametrize(
    "known",
    [
        {
            "findings": (
                Finding("L8", "", "Full.", ""),
                Finding("L9", "", "Alike.", ""),
                Finding("L10", "", "Gone.", ""),
            )
        },
        {"owned": 3},
        {"away": away(0, 6)},
        {"away": away(-6, 0)},
        {"away": away(-6, None)},
        {"handed_over": 1},
        {"days_without_result": 14},
        {"days_without_result": 28, "period_days": 14},
        {"away": away(0, 13), "period_days": 14},
    ],
)
def test_up_to_the_limit_nothing_is_found(known: dict[str, Any]) -> None:
    assert causes(replace(CLEAR, **known)) == ()


def test_all_four_are_told_in_their_order() -> None:
    assert causes(replace(CLEAR, **EVERYTHING)) == tuple(Cause)


@given(facts)
def test_a_cause_is_found_exactly_when_its_own_facts_say_so(known: Facts) -> None:
    expected = {
        Cause.NO_END: any(finding.id in ABOUT_THE_END for finding in known.findings),
        Cause.FRAGMENTED: known.owned > known.focus_limit,
        Cause.NO_OWNER: known.owner_trouble != "" or known.handed_over > 1 or known.days_away > known.period_days,
        Cause.NO_FEEDBACK: known.days_without_result > 2 * known.period_days,
    }
    assert causes(known) == tuple(cause for cause, applies in expected.items() if applies)


@given(facts, facts)
def test_one_cause_does_not_depend_on_what_another_is_found_by(one: Facts, other: Facts) -> None:
    mixed = replace(one, findings=other.findings, owned=other.owned, focus_limit=other.focus_limit)
    about = {Cause.NO_END, Cause.FRAGMENTED}
    assert set(causes(mixed)) == (set(causes(other)) & about) | (set(causes(one)) - about)


@given(facts, st.integers(0, 30))
def test_more_of_what_stands_in_the_way_never_takes_a_cause_away(known: Facts, more: int) -> None:
    worse = replace(
        known,
        owned=known.owned + more,
        handed_over=known.handed_over + more,
        days_without_result=known.days_without_result + more,
        findings=(*known.findings, Finding("L7", "", "Vague.", "")),
        away=known.away and Days(known.away.first - timedelta(days=more), known.away.last),
    )
    assert set(causes(known)) <= set(causes(worse))


@given(st.sampled_from(Health), st.booleans(), st.integers(0, 60), st.sampled_from([7, 14, 31]))
def test_what_has_stalled_is_busy_off_track_stale_or_never_measured(
    health: Health, is_busy: bool, days_without: int, period_days: int
) -> None:
    stalled = is_stalled(health, is_busy=is_busy, days_without_result=days_without, period_days=period_days)
    if is_busy or health in (Health.OFF_TRACK, Health.STALE):
        assert stalled
    elif health == Health.NO_DATA:
        assert stalled == lacks_feedback(days_without, period_days)
    else:
        assert not stalled
