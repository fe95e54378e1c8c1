"""Loading rows in bulk: what the models keep, without going through an action for each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Connection, Table, create_engine, text
from sqlalchemy.pool import NullPool

from bot.db.base import Base

Row = Mapping[str, Any]
"""A row by the names of its columns; what is left out is null."""


@contextmanager
def loading(url: str) -> Iterator[Connection]:
    """A connection that loads without checking references, and has the database measure its tables at the end."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA cache_size=-400000")
            connection.exec_driver_sql("PRAGMA synchronous=OFF")
        else:
            connection.execute(text("SET session_replication_role = replica"))
        yield connection
        connection.commit()
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def load(connection: Connection, model: type[Base], rows: Iterable[Row]) -> None:
    """Adds rows to a model's table, each value as its column's type writes it."""
    table = model.__table__
    assert isinstance(table, Table)
    columns = list(table.columns)
    written = _written(columns, rows, connection)
    names = ", ".join(f'"{column.name}"' for column in columns)
    cursor: Any = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        cursor.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", written)
        return
    with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for row in written:
            copy.write_row(row)
    if table.autoincrement_column is not None:
        _count_on(connection, table.name)


def _count_on(connection: Connection, name: str) -> None:
    """Has PostgreSQL number the next row after those that came with their numbers; SQLite does so by itself."""
    connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"))


def _written(columns: Sequence[Column[Any]], rows: Iterable[Row], connection: Connection) -> Iterator[tuple[Any, ...]]:
    writers = [(column.name, _writer(column, connection)) for column in columns]
    for row in rows:
        yield tuple([write(row.get(name)) if write else row.get(name) for name, write in writers])


def _writer(column: Column[Any], connection: Connection) -> Callable[[Any], Any] | None:
    dialect = connection.dialect
    return column.type.dialect_impl(dialect).bind_processor(dialect)
