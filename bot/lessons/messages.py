"""The words of the lessons room."""

from collections.abc import Sequence

from bot.lessons.queries import LessonView
from bot.people.messages import Reader
from bot.slack.mrkdwn import Markup, lines, md


def lesson_lines(lessons: Sequence[LessonView], reader: Reader) -> Markup:
    """Lessons, one a line."""
    return lines(
        *(
            md(
                "“{text}” – {team}, {age}",
                text=one.lesson.text,
                team=one.team.name,
                age=reader.age(one.lesson.created_at),
            )
            for one in lessons
        )
    )
