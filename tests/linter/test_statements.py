"""What a bare statement shows: the shapes of each rule, what is left alone, and what every finding keeps to."""

import csv
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.demo.quarter import OUTCOMES
from bot.linter import Finding, lint_statement
from bot.linter.findings import REWRITE_LIMIT

CORPUS = Path(__file__).with_name("corpus.csv")
STATEMENTS = [row["statement"] for row in csv.DictReader(CORPUS.read_text(encoding="utf-8").splitlines())]
WORDS = sorted({word for statement in STATEMENTS for word in statement.split()})


def found(statement: str) -> dict[str, Finding]:
    return {finding.id: finding for finding in lint_statement(statement)}


@pytest.mark.parametrize(
    "lead",
    [
        "",
        "KR1: ",
        "KR 2.1 – ",
        "Key Result 3: ",
        "Goal: ",
        "• ",
        "- ",
        "1. ",
        "Q3: ",
        "[Growth] ",
        "Marketing: ",
        "By end of Q3, ",
        "By 30 June 2026, ",
        "We will ",
        "We’ll ",
        "To ",
        "Our goal is to ",
        "The platform team will ",
        "Successfully ",
        "In Q3 we will ",
    ],
)
def test_what_stands_before_a_task_does_not_hide_it(lead: str) -> None:
    assert found(f"{lead}launch the referral programme")["L1"].words == "launch"


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("Roll out the new leave policy", "Roll out"),
        ("LAUNCH THE NEW SITE", "LAUNCH"),
        ("Launching the affiliate programme", "Launching"),
        ("Waive the setup fees for charities", "Waive"),
        ("Make a plan for the harvest", "Make"),
        ("We have built a new design system", "built"),
        ("Engineering will release the offline mode", "release"),
        ("New CRM is rolled out", "is rolled out"),
        ("The new website goes live in May", "goes live"),
        ("SSO rolled out to all teams", "rolled out"),
        ("Completion of the migration", "Completion"),
        ("CRM rollout by Q4", "rollout"),
        ("New pricing page", "page"),
    ],
)
def test_each_shape_of_a_task_is_found_with_its_words(statement: str, words: str) -> None:
    assert found(statement)["L1"].words == words


@pytest.mark.parametrize(
    "statement",
    [
        "Launch week sign-ups grow from 200 to 500",
        "Build times drop below 5 minutes",
        "Shipping costs fall 12 %",
        "Calls answered within 20 s rise from 60% to 85%",
        "Meeting-free days rise from 1 to 2 a week",
        "Reduce churn from 5% to 3%",
        "Reduce tickets from 400 to 250 a week by launching a self-service portal",
        "Opening an account takes under 5 minutes",
        "O-ring failures fall to 2 a year",
        "R&D and Sales agree on forecasts within 5%",
    ],
)
def test_a_change_with_a_number_has_no_findings(statement: str) -> None:
    assert lint_statement(statement) == []


def test_the_demo_company_only_leaves_its_numbers_to_the_form() -> None:
    assert {finding.id for outcome in OUTCOMES for finding in lint_statement(outcome.statement)} == {"L3"}


@pytest.mark.parametrize(
    ("statement", "rewrite"),
    [
        (
            "Launch the new onboarding emails.",
            "[Who] [does what differently], from [now] to [target], because we launch the new onboarding emails",
        ),
        (
            "Rollout of SSO to all teams",
            "[Who] [does what differently], from [now] to [target], because of the rollout of SSO to all teams",
        ),
        (
            "SSO rolled out to all teams",
            "[Who] [does what differently], from [now] to [target], because of this: SSO rolled out to all teams",
        ),
        ("Launch the portal to reduce tickets from 400 to 250", "Reduce tickets from 400 to 250"),
        ("Introduce coaching so that win rate rises to 25%", "Win rate rises to 25%"),
    ],
)
def test_a_task_is_rewritten_as_the_change_it_is_for(statement: str, rewrite: str) -> None:
    assert found(statement)["L1"].rewrite == rewrite


