"""Saving a form about a dependency, once, and saying so."""

from collections.abc import Callable
from datetime import date, datetime

from slack_bolt import Args

from bot.db.database import Database, Tx
from bot.dependencies.queries import DependencyView, circle_of
from bot.errors import FormRefused
from bot.people.listeners import viewer_of
from bot.people.messages import Reader
from bot.people.model import Person
from bot.slack.app import Ephemeral, submission_of
from bot.slack.message import Message
from bot.teams.actions import confirm
from bot.workspaces.actions import is_first_time


def save_once(
    args: Args,
    db: Database,
    person: Person,
    *,
    channel_id: str,
    save: Callable[[Tx, datetime], DependencyView],
    words_for: Callable[..., Message],
) -> Ephemeral | None:
    """Saves a form once, however often it arrives, and says so to whoever filled it."""
    viewer = viewer_of(args)
    with db.begin() as tx:
        now = db.now(tx)
        if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
            return None
        view = save(tx, now)
        message = words_for(view, circle_of(tx, viewer, view.dependency.id), reader=Reader.of(person, now))
        key = f"dependency:{view.dependency.id}:saved:{(args.view or {})['id']}"
        return confirm(tx, viewer, channel_id=channel_id, key=key, message=message, now=now)


def read_day(text: str, field: str) -> date:
    """The day chosen in a field. Raises FormRefused when there is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FormRefused({field: "Choose a day."}) from None
