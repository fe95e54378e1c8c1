"""How the databases go about the statements that something executes: through which indexes."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, event

from bot.db.database import Database


@dataclass(frozen=True)
class Plan:
    """A statement, and each step of its plan."""

    statement: str
    steps: tuple[str, ...]

    def reads_all_of(self, table: str) -> bool:
        """Whether a step reads the whole table."""
        whole = re.compile(rf"(?:.*Seq Scan on {table}\b.*|SCAN {table})")
        return any(whole.fullmatch(step) for step in self.steps)

    def uses(self, index: str) -> bool:
        """Whether a step reads that index."""
        return any(index in step for step in self.steps)


def plans_of(database: Database, run: Callable[[], object]) -> list[Plan]:
    """The plans of everything that `run` executes. The tables need enough rows, or no index is worth its while."""
    with _executed(database) as statements:
        run()
    with database.engine.connect() as connection:
        return [Plan(said, _steps(connection, said, parameters)) for said, parameters in statements]


def plan_about(plans: Sequence[Plan], *words: str) -> Plan:
    """The first one of a statement with all these words."""
    return next(plan for plan in plans if all(word in plan.statement for word in words))


@contextmanager
def _executed(database: Database) -> Iterator[list[tuple[str, Any]]]:
    statements: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, said: str, parameters: Any, _context: Any, is_many: bool) -> None:
        if said.startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            statements.append((said, parameters[0] if is_many else parameters))

    engines = {database.engine, database._reader}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


def _steps(connection: Connection, said: str, parameters: Any) -> tuple[str, ...]:
    if connection.dialect.name == "sqlite":
        return tuple(str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", parameters))
    return tuple(str(row[0]).strip() for row in connection.exec_driver_sql(f"EXPLAIN {said}", parameters))
