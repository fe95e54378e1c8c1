"""What changes in a team's schedule."""

from datetime import datetime

from bot.db.database import Tx
from bot.errors import Refused
from bot.people.rules import Viewer
from bot.teams.actions import check_may_change_team, owe
from bot.teams.messages import schedule as messages
from bot.teams.model import Team
from bot.teams.rules.rhythm import Rhythm
from bot.teams.rules.workdays import ENDS_TOO_SOON


def set_schedule(tx: Tx, viewer: Viewer, team: Team, rhythm: Rhythm, *, by: str, now: datetime) -> bool:
    """Gives a team another rhythm. Answers whether anything changed; then the caller has its owners planned afresh.

    The channel is told in a line. Raises NotAllowed with who may, Refused for a working day that ends before it begins.
    """
    check_may_change_team(tx, viewer, team)
    if rhythm.workdays.starts >= rhythm.workdays.ends:
        raise Refused(ENDS_TOO_SOON)
    if team.rhythm == rhythm:
        return False
    team.rhythm = rhythm
    tx.flush()
    _tell_channel(tx, team, by=by, now=now)
    return True


def set_digest(tx: Tx, viewer: Viewer, team: Team, digest: Rhythm | None, *, by: str, now: datetime) -> bool:
    """Says when a team's channel gets its digest, or with None that it gets none. Answers whether anything changed.

    The channel is told in a line, the same one as of what else of its schedule changed with it. Raises NotAllowed with
    who may.
    """
    check_may_change_team(tx, viewer, team)
    before = (team.digest_rule, team.digest_time)
    team.digest = digest
    if (team.digest_rule, team.digest_time) == before:
        return False
    tx.flush()
    _tell_channel(tx, team, by=by, now=now)
    return True


def _tell_channel(tx: Tx, team: Team, *, by: str, now: datetime) -> None:
    key = f"schedule:{team.id}:{now:%Y-%m-%dT%H:%M:%S}"
    owe(tx, team.workspace_id, key=key, place=team.channel_id, message=messages.schedule_changed(team, by=by), now=now)
