"""What is due, over all workspaces, so that each of them gets its turn."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from bot.db.base import InWorkspace, KeyedInWorkspace
from bot.db.database import Tx
from bot.workspaces.model import Workspace


def in_fair_turns(
    tx: Tx,
    found: Select[*tuple[Any, ...]],
    table: type[InWorkspace | KeyedInWorkspace],
    planned: InstrumentedAttribute[datetime | None],
    *,
    now: datetime,
    limit: int,
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The rows whose time has come, at most `limit`, the longest overdue first.

    When more are due than that, each workspace that has some gets its share: nobody in a small company waits until
    everybody in a large one has had theirs.

    Args:
        found: what to read of the rows of `table`, still without conditions.
        planned: the column that says when; `table` has indexes on it, alone and after the workspace.
    """
    due = found.where(planned <= now).order_by(planned)
    rows = tx.execute(due.limit(limit)).all()
    if len(rows) < limit:
        return rows
    soonest = select(func.min(planned)).where(table.workspace_id == Workspace.id).scalar_subquery()
    waiting = tx.scalars(select(Workspace.id).where(soonest <= now).order_by(soonest).limit(limit)).all()
    share = due.limit(limit // len(waiting))
    return [row for one in waiting for row in tx.execute(share.where(table.workspace_id == one))]
