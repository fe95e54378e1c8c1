"""Saving a form about an obstacle, once, and saying so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from slack_bolt import Args

from bot.db.database import Database, Tx
from bot.obstacles.actions import Told
from bot.obstacles.messages import DECISION
from bot.people.listeners import viewer_of
from bot.people.model import Person
from bot.slack.app import Ephemeral, submission_of
from bot.slack.message import Message
from bot.slack.typed import Answers
from bot.teams.actions import confirm
from bot.workspaces.actions import is_first_time


@dataclass(frozen=True)
class Saved:
    """What was saved, as the person is told: the message, and the key under which it goes if it has to be sent."""

    key: str
    message: Message


def save_once(args: Args, db: Database, channel_id: str, save: Callable[[Tx, datetime], Saved]) -> Ephemeral | None:
    """Saves a form once, however often it arrives, and says so to whoever filled it."""
    viewer = viewer_of(args)
    with db.begin() as tx:
        now = db.now(tx)
        if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
            return None
        saved = save(tx, now)
        return confirm(tx, viewer, channel_id=channel_id, key=saved.key, message=saved.message, now=now)


def told_in(answers: Answers, owner: Person) -> Told:
    """The obstacle as a form tells it."""
    return Told(answers["text"], owner, DECISION in answers.many(DECISION))
