"""Engines of one kind share what they have compiled.

Each test has engines of its own, and SQLAlchemy keeps compiled statements with an engine: without this, half of what
a test does on a database would be compiling statements that the test before had compiled as well. Nor does each engine
ask the server anew for what is the same for all.
"""

from typing import Any

import pytest
from sqlalchemy import URL, Engine, create_engine, event

from bot.db import database


def share_compiled_statements(patch: pytest.MonkeyPatch) -> None:
    """From now on, each new engine compiles for the first one of its kind that reached its database."""
    first: dict[str, Engine] = {}

    def created(address: URL, **options: Any) -> Engine:
        kind = address.get_backend_name()
        engine = create_engine(address, **options, _initialize=kind not in first)
        if kind in first:
            engine.dialect = first[kind].dialect
            engine._compiled_cache = first[kind]._compiled_cache
        else:
            event.listen(engine, "connect", lambda *_: first.setdefault(kind, engine), once=True)
        return engine

    patch.setattr(database, "create_engine", created)
