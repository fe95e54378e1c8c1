"""What the linter says of an outcome's form, as far as it is filled."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.linter import Facts, Finding, lint_draft
from bot.linter.drafts import LONGEST_DAYS

TODAY = date(2026, 3, 2)
WHOLE = Facts(
    statement="Teams that try us become customers more often",
    measure="Trial to paid conversion",
    baseline=Decimal(8),
    target=Decimal(12),
    due_on=date(2026, 6, 30),
    today=TODAY,
    owner_name="Ada",
    owner_trouble="",
    live_of_owner=2,
    focus_limit=3,
    alike=(),
)


def only(facts: Facts) -> Finding:
    (finding,) = lint_draft(facts)
    return finding


def ids(facts: Facts) -> list[str]:
    return [finding.id for finding in lint_draft(facts)]


def test_a_whole_and_sound_outcome_has_no_findings() -> None:
    assert lint_draft(WHOLE) == []


def test_an_empty_form_is_told_what_is_missing() -> None:
    empty = replace(WHOLE, statement="", measure="", baseline=None, target=None, due_on=None)
    assert [(finding.id, finding.words, finding.rewrite) for finding in lint_draft(empty)] == [
        ("L3", "", ""),
        ("L4", "", ""),
        ("L5", "", ""),
    ]


@pytest.mark.parametrize(
    ("measure", "target", "missing"),
    [
        ("", None, "There is no measure and no target yet"),
        ("", Decimal(12), "There is no measure yet"),
        ("Conversion", None, "There is no target yet"),
    ],
)
def test_a_missing_measure_or_target_is_named(measure: str, target: Decimal | None, missing: str) -> None:
    finding = only(replace(WHOLE, measure=measure, target=target))
    assert (finding.id, finding.reason.split(",")[0]) == ("L3", missing)


def test_the_form_gives_a_vague_wish_its_measure() -> None:
    vague = replace(WHOLE, statement="Improve customer satisfaction")
    assert ids(vague) == []
    assert ids(replace(vague, measure="")) == ["L3", "L7"]


def test_a_number_in_the_words_does_not_stand_in_for_the_fields() -> None:
    assert ids(replace(WHOLE, statement="Raise NPS from 31 to 45", measure="", target=None)) == ["L3"]


def test_a_task_stays_a_task_however_it_is_measured() -> None:
    finding = only(replace(WHOLE, statement="Launch the new onboarding emails"))
    assert (finding.id, finding.words) == ("L1", "Launch")


def test_two_outcomes_stay_two() -> None:
    assert ids(replace(WHOLE, statement="Reduce churn and increase loyalty")) == ["L6"]


@pytest.mark.parametrize(
    "measure",
    [
        "Emails sent",
        "Number of calls",
        "Calls per week",
        "Story points",
        "story points per sprint",
        "Workshops held",
        "Meetings with customers",
        "Blog posts published",
        "Features shipped",
        "Training hours per employee",
        "Count of LinkedIn posts",
        "Outbound e-mails a week",
    ],
)
def test_a_measure_that_counts_work_is_found(measure: str) -> None:
    finding = only(replace(WHOLE, measure=measure))
    assert (finding.id, finding.rewrite) == ("L2", "")
    assert finding.words in measure


@pytest.mark.parametrize(
    "measure",
    [
        "Email open rate",
        "Reply rate to cold calls",
        "Share of meetings that end with a decision",
        "Calls answered within 20 s",
        "Meeting hours per person",
        "Page load, 95th percentile",
        "Tickets solved in one reply",
        "Qualified partner leads a week",
        "Days from opening to signature",
        "Webinar guests who start a trial",
        "Orders delivered on time",
        "Newcomers productive in week one",
    ],
)
def test_a_measure_of_what_came_of_it_is_left_alone(measure: str) -> None:
    assert ids(replace(WHOLE, measure=measure)) == []


def test_doing_less_of_something_may_be_counted() -> None:
    meetings = replace(WHOLE, measure="Meetings per person", baseline=Decimal(12), target=Decimal(6))
    assert ids(meetings) == []
    assert ids(replace(meetings, target=Decimal(20))) == ["L2"]


def test_a_target_that_equals_the_baseline_changes_nothing() -> None:
    finding = only(replace(WHOLE, baseline=Decimal("12.50"), target=Decimal("12.5")))
    assert (finding.id, finding.words) == ("L4", "12.5")


def test_a_missing_baseline_is_asked_for() -> None:
    assert only(replace(WHOLE, baseline=None)).id == "L4"


def test_a_due_date_is_there_ahead_and_near_enough() -> None:
    assert only(replace(WHOLE, due_on=None)).id == "L5"
    assert only(replace(WHOLE, due_on=TODAY - timedelta(days=1))).words == "2026-03-01"
    assert ids(replace(WHOLE, due_on=TODAY)) == []
    assert ids(replace(WHOLE, due_on=TODAY + timedelta(days=LONGEST_DAYS))) == []
    assert "191 days" in only(replace(WHOLE, due_on=TODAY + timedelta(days=LONGEST_DAYS + 1))).reason


def test_one_outcome_more_than_the_limit_is_too_many() -> None:
    finding = only(replace(WHOLE, live_of_owner=3))
    assert (finding.id, finding.words) == ("L8", "Ada")
    assert "Ada has 3 live outcomes already" in finding.reason


def test_an_owner_who_cannot_own_it_is_named_with_the_reason() -> None:
    finding = only(replace(WHOLE, owner_trouble="is not in #growth"))
    assert (finding.id, finding.words) == ("L10", "Ada")
    assert finding.reason.startswith("Ada is not in #growth.")


def test_the_existing_outcome_that_reads_most_alike_is_shown() -> None:
    alike = (("OUT-12", "Trial teams become customers more often"), ("OUT-3", "Trials become customers"))
    finding = only(replace(WHOLE, alike=alike))
    assert (finding.id, finding.words) == ("L9", "Trial teams become customers more often")
    assert "OUT-12" in finding.reason


def test_findings_come_in_the_order_of_the_rules() -> None:
    worst = replace(
        WHOLE,
        statement="Improve quality and reduce costs",
        measure="",
        baseline=None,
        due_on=None,
        owner_trouble="is a bot",
        live_of_owner=9,
        alike=(("OUT-1", "Improve quality and reduce costs"),),
    )
    assert ids(worst) == ["L3", "L4", "L5", "L6", "L7", "L8", "L9", "L10"]
