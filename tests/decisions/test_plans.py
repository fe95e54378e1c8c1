"""What people ask of decisions is found through indexes, however many there are."""

from bot.db.database import Database
from tests.benchmarks.asking import Asked
from tests.benchmarks.company import viewer
from tests.benchmarks.decided import QUESTIONS, Decided
from tests.plans import Plan, plans_of

LARGE = ("decision", "decision_choice", "decision_event", "decision_wait", "decision_review", "search_word")
READS = {"remembered in the form": {"decision_choice"}, "debt of all": {*LARGE}, "debt of a team": {*LARGE}}
"""What may read a whole table of so few: the choices of a hundred decisions; what happened to all in eight weeks."""
IN_ORDER = ("ix_decision_newest (workspace_id=?)", "ix_decision_next (workspace_id=?)")
"""How SQLite says that it goes through all decisions in an order of theirs."""


def asked(database: Database, ask: Asked) -> list[Plan]:
    def run() -> None:
        with database.read() as tx:
            ask(tx, viewer("insider"))

    return plans_of(database, run)


def test_no_question_reads_a_whole_table(database: Database, database_url: str) -> None:
    Decided(10_000).fill(database_url)
    read: dict[str, set[str]] = {}
    for name, question in QUESTIONS.items():
        plans = [] if question.writes else asked(database, question.ask)
        whole = {table for table in LARGE for plan in plans if plan.reads_all_of(table)}
        read[name] = whole - READS.get(name, set())
    assert {name: whole for name, whole in read.items() if whole} == {}
    for name in ("show", "on an outcome's card"):
        plans = asked(database, QUESTIONS[name].ask)
        assert [plan.statement for plan in plans for index in IN_ORDER if plan.uses(index)] == [], name
