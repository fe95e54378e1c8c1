"""Every row belongs to one workspace, and every instant is in UTC."""

from collections.abc import Iterator

from sqlalchemy import Column, Date, DateTime, Index, Integer, MetaData, String, Table, UniqueConstraint

from bot.db.types import UtcDateTime
from bot.main import metadata

WORKSPACE = "workspace"
OWN_IDENTITY = (["id"], ["uid"])


def tables_without_a_workspace(schema: MetaData) -> list[str]:
    return [table.name for table in _of_a_workspace(schema) if "workspace_id" not in table.columns]


def keys_that_cross_workspaces(schema: MetaData) -> list[str]:
    """Unique keys without the workspace. A row's own identity, a count or a random word, needs none."""
    return [
        f"{table.name}({', '.join(key)})"
        for table in _of_a_workspace(schema)
        for key in _unique_keys(table)
        if key not in OWN_IDENTITY and "workspace_id" not in key
    ]


def columns_that_break_their_name(schema: MetaData) -> list[str]:
    """`…_at` and `…_until` are instants in UTC, `…_on` is a date, and no other column is either."""
    return [str(column) for table in schema.tables.values() for column in table.columns if not _keeps_its_name(column)]


def _of_a_workspace(schema: MetaData) -> Iterator[Table]:
    return (table for table in schema.tables.values() if table.name != WORKSPACE)


def _unique_keys(table: Table) -> Iterator[list[str]]:
    yield list(table.primary_key.columns.keys())
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield [column.name for column in constraint.columns]
    for index in table.indexes:
        if index.unique:
            yield [column.name for column in index.columns]


def _keeps_its_name(column: Column[object]) -> bool:
    is_instant, is_date = isinstance(column.type, UtcDateTime), isinstance(column.type, Date)
    return (
        not isinstance(column.type, DateTime)
        and is_instant == column.name.endswith(("_at", "_until"))
        and is_date == column.name.endswith("_on")
    )


def test_every_table_has_its_workspace() -> None:
    assert tables_without_a_workspace(metadata()) == []


def test_no_unique_key_reaches_across_workspaces() -> None:
    assert keys_that_cross_workspaces(metadata()) == []


def test_instants_and_dates_are_kept_and_named_as_such() -> None:
    assert columns_that_break_their_name(metadata()) == []


def test_a_table_without_its_workspace_would_be_found() -> None:
    assert tables_without_a_workspace(_bad_schema()) == ["lesson"]


def test_a_key_across_workspaces_would_be_found() -> None:
    assert sorted(keys_that_cross_workspaces(_bad_schema())) == ["lesson(name)", "team(channel)", "team(name)"]


def test_a_plain_datetime_or_a_wrong_name_would_be_found() -> None:
    assert columns_that_break_their_name(_bad_schema()) == ["team.made_at", "team.due", "team.ends_at"]


def _bad_schema() -> MetaData:
    schema = MetaData()
    Table("workspace", schema, Column("id", String, primary_key=True))
    Table("lesson", schema, Column("name", String, primary_key=True))
    Table(
        "team",
        schema,
        Column("id", Integer, primary_key=True),
        Column("workspace_id", String),
        Column("name", String, unique=True),
        Column("channel", String),
        Column("made_at", DateTime(timezone=True)),
        Column("due", UtcDateTime),
        Column("ends_at", Date),
        Column("starts_on", Date),
        Index("ix_team_channel", "channel", unique=True),
        Index("ix_team_name", "workspace_id", "name", unique=True),
    )
    return schema
