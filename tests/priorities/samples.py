"""Priorities that were never stored, for the tests of the words."""

from bot.priorities.model import Priority
from tests.outcomes.samples import NOW


def priority(name: str = "Customers stay longer", period: str = "H1 2026", *, id: int = 1) -> Priority:
    return Priority(
        workspace_id="T1",
        id=id,
        name=name,
        period=period,
        position=id,
        created_at=NOW,
        created_by="UANN",
        retired_at=None,
    )
