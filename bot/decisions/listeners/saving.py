"""Saving a form about a decision, once, and saying so."""

from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt import Args

from bot.db.database import Database
from bot.decisions.actions.telling import key_of
from bot.decisions.listeners.desk import Desk
from bot.decisions.messages import recall as remembered
from bot.decisions.queries import DecisionView
from bot.decisions.queries.recall import recall
from bot.people.listeners import introduced, viewer_of
from bot.slack.app import Ephemeral, submission_of
from bot.slack.message import Form, Message
from bot.teams.actions import confirm
from bot.workspaces.actions import is_first_time


@dataclass(frozen=True)
class Saved:
    """What was saved, and what the person is told."""

    view: DecisionView
    message: Message


class _Instead(Exception):
    """Another form is to be shown: nothing is saved, and the same answers may be sent again."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form


def save_once(
    args: Args, db: Database, channel_id: str, save: Callable[[Desk], Saved | Form]
) -> Ephemeral | Form | None:
    """Saves a form once, however often it arrives, and says so to whoever filled it; or shows the form it asks with."""
    viewer, person = viewer_of(args), introduced(args, db)
    try:
        with db.begin() as tx:
            now = db.now(tx)
            if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
                return None
            saved = save(Desk.of(tx, viewer, person, now))
            if isinstance(saved, Form):
                raise _Instead(saved)
            decision = saved.view.decision
            key = key_of(decision, f"confirmed:{viewer.person_id}:v{decision.version}")
            return confirm(tx, viewer, channel_id=channel_id, key=key, message=saved.message, now=now)
    except _Instead as asked:
        return asked.form


def with_recall(desk: Desk, view: DecisionView, message: Message) -> Message:
    """What is said of a decision, with what was decided and learnt before about the same."""
    decision = view.decision
    about = "\n".join([decision.question, *([view.chosen.choice] if view.chosen else [])])
    return remembered.below(message, recall(desk.tx, desk.viewer, about, besides=decision.id), desk.reader)
