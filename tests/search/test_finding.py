"""Indexing items and finding them again, on both databases."""

import re
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Select, event, insert, literal, select, text, union_all

from bot.db.database import Tx
from bot.search.actions import index
from bot.search.model import SearchWord
from bot.search.queries import matching, sharing_words
from bot.search.rules import terms, words
from tests.workspaces.firm import Firm

SYLLABLES = [
    "ba",
    "bé",
    "BAR",
    "ß",
    "ı",
    "Ł",
    "Ж",
    "日本",
    "語",
    "カ",
    "नि",
    "하",
    "𝒳",
    "𠮷",
    "1",
    "12",
    "zz",
    "%",
    "_",
    "-",
]
spoken = st.lists(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=3).map("".join), max_size=5).map(" ".join)
fresh_kinds = (f"k{number}" for number in count())


def keep(tx: Tx, firm: Firm, kind: str, *texts: str) -> None:
    """Indexes these texts as the items 1, 2, 3, …"""
    for item_id, said in enumerate(texts, start=1):
        index(tx, workspace_id=firm.id, kind=kind, item_id=item_id, texts=[said])


def items(tx: Tx, firm: Firm, kind: str, query: str) -> list[int]:
    """The items from 1 to 9 that the query finds, as a room would select them."""
    return list(tx.scalars(chosen(firm.id, kind, query)))


def chosen(workspace_id: str, kind: str, query: str) -> Select[int]:
    thing = union_all(*(select(literal(number).label("id")) for number in range(1, 10))).subquery()
    return select(thing.c.id).where(matching(workspace_id, kind, terms(query), thing.c.id)).order_by(thing.c.id)


def begins(term: str, said: str) -> bool:
    return any(word.startswith(term) for word in words(said))


@given(st.lists(spoken, min_size=9, max_size=9), st.lists(spoken, min_size=1, max_size=4))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_finds_what_reading_every_text_would(firm: Firm, said: list[str], queries: list[str]) -> None:
    kind = next(fresh_kinds)
    with firm.db.begin() as tx:
        keep(tx, firm, kind, *said)
        for query in [*queries, *said[:3]]:
            expected = [n for n, text in enumerate(said, 1) if all(begins(term, text) for term in terms(query))]
            assert items(tx, firm, kind, query) == expected


@given(st.lists(spoken, min_size=2, max_size=4))
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_item_is_found_by_its_newest_texts_alone(firm: Firm, versions: list[str]) -> None:
    kind = next(fresh_kinds)
    with firm.db.begin() as tx:
        for said in versions:
            index(tx, workspace_id=firm.id, kind=kind, item_id=1, texts=said.split(" "))
        kept = tx.scalars(select(SearchWord.word).where(SearchWord.kind == kind))
        assert set(kept) == words(versions[-1].replace(" ", "\n"))


def test_only_the_difference_is_written(firm: Firm) -> None:
    with firm.db.begin() as tx:
        keep(tx, firm, "outcome", "Churn falls in the EU")
    written: list[str] = []
    with firm.db.begin() as tx:
        event.listen(tx.connection(), "before_cursor_execute", lambda *given: written.append(given[2]))
        keep(tx, firm, "outcome", "The EU: in churn falls")
    assert [statement.split()[0] for statement in written] == ["SELECT"]


def test_an_item_without_texts_is_found_by_nothing(firm: Firm) -> None:
    with firm.db.begin() as tx:
        keep(tx, firm, "outcome", "Churn falls")
        index(tx, workspace_id=firm.id, kind="outcome", item_id=1, texts=[])
        assert items(tx, firm, "outcome", "churn") == []


def test_workspaces_and_kinds_are_apart(firm: Firm) -> None:
    other = Firm(firm.db, firm.clock, id="T2").open()
    with firm.db.begin() as tx:
        keep(tx, firm, "outcome", "Churn falls")
        assert items(tx, firm, "outcome", "churn") == [1]
        assert items(tx, firm, "lesson", "churn") == []
        assert items(tx, other, "outcome", "churn") == []
        assert sharing_words(tx, workspace_id=other.id, kind="outcome", words=["churn"]) == []


def test_without_a_term_every_item_matches(firm: Firm) -> None:
    with firm.db.read() as tx:
        assert items(tx, firm, "outcome", "%") == list(range(1, 10))


@pytest.mark.parametrize(
    "query", ["'; DROP TABLE outcome; --", "100%", "a_b", "\\", "%s %(x)s :x ?", "\0churn\0", "\ud800churn"]
)
def test_what_a_person_types_is_only_words(firm: Firm, query: str) -> None:
    with firm.db.begin() as tx:
        keep(tx, firm, "outcome", query, "something else")
        assert 1 in items(tx, firm, "outcome", query)


def test_the_items_that_share_the_rarest_words_come_first(firm: Firm) -> None:
    said = [
        "Customer support is faster",
        "Customers renew",
        "Churn of customers in the EU",
        "EU offices open",
        "The of",
    ]
    with firm.db.begin() as tx:
        keep(tx, firm, "outcome", *said)
        found = sharing_words(tx, workspace_id=firm.id, kind="outcome", words=words("Customer churn in the EU"))
        assert found[0] == 3
        assert set(found) == {1, 2, 3, 4}
        assert sharing_words(tx, workspace_id=firm.id, kind="outcome", words=words("EU churn"), limit=1) == [3]
        assert sharing_words(tx, workspace_id=firm.id, kind="outcome", words=words("the of in 12")) == []


def test_the_primary_key_answers_and_not_a_reading_of_the_table(firm: Firm) -> None:
    wanted = chosen(firm.id, "outcome", "churn")
    said = str(wanted.compile(firm.db.engine, compile_kwargs={"literal_binds": True}))
    item = {"workspace_id": firm.id, "kind": "outcome"}
    with firm.db.begin() as tx:
        tx.execute(insert(SearchWord), [{**item, "word": f"w{n % 300}", "item_id": n} for n in range(6_000)])
        tx.execute(text("ANALYZE search_word"))
        if firm.db.is_sqlite:
            plan = [row[3] for row in tx.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {said}")]
            by_key = r"USING PRIMARY KEY \(workspace_id=\? AND kind=\? AND word>\? AND word<\?\)"
        else:
            plan = [row[0] for row in tx.connection().exec_driver_sql(f"EXPLAIN {said}")]
            by_key = r"pk_search_word(.|\n)*Index Cond: .*word.* >= .*word.* < "
    assert re.search(by_key, "\n".join(plan)), "\n".join(plan)


def test_words_are_sorted_by_code_point_whatever_the_server_prefers(firm: Firm) -> None:
    with firm.db.begin() as tx:
        keep(tx, firm, "outcome", "zebra Жук 日本 a1 한국 𝒳 𠮷野 नमस्ते b")
        kept = list(tx.scalars(select(SearchWord.word).order_by(SearchWord.word)))
        assert kept == sorted(kept)
        if not firm.db.is_sqlite:
            its = "table_name = 'search_word' AND column_name = 'word'"
            assert tx.scalar(text(f"SELECT collation_name FROM information_schema.columns WHERE {its}")) == "C"
