"""The tick of digests: whose channel is due to get one."""

from datetime import datetime, timedelta

import structlog

from bot.db.database import Database
from bot.digests.actions import give_digest, postpone
from bot.digests.queries import digests_due, next_digest_look
from bot.ticker import Tick

log = structlog.get_logger(__name__)

_BATCH = 100


def ticks(db: Database) -> list[Tick]:
    """What digests have to do as time passes."""
    return [Tick("digests due", timedelta(seconds=5), lambda: give_digests_due(db), lambda: next_digest(db))]


def give_digests_due(db: Database) -> int:
    """Owes every channel its digest whose time has come. Answers how many teams it looked at."""
    with db.read() as tx:
        due = digests_due(tx, now=db.now(tx), limit=_BATCH)
    return sum(_look_at(db, workspace_id, team_id) for workspace_id, team_id in due)


def next_digest(db: Database) -> datetime | None:
    """When a team is to be looked at next."""
    with db.read() as tx:
        return next_digest_look(tx)


def _look_at(db: Database, workspace_id: str, team_id: int) -> bool:
    try:
        with db.begin() as tx:
            return give_digest(tx, workspace_id, team_id, now=db.now(tx))
    except Exception:
        # One team's trouble must not hold up those behind it.
        log.exception("digest postponed", workspace=workspace_id, team=team_id)
        with db.begin() as tx:
            postpone(tx, workspace_id, team_id, now=db.now(tx))
        return True
