"""A team's channel gets its digest."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select

from bot.db.database import Tx
from bot.digests.messages import weekly_digest
from bot.digests.queries import exceptions_of
from bot.digests.rules import of_use_until
from bot.outbox.queue import cancel, enqueue, withhold
from bot.people.messages import Reader
from bot.teams.model import Team
from bot.teams.queries import zone_of
from bot.teams.rules import period_of
from bot.teams.rules.rhythm import Strike

NOTHING_TO_SAY = "Nothing in the team needed anybody."
PAUSED = "The team's rhythm is paused."
SWITCHED_OFF = "The team's digest was switched off."

_FURTHEST_MOVE = timedelta(hours=26)
"""Between the zones that are furthest apart: whose day it is may have changed since it was planned."""
_NOTHING_AHEAD = timedelta(weeks=4)
_TRY_AGAIN_IN = timedelta(minutes=5)


def plan_digest(tx: Tx, team: Team, *, now: datetime) -> None:
    """Writes down when a team's next digest is due; one that is switched off does not go out any more.

    One that is due already is left to the tick, so that it is not lost.
    """
    if team.digest is None:
        team.next_digest_at = None
        period = period_of(now.astimezone(zone_of(tx, team)).date())
        cancel(tx, workspace_id=team.workspace_id, key=_key(team, period), reason=SWITCHED_OFF, now=now)
    elif team.next_digest_at is None or team.next_digest_at > now:
        team.next_digest_at = next((strike.at for strike in team.digest.ahead(zone_of(tx, team), after=now)), None)
    tx.flush()


def give_digest(tx: Tx, workspace_id: str, team_id: int, *, now: datetime) -> bool:
    """Owes a team's channel its digest if it is time, and writes down when to look next.

    Answers False when another replica is at it, or it is not time after all.
    """
    team = tx.scalars(_row(workspace_id, team_id).with_for_update(skip_locked=True)).one_or_none()
    if team is None or team.next_digest_at is None or team.next_digest_at > now:
        return False
    planned, team.next_digest_at = team.next_digest_at, None
    if team.digest:
        team.next_digest_at = now + _NOTHING_AHEAD
        for strike in team.digest.ahead(zone_of(tx, team), after=planned - _FURTHEST_MOVE):
            if strike.at > now:
                team.next_digest_at = strike.at
                break
            _owe(tx, team, strike, now=now)
    tx.flush()
    return True


def postpone(tx: Tx, workspace_id: str, team_id: int, *, now: datetime) -> None:
    """Looks at a team again a little later, after something went wrong."""
    team = tx.scalars(_row(workspace_id, team_id)).one_or_none()
    if team is not None and team.next_digest_at is not None and team.next_digest_at <= now:
        team.next_digest_at = now + _TRY_AGAIN_IN
        tx.flush()


def _owe(tx: Tx, team: Team, strike: Strike, *, now: datetime) -> None:
    """Owes the digest of one week, or records why it is kept back."""
    zone, key = zone_of(tx, team), _key(team, period_of(strike.monday))
    reader = Reader.for_channel(now, zone)
    found = exceptions_of(tx, team, today=reader.today)
    enqueue(
        tx,
        workspace_id=team.workspace_id,
        key=key,
        place=team.channel_id,
        message=weekly_digest(team, found, reader=reader),
        due_at=strike.at,
        expires_at=of_use_until(strike, team.rhythm.workdays, zone),
        now=now,
    )
    if team.is_paused_on(strike.day):
        withhold(tx, workspace_id=team.workspace_id, key=key, reason=PAUSED, now=now)
    elif not found:
        withhold(tx, workspace_id=team.workspace_id, key=key, reason=NOTHING_TO_SAY, now=now)


def _key(team: Team, period: str) -> str:
    return f"digest:{team.id}:{period}"


def _row(workspace_id: str, team_id: int) -> Select[Team]:
    return select(Team).where(Team.workspace_id == workspace_id, Team.id == team_id)
