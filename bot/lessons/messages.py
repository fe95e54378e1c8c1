"""The words of the lessons room, and the ids of its form and buttons."""

from collections.abc import Mapping, Sequence

from bot.language.words import counted, one_line, shorten
from bot.lessons.model import Lesson
from bot.lessons.queries import LessonPage, LessonView
from bot.lessons.rules import MEASURE_LIMIT, PAGE_SIZE, TEXT_LIMIT
from bot.people.messages import Reader
from bot.slack.blocks import Button, button, buttons, choice_field, context, form, section, text_field
from bot.slack.message import Form, Message
from bot.slack.mrkdwn import Markup, joined, lines, md
from bot.teams.model import Team

ADD = "lessons.add"
NEXT = "lessons.next"
PREVIOUS = "lessons.previous"

_IN_A_LINE = 200
"""How much of a lesson is quoted where it is one line among others."""
_ON_CARD = 5
_ABOUT = "What was learnt"


def lesson_lines(lessons: Sequence[LessonView], reader: Reader) -> Markup:
    """Lessons in one line each, to be offered where they may help."""
    return lines(*(_line(view, view.team.name, _age(view, reader), _origin(view)) for view in lessons))


def on_card(lessons: Sequence[LessonView], *, reader: Reader) -> Message:
    """What was learnt from an outcome, for its card; empty when nothing was."""
    if not lessons:
        return Message("", [])
    told = [_line(view, view.author.name, _age(view, reader)) for view in lessons[:_ON_CARD]]
    more = len(lessons) - _ON_CARD
    rest = md("{more} more: `/rhythm lessons {key}`", more=more, key=lessons[0].outcome_key) if more > 0 else ""
    text = lines(md("*{title}*", title=_ABOUT), *told, rest)
    return Message(text, [section(text)])


def lesson_list(page: LessonPage, *, query: str, reader: Reader) -> Message:
    """Lessons, the newest first: all that are seen, or those that hold the words of a query."""
    having = f" with “{shorten(query, 60)}”" if query else ""
    first, last = page.offset + 1, page.offset + len(page.lessons)
    place = f"{first} to {last} of {page.total:,}" if page.total > len(page.lessons) else ""
    listed = _listed(f"{_ABOUT}: {counted(page.total, 'lesson')}{having}", page.lessons, reader, place)
    turning = _turning(page, query)
    return Message(listed.text, [*listed.blocks, buttons(*turning)]) if turning else listed


def lessons_like(query: str, lessons: Sequence[LessonView], *, reader: Reader) -> Message:
    """The answer when no lesson holds every word of a query, but some are about the same."""
    return _listed(f"No lesson has all of “{shorten(query, 60)}”. The closest:", lessons, reader)


def no_lesson(query: str) -> Message:
    """The answer when there is nothing to show."""
    said = "No lesson that you can see is about “{query}” yet." if query else "No lesson is kept yet that you can see."
    text = lines(
        md(said, query=shorten(query, 60)),
        md("`/rhythm lessons add` keeps one, so that the next person starts from it."),
    )
    return Message(text, [section(text)])


def no_team_yet() -> Message:
    """The answer to `/rhythm lessons add` for somebody who sees no team."""
    text = md("A lesson belongs to a team, and you can see none yet. Type `/rhythm setup` in a team's channel first.")
    return Message(text, [section(text)])


def lesson_form(
    *, text: str, teams: Mapping[int, str], team_id: int | None, priorities: Mapping[int, str], channel_id: str
) -> Form:
    """Keeps a lesson by hand."""
    blocks = [
        text_field(
            "text",
            "What was learnt?",
            hint="What you would tell a colleague who is about to try the same: “Short forms double sign-ups”.",
            initial=text,
            limit=TEXT_LIMIT,
            many_lines=True,
            focus=True,
        ),
        choice_field(
            "team",
            "Team",
            _choices(teams),
            initial=str(team_id or ""),
            hint="Whoever can see this team can read the lesson.",
        ),
        text_field(
            "measure",
            "Which measure is it about?",
            placeholder="Trial conversion",
            limit=MEASURE_LIMIT,
            optional=True,
        ),
    ]
    if priorities:
        blocks.append(choice_field("priority", "Which priority did it serve?", _choices(priorities), optional=True))
    return form(ADD, "New lesson", blocks, carries=channel_id)


def _choices(names: Mapping[int, str]) -> dict[str, str]:
    return {str(key): name for key, name in names.items()}


def lesson_kept(lesson: Lesson, team: Team) -> Message:
    """What was saved, read back to the person who saved it."""
    text = lines(
        md("Kept for *{team}*: “{text}”", team=team.name, text=lesson.text),
        md("It is shown again when somebody writes down a similar outcome or raises a similar obstacle."),
    )
    return Message(text, [section(text)])


def _listed(title: str, lessons: Sequence[LessonView], reader: Reader, place: str = "") -> Message:
    blocks, told = [section(md("*{title}*", title=title))], []
    for view in lessons:
        tags = _tags(view, reader)
        blocks += [section(view.lesson.text), context(tags)]
        told.append(lines(view.lesson.text, tags))
    if place:
        blocks.append(context(place))
    return Message(lines(title, *told, place), blocks)


def _turning(page: LessonPage, query: str) -> list[Button]:
    """To the newer and to the older ones. Beside the place, these carry what was looked for, or it would be lost."""
    newer, older = max(page.offset - PAGE_SIZE, 0), page.offset + PAGE_SIZE
    previous = button("Previous", PREVIOUS, value=f"{newer} {query}".strip(), says="Newer lessons")
    following = button("Next", NEXT, value=f"{older} {query}".strip(), says="Older lessons")
    return [*([previous] if page.offset > 0 else []), *([following] if older < page.total else [])]


def _tags(view: LessonView, reader: Reader) -> Markup:
    written = joined([view.author.name, _age(view, reader), _origin(view)], ", ")
    return joined([view.team.name, view.lesson.measure, view.priority_name or "", written])


def _line(view: LessonView, *told: str) -> Markup:
    quoted = shorten(one_line(view.lesson.text), _IN_A_LINE)
    return md("“{quoted}” – {told}", quoted=quoted, told=joined([*told], ", "))


def _age(view: LessonView, reader: Reader) -> str:
    return reader.age(view.lesson.created_at)


def _origin(view: LessonView) -> str:
    return f"from {view.origin_key}" if view.origin_key else ""
