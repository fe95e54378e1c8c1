"""The tick of digests: whose channel is due to get one."""

from datetime import datetime, timedelta

from bot.db.database import Database
from bot.db.each import each_on_its_own
from bot.digests.actions import give_digest, postpone
from bot.digests.queries import digests_due, next_digest_look
from bot.ticker import Tick

_BATCH = 100


def ticks(db: Database) -> list[Tick]:
    """What digests have to do as time passes."""
    return [Tick("digests due", timedelta(seconds=5), lambda: give_digests_due(db), lambda: next_digest(db))]


def give_digests_due(db: Database) -> int:
    """Owes every channel its digest whose time has come. Answers how many teams it looked at."""
    with db.read() as tx:
        due = digests_due(tx, now=db.now(tx), limit=_BATCH)
    return each_on_its_own(db, due, give_digest, postpone, trouble="digest postponed")


def next_digest(db: Database) -> datetime | None:
    """When a team is to be looked at next."""
    with db.read() as tx:
        return next_digest_look(tx)
