"""Many more people, like those who are there already: copied by the database itself, which is much faster."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, Table, cast, func, insert, literal, select, true

from bot.checkins.model import CheckIn, CheckInItem
from bot.db.base import Base
from bot.outbox.model import Delivery, DirectChannel
from bot.outcomes.model import Outcome
from bot.people.model import Person
from tests.benchmarks.loading import loading

_APART = 1_000_000

Renamed = Callable[[ColumnElement[Any], ColumnElement[int]], ColumnElement[Any]]


def clone_those_not_due(url: str, times: int, now: datetime) -> None:
    """Adds that many people like each one who is not due at `now`, with all that they have."""
    if not times:
        return
    with loading(url) as connection:
        for model, renamed in _TABLES.items():
            connection.execute(_clones(model, renamed, times, now))


def _clones(model: type[Base], renamed: Mapping[str, Renamed], times: int, now: datetime) -> Any:
    numbers = select(literal(1, Integer).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < times))
    table = model.__table__
    assert isinstance(table, Table)
    values = [renamed[one.name](one, numbers.c.n) if one.name in renamed else one for one in table.columns]
    # Everybody has a row of the same number, or of the same name, in each table.
    people = select(Person.id).where(Person.next_checkin_at > now)
    outcomes = select(Outcome.id).where(Outcome.owner_id.in_(people))
    name = next((column for column in ("person_id", "place", "owner_id") if column in table.c), "id")
    whose = table.c.outcome_id.in_(outcomes) if "outcome_id" in table.c else table.c[name].in_(people)
    chosen = select(*values).select_from(table.join(numbers, true())).where(whose)
    return insert(table).from_select([column.name for column in table.columns], chosen)


def _named_apart(column: ColumnElement[Any], n: ColumnElement[int]) -> ColumnElement[Any]:
    return column + literal("Y") + cast(n, String)


def _numbered_apart(column: ColumnElement[Any], n: ColumnElement[int]) -> ColumnElement[Any]:
    return column + n * _APART


def _uid_apart(column: ColumnElement[Any], n: ColumnElement[int]) -> ColumnElement[Any]:
    return func.substr(column, 6) + literal("Y") + cast(n, String)


# People come last: until then, everybody who is not due is an original.
_TABLES: Mapping[type[Base], Mapping[str, Renamed]] = {
    DirectChannel: {"person_id": _named_apart, "channel": _named_apart},
    CheckInItem: {"checkin_id": _numbered_apart, "outcome_id": _numbered_apart},
    CheckIn: {"id": _numbered_apart, "person_id": _named_apart, "asked_id": _named_apart},
    Delivery: {"id": _numbered_apart, "key": _named_apart, "uid": _uid_apart, "place": _named_apart},
    Outcome: {"id": _numbered_apart, "number": _numbered_apart, "owner_id": _named_apart},
    Person: {"id": _named_apart},
}
