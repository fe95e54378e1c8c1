"""What people press to have the summaries kept in their channel's canvas, or not any more."""

from collections.abc import Callable
from functools import partial

from slack_bolt import App, Args

from bot.db.database import Database
from bot.meetings.actions.canvas import keep_in_canvas, leave_canvas
from bot.meetings.listeners.filling import TITLE, is_in_form, list_for, team_by_id
from bot.meetings.messages import KEEP_CANVAS, LEAVE_CANVAS
from bot.people.listeners import introduced, viewer_of
from bot.slack.app import acked, pressed_id
from bot.slack.blocks import notice
from bot.slack.commands import reply


def register(bolt: App, db: Database) -> None:
    """Listens for the two buttons, which the list of a team's meetings has."""
    bolt.action(KEEP_CANVAS)(acked(partial(_pressed, db=db, act=keep_in_canvas)))
    bolt.action(LEAVE_CANVAS)(acked(partial(_pressed, db=db, act=leave_canvas)))


def _pressed(args: Args, db: Database, act: Callable[..., None]) -> None:
    """Does it, and draws the list anew where the button is."""
    viewer, person = viewer_of(args), introduced(args, db)
    with db.begin() as tx:
        now, team = db.now(tx), team_by_id(tx, viewer, pressed_id(args))
        act(tx, viewer, team, now=now)
        shown = list_for(tx, viewer, team, person, now=now)
    if is_in_form(args):
        args.client.views_update(view_id=args.body["view"]["id"], view=notice(TITLE, shown).view)
    else:
        reply(args, shown, instead=True)
