"""That the questions people ask are answered from an index, in workspaces of any size. How long it takes, the benchmark says."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, text

from bot.db.database import Tx
from bot.outcomes.model import Outcome, Result
from bot.outcomes.queries import find_outcome, list_outcomes, search_outcomes
from bot.outcomes.rules import Filter
from bot.people.rules import Viewer
from bot.search.model import SearchWord
from tests.workspaces.firm import Firm, profile

TODAY = date(2026, 3, 2)
OUTCOMES, TEAMS, RESULTS = 4_000, 20, 4
_LIVE, _DUE = "ix_outcome_live", "ix_outcome_due"
_OWNERS, _TEAMS = "ix_outcome_workspace_id_owner_id_due_on_number", "ix_outcome_workspace_id_team_id_due_on_number"

Asked = Callable[[Tx, Viewer], object]


def listed(**narrowed: Any) -> Asked:
    return lambda tx, viewer: list_outcomes(tx, viewer, today=TODAY, **narrowed)


QUESTIONS: dict[str, tuple[Asked, set[str]]] = {
    "all": (listed(), {_LIVE}),
    "mine": (listed(owner_id="U1"), {_OWNERS}),
    "of a team": (listed(team_ids=[1]), {_TEAMS}),
    "done": (listed(narrowed=Filter.DONE), {_DUE}),
    **{one: (listed(narrowed=one), {_LIVE}) for one in Filter if one != Filter.DONE},
    "search": (lambda tx, viewer: search_outcomes(tx, viewer, ["w7"]), {"pk_search_word", "PRIMARY KEY"}),
    "show": (lambda tx, viewer: find_outcome(tx, viewer, 7), {"ix_result_workspace_id_outcome_id_measured_at"}),
}


@pytest.fixture
def large(firm: Firm) -> Firm:
    """The firm with some thousands of outcomes, and figures about its tables that the databases plan with."""
    firm.meet(*(profile(f"U{n}") for n in range(400)))
    for n in range(TEAMS):
        firm.channel(f"C{n}", ["U1"], is_private=n % 5 == 0)
        firm.team(f"C{n}", lead="U1")
    with firm.db.begin() as tx:
        tx.execute(insert(Outcome), [row(n, firm) for n in range(1, OUTCOMES + 1)])
        results = [result(n, firm) for n in range(OUTCOMES * RESULTS)]
        tx.execute(insert(Result), results)
        item = {"workspace_id": firm.id, "kind": "outcome"}
        tx.execute(insert(SearchWord), [{**item, "word": f"w{n % 500}", "item_id": n} for n in range(1, OUTCOMES + 1)])
        tx.execute(text("ANALYZE"))
    return firm


def row(n: int, firm: Firm) -> dict[str, Any]:
    due_on = TODAY + timedelta(days=n % 90)
    return {
        "workspace_id": firm.id,
        "id": n,
        "number": n,
        "team_id": n % TEAMS + 1,
        "owner_id": f"U{n % 400}",
        "statement": f"Outcome {n} is as it should be",
        "why": "",
        "measure": "Share",
        "unit_text": "percent",
        "target": 100,
        "starts_on": due_on - timedelta(days=90),
        "due_on": due_on,
        "created_at": firm.now,
        "created_by": "U1",
        "version": 1,
        "closed_at": firm.now if n % 2 else None,
        "closing_note": "",
        "latest_value": n,
        "latest_on": TODAY,
        "is_achieved": n % 7 == 0,
        **{name: due_on for name in ("stale_on", "off_track_on", "at_risk_on", "busy_from_on", "busy_to_on")},
    }


def result(n: int, firm: Firm) -> dict[str, Any]:
    return {
        "workspace_id": firm.id,
        "outcome_id": n // RESULTS + 1,
        "value": n,
        "measured_at": firm.now + timedelta(minutes=n),
        "recorded_at": firm.now,
        "author_id": "U1",
        "note": "",
        "source": "form",
        "link": "",
    }


def explained(tx: Tx, ask: Callable[[], object]) -> str:
    """How the database goes about every statement of a question, as it says itself."""
    asked: list[tuple[str, Any]] = []

    def heard(_connection: Connection, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        asked.append((statement, parameters))

    connection = tx.connection()
    event.listen(connection, "before_cursor_execute", heard)
    ask()
    event.remove(connection, "before_cursor_execute", heard)
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    plans = [connection.exec_driver_sql(f"{explain} {statement}", parameters) for statement, parameters in asked]
    return "\n".join(str(line[-1]) for plan in plans for line in plan)


def test_every_question_is_answered_from_its_index(large: Firm) -> None:
    wrong = []
    with large.db.read() as tx:
        for name, (ask, indexes) in QUESTIONS.items():
            plan = explained(tx, lambda ask=ask: ask(tx, large.viewer("U1")))  # type: ignore[misc]
            reads_a_table = any(words in plan for words in ("Seq Scan on outcome", "Seq Scan on result", "SCAN outcome\n"))
            if reads_a_table or not any(index in plan for index in indexes):
                wrong.append(f"{name}:\n{plan}")
    assert not wrong, "\n\n".join(wrong)
