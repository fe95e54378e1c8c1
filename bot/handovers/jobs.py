"""The tick of handovers: offers that nobody answered go back to the lead."""

from datetime import datetime, timedelta

import structlog

from bot.db.database import Database
from bot.handovers.actions.offering import postpone, return_offer
from bot.handovers.queries import next_return_at, unanswered_offers
from bot.people.rules import Viewer
from bot.ticker import Tick

log = structlog.get_logger(__name__)

_BATCH = 50


def ticks(db: Database) -> list[Tick]:
    """What handovers have to do as time passes."""
    return [Tick("offers unanswered", timedelta(minutes=1), lambda: offers_due(db), lambda: next_offer_due(db))]


def offers_due(db: Database) -> int:
    """Gives back the offers that have waited long enough. Answers how many it looked at."""
    with db.read() as tx:
        due = unanswered_offers(tx, now=db.now(tx), limit=_BATCH)
    return sum(_give_back(db, of, handover_id) for of, handover_id in due)


def next_offer_due(db: Database) -> datetime | None:
    """When an offer is to be given back next."""
    with db.read() as tx:
        return next_return_at(tx)


def _give_back(db: Database, of: Viewer, handover_id: int) -> bool:
    try:
        with db.begin() as tx:
            return return_offer(tx, of, handover_id, now=db.now(tx))
    except Exception:
        # One offer's trouble must not hold up those behind it.
        log.exception("offer not given back", workspace=of.workspace_id, handover=handover_id)
        with db.begin() as tx:
            postpone(tx, of, handover_id, now=db.now(tx))
        return True
