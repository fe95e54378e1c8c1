"""Choosing where a team's decisions are announced."""

from datetime import datetime

from bot.db.database import Tx
from bot.decisions.actions.telling import name_of, why_not_there
from bot.decisions.messages import places as messages
from bot.errors import Refused
from bot.people.rules import Viewer
from bot.teams.actions import check_may_change_team, owe
from bot.teams.model import Team


def set_place(tx: Tx, viewer: Viewer, team: Team, channel_id: str | None, *, now: datetime) -> None:
    """Has a team's decisions announced in a channel, or with None nowhere; its own channel is told in a line.

    Raises NotAllowed with who may, Refused for a channel where somebody may not see them, or that Rhythm is not in.
    """
    check_may_change_team(tx, viewer, team)
    if channel_id not in (None, team.channel_id) and (trouble := why_not_there(tx, team, str(channel_id))):
        raise Refused(trouble)
    if team.decisions_channel_id == channel_id:
        return
    team.decisions_channel_id = channel_id
    tx.flush()
    message = messages.place_changed(team, channel_id, by=name_of(tx, viewer))
    key = f"team:{team.id}:decisions:{now:%Y-%m-%dT%H:%M:%S}"
    owe(tx, team.workspace_id, key=key, place=team.channel_id, message=message, now=now)
