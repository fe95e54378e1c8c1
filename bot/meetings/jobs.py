"""The ticks of meetings: whose channel is to be told of one, and which begins or ends."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.calendars.entries import Answer, Asked, Trouble
from bot.db.database import Database
from bot.db.each import each_on_its_own
from bot.meetings.actions.feeding import Turn, note_answer, take_turn
from bot.meetings.actions.stepping import postpone_step, step_next
from bot.meetings.actions.telling import postpone, tell_next
from bot.meetings.queries import next_notice_look, notices_due
from bot.meetings.queries.ahead import calendars_to_fetch
from bot.meetings.queries.held import next_step, steps_due
from bot.ticker import Tick

log = structlog.get_logger(__name__)

_BATCH = 100


Look = Callable[[Asked], Answer]
"""How a calendar is looked at: over the network, in a time that has a limit."""


def ticks(db: Database, look: Look, *, focus_limit: int) -> list[Tick]:
    """What meetings have to do as time passes.

    Args:
        look: looks at a calendar.
        focus_limit: how many live outcomes one person should own at most.
    """
    often = timedelta(seconds=5)
    fetch = partial(look_at_calendar_due, db, look, focus_limit=focus_limit)
    tell = partial(tell_of_meetings_due, db, focus_limit=focus_limit)
    step = partial(step_meetings_due, db, focus_limit=focus_limit)
    return [
        Tick("calendars", timedelta(seconds=15), fetch),
        Tick("meetings ahead", often, tell, lambda: next_notice(db)),
        Tick("meetings on", often, step, lambda: next_meeting_step(db)),
    ]


def tell_of_meetings_due(db: Database, *, focus_limit: int) -> int:
    """Owes every channel what it is told before a meeting. Answers how many meetings it looked at."""
    with db.read() as tx:
        due = notices_due(tx, now=db.now(tx), limit=_BATCH)
    tell = partial(tell_next, focus_limit=focus_limit)
    return each_on_its_own(db, due, tell, postpone, trouble="notice of a meeting postponed")


def next_notice(db: Database) -> datetime | None:
    """When a meeting is to be looked at next."""
    with db.read() as tx:
        return next_notice_look(tx)


def look_at_calendar_due(db: Database, look: Look, *, focus_limit: int) -> int:
    """Looks at the calendar whose turn it is. Answers how many it looked at: one at most, so that stopping is quick."""
    with db.read() as tx:
        due = calendars_to_fetch(tx, now=db.now(tx), limit=_BATCH)
    for workspace_id, meeting_id in due:
        with db.begin() as tx:
            turn = take_turn(tx, workspace_id, meeting_id, now=db.now(tx))
        if turn is not None:
            _follow(db, turn, look(turn.asked) if turn.asked else Answer(trouble=Trouble.LOCKED), focus_limit)
            return 1
    return 0


def _follow(db: Database, turn: Turn, answer: Answer, focus_limit: int) -> None:
    try:
        with db.begin() as tx:
            note_answer(tx, turn, answer, focus_limit=focus_limit, now=db.now(tx))
    except Exception:
        # Its turn runs out, and it is looked at again.
        log.exception("calendar not followed", workspace=turn.workspace_id, meeting=turn.meeting_id)


def step_meetings_due(db: Database, *, focus_limit: int) -> int:
    """Begins, ends and reports every meeting whose time it is. Answers how many it looked at."""
    with db.read() as tx:
        due = steps_due(tx, now=db.now(tx), limit=_BATCH)
    step = partial(step_next, focus_limit=focus_limit)
    return each_on_its_own(db, due, step, postpone_step, trouble="step of a meeting postponed")


def next_meeting_step(db: Database) -> datetime | None:
    """When an occurrence is to be looked at next."""
    with db.read() as tx:
        return next_step(tx)
