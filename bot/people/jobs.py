"""The tick of the people room: nobody is taken for somebody they are not any more, even if an event was missed."""

from datetime import timedelta

import structlog
from slack_sdk import WebClient

from bot.db.database import Database
from bot.people.actions import Changed
from bot.people.lookups import look_up_again
from bot.people.queries import people_to_look_up
from bot.ticker import Tick

log = structlog.get_logger(__name__)

_TRUSTED_FOR = timedelta(days=1)
"""Events tell of changes at once. This mends what a missed one left wrong of those who are asked."""


def ticks(db: Database, client: WebClient, *, changed: Changed) -> list[Tick]:
    """What people have to do as time passes; `changed` follows when somebody left, came back or moved."""
    return [Tick("people to look up", timedelta(seconds=2), lambda: people_due(db, client, changed=changed))]


def people_due(db: Database, client: WebClient, *, changed: Changed) -> int:
    """Looks up whoever Slack refused a message to, and whoever was not looked up lately: one of a workspace at a time.

    Answers how many.
    """
    with db.read() as tx:
        due = people_to_look_up(tx, seen_before=db.now(tx) - _TRUSTED_FOR)
    return sum(look_up_again(client, db, person, changed=changed) for person in due)
