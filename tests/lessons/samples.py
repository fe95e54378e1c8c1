"""Lessons that were never stored, for the tests of the words."""

from datetime import timedelta

from bot.lessons.model import Lesson
from bot.lessons.queries import LessonView
from tests.outcomes.samples import NOW, person, team


def lesson(
    text: str = "Short forms double sign-ups",
    *,
    measure: str = "",
    priority_name: str | None = None,
    outcome_key: str = "",
    team_name: str = "Growth",
    author_name: str = "Olga Ortiz",
    days_ago: int = 100,
) -> LessonView:
    kept = Lesson(
        workspace_id="T1",
        id=1,
        team_id=1,
        text=text,
        measure=measure,
        priority_id=None,
        outcome_id=None,
        outcome_key=outcome_key,
        created_at=NOW - timedelta(days=days_ago),
        created_by="UOLGA",
    )
    return LessonView(kept, team(team_name), person(author_name), priority_name)
