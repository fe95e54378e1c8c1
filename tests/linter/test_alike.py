"""Which statements read alike, and which only share words. The threshold was chosen for these pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.linter.alike import most_alike

ALIKE = [
    ("Reduce churn from 5% to 3%", "Churn falls to 2 %"),
    ("Customers get an answer the first time", "The first time, customers get an answer"),
    ("Trial users reach their first report within a day", "Trial users reach a first report in 24 hours"),
    ("Win rate in the Nordics rises to 25%", "The win rate in the Nordics rises"),
    ("Patients wait no longer than 20 minutes", "No patient waits longer than 30 minutes"),
    ("Café visitors come back within a month", "CAFE visitors come back within the month"),
    ("Shorten the sales cycle to 45 days", "Sales cycle shortens to 60 days"),
]
APART = [
    ("Reduce churn from 5% to 3%", "Reduce costs from 5% to 3%"),
    ("Win rate rises in France", "Lead time falls in France"),
    ("Customers get an answer the first time", "Customers pay their first invoice on time"),
    ("Pages load faster", "Pages look better"),
    ("Reduce time to hire to 30 days", "Reduce time to restore to 30 minutes"),
    ("Nobody waits overnight for a first answer", "Nobody is woken at night by a false alarm"),
    ("Grow revenue in Germany", "Grow the team in Portugal"),
    ("", ""),
    ("", "Pages load faster"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_the_same_change_in_other_words_reads_alike(one: str, other: str) -> None:
    assert most_alike(one, (("OUT-1", other),)) == ("OUT-1", other)
    assert most_alike(other, (("OUT-1", one),)) == ("OUT-1", one)


@pytest.mark.parametrize(("one", "other"), APART)
def test_another_change_does_not_read_alike_for_sharing_words(one: str, other: str) -> None:
    assert most_alike(one, (("OUT-1", other),)) is None
    assert most_alike(other, (("OUT-1", one),)) is None


def test_the_most_alike_is_the_one_shown() -> None:
    others = (
        ("OUT-1", "Customers get an answer the first time they ask"),
        ("OUT-2", "Customers get an answer the first time"),
    )
    assert most_alike("An answer the first time customers get", others) == others[1]


@given(st.permutations(["partners", "bring", "qualified", "leads", "from", "hospitals"]))
def test_the_order_of_the_words_makes_no_difference(words: list[str]) -> None:
    statement = "Partners bring qualified leads from hospitals"
    assert most_alike(" ".join(words), (("OUT-1", statement),)) == ("OUT-1", statement)
