"""The ticks of the outcomes room."""

from datetime import datetime, timedelta

import structlog

from bot.db.database import Database
from bot.outcomes.actions.history import look_again, put_off
from bot.outcomes.queries import next_refresh_at, outcomes_to_refresh
from bot.ticker import Tick

log = structlog.get_logger(__name__)

_BATCH = 100


def ticks(db: Database) -> list[Tick]:
    """What outcomes have to do as time passes."""
    return [
        Tick("outcomes to look at again", timedelta(minutes=1), lambda: outcomes_due(db), lambda: next_outcome(db)),
    ]


def outcomes_due(db: Database) -> int:
    """Derives anew what the rows say that time alone changes. Answers how many outcomes it looked at."""
    with db.read() as tx:
        due = outcomes_to_refresh(tx, now=db.now(tx), limit=_BATCH)
    return sum(_look_again(db, outcome_id) for outcome_id in due)


def next_outcome(db: Database) -> datetime | None:
    """When an outcome is to be looked at next."""
    with db.read() as tx:
        return next_refresh_at(tx)


def _look_again(db: Database, outcome_id: int) -> bool:
    try:
        with db.begin() as tx:
            look_again(tx, outcome_id, now=db.now(tx))
    except Exception:
        # One outcome's trouble must not hold up those behind it.
        log.exception("outcome not looked at again", outcome=outcome_id)
        with db.begin() as tx:
            put_off(tx, outcome_id, now=db.now(tx))
    return True
