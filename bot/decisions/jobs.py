"""The tick of decisions: whose decider is to be reminded, or asked to review."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.db.database import Database
from bot.decisions.actions.reminding import look_again_later, remind_next
from bot.decisions.queries.due import Due, next_word_look, words_due
from bot.deliveries.rules import MOST_A_WEEK
from bot.people.rules import Viewer
from bot.ticker import Tick

log = structlog.get_logger(__name__)

_BATCH = 100

LookUp = Callable[[Sequence[Viewer]], None]
"""Notes what Slack says of people who may be reminded now: whether they are in Do Not Disturb."""


def _leave_as_they_are(_people: Sequence[Viewer]) -> None:
    """Looks nobody up."""


def ticks(db: Database, look_up: LookUp = _leave_as_they_are, *, most_a_week: int = MOST_A_WEEK) -> list[Tick]:
    """What decisions have to do as time passes; nobody gets more than `most_a_week` messages of Rhythm's own accord."""

    def due() -> int:
        return words_to_deciders_due(db, most_a_week, look_up=look_up)

    return [Tick("words to deciders due", timedelta(seconds=5), due, lambda: next_word(db))]


def words_to_deciders_due(db: Database, most_a_week: int = MOST_A_WEEK, *, look_up: LookUp = _leave_as_they_are) -> int:
    """Reminds every decider whose time has come. Answers how many decisions it looked at."""
    with db.read() as tx:
        found = words_due(tx, now=db.now(tx), limit=_BATCH)
    look_up(list({due.decider for due in found if due.decider is not None}))
    return sum(_look_at(db, due, most_a_week) for due in found)


def next_word(db: Database) -> datetime | None:
    """When a decision is to be looked at next."""
    with db.read() as tx:
        return next_word_look(tx)


def _look_at(db: Database, due: Due, most_a_week: int) -> bool:
    try:
        with db.begin() as tx:
            return remind_next(tx, due.workspace_id, due.decision_id, most_a_week=most_a_week, now=db.now(tx))
    except Exception:
        # One decision's trouble must not hold up those behind it.
        log.exception("decision looked at again later", workspace=due.workspace_id, decision=due.decision_id)
        with db.begin() as tx:
            look_again_later(tx, due.workspace_id, due.decision_id, now=db.now(tx))
        return True
