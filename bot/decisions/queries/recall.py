"""Remembering: the decisions, and what was learnt, that are about what somebody is about to decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.db.database import Tx
from bot.decisions.model import DecisionReview
from bot.decisions.queries import DecisionBrief, decisions_by_id
from bot.decisions.rules import SEARCH_KIND
from bot.lessons.queries import LessonView, lessons_alike
from bot.people.rules import Viewer
from bot.search.queries import sharing_words
from bot.search.rules import SAME_SUBJECT, closest, words

MOST_ALIKE = 3
_CONSIDERED = 100
"""How many decisions that share words with a text are read, to find those most like it among the ones that are seen."""


@dataclass(frozen=True)
class Remembered:
    """A decision that is about the same, and the newest review of what was chosen, if it had one."""

    brief: DecisionBrief
    review: DecisionReview | None = None


@dataclass(frozen=True)
class Recall:
    """What the workspace remembers of a subject, as far as its viewer may see it; the most alike first."""

    decisions: Sequence[Remembered] = ()
    lessons: Sequence[LessonView] = ()


NOTHING = Recall()


def recall(tx: Tx, viewer: Viewer, text: str, *, besides: int | None = None) -> Recall:
    """The decisions of any team the viewer may see, and the lessons, that are about what a text is about.

    `besides` is the id of the decision that the text is of. A lesson of a decision that is shown is not shown twice.
    """
    if not text:
        return NOTHING
    alike = _decisions_alike(tx, viewer, text, besides)
    reviews = _newest_reviews(tx, viewer, [one.decision.id for one in alike])
    told = {one.decision.id for one in alike if one.decision.id in reviews} | {besides or 0}
    lessons = lessons_alike(tx, viewer, text, limit=2 * MOST_ALIKE)
    return Recall(
        [Remembered(one, reviews.get(one.decision.id)) for one in alike],
        [one for one in lessons if one.lesson.decision_id not in told][:MOST_ALIKE],
    )


def _decisions_alike(tx: Tx, viewer: Viewer, text: str, besides: int | None) -> list[DecisionBrief]:
    """A question is held against the questions, and against what was said in answer to them: whichever is closer."""
    ids = sharing_words(tx, workspace_id=viewer.workspace_id, kind=SEARCH_KIND, words=words(text), limit=_CONSIDERED)
    seen = {one.decision.id: one for one in decisions_by_id(tx, viewer, [one for one in ids if one != besides])}
    questions = [(one, brief.decision.question) for one, brief in seen.items()]
    whole = [(one, f"{brief.decision.question}\n{brief.chosen.choice}") for one, brief in seen.items() if brief.chosen]
    ranked = dict.fromkeys(closest(text, [*questions, *whole], 2 * MOST_ALIKE, SAME_SUBJECT))
    return [seen[one] for one in list(ranked)[:MOST_ALIKE]]


def _newest_reviews(tx: Tx, viewer: Viewer, ids: Sequence[int]) -> dict[int, DecisionReview]:
    of_these = select(DecisionReview).where(
        DecisionReview.workspace_id == viewer.workspace_id, DecisionReview.decision_id.in_(ids)
    )
    return {one.decision_id: one for one in tx.scalars(of_these.order_by(DecisionReview.version))} if ids else {}
