"""The ticks of the workspaces room."""

from datetime import timedelta

from bot.db.database import Database
from bot.ticker import Tick
from bot.workspaces.actions import forget_gestures

_REMEMBERED = timedelta(days=3)
"""Longer than Slack repeats anything: its retries end within an hour, a form stays open for a day at most."""


def ticks(db: Database) -> list[Tick]:
    """What workspaces have to do as time passes."""
    return [Tick("gestures to forget", timedelta(hours=6), lambda: gestures_to_forget(db))]


def gestures_to_forget(db: Database) -> int:
    """Drops old gestures, so that their table stays small. Answers how many."""
    with db.begin() as tx:
        return forget_gestures(tx, before=db.now(tx) - _REMEMBERED)
