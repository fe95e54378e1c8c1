"""What operators ask of deliveries at the command line."""

from collections.abc import Sequence
from datetime import timedelta

from bot.db.database import Database
from bot.deliveries.messages import fate_json, fate_line
from bot.errors import Refused
from bot.language.words import counted, nearest, one_line, shorten
from bot.outbox.fates import fates_standing
from bot.outbox.operating import call_off, retry, workspace_of
from bot.outbox.rules import STANDINGS, State


def list_deliveries(
    db: Database, *, states: Sequence[str], workspace: str | None, prefix: str, limit: int, as_json: bool
) -> list[str]:
    """The deliveries as lines, the longest owed first; for people with how many they are. Raises Refused."""
    for state in states:
        _check_state(state)
    with db.read() as tx:
        now = db.now(tx)
        found = fates_standing(tx, standings=states, workspace_id=workspace, prefix=prefix, limit=limit + 1, now=now)
    if as_json:
        return [fate_json(fate, now=now) for fate in found[:limit]]
    more = len(found) > limit
    count = f"The first {limit:,}; --limit shows more." if more else f"{counted(len(found), 'delivery')}."
    return [*(fate_line(fate, now=now) for fate in found[:limit]), count]


def retry_delivery(db: Database, key: str, *, workspace: str | None, by: str, hours: int) -> str:
    """Owes a message again, and answers what happens now. Raises NotFound or Refused."""
    with db.begin() as tx:
        home = workspace_of(tx, key, workspace)
        row = retry(tx, workspace_id=home, key=key, by=_named(by), lasts=timedelta(hours=hours), now=db.now(tx))
    if row.state == State.POSTING:
        return f"{key} was on its way once: Rhythm looks for it twice, and sends it only if it is not there."
    return f"{key} is owed again, until {row.expires_at:%Y-%m-%d %H:%M} UTC."


def cancel_delivery(db: Database, key: str, *, workspace: str | None, by: str) -> str:
    """Cancels a message that is owed, and answers what is certain. Raises NotFound or Refused."""
    with db.begin() as tx:
        stopped = call_off(tx, workspace_id=workspace_of(tx, key, workspace), key=key, by=_named(by), now=db.now(tx))
    if stopped:
        return f"{key} is cancelled."
    return f"{key} may be out already. If it turns out that it is not, it is cancelled, not sent again."


def _named(by: str) -> str:
    """Who did it, as it is kept. Raises Refused for nobody."""
    name = shorten(one_line(by), 80)
    if not name:
        raise Refused("Say who you are with --by: it is kept with the message.")
    return name


def _check_state(state: str) -> None:
    if state not in STANDINGS:
        close = nearest(state, STANDINGS)
        guess = f"Did you mean {close}? " if close else ""
        raise Refused(f"No delivery is “{state}”. {guess}There are {', '.join(STANDINGS)}.")
