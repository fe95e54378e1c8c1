"""The ticks of check-ins: who is due to be asked or nudged, whose time is over, and who answered by other means."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.checkins.actions.answering import note_answer_elsewhere, note_gone_or_back
from bot.checkins.actions.closing import close_next, look_again_later
from bot.checkins.actions.deciding import check_in_next, postpone
from bot.checkins.actions.reminding import nudge_next
from bot.checkins.queries.due import (
    Due,
    Elsewhere,
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
from bot.deliveries.rules import MOST_A_WEEK
from bot.people.rules import Viewer
from bot.ticker import Tick

log = structlog.get_logger(__name__)

_BATCH = 200
"""People looked at in one beat, so that stopping stays prompt; each is a transaction of its own."""


LookUp = Callable[[Sequence[Viewer]], None]
"""Notes what Slack says of people who may be asked now: whether they are in Do Not Disturb."""


def _leave_as_they_are(_people: Sequence[Viewer]) -> None:
    """Looks nobody up."""


def ticks(db: Database, look_up: LookUp = _leave_as_they_are, *, most_a_week: int = MOST_A_WEEK) -> list[Tick]:
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


def check_ins_due(db: Database, most_a_week: int = MOST_A_WEEK, *, look_up: LookUp = _leave_as_they_are) -> int:
    """Asks everybody whose time has come. Answers how many people it looked at."""
    with db.read() as tx:
        now = db.now(tx)
        people = due_people(tx, now=now, limit=_BATCH)
        asked = whoever_is_asked(tx, people, now=now)
    look_up(asked)
    return sum(_look_at(db, person, most_a_week) for person in people)


def next_check_in(db: Database) -> datetime | None:
    """When somebody is to be looked at next."""
    with db.read() as tx:
        return next_look_at(tx)


def _look_at(db: Database, person: Viewer, most_a_week: int) -> bool:
    try:
        with db.begin() as tx:
            return check_in_next(tx, person, most_a_week=most_a_week, now=db.now(tx))
    except Exception:
        # One person's trouble must not hold up everybody behind them.
        log.exception("check-in postponed", workspace=person.workspace_id, person=person.person_id)
        with db.begin() as tx:
            postpone(tx, person, now=db.now(tx))
        return True


def nudge_owners_due(db: Database, most_a_week: int = MOST_A_WEEK, *, look_up: LookUp = _leave_as_they_are) -> int:
    """Nudges everybody whose check-in is still open when it is time. Answers how many check-ins it looked at."""
    with db.read() as tx:
        now = db.now(tx)
        found = nudges_due(tx, now=now, limit=_BATCH)
        asked = whoever_is_asked(tx, [due.owner for due in found], now=now)
    look_up(asked)
    return sum(_look_into(db, due, partial(nudge_next, most_a_week=most_a_week)) for due in found)


def next_nudge(db: Database) -> datetime | None:
    """When somebody may have to be nudged next."""
    with db.read() as tx:
        return next_nudge_look(tx)


def closes_of_check_ins_due(db: Database) -> int:
    """Records what was not answered in the periods that are over. Answers how many check-ins it looked at."""
    with db.read() as tx:
        found = closes_due(tx, now=db.now(tx), limit=_BATCH)
    return sum(_look_into(db, due, close_next) for due in found)


def next_close(db: Database) -> datetime | None:
    """When a check-in closes next."""
    with db.read() as tx:
        return next_close_look(tx)


def _look_into(db: Database, due: Due, act: Callable[..., bool]) -> bool:
    try:
        with db.begin() as tx:
            return act(tx, due.owner, checkin_id=due.checkin_id, now=db.now(tx))
    except Exception:
        # One check-in's trouble must not hold up everything behind it.
        log.exception("check-in looked at again later", workspace=due.owner.workspace_id, person=due.owner.person_id)
        with db.begin() as tx:
            look_again_later(tx, due.owner, checkin_id=due.checkin_id, now=db.now(tx))
        return True


def answered_elsewhere_due(db: Database) -> int:
    """Settles the check-ins whose outcomes got a result by command or form meanwhile."""
    with db.read() as tx:
        found = answered_elsewhere(tx, now=db.now(tx), limit=_BATCH)
    return sum(_note(db, change, note_answer_elsewhere) for change in found)


def answered_late_due(db: Database) -> int:
    """The same for check-ins that had closed by then."""
    with db.read() as tx:
        found = answered_late(tx, now=db.now(tx), limit=_BATCH)
    return sum(_note(db, change, note_answer_elsewhere) for change in found)


def gone_or_back_due(db: Database) -> int:
    """Rewrites or withholds what was said about outcomes that were closed or handed over meanwhile."""
    with db.read() as tx:
        found = gone_or_back(tx, now=db.now(tx), limit=_BATCH)
    return sum(_note(db, change, note_gone_or_back) for change in found)


def _note(db: Database, found: Elsewhere, note: Callable[..., bool]) -> bool:
    try:
        with db.begin() as tx:
            return note(tx, found.owner, checkin_id=found.checkin_id, outcome_id=found.outcome_id, now=db.now(tx))
    except Exception:
        # It is found again at the next beat; those behind it are not held up.
        log.exception("change not noted", workspace=found.owner.workspace_id, person=found.owner.person_id)
        return False
