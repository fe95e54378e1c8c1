"""The ticks of the teams room."""

from datetime import timedelta

import structlog
from slack_sdk import WebClient

from bot.db.database import Database
from bot.teams.lookups import look_up_channel
from bot.teams.queries import channels_to_look_up
from bot.ticker import Tick

log = structlog.get_logger(__name__)

_TRUSTED_FOR = timedelta(hours=1)
"""Events tell of most changes at once. This mends what a missed event left wrong, and notices a public channel that was
made private, of which Slack sends no event: who may see a team must not rest on an event alone."""

_BATCH = 10


def ticks(db: Database, client: WebClient) -> list[Tick]:
    """What teams have to do as time passes."""
    return [Tick("channels to look up", timedelta(minutes=1), lambda: channels_due(db, client), is_paced=True)]


def channels_due(db: Database, client: WebClient) -> int:
    """Looks up the teams' channels that were not looked up lately. Answers how many."""
    with db.read() as tx:
        due = channels_to_look_up(tx, seen_before=db.now(tx) - _TRUSTED_FOR, limit=_BATCH)
    return sum(_look_up(db, client, workspace_id, channel_id) for workspace_id, channel_id in due)


def _look_up(db: Database, client: WebClient, workspace_id: str, channel_id: str) -> bool:
    try:
        look_up_channel(client, db, workspace_id, channel_id)
    except Exception:
        log.exception("channel not looked up", workspace=workspace_id, channel=channel_id)
        return False
    return True
