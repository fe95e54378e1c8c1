"""Migrations: applied at every start, under a lock, so that several replicas may start together."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, make_url

_ROOT = Path(__file__).resolve().parents[2]


def config(url: str) -> Config:
    """Alembic's configuration for `url`."""
    settings = Config(str(_ROOT / "alembic.ini"))
    settings.set_main_option("script_location", str(_ROOT / "migrations"))
    settings.attributes["url"] = url
    return settings


def upgrade(url: str) -> None:
    """Brings the database at `url` to the newest version, making a SQLite file's folder where there is none.

    Safe to call from several processes at once.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(config(url), "head")


def downgrade(url: str, revision: str = "base") -> None:
    """Takes the database at `url` back to `revision`."""
    command.downgrade(config(url), revision)


def newest() -> str | None:
    """The newest revision that this code knows."""
    return ScriptDirectory(str(_ROOT / "migrations")).get_current_head()


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest version."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest()
