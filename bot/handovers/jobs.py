"""The tick of handovers: offers that nobody answered go back to the lead."""

from datetime import datetime, timedelta

from bot.db.database import Database
from bot.db.each import each_on_its_own
from bot.handovers.actions.offering import postpone, return_offer
from bot.handovers.queries import next_return_at, unanswered_offers
from bot.ticker import Tick

_BATCH = 50


def ticks(db: Database) -> list[Tick]:
    """What handovers have to do as time passes."""
    return [Tick("offers unanswered", timedelta(minutes=1), lambda: offers_due(db), lambda: next_offer_due(db))]


def offers_due(db: Database) -> int:
    """Gives back the offers that have waited long enough. Answers how many it looked at."""
    with db.read() as tx:
        due = unanswered_offers(tx, now=db.now(tx), limit=_BATCH)
    return each_on_its_own(db, due, return_offer, postpone, trouble="offer not given back")


def next_offer_due(db: Database) -> datetime | None:
    """When an offer is to be given back next."""
    with db.read() as tx:
        return next_return_at(tx)