def test_two_outcomes_are_told_apart_and_the_first_is_offered() -> None:
    joined = found("Reduce churn to 3% and increase loyalty to 60%")["L6"]
    assert (joined.words, joined.rewrite) == ("and increase", "Reduce churn to 3%")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("Churn falls to 3% and NPS rises to 50", "and NPS rises"),
        ("Increase NPS to 50 and CSAT to 90%", "and CSAT to 90%"),
        ("Increase trust; reduce complaints", "; reduce"),
        ("Reduce complaints as well as increase loyalty", "as well as increase"),
        ("Grow members & double donations", "& double"),
        ("Launch the portal and train all agents", "and train"),
    ],
)
def test_outcomes_can_be_joined_in_several_ways(statement: str, words: str) -> None:
    assert found(statement)["L6"].words == words


@pytest.mark.parametrize(
    "statement",
    [
        "R&D and Sales agree on forecasts",
        "Search and rescue teams arrive within 20 minutes",
        "Pages load faster and cheaper",
        "Increase revenue and profit by 10%",
        "Between 40 and 50 stores open on Sundays",
        "Design and build a new admin console",
        "Find and fix crashes",
        "Reduce time to 20 days by hiring recruiters and training managers",
        "Grow sales in Spain and Portugal by June",
        "Help customers find and fix problems",
        "Reduce cost by 10% and keep NPS above 40",
        "Customers get faster answers, so that they stay and recommend us",
    ],
)
def test_an_and_inside_one_outcome_is_left_alone(statement: str) -> None:
    assert "L6" not in found(statement)


def test_a_vague_wish_is_given_a_place_for_its_number() -> None:
    vague = found("Improve onboarding within the next 6 months")["L7"]
    assert vague.words == "Improve"
    assert vague.rewrite == "[Number that shows onboarding] goes from [now] to [target] within the next 6 months"


def test_counted_work_is_shown_with_its_number() -> None:
    counted = found("Publish 20 blog posts")["L2"]
    assert counted.words == "20 blog posts"
    assert counted.rewrite == "[What the blog posts should bring] goes from [now] to [target]"


@pytest.mark.parametrize("statement", ["", " ", "\n", "—", "…", "KR1:", "- ", "“”"])
def test_where_there_are_no_words_there_is_nothing_to_find(statement: str) -> None:
    assert [finding for finding in lint_statement(statement) if finding.id != "L3"] == []


def test_an_empty_statement_has_no_findings() -> None:
    assert lint_statement("") == lint_statement(" \n ") == lint_statement("…") == []


def test_typography_makes_no_difference() -> None:
    plain = [finding.id for finding in lint_statement('We\'ll launch "Phoenix" - at last')]
    typeset = lint_statement("We’ll\u00a0launch “Phoenix” – at last")
    assert [finding.id for finding in typeset] == plain
    assert typeset[-1].words == "launch “Phoenix” – at last"


statements = st.one_of(
    st.sampled_from(STATEMENTS),
    st.text(max_size=400),
    st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join),
)


@given(statements)
@example("İstanbul: launch ﬁve sites and reduce ẞ costs")
def test_the_words_are_cut_from_the_statement_as_typed(statement: str) -> None:
    for finding in lint_statement(statement):
        assert finding.words
        assert finding.words in statement


@given(statements)
@example("Launch the portal to reduce calls and increase trust and launch it again")
@example("Launch " + "a very long name " * 40)
def test_a_rewrite_does_not_bring_the_same_finding_again(statement: str) -> None:
    for finding in lint_statement(statement):
        assert len(finding.rewrite) <= REWRITE_LIMIT
        assert finding.id not in found(finding.rewrite)
        assert finding.rewrite == " ".join(finding.rewrite.split())


@given(statements)
def test_each_rule_speaks_once_and_in_order(statement: str) -> None:
    ids = [finding.id for finding in lint_statement(statement)]
    assert ids == sorted(set(ids))
    assert set(ids) <= {"L1", "L2", "L3", "L6", "L7"}


@given(statements)
def test_linting_twice_says_the_same(statement: str) -> None:
    assert lint_statement(statement) == lint_statement(statement)
