"""A period closes: what was not answered is recorded, and each team reads of it once."""

from datetime import datetime, timedelta

from bot.absences.queries import why_away
from bot.checkins.actions.telling import say_closed
from bot.checkins.model import CheckIn
from bot.checkins.queries import claim_check_in, find_check_in, hold_check_in
from bot.checkins.rules import State
from bot.db.database import Tx
from bot.people.model import Person
from bot.people.rules import Viewer

_TRY_AGAIN_IN = timedelta(minutes=5)


def close_next(tx: Tx, owner: Viewer, checkin_id: int, *, now: datetime) -> bool:
    """Closes a check-in if it is time. Answers False when another replica is at it, or it is not time after all."""
    checkin = claim_check_in(tx, owner, checkin_id)
    if checkin is None or checkin.next_close_at is None or checkin.next_close_at > now:
        return False
    checkin.next_close_at = checkin.next_nudge_at = None
    asked = find_check_in(tx, owner, checkin_id)
    silent = {view.team.id for _, view in asked.open_items}
    if silent:
        checkin.state = State.AWAY if _was_away(tx, checkin) else State.UNANSWERED
    tx.flush()
    # In one order, so that two that close together wait for each other instead of both.
    for _, team in sorted({view.team.id: view.team for _, view in asked.items}.items()):
        is_silent = checkin.state == State.UNANSWERED and team.id in silent
        say_closed(tx, team, checkin, is_silent=is_silent, now=now)
    return True


def _was_away(tx: Tx, checkin: CheckIn) -> bool:
    """Whether its owner went away before anybody could remind them, and stayed away to the end."""
    if checkin.nudges or checkin.asked_id != checkin.person_id:
        return False
    owner = tx.get_one(Person, (checkin.workspace_id, checkin.person_id))
    last_day = (checkin.closes_at - timedelta(seconds=1)).astimezone(owner.zone).date()
    return why_away(tx, owner, last_day) != ""


def look_again_later(tx: Tx, owner: Viewer, checkin_id: int, *, now: datetime) -> None:
    """Nudges or closes a check-in a little later than was planned, after something went wrong."""
    checkin = hold_check_in(tx, owner, checkin_id)
    if checkin.next_nudge_at is not None and checkin.next_nudge_at <= now:
        checkin.next_nudge_at = now + _TRY_AGAIN_IN
    if checkin.next_close_at is not None and checkin.next_close_at <= now:
        checkin.next_close_at = now + _TRY_AGAIN_IN
    tx.flush()
