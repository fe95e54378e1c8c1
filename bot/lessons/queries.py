"""Reading lessons. A lesson is its team's: whoever may see the team may read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, func, select

from bot.db.database import Tx
from bot.lessons.model import Lesson
from bot.lessons.rules import PAGE_SIZE, SEARCH_KIND
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.priorities.model import Priority
from bot.priorities.queries import is_priority_visible_to
from bot.search.queries import matching, sharing_words
from bot.search.rules import SAME_SUBJECT, closest, words
from bot.teams.model import Team
from bot.teams.queries import is_visible_to

_CONSIDERED = 200
"""How many lessons that share words with a text are read, to find those most like it among the ones that are seen."""


@dataclass(frozen=True)
class LessonView:
    """A lesson with its team, who wrote it down, and what it is tagged with."""

    lesson: Lesson
    team: Team
    author: Person
    priority_name: str | None = None
    """The priority it served; None also when the viewer may not see priorities."""

    @property
    def origin_key(self) -> str | None:
        """The key of the decision or the outcome it came from."""
        return self.lesson.decision_key or self.lesson.outcome_key or None

    @property
    def outcome_key(self) -> str | None:
        """The key of the outcome it came from."""
        return self.lesson.outcome_key or None


@dataclass(frozen=True)
class LessonPage:
    """Some lessons of a list, from which place on, and how many there are in all."""

    lessons: Sequence[LessonView]
    total: int
    offset: int = 0


def newest_lessons(tx: Tx, viewer: Viewer, *, offset: int = 0) -> LessonPage:
    """The lessons the viewer may see, the newest first."""
    return _page(tx, _visible(viewer), offset)


def search_lessons(tx: Tx, viewer: Viewer, terms: Sequence[str], *, offset: int = 0) -> LessonPage:
    """The lessons in which each of these terms begins a word, the newest first; see `bot.search.rules.terms`."""
    return _page(tx, _visible(viewer).where(matching(viewer.workspace_id, SEARCH_KIND, terms, Lesson.id)), offset)


def lessons_alike(tx: Tx, viewer: Viewer, text: str, *, limit: int = 3) -> list[LessonView]:
    """The lessons that are about what a text is about, the most alike first."""
    ids = sharing_words(tx, workspace_id=viewer.workspace_id, kind=SEARCH_KIND, words=words(text), limit=_CONSIDERED)
    found = {view.lesson.id: view for view in _views(tx, _visible(viewer).where(Lesson.id.in_(ids)))} if ids else {}
    told = [(lesson_id, f"{view.lesson.text}\n{view.lesson.measure}") for lesson_id, view in found.items()]
    return [found[lesson_id] for lesson_id in closest(text, told, limit, SAME_SUBJECT)]


def lessons_of_outcome(tx: Tx, viewer: Viewer, outcome_id: int) -> list[LessonView]:
    """What was learnt from an outcome, the newest first, as far as the viewer may see it."""
    return _views(tx, _newest_first(_visible(viewer).where(Lesson.outcome_id == outcome_id)))


def _visible(viewer: Viewer) -> Select[Lesson, Team, Person, str]:
    serves = and_(
        Priority.workspace_id == Lesson.workspace_id, Priority.id == Lesson.priority_id, is_priority_visible_to(viewer)
    )
    return (
        select(Lesson, Team, Person, Priority.name)
        .join(Team, and_(Team.workspace_id == Lesson.workspace_id, Team.id == Lesson.team_id))
        .join(Person, and_(Person.workspace_id == Lesson.workspace_id, Person.id == Lesson.created_by))
        .join(Priority, serves, isouter=True)
        .where(Lesson.workspace_id == viewer.workspace_id, is_visible_to(viewer))
    )


def _newest_first(chosen: Select[Lesson, Team, Person, str]) -> Select[Lesson, Team, Person, str]:
    return chosen.order_by(Lesson.created_at.desc(), Lesson.id.desc())


def _page(tx: Tx, chosen: Select[Lesson, Team, Person, str], offset: int) -> LessonPage:
    total = tx.scalar(select(func.count()).select_from(chosen.with_only_columns(Lesson.id).subquery())) or 0
    return LessonPage(_views(tx, _newest_first(chosen).limit(PAGE_SIZE).offset(offset)), total, offset)


def _views(tx: Tx, chosen: Select[Lesson, Team, Person, str]) -> list[LessonView]:
    return [LessonView(lesson, team, author, priority) for lesson, team, author, priority in tx.execute(chosen)]
