"""The ticks of meetings: whose channel is to be told of one, and which begins or ends."""

from datetime import datetime, timedelta

from bot.db.database import Database
from bot.db.each import each_on_its_own
from bot.meetings.actions.stepping import postpone_step, step_next
from bot.meetings.actions.telling import postpone, tell_next
from bot.meetings.queries import next_notice_look, notices_due
from bot.meetings.queries.held import next_step, steps_due
from bot.ticker import Tick

_BATCH = 100


def ticks(db: Database) -> list[Tick]:
    """What meetings have to do as time passes."""
    often = timedelta(seconds=5)
    return [
        Tick("meetings ahead", often, lambda: tell_of_meetings_due(db), lambda: next_notice(db)),
        Tick("meetings on", often, lambda: step_meetings_due(db), lambda: next_meeting_step(db)),
    ]


def tell_of_meetings_due(db: Database) -> int:
    """Owes every channel what it is told before a meeting. Answers how many meetings it looked at."""
    with db.read() as tx:
        due = notices_due(tx, now=db.now(tx), limit=_BATCH)
    return each_on_its_own(db, due, tell_next, postpone, trouble="notice of a meeting postponed")


def next_notice(db: Database) -> datetime | None:
    """When a meeting is to be looked at next."""
    with db.read() as tx:
        return next_notice_look(tx)


def step_meetings_due(db: Database) -> int:
    """Begins, ends and reports every meeting whose time it is. Answers how many it looked at."""
    with db.read() as tx:
        due = steps_due(tx, now=db.now(tx), limit=_BATCH)
    return each_on_its_own(db, due, step_next, postpone_step, trouble="step of a meeting postponed")


def next_meeting_step(db: Database) -> datetime | None:
    """When an occurrence is to be looked at next."""
    with db.read() as tx:
        return next_step(tx)
