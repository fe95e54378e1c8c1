"""Obstacles that were never stored, for the tests of the words."""

from datetime import timedelta

from bot.lessons.model import Lesson
from bot.lessons.queries import LessonView
from bot.obstacles.model import Obstacle
from bot.obstacles.queries import Answer, ObstacleView
from bot.outcomes.queries import Brief
from tests.outcomes.samples import EMOJI, NASTY, NOW, extreme, person, team, view

LINK = "https://lumenfield.slack.com/archives/C1/p1700000000000100?thread_ts=1700000000.000100&cid=C1"


def lesson(text: str) -> LessonView:
    """Something that Growth learnt three weeks ago."""
    row = Lesson(workspace_id="T1", id=1, team_id=1, text=text, measure="", created_at=NOW - timedelta(weeks=3))
    return LessonView(row, team(), person())


def obstacle(
    text: str = "The export takes 40 minutes, so nobody waits for it",
    *,
    number: int = 1,
    days: int = 9,
    needs_decision: bool = False,
    link: str = "",
    resolution: str = "",
    may_resolve: bool = True,
    owner_name: str = "Olga Ortiz",
    of: Brief | None = None,
    answer: Answer | None = None,
) -> ObstacleView:
    """An obstacle that was raised some days ago."""
    brief = of or view("8.5", "9")
    row = Obstacle(
        workspace_id="T1",
        id=number,
        outcome_id=brief.outcome.id,
        text=text,
        owner_id="UOLGA",
        needs_decision=needs_decision,
        link=link,
        raised_at=NOW - timedelta(days=days),
        raised_by="UMAX",
        resolution=resolution,
    )
    return ObstacleView(row, brief, person(owner_name), may_resolve, answer)


def worst(number: int = 999_999_999) -> ObstacleView:
    """An obstacle whose every text is at its limit, of signs that escaping makes longer."""
    return obstacle(
        (NASTY * 40)[:600],
        number=number,
        days=9_000,
        needs_decision=True,
        link=LINK + "x" * 400,
        resolution="&" * 600,
        owner_name=(EMOJI * 40)[:200],
        of=extreme(),
        answer=Answer(1, "DEC-999999999", "decided", (EMOJI * 40)[:200], NOW.date(), (NASTY * 40)[:600]),
    )
