"""What gives way where a path is full: what a form asks, and how its answer is read."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.db.database import Tx
from bot.execution.actions import GivesWay
from bot.execution.messages import forms
from bot.execution.queries import ExecutionPath, Step, find_action
from bot.execution.rules import read_ending
from bot.people.rules import Viewer
from bot.slack.typed import Answers


@dataclass(frozen=True)
class Choice:
    """What gives way in a full path: one of its actions, or, without one, the new action itself."""

    gives_way: GivesWay | None = None

    @property
    def is_new_one(self) -> bool:
        """Whether it is the new action that is not done."""
        return self.gives_way is None


def read_choice(answers: Answers, full: Sequence[Step]) -> Choice | None:
    """What gives way, as chosen in a form; None when nothing had to be, or what was chosen has ended meanwhile.

    Raises FormRefused when it is not said what becomes of it.
    """
    chosen = answers["gives_way"]
    if full and chosen == forms.NEW:
        return Choice()
    for step in full:
        if chosen == str(step.action.id):
            return Choice(GivesWay(step.action.id, read_ending(answers["way"], answers["reason"])))
    return None


def gone(tx: Tx, viewer: Viewer, gives_way: GivesWay | None) -> Step | None:
    """The action that gave way, as it ended; None when none had to."""
    return find_action(tx, viewer, gives_way.action_id) if gives_way else None


def open_when_full(path: ExecutionPath, limit: int) -> Sequence[Step]:
    """The open actions of which one has to give way before another is opened; none while there is room."""
    return path.open if len(path.open) >= limit else ()
