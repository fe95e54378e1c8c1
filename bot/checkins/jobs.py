"""The ticks of check-ins: who is due to be asked or nudged, whose time is over, and who answered by other means."""

from datetime import datetime, timedelta
from functools import partial

from bot.checkins.actions.answering import note_answer_elsewhere, note_gone_or_back
from bot.checkins.actions.closing import close_next, look_again_later
from bot.checkins.actions.deciding import check_in_next, postpone
from bot.checkins.actions.reminding import nudge_next
from bot.checkins.queries.due import (
    answered_elsewhere,
    answered_late,
    closes_due,
    due_people,
    gone_or_back,
    next_close_look,
    next_look_at,
    next_nudge_look,
    nudges_due,
    whoever_is_asked,
)
from bot.db.database import Database
from bot.db.each import each_on_its_own
from bot.deliveries.rules import MOST_A_WEEK
from bot.people.lookups import LookUp, nobody_looked_up
from bot.ticker import Tick

_BATCH = 200
"""People looked at in one beat, so that stopping stays prompt; each is a transaction of its own."""
_LATER = "check-in looked at again later"
_NOT_NOTED = "change not noted"


def ticks(db: Database, look_up: LookUp = nobody_looked_up, *, most_a_week: int = MOST_A_WEEK) -> list[Tick]:
    """What check-ins have to do as time passes; nobody gets more than `most_a_week` messages of Rhythm's own accord."""
    ask = partial(check_ins_due, db, most_a_week, look_up=look_up)
    nudge = partial(nudge_owners_due, db, most_a_week, look_up=look_up)
    return [
        Tick("check-ins due", timedelta(seconds=0.5), ask, lambda: next_check_in(db)),
        Tick("nudges due", timedelta(seconds=5), nudge, lambda: next_nudge(db)),
        Tick("check-ins closed", timedelta(seconds=5), lambda: closes_of_check_ins_due(db), lambda: next_close(db)),
        Tick("check-ins answered elsewhere", timedelta(seconds=5), lambda: answered_elsewhere_due(db)),
        Tick("check-ins answered late", timedelta(minutes=1), lambda: answered_late_due(db)),
        Tick("check-ins about what is gone", timedelta(seconds=5), lambda: gone_or_back_due(db)),
    ]


def check_ins_due(db: Database, most_a_week: int = MOST_A_WEEK, *, look_up: LookUp = nobody_looked_up) -> int:
    """Asks everybody whose time has come. Answers how many people it looked at."""
    with db.read() as tx:
        now = db.now(tx)
        people = due_people(tx, now=now, limit=_BATCH)
        asked = whoever_is_asked(tx, people, now=now)
    look_up(asked)
    ask = partial(check_in_next, most_a_week=most_a_week)
    return each_on_its_own(db, [(person,) for person in people], ask, postpone, trouble="check-in postponed")


def next_check_in(db: Database) -> datetime | None:
    """When somebody is to be looked at next."""
    with db.read() as tx:
        return next_look_at(tx)


def nudge_owners_due(db: Database, most_a_week: int = MOST_A_WEEK, *, look_up: LookUp = nobody_looked_up) -> int:
    """Nudges everybody whose check-in is still open when it is time. Answers how many check-ins it looked at."""
    with db.read() as tx:
        now = db.now(tx)
        found = nudges_due(tx, now=now, limit=_BATCH)
        asked = whoever_is_asked(tx, [due.owner for due in found], now=now)
    look_up(asked)
    nudge = partial(nudge_next, most_a_week=most_a_week)
    return each_on_its_own(db, found, nudge, look_again_later, trouble=_LATER)


def next_nudge(db: Database) -> datetime | None:
    """When somebody may have to be nudged next."""
    with db.read() as tx:
        return next_nudge_look(tx)


def closes_of_check_ins_due(db: Database) -> int:
    """Records what was not answered in the periods that are over. Answers how many check-ins it looked at."""
    with db.read() as tx:
        found = closes_due(tx, now=db.now(tx), limit=_BATCH)
    return each_on_its_own(db, found, close_next, look_again_later, trouble=_LATER)


def next_close(db: Database) -> datetime | None:
    """When a check-in closes next."""
    with db.read() as tx:
        return next_close_look(tx)


def answered_elsewhere_due(db: Database) -> int:
    """Settles the check-ins whose outcomes got a result by command or form meanwhile."""
    with db.read() as tx:
        found = answered_elsewhere(tx, now=db.now(tx), limit=_BATCH)
    return each_on_its_own(db, found, note_answer_elsewhere, trouble=_NOT_NOTED)


def answered_late_due(db: Database) -> int:
    """The same for check-ins that had closed by then."""
    with db.read() as tx:
        found = answered_late(tx, now=db.now(tx), limit=_BATCH)
    return each_on_its_own(db, found, note_answer_elsewhere, trouble=_NOT_NOTED)


def gone_or_back_due(db: Database) -> int:
    """Rewrites or withholds what was said about outcomes that were closed or handed over meanwhile."""
    with db.read() as tx:
        found = gone_or_back(tx, now=db.now(tx), limit=_BATCH)
    return each_on_its_own(db, found, note_gone_or_back, trouble=_NOT_NOTED)
