"""The tick of decisions: whose decider is to be reminded, or asked to review."""

from datetime import datetime, timedelta
from functools import partial

from bot.db.database import Database
from bot.db.each import each_on_its_own
from bot.decisions.actions.reminding import look_again_later, remind_next
from bot.decisions.queries.due import next_word_look, words_due
from bot.deliveries.rules import MOST_A_WEEK
from bot.people.lookups import LookUp, nobody_looked_up
from bot.ticker import Tick

_BATCH = 100


def ticks(db: Database, look_up: LookUp = nobody_looked_up, *, most_a_week: int = MOST_A_WEEK) -> list[Tick]:
    """What decisions have to do as time passes; nobody gets more than `most_a_week` messages of Rhythm's own accord."""

    def due() -> int:
        return words_to_deciders_due(db, most_a_week, look_up=look_up)

    return [Tick("words to deciders due", timedelta(seconds=5), due, lambda: next_word(db))]


def words_to_deciders_due(db: Database, most_a_week: int = MOST_A_WEEK, *, look_up: LookUp = nobody_looked_up) -> int:
    """Reminds every decider whose time has come. Answers how many decisions it looked at."""
    with db.read() as tx:
        found = words_due(tx, now=db.now(tx), limit=_BATCH)
    look_up(list({due.decider for due in found if due.decider is not None}))
    decisions = [(due.workspace_id, due.decision_id) for due in found]
    remind = partial(remind_next, most_a_week=most_a_week)
    return each_on_its_own(db, decisions, remind, look_again_later, trouble="decision looked at again later")


def next_word(db: Database) -> datetime | None:
    """When a decision is to be looked at next."""
    with db.read() as tx:
        return next_word_look(tx)
