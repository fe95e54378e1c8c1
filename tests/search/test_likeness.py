"""Which texts read alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.rules import READS_ALIKE, SAME_SUBJECT, closest, likeness

ALIKE = [
    ("Reduce churn in EU", "Churn in the EU falls"),
    ("Trial users reach their first report", "The first report is reached by trial users"),
    ("Customers renew without a call", "Renewals happen without calls from customers"),
    ("Support tickets are answered within a day", "Answer support tickets in one day"),
    ("Cut the time to hire engineers to 30 days", "Time to hire for engineers falls below 30 days"),
    ("Enterprise customers renew their contracts", "Contract renewals of enterprise customers rise"),
    ("Onboarding takes less than a week", "New hires' onboarding is done within a week"),
    ("Checkout conversion on mobile grows", "Mobile checkout conversion rises to 4 %"),
    ("Fewer failed deployments", "Deployment failures fall by half"),
    ("Move to weekly pricing", "We will not move to weekly pricing"),
    ("Réduire le churn en Europe", "reduire churn europe"),
    ("A paid campaign on LinkedIn", "Run a LinkedIn campaign, paid"),
    ("Reduce customer churn", "Reduce churn of enterprise customers in Germany"),
    ("売上を20%増やす", "売上を30%増やす"),
    ("Reduce churn from 5% to 3%", "Churn falls to 2 %"),
    ("Customers get an answer the first time", "The first time, customers get an answer"),
    ("Win rate in the Nordics rises to 25%", "The win rate in the Nordics rises"),
    ("Patients wait no longer than 20 minutes", "No patient waits longer than 30 minutes"),
    ("Shorten the sales cycle to 45 days", "Sales cycle shortens to 60 days"),
]
DIFFERENT = [
    ("Reduce churn in EU", "Reduce support cost in EU"),
    ("Increase revenue from new customers", "Increase satisfaction of support customers"),
    ("Trial users reach their first report", "Trial signups from search grow"),
    ("Time to hire engineers falls", "Time to first response falls"),
    ("Checkout conversion on mobile grows", "Mobile app crashes fall"),
    ("The team is happier", "The team ships faster"),
    ("Customers renew without a call", "Sales call customers back within an hour"),
    ("Invoices are paid on time", "Deliveries arrive on time"),
    ("Reduce the cost of hosting", "Reduce the cost of hiring"),
    ("Grow monthly active users", "Grow monthly recurring revenue"),
    ("Onboarding takes less than a week", "Invoicing takes less than a week"),
    ("Increase EU sales", "Increase US sales"),
    ("Churn in B2B falls", "Churn in B2C falls"),
    ("Reduce by half within the quarter", "Reduce by half within the quarter"),
    ("売上を増やす", "顧客満足度を上げる"),
    ("Reduce churn from 5% to 3%", "Reduce costs from 5% to 3%"),
    ("Win rate rises in France", "Lead time falls in France"),
    ("Pages load faster", "Pages look better"),
    ("Reduce time to hire to 30 days", "Reduce time to restore to 30 minutes"),
    ("Nobody waits overnight for a first answer", "Nobody is woken at night by a false alarm"),
    ("Grow revenue in Germany", "Grow the team in Portugal"),
]
LESSON = "Calling customers a month before the renewal date kept twice as many of them; emails alone did nothing."
texts = st.text(st.sampled_from("churn eu sales 売上 é-1"), max_size=40)


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_these_read_alike(one: str, other: str) -> None:
    assert likeness(one, other) >= READS_ALIKE


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_these_do_not(one: str, other: str) -> None:
    assert likeness(one, other) < READS_ALIKE


@given(texts, texts)
def test_likeness_is_mutual_and_between_nothing_and_all(one: str, other: str) -> None:
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0 <= likeness(one, other) <= 100.001


@given(st.permutations(["churn", "enterprise", "customers", "germany"]))
def test_the_order_of_words_does_not_matter(said: list[str]) -> None:
    assert likeness(" ".join(said), "Churn of enterprise customers in Germany") == pytest.approx(100)


def test_a_lesson_on_the_same_subject_is_told_from_one_on_another() -> None:
    assert likeness("Enterprise customers renew their contracts", LESSON) >= SAME_SUBJECT
    assert likeness("Fewer failed deployments", LESSON) < SAME_SUBJECT


def test_the_closest_come_first_and_the_rest_not_at_all() -> None:
    candidates = [(1, "Support cost falls"), (2, "Churn of customers in the EU falls"), (3, "EU churn"), (4, "")]
    assert closest("Reduce churn in EU", candidates, limit=5, at_least=READS_ALIKE) == [3, 2]
    assert closest("Reduce churn in EU", candidates, limit=1, at_least=READS_ALIKE) == [3]


def test_a_text_that_says_nothing_is_close_to_none() -> None:
    assert closest("…", [(1, "…"), (2, "churn")], limit=5, at_least=0.1) == []
