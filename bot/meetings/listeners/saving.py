"""Saving what somebody did with an agenda, once; the channel's message shows what came of it."""

from collections.abc import Callable
from datetime import datetime

from slack_bolt import Args

from bot.db.database import Database, Tx
from bot.meetings.actions.telling import say_again
from bot.meetings.queries.held import Held
from bot.people.listeners import introduced, viewer_of
from bot.people.rules import Viewer
from bot.slack.app import acked, pressed_id, submission_of
from bot.workspaces.actions import is_first_time


def pressed(db: Database, act: Callable[..., Held]) -> Callable[[Args], None]:
    """A button that carries an id."""

    @acked
    def hear(args: Args) -> None:
        introduced(args, db)
        with db.begin() as tx:
            now = db.now(tx)
            say_again(tx, act(tx, viewer_of(args), pressed_id(args), now=now), now=now)

    return hear


def save_once(args: Args, db: Database, save: Callable[[Tx, Viewer, datetime], Held]) -> None:
    """Saves a form once, however often it arrives."""
    viewer = viewer_of(args)
    introduced(args, db)
    with db.begin() as tx:
        now = db.now(tx)
        if is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
            say_again(tx, save(tx, viewer, now), now=now)
