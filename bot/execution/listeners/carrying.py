"""What the forms of this room carry, and how they are told apart from their repetition and confirmed."""

from datetime import datetime

from slack_bolt import Args

from bot.db.database import Tx
from bot.people.listeners import viewer_of
from bot.slack.app import Ephemeral, carried_ids, submission_of
from bot.slack.message import Message
from bot.teams.actions import confirm
from bot.workspaces.actions import is_first_time


def carried_by(args: Args, count: int) -> tuple[list[int], str]:
    """The ids that this form carries, and the channel it was opened from, empty for none."""
    ids, _, channel_id = str((args.view or {}).get("private_metadata", "")).rpartition(" ")
    return carried_ids(ids, count), channel_id


def channel_of(args: Args) -> str:
    """The channel a button was pressed in; empty in App Home and in forms."""
    return str((args.body.get("channel") or {}).get("id", ""))


def is_new(tx: Tx, args: Args, *, now: datetime) -> bool:
    """Whether this form, or this command, is heard for the first time."""
    gesture = submission_of(args) if args.view else f"command:{args.body['trigger_id']}"
    return is_first_time(tx, workspace_id=viewer_of(args).workspace_id, gesture=gesture, now=now)


def confirmed(tx: Tx, args: Args, channel_id: str, what: str, message: Message, *, now: datetime) -> Ephemeral | None:
    """Says what this form did, once it is closed. `what`: such as `action:7:added`."""
    key = f"{what}:{(args.view or {}).get('id')}"
    return confirm(tx, viewer_of(args), channel_id=channel_id, key=key, message=message, now=now)
