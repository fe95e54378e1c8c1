"""A database for a simulated company: its file, and its address."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def migrated(_migrated_sqlite: Path) -> Path:
    """A migrated SQLite file with no rows, to be copied."""
    return _migrated_sqlite


@pytest.fixture
def url(tmp_path: Path, migrated: Path) -> str:
    """The address of a migrated database with no rows."""
    return f"sqlite:///{shutil.copyfile(migrated, tmp_path / 'year.db')}"
