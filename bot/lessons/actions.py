"""What changes in the lessons room."""

from datetime import datetime

from bot.db.database import Tx
from bot.lessons.model import Lesson
from bot.lessons.rules import SEARCH_KIND
from bot.people.rules import Viewer
from bot.priorities.model import Priority
from bot.search.actions import index
from bot.teams.model import Team


def add_lesson(
    tx: Tx,
    viewer: Viewer,
    *,
    team: Team,
    text: str,
    measure: str = "",
    priority_id: int | None = None,
    outcome_id: int | None = None,
    outcome_key: str = "",
    decision_id: int | None = None,
    decision_key: str = "",
    now: datetime,
) -> Lesson:
    """Keeps a lesson for a team the viewer may see, so that it can be found again: by its words and by its tags.

    The caller has found the team, and what it came from, with the viewer's eyes.
    """
    lesson = Lesson(
        workspace_id=viewer.workspace_id,
        team_id=team.id,
        text=text,
        measure=measure,
        priority_id=priority_id,
        outcome_id=outcome_id,
        outcome_key=outcome_key,
        decision_id=decision_id,
        decision_key=decision_key,
        created_at=now,
        created_by=viewer.person_id,
    )
    tx.add(lesson)
    tx.flush()
    priority = tx.get(Priority, priority_id) if priority_id else None
    tags = (measure, outcome_key, decision_key, team.name, priority.name if priority else "")
    index(tx, workspace_id=lesson.workspace_id, kind=SEARCH_KIND, item_id=lesson.id, texts=(text, *tags))
    return lesson
