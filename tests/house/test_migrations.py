"""Every migration goes up and comes back down, on both databases, and says what the models say."""

import ast
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect
from sqlalchemy.pool import NullPool

from bot.db import migrate
from bot.main import metadata
from tests.house.source import ROOT

MIGRATIONS = sorted((ROOT / "migrations" / "versions").glob("*.py"))


def has_a_way_back(source: str) -> bool:
    """Whether `downgrade` does something."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == "downgrade":
            return any(
                isinstance(statement, ast.Expr | ast.With | ast.For) and _acts(statement) for statement in node.body
            )
    return False


def _acts(statement: ast.stmt) -> bool:
    return any(isinstance(node, ast.Call) for node in ast.walk(statement))


def tables(url: str) -> set[str]:
    engine = create_engine(url, poolclass=NullPool)
    return set(inspect(engine).get_table_names())


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: path.stem)
def test_a_migration_has_a_way_back(path: Path) -> None:
    assert has_a_way_back(path.read_text())


def test_the_migrations_go_up_come_down_and_go_up_again(blank_database_url: str) -> None:
    migrate.upgrade(blank_database_url)
    migrate.downgrade(blank_database_url)
    assert tables(blank_database_url) <= {"alembic_version"}
    migrate.upgrade(blank_database_url)
    assert tables(blank_database_url) == {*metadata().tables, "alembic_version"}


def test_the_migrations_make_what_the_models_say(database_url: str) -> None:
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata()) == []


def test_a_migration_without_a_way_back_would_be_found() -> None:
    assert not has_a_way_back("def upgrade() -> None:\n    op.create_table('team')")
    assert not has_a_way_back("def downgrade() -> None:\n    '''Nothing.'''\n    pass")
    assert not has_a_way_back("def downgrade() -> None:\n    raise NotImplementedError()")
    assert has_a_way_back("def downgrade() -> None:\n    op.drop_table('team')")
