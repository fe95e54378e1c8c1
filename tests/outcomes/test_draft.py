"""The outcome form as a person fills it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import FormRefused
from bot.measuring.paths import Milestone
from bot.outcomes.rules import MEASURE_LIMIT, STATEMENT_LIMIT, TYPED_LIMIT, WHY_LIMIT
from bot.outcomes.rules.drafts import FIELDS, Draft, Glance, glance, read_draft

TODAY = date(2026, 3, 2)
FILLED = {
    "statement": "Trial users reach their first report within a day",
    "why": "",
    "measure": "Trial conversion",
    "unit": "",
    "baseline": "8%",
    "target": "12%",
    "due": "2026-06-30",
}


def read(*, locale: str = "en-US", **typed: str) -> Draft:
    return read_draft({**FILLED, **typed}, today=TODAY, locale=locale)


def refusals(**typed: str) -> dict[str, str]:
    with pytest.raises(FormRefused) as refused:
        read(**typed)
    return refused.value.errors


def test_a_filled_form_is_read_as_it_was_meant() -> None:
    draft = read()
    assert (str(draft.unit), draft.due_on) == ("percent", date(2026, 6, 30))
    assert [draft.baseline, draft.target] == [8, 12]


@pytest.mark.parametrize("name", ["statement", "measure", "target", "due"])
def test_a_field_left_empty_is_the_only_one_named(name: str) -> None:
    assert set(refusals(**{name: ""})) == {name}


@pytest.mark.parametrize("name", ["why", "unit"])
def test_why_and_unit_may_be_left_empty(name: str) -> None:
    read(**{name: ""})


def test_every_missing_field_is_named_at_once() -> None:
    assert set(refusals(**dict.fromkeys(FILLED, ""))) == {"statement", "measure", "target", "due"}


@pytest.mark.parametrize(
    ("name", "limit"),
    [("statement", STATEMENT_LIMIT), ("why", WHY_LIMIT), ("measure", MEASURE_LIMIT)],
)
def test_words_are_taken_up_to_their_limit_and_no_further(name: str, limit: int) -> None:
    assert getattr(read(**{name: "é" * limit}), name) == "é" * limit
    errors = refusals(**{name: "é" * (limit + 1)})
    assert set(errors) == {name}
    assert f"{limit + 1:,}" in errors[name]
    assert f"{limit:,}" in errors[name]


@pytest.mark.parametrize("name", ["unit", "baseline", "target", "due"])
def test_a_value_unit_or_date_that_is_too_long_is_refused_at_its_field(name: str) -> None:
    assert set(refusals(**{name: "1" * (TYPED_LIMIT + 1)})) == {name}


@pytest.mark.parametrize(
    ("unit", "baseline", "target", "read_as"),
    [
        ("", "8", "12", "number"),
        ("", "8", "12%", "percent"),
        ("", "8%", "12", "percent"),
        ("", "1", "$1.2M", "money:USD"),
        ("", "9 days", "4 days", "duration:days"),
        ("signups", "40", "80", "number:signups"),
        ("", "40", "80 signups", "number:signups"),
        ("%", "8", "12", "percent"),
        ("hours", "5", "2", "duration:hours"),
    ],
)
def test_the_unit_is_taken_from_what_was_typed(unit: str, baseline: str, target: str, read_as: str) -> None:
    assert str(read(unit=unit, baseline=baseline, target=target).unit) == read_as


def test_a_baseline_in_another_unit_than_the_target_is_refused() -> None:
    assert set(refusals(baseline="$8", target="12%")) == {"baseline"}


@pytest.mark.parametrize(("wrong", "typed"), [("target", "lots"), ("baseline", "some"), ("target", "")])
def test_a_value_that_reads_well_is_not_blamed_for_the_other(wrong: str, typed: str) -> None:
    assert set(refusals(**{wrong: typed})) == {wrong}


def test_a_unit_that_cannot_be_read_is_named_alone() -> None:
    assert set(refusals(unit="€€€")) == {"unit"}


@pytest.mark.parametrize(("baseline", "target"), [("8%", "8 %"), ("1,000", "1000"), ("0", "0.0"), ("0", "-0")])
def test_a_target_that_equals_the_baseline_is_the_linters_to_say_not_the_forms(baseline: str, target: str) -> None:
    draft = read(baseline=baseline, target=target)
    assert draft.baseline == draft.target


def test_without_a_baseline_the_unit_comes_from_the_target() -> None:
    draft = read(baseline="")
    assert (draft.baseline, str(draft.unit)) == (None, "percent")


def test_it_starts_today_unless_another_day_is_typed() -> None:
    assert read().starts_on == TODAY
    assert read(start="2026-02-02").starts_on == date(2026, 2, 2)
    assert set(refusals(start="2026-07-01")) == {"due"}
    assert set(refusals(start="soonish")) == {"start"}


def test_a_due_date_that_has_passed_is_taken_when_it_was_so_before() -> None:
    typed = {**FILLED, "start": "2026-01-01", "due": "2026-02-27"}
    assert set(refusals(**typed)) == {"due"}
    draft = read_draft(typed, today=TODAY, locale="en-US", was_due_on=date(2026, 2, 27))
    assert draft.due_on == date(2026, 2, 27)


def test_milestones_are_read_one_a_line() -> None:
    draft = read(milestones="2026-04-01: 9%\n\n1 May: 10.5%")
    assert draft.milestones == (
        Milestone(date(2026, 4, 1), Decimal(9)),
        Milestone(date(2026, 5, 1), Decimal("10.5")),
    )


@pytest.mark.parametrize(
    "milestones",
    ["2026-04-01 9%", "soonish: 9%", "2026-04-01: some", "2026-04-01: 13%", "2026-08-01: 9%", "1 May: 9%\n1 Apr: 10%"],
)
def test_milestones_that_lead_nowhere_are_refused_at_their_field(milestones: str) -> None:
    assert set(refusals(milestones=milestones)) == {"milestones"}


def test_milestones_need_a_baseline() -> None:
    assert set(refusals(milestones="1 May: 9%", baseline="")) == {"milestones"}


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=20)))
def test_a_glance_at_a_half_filled_form_never_fails(typed: dict[str, str]) -> None:
    seen = glance({**dict.fromkeys(FIELDS, ""), **typed}, today=TODAY, locale="en-US")
    assert seen.baseline is None or typed["baseline"]


def test_a_glance_reads_what_is_there() -> None:
    seen = glance({**dict.fromkeys(FIELDS, ""), "target": "12%", "due": "2026-06-30"}, today=TODAY, locale="en-US")
    assert seen == Glance(None, Decimal(12), date(2026, 6, 30))


@pytest.mark.parametrize("due", ["today", "yesterday", "2026-03-02", "2025-12-31", "2026-03-01"])
def test_a_due_date_that_is_not_in_the_future_is_refused(due: str) -> None:
    assert set(refusals(due=due)) == {"due"}


def test_tomorrow_is_in_the_future() -> None:
    assert read(due="tomorrow").due_on == date(2026, 3, 3)


def test_numbers_are_read_in_the_owners_locale() -> None:
    assert read(locale="de-DE", unit="EUR", baseline="1.250,5", target="2.000,5").baseline == Decimal("1250.5")


@given(st.fixed_dictionaries({name: st.text(max_size=80) for name in FILLED}))
@settings(deadline=None, max_examples=60)
def test_any_form_is_read_or_refused_at_fields_it_has(typed: dict[str, str]) -> None:
    errors: dict[str, str] | None = None
    try:
        draft = read_draft(typed, today=TODAY, locale="en-US")
    except FormRefused as refused:
        errors = refused.errors
    if errors is None:
        assert draft.starts_on < draft.due_on
        assert draft.due_on > TODAY
    else:
        assert errors
        assert set(errors) <= set(FILLED)
        assert all(sentence.strip() and len(sentence) <= 300 for sentence in errors.values())
